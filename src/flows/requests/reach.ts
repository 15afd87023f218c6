import type { Severity } from '../../findings/finding.ts';
import { functionAt, functionsAround } from '../../languages/enclosing.ts';
import type { FunctionForm, Span } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { codeOf } from '../../text/code-of.ts';
import type { Home, Taint } from '../values/value.ts';
import { isInHandler } from './is-handler.ts';
import { callersOf } from './serves-request.ts';

/** `@staff_member_required`, `Depends(check_admin)`, `permission_classes = [IsAdminUser]`. */
const ADMIN = /admin|superuser|staff_(?:member_)?(?:required|only)|is_staff/i;
/** Calls that register a function. Their names and the addresses in them do not say who may call the function. */
const ROUTE = /^@?[\w.]+\.(?=(?:route|get|post|put|patch|delete|head|options|api_route|websocket|register|action)\()/;
const TEXTS = /(["'])(?:\\.|(?!\1)[^\\\n])*\1/g;
/** `if not request.user.is_superuser: raise …` */
const REFUSED =
  /\bif\s+not\s+\(?[\w.()]*\b(?:is_superuser|is_staff|is_admin|is_administrator)\b[^\n]*:\s*(?:#[^\n]*)?\n?\s*(?:raise|return|abort|redirect)\b/;
/** `if (!req.superAdmin) return …`, `if (user.role !== 'admin') throw …`, `requireSuperAdmin(req);` alone */
const REFUSED_SCRIPT = new RegExp(
  [
    String.raw`\bif\s*\(\s*!\s*(?:await\s+)?[\w.?]*\b(?:is|has)?_?(?:[sS]uper|[sS]ite|[sS]ystem)?_?[aA]dmin(?:istrator|Role)?(?:\([^()]*\))?\s*\)\s*\{?\s*(?:return|throw|res(?:ponse)?\.)`,
    String.raw`\brole\s*!==?\s*(?:(["'\x60])(?:super_?)?admin\1|\w*Roles?\.\w*(?:ADMIN|Admin))\s*\)\s*\{?\s*(?:return|throw|res(?:ponse)?\.)`,
    String.raw`(?:^|[;{}\n])\s*(?:await\s+)?[\w.]*\b(?:require|assert|ensure|check|verify|enforce|mustBe|throwUnless)(?:Is|User(?:Is)?)?(?:Super|Site|System|Instance|Global)?Admin(?:istrator)?s?\(`,
  ].join('|'),
  'g',
);
const SAID_BY_CALLER = /\b(?:body|query|params|headers|cookies)\b(?:\?)?[.[]/;
const PERMISSIONS = /^\s*(?:permission_classes|permission_required|required_role|decorators|roles?)\s*[:=]([^\n]*)$/gm;

/**
 * Whether only administrators come to a place: by what stands above its function, at its parameters, its class, or before the place;
 * or all that call this function in its file are for them, and it is no handler itself.
 */
export function isForAdmins(home: Home, span: Span, depth = 0): boolean {
  const form = functionAt(home.module, span);
  if (functionsAround(home.module, form).some((at) => saysAdmin(home, at, span))) return true;
  if (!form || depth > MOST_CALLERS || form.decorators.length > 0 || isInHandler(home, form)) return false;
  const callers = [...callersOf(home.module, form)];
  return (
    callers.length > 0 &&
    callers.every((by) => by !== form && isForAdmins(home, [by.span[1] - 1, by.span[1]], depth + 1))
  );
}

const MOST_CALLERS = 2;

function saysAdmin(home: Home, form: FunctionForm, [at]: Span): boolean {
  const textOf = ([start, end]: Span): string => home.text.slice(start, end);
  const above = form.decorators.map((one) => {
    const text = textOf(one.span);
    // `roles_required('admin')` says it in a text; a route has its address there.
    return ROUTE.test(text) ? text.replace(ROUTE, '').replace(TEXTS, '') : text;
  });
  const given = form.parameters.flatMap(({ byDefault, decorators, span }) =>
    byDefault || decorators.length > 0 ? [textOf(span).replace(TEXTS, '').replace(/^\w+/, '')] : [],
  );
  if ([...above, ...given].some((text) => ADMIN.test(text))) return true;
  if (namesAdmins(home)(form)) {
    const before = home.text.slice(form.span[0], Math.max(form.span[0], at));
    if (home.module.language === 'typescript' ? refusesOthers(before) : REFUSED.test(before)) return true;
  }
  const owner = form.owner === null ? undefined : home.module.classes[form.owner];
  if (!owner) return false;
  const first = Math.min(...owner.methods.map((id) => home.module.functions[id]?.span[0] ?? owner.span[1]));
  const head = home.text.slice(owner.span[0], first);
  const bases = owner.bases.map(({ span }) => textOf(span));
  return (
    [...head.matchAll(PERMISSIONS)].some(([, said = '']) => ADMIN.test(said)) ||
    bases.some((text) => /(?:Superuser|Staff|Admin)\w*(?:Required|Mixin|Only)/.test(text))
  );
}

/** Nothing is refused to others where none is named: asked once for a function, in which thousands of flaws may stand. */
const namesAdmins = memo(({ text }: Home) => memo(({ span }: FunctionForm) => ADMIN.test(text.slice(...span))));

/** What a comment says is not done, and what the caller says of himself is no check. */
function refusesOthers(text: string): boolean {
  const code = codeOf(text);
  return [...code.matchAll(REFUSED_SCRIPT)].some(
    ({ 0: found, index }) =>
      !SAID_BY_CALLER.test(`${/[\w.?]*$/.exec(code.slice(0, index))?.[0] ?? ''}${found}`) && !isLeft(code.slice(index)),
  );
}

/** The block that it begins in ends before the text does: `if (all) { if (!user.isAdmin) return; … }`. */
function isLeft(code: string): boolean {
  let depth = 0;
  for (const [sign] of code.replace(/^[\s;{}]+/, '').matchAll(/[{}]/g)) {
    depth += sign === '{' ? 1 : -1;
    if (depth < 0) return true;
  }
  return false;
}

/**
 * A place of the address that ends at the next `/`: `/files/{name}`, `/files/<string:name>`. Frameworks match it after they have read
 * `%2F` as `/`, so there is none in it.
 */
export function isOneSegment(home: Home, { span, text }: { span: Span; text: string }): boolean {
  if (!/^\w+$/.test(text)) return false;
  const form = functionAt(home.module, span);
  const place = new RegExp(`[<{](?:(?:string|str|slug)(?:\\([^)]*\\))?:)?${text}[>}]`);
  return (
    form !== null &&
    // What the program itself decodes may hold anything again.
    !/unquote|b64|\bdecode|unhexlify/.test(home.text.slice(...form.span)) &&
    form.parameters.some((one) => one.name === text && one.span[0] === span[0]) &&
    form.decorators.some((one) => place.test(home.text.slice(...one.span)))
  );
}

/**
 * A part of an address of Python, whose frameworks read `%2F` first and let no `/` through, unless the route says so: `<path:name>`,
 * `{name:path}`.
 */
export function isPlainPart(home: Home, { says, steps: [first] }: Taint): boolean {
  if (home.module.language !== 'python' || says !== 'a part of the path' || !first) return false;
  const above = functionAt(home.module, first.span)?.decorators ?? [];
  return !above.some((one) => /[<:]path(?:\([^)]*\))?[:}]/.test(home.text.slice(...one.span)));
}

const LOWER: Readonly<Record<Severity, Severity>> = { critical: 'medium', high: 'low', medium: 'low', low: 'low' };

/** What an administrator alone can do is less: the service is in his hands already. */
export function lowerForAdmins(severity: Severity): Severity {
  return LOWER[severity];
}
