import { functionAt, functionsAround } from '../../languages/enclosing.ts';
import type { FunctionForm } from '../../languages/form.ts';
import { type Evaluated, type Frame, type Hit, modelsOf, type Run, sourceOf } from '../run/run.ts';
import type { Closure, Home } from '../values/value.ts';
import type { Registered } from './registered.ts';

/**
 * Who can send a request to a handler: `admin`, whom the service trusts; `signed`, who holds a key of the service's own; `api`: no page that a browser opens; `unknown`: it is not seen
 * how the handler is registered.
 */
export type Reach = 'admin' | 'signed' | 'api' | 'anyone' | 'unknown';

const VERB = /^(?:get|post|put|patch|del|delete|all|head|options|use)$/;
const MOST_TEXT = 2000;

/** `adminProcedure.input(…)`, `t.procedure.use(isAdmin)`: who is let in, the names of builders say, where they say it. */
const BUILT = /^\w+(?:\.\w+(?![\w(]))*|\.(?:use|concat)\(\s*[\w.]+/g;

/** `router.patch('/x', requireAdmin, handler)`: notes it of each function that is given. */
export function noteRegistered(run: Run, frame: Frame, one: Evaluated, functions: readonly Closure[]): void {
  const { home } = frame.closure;
  const isBuilt = modelsOf(run, home).isExpecting(one.receiver?.name ?? '');
  if (functions.length === 0 || !(isBuilt || VERB.test(one.method))) return;
  if (isBuilt) {
    const guards = [...sourceOf(home, one.call.of.span, MOST_TEXT).matchAll(BUILT)].map(([text]) => text).join('\n');
    if (ADMIN.test(guards))
      for (const { form } of functions) run.registered.set(form, [{ method: one.method, guards }]);
    return;
  }
  const before = one.call.arguments.slice(0, -1).map(({ value }) => sourceOf(home, value.span));
  const told = functions.slice(0, -1).map((fn) => textOf(fn.home, fn.form));
  const guards = [...before.filter((text) => !/^['"`]/.test(text)), ...told].join('\n');
  for (const { form } of functions.flatMap(withWrapped))
    run.registered.set(form, [...(run.registered.get(form) ?? []), { method: one.method, guards }]);
}

/** `catchAsync(handler)`: what is registered calls what it was made with. */
function withWrapped(fn: Closure): Closure[] {
  const given = fn.around?.names.values() ?? [];
  return [fn, ...[...given].flatMap(({ functions }) => functions).filter((one) => one !== fn)];
}

function textOf({ text }: Home, { span: [start, end] }: FunctionForm): string {
  return text.slice(start, Math.min(end, start + MOST_TEXT));
}

const ADMIN = /(?<![a-z])(?:[a-z]+_?)?(?:admin|superuser|root_?user|sysop)(?:istrator|s\b|_|[A-Z]|\b|only)/i;
const BEARER =
  /bearer|\bjwt|jwt\b|checkJwt|verify_?token|authenticate_?token|token_?auth|headers?(?:\.|\[\s*['"])authorization|\(\s*['"]authorization['"]|x-api-key/i;
/** `key.verify(signature, req.body)`, `createHmac('sha256', key).update(req.rawBody)` in what runs before the handler. */
const VERIFIES = /\b\w*(?:verif|compare|timingSafeEqual)\w*\s*\(((?:[^()]|\([^()]*\))*)\)/gi;
const SIGNS = /\bcreateHmac\s*\([^;]{0,200}?\.update\s*\(((?:[^()]|\([^()]*\))*)\)/g;
const NAMED = /\b(?:verify|check|validate)_?\w{0,20}(?:signature|integrity|hmac)\b/i;
const BODY = /\b(?:body|rawBody|payload)\b/i;

function asksForSignature(guards: string): boolean {
  const given = (calls: RegExp): string[] => [...guards.matchAll(calls)].map(([, args = '']) => args);
  return (
    NAMED.test(guards) ||
    given(VERIFIES).some((args) => BODY.test(args) && /signature|digest|hmac|integrity/i.test(args)) ||
    given(SIGNS).some((args) => BODY.test(args))
  );
}

/** `validate(schema.login)`, `celebrate({ … })`, `zValidator('json', Login)` */
const SCHEMA =
  /\b(?:validat(?:e|or|ion)\w*|\w+Validator|celebrate|checkSchema|check(?:Body|Query)|parseBody|withSchema)\s*\(/i;

/** Whether something that is called a check of a schema stands before each handler in which the values come into the program. */
export function isCheckedBefore(run: Run, homes: ReadonlyMap<string, Home>, { holes }: Hit): boolean {
  const entries = holes.flatMap(({ taints }) => taints.flatMap(({ steps: [first] }) => first ?? []));
  return (
    entries.length > 0 &&
    entries.every(({ path, span }) => {
      const home = homes.get(path);
      const known =
        home &&
        functionsAround(home.module, functionAt(home.module, span)).flatMap((at) => run.registered.get(at) ?? []);
      return known !== undefined && known.length > 0 && known.every(({ guards }) => SCHEMA.test(guards));
    })
  );
}

/** Forms of other sites send these, and links. */
const SENT_BY_BROWSERS = /^(?:get|post|all|use|head)$/;

/** `controllers/admin/themes.js`: where a program keeps what its administrators use, it says so by a folder, and guards it above. */
const ADMIN_FOLDER = /(?:^|\/)(?:controllers?|routes?|routers?|handlers?|resolvers?)\/(?:[\w-]+\/)?admin\//i;

/** Of the function where the value comes into the program; a handler that is registered several times is as open as the openest. */
export function reachOf(run: Run, home: Home, span: readonly [number, number]): Reach {
  for (const at of functionsAround(home.module, functionAt(home.module, span))) {
    const known = run.registered.get(at) ?? decorated(home, at);
    if (!known) continue;
    const all = known.map(({ method, guards }): Reach => {
      if (ADMIN.test(guards)) return 'admin';
      if (asksForSignature(guards)) return 'signed';
      return SENT_BY_BROWSERS.test(method) && (!BEARER.test(guards) || /cookie/i.test(guards)) ? 'anyone' : 'api';
    });
    return (['anyone', 'api', 'signed'] as const).find((reach) => all.includes(reach)) ?? 'admin';
  }
  return ADMIN_FOLDER.test(home.path) ? 'admin' : 'unknown';
}

/** `@Patch(':id')`, `@Roles('admin')` at the method or its class. */
function decorated(home: Home, form: FunctionForm): Registered[] | null {
  if (form.decorators.length === 0 || home.module.language !== 'typescript') return null;
  const owner = form.owner === null ? null : home.module.classes[form.owner];
  const texts = [...form.decorators, ...(owner?.decorators ?? [])].map(({ span }) => sourceOf(home, span));
  const [, method] =
    texts.map((text) => /^@?(Get|Post|Put|Patch|Delete|All|Head|Options)\(/.exec(text)).find((found) => found) ?? [];
  if (method === undefined) return null;
  const guards = texts.filter((text) => !/^@?(?:Get|Post|Put|Patch|Delete|All|Head|Options|Controller)\(/.test(text));
  return [{ method: method.toLowerCase(), guards: guards.join('\n') }];
}

/** Where the value of a hit comes in; a helper that reads the request (`bodyOf(req)`) is asked by a handler, which is on the way. */
export function reachOfHit(run: Run, homes: ReadonlyMap<string, Home>, { holes, place }: Hit): Reach {
  const ways = holes.flatMap(({ taints }) => taints.map(({ steps }) => [...steps, place]));
  const all = ways.map((steps) => {
    for (const { path, span } of steps) {
      const home = homes.get(path);
      const reach = home ? reachOf(run, home, span) : 'unknown';
      if (reach !== 'unknown') return reach;
    }
    return 'unknown';
  });
  return (['anyone', 'unknown', 'api', 'signed', 'admin'] as const).find((reach) => all.includes(reach)) ?? 'unknown';
}
