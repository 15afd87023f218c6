import type { Home } from '../../flows/values/value.ts';
import { functionsAround } from '../../languages/enclosing.ts';
import type { ClassForm, FunctionForm, Span } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { textOf } from './call-chain.ts';
import { MOST_BETWEEN, MOST_LOOKS } from './limits.ts';
import type { FoundSlip } from './slip.ts';
import { findUnusedCallers } from './unused-callers.ts';

/** The code checks that somebody is logged in, and nothing more. */
const LOGGED_IN =
  /login_required|jwt_required|(?:token|auth)_required|requires?_(?:auth|login|user)|LoginRequiredMixin|\bauthenticated\b|logged_?in|current_?(?:user|account|active_user)|get_(?:user|me)\b|AuthUser|verify_(?:token|jwt)/i;
/** The caller may see the rows of others, or something else decides about it. */
const PRIVILEGED =
  /admin|staff|super_?user|permission(?!_classes)|role|scope|owner|member|\bcan_|polic(?:y|ies)|access|internal|service|manager|moderator|editor|webhook|public|shared?/i;
/** As a folder or a file is called that is for them; `services/` and `members.py` are for anybody. */
const PRIVILEGED_PATH = /admin|staff|super_?user|internal|backoffice|moderator|webhook|public/i;
/** The function asks whose it is, or leaves that to something it calls. */
const ASKS_WHOSE =
  /current_?user|request\.user|\bg\.\w|request\[["']\w*(?:user|account)|session\[|get_jwt|owner|author(?!iz)|tenant|(?:user|account|customer|member|org\w*|team|company)_?id|\.user\b|created_by|permission|has_perm|allowed|authori[sz]|belongs|check_|\bcan_|ensure|require|verify|access|40[13]|[fF]orbidden|PermissionDenied|\bis_\w+|role|polic(?:y|ies)|token|secret|signature/;
/** What nobody owns. */
const SHARED =
  /product|item|categor|tag|page|countr|currenc|cit(?:y|ies)|plan|feature|setting|config|languag|template|course|lesson|book|movie|film|song|artist|ingredient|venue|room|location|store|shop|brand|genre|channel|status|type|kind|model|job$|exercise|equipment|public|catalog|menu|faq|version|release|package|plugin|license|permission|role|group/i;
/** What its author shows to everybody, and nobody else may change. */
const READ_BY_ALL =
  /article|post|blog|news|event|album|recipe|question|quiz|topic|forum|thread|comment|review|video|photo/i;
const PEOPLE = /^(?:user|account|member|profile|people|person|customer)s?$/i;
const WRITES = /\b(?:delete|commit|save|update|remove|insert)\w*\s*\(|\b(?:UPDATE|DELETE|INSERT)\s/;
/** A column that says whose a row is. */
const OWNED =
  /\bAUTH_USER_MODEL\b|\b(?:user|owner|author|customer|account|tenant|organi[sz]ation|created_by|creator|member|sender|recipient|patient|employee|client|buyer|seller)(?:_id)?\b\s*[:=]/;

/**
 * A row is looked up by what the request says, in a function for whoever is logged in, and nothing asks whose it is. Where the class of
 * the row is there it must have an owner.
 */
export function findForeignRows(homes: readonly Home[], program: readonly Home[]): FoundSlip[] {
  const python = homes.filter(({ module, text }) => module.language === 'python' && MAY_BE.test(text));
  const classes = classesOf(program);
  const isOwned: IsOwned = (model, isWritten) => {
    if (PEOPLE.test(model)) return true;
    const own = classes.get(model);
    if (own) return own.hasOwner();
    return !SHARED.test(model) && (isWritten || !READ_BY_ALL.test(model));
  };
  /** A base of the program's own may look whose the row is. */
  const mayAsk = (base: string): boolean => {
    if (
      ONE_ROW.test(base) ||
      /(?:^|\.)(?:LoginRequired|SuccessMessage|(?:Create|List|Retrieve|Update|Destroy)Model)Mixin$/.test(base)
    )
      return false;
    return classes.get(base)?.mayAsk() ?? true;
  };
  const callers = homes.filter(({ module }) => module.language === 'python').flatMap(findUnusedCallers);
  const seen = new Set(callers.map(({ form }) => form));
  const others = python.flatMap((home) => [
    ...home.module.functions.flatMap((form) => inFunction(home, form, isOwned)),
    ...home.module.functions.flatMap((form) => besideOwnRows(home, form)),
    ...home.module.classes.flatMap((one) => inClass(home, one, { isOwned, mayAsk })),
  ]);
  return [...callers, ...others.filter(({ form }) => !seen.has(form))];
}

/** The class of each name, the first one: its text is read once, however many ask. */
const classesOf = memo((program: readonly Home[]) => {
  const classes = new Map<string, { hasOwner: () => boolean; mayAsk: () => boolean }>();
  for (const home of program)
    for (const { name, span } of home.module.classes) {
      const once = (pattern: RegExp): (() => boolean) => {
        let known: boolean | null = null;
        return () => (known ??= pattern.test(textOf(home, span)));
      };
      if (!classes.has(name)) classes.set(name, { hasOwner: once(OWNED), mayAsk: once(ASKS_ITSELF) });
    }
  return classes;
});

const ASKS_ITSELF = /dispatch|get_object|get_queryset|owner|request\.user/;

/** Whether a row belongs to somebody, who alone may read it, or change it. */
type IsOwned = (model: string, isWritten: boolean) => boolean;

const MAY_BE = new RegExp(`${LOGGED_IN.source}|IsAuthenticated|\\[["']user|def get_queryset`, 'i');
/** A class of views says which rows the caller has. */
const OWN_ROWS = /\bdef get_queryset\([^]*?(?=\n[ \t]{0,4}(?:def|@|class)\b|$)/;

const ownRowsOf = memo(
  (home: Home): ReadonlyMap<ClassForm, string> =>
    new Map(
      home.module.classes.map((one) => {
        const [own = ''] = OWN_ROWS.exec(textOf(home, one.span)) ?? [];
        return [one, /\brequest\.user\b/.test(own) ? own : ''];
      }),
    ),
);

/** The class says in `get_queryset` which rows the caller has, and this method asks for any row by the key in the path. */
function besideOwnRows(home: Home, form: FunctionForm): FoundSlip[] {
  const owner = form.owner === null ? null : (home.module.classes[form.owner] ?? null);
  if (!owner || form.body.length === 0 || /^get_|^_/.test(form.name)) return [];
  const own = ownRowsOf(home).get(owner) ?? '';
  if (own === '') return [];
  const given = form.parameters.map(({ name }) => name).filter((name) => /^(?:pk|id|uuid|\w+_(?:pk|id))$/.test(name));
  const start = form.body[0]?.span[0] ?? form.span[0];
  const body = home.text.slice(start, form.span[1]);
  const found = given.length === 0 ? null : lookIn(body, given);
  if (!found || !new RegExp(`\\b${escapeRegExp(found.model)}\\b`).test(own)) return [];
  if (
    /request\.user|get_object|get_queryset|permission|check_|\bcan_|40[13]|Denied/.test(body.replace(found.text, ' '))
  )
    return [];
  const at = start + found.at;
  const names = { MODEL: found.model, BY: found.by, DOES: WRITES.test(body) ? 'changes' : 'reads', COUNTING: '' };
  return [{ kind: 'row-of-anybody', home, form, span: [at, at + 1], names }];
}

function inFunction(home: Home, form: FunctionForm, isOwned: IsOwned): FoundSlip[] {
  if (form.id === 0 || form.parent !== 0 || form.body.length === 0 || form.parameters.length > MOST_LOOKS) return [];
  const owner = form.owner === null ? null : (home.module.classes[form.owner] ?? null);
  const around = owner ? aroundOf(home)(owner) : null;
  const decorators = form.decorators.map(({ span }) => textOf(home, span)).join('\n');
  if (PRIVILEGED.test(`${form.name} ${decorators} ${owner?.name ?? ''}`)) return [];
  if (PRIVILEGED_PATH.test(home.path)) return [];
  const span: Span = [form.body[0]?.span[0] ?? form.span[0], form.span[1]];
  const written = form.parameters.map((one) => ({ name: one.name, text: textOf(home, one.span) }));
  if (written.some(({ text }) => PRIVILEGED.test(text))) return [];
  const callers = written.filter(({ text }) => LOGGED_IN.test(text)).map(({ name }) => name);
  const body = textOf(home, span);
  const [told, kept] = KNOWN_HERE.exec(body) ?? [];
  const isKnown =
    callers.length > 0 || told !== undefined || LOGGED_IN.test(decorators) || around?.isForLoggedIn === true;
  if (!isKnown || around?.looksItself) return [];
  const names = [...callers, ...(kept === undefined ? [] : [kept])];
  const given = written
    .map(({ name }) => name)
    .filter((name) => !names.includes(name) && !/^(?:self|cls|request|req|db|session|conn|pool|response)$/.test(name));
  const found = lookIn(body, given);
  if (!found) return [];
  const rest = body
    .replace(found.text, ' ')
    .replace(told ?? '\0', ' ')
    .replace(IS_ANYBODY, ' ');
  if (ASKS_WHOSE.test(rest) || names.some((name) => new RegExp(`\\b${name}\\b`).test(rest))) return [];
  const isWritten = WRITES.test(body);
  if ((PEOPLE.test(found.model) && !isWritten) || !isOwned(found.model, isWritten)) return [];
  const at = span[0] + found.at;
  return [
    {
      kind: 'row-of-anybody',
      home,
      form: functionsAround(home.module, form).at(-1) ?? form,
      span: [at, at + 1],
      names: {
        MODEL: found.model,
        BY: found.by,
        DOES: isWritten ? 'changes' : 'reads',
        COUNTING: isCounted(home, form) ? ' by counting up' : '',
      },
    },
  ];
}

/** An id that is declared, or made, a number. */
function isCounted(home: Home, form: FunctionForm): boolean {
  const above = form.decorators.map(({ span }) => textOf(home, span)).join(' ');
  return /<int:|\bid\w*:\s*int\b|_id:\s*int\b|\bint\(/.test(`${above} ${textOf(home, form.span)}`);
}

/** `user = request["user"]` */
const KNOWN_HERE =
  /^[ \t]*(\w+)(?:\s*:\s*\w+)?\s*=\s*(?:request\[["']user\w*["']\]|request\.user|get_jwt_identity\(\))[ \t]*$/m;

/** Somebody must be there, whoever it is: `if user is None: raise …`. */
const IS_ANYBODY = /^[ \t]*if (?:not \w+|\w+ is None):[ \t]*\n?[ \t]*(?:raise|return|abort\()[^\n]*$/gm;

interface Look {
  model: string;
  by: string;
  text: string;
  at: number;
}

/** The row is asked for by this alone. */
function lookIn(body: string, names: readonly string[]): Look | null {
  const own = names.length === 0 ? '(?!)' : names.map(escapeRegExp).join('|');
  const key = `\\[[^\\]\\n]{1,${MOST_BETWEEN}}\\]`;
  const read = `(?:${key}|\\.get\\([^()\\n]+\\))`;
  const value = `(?<by>(?:${own})(?:\\.\\w+|${key})?|(?:self\\.)?request\\.(?:match_info|args|GET|POST|form|json|data|query_params|path_params)${read}|(?:self\\.)?kwargs${read})`;
  const by = `(?:\\w+\\()?${value}\\)?`;
  const id = '(?:pk|id|uuid|slug)';
  const column = '(?:id|pk|uuid|slug|user_id|account_id)';
  for (const pattern of [
    `get_(?:object|list)_or_404\\(\\s*(?<model>[A-Z]\\w*),\\s*${id}\\s*=\\s*${by}\\s*\\)`,
    `\\b(?<model>[A-Z]\\w*)\\.objects\\.(?:a?get|filter)\\(\\s*${id}\\s*=\\s*${by}\\s*\\)`,
    `\\b(?<model>[A-Z]\\w*)\\.query\\.(?:get|get_or_404|first_or_404)\\(\\s*${by}\\s*\\)`,
    `\\b(?<model>[A-Z]\\w*)\\.query\\.filter_by\\(\\s*${id}\\s*=\\s*${by}\\s*\\)`,
    `\\.(?:get|get_one|get_or_404)\\(\\s*(?<model>[A-Z]\\w*),\\s*${by}\\s*\\)`,
    `\\b(?:query|select|update|delete)\\(\\s*(?:\\w+\\.)?(?<model>[A-Z]\\w*)\\s*\\)\\s*\\.(?:filter|where)\\(\\s*(?:\\w+\\.)?\\w+\\.${column}\\s*==\\s*${by}\\s*\\)(?!\\s*\\\\?\\s*\\.(?:filter|where|join))`,
    // Whoever is named in the address: what else is asked for does not say whose it is.
    `\\b(?:query|select|update|delete)\\(\\s*(?:\\w+\\.)?(?<model>[A-Z]\\w*)\\s*\\)\\s*\\.(?:filter|where)\\(\\s*(?:\\w+\\.)?\\w+\\.(?:user|account)_id\\s*==\\s*${by}\\s*\\)(?:\\s*\\\\?\\s*\\.(?:filter|where)\\([^()\\n]{0,${MOST_BETWEEN}}\\)){1,4}`,
    `\\b(?:query|select)\\(\\s*(?<model>[A-Z]\\w*)\\s*\\)\\s*\\.filter_by\\(\\s*${id}\\s*=\\s*${by}\\s*\\)`,
    `["'](?:select\\s[^"']{1,300}?\\sfrom|update|delete\\s+from)\\s+(?<model>\\w+)\\s(?:[^"']{0,300}\\s)?where\\s+(?:\\w+\\.)?${column}\\s*=\\s*(?:\\$\\d|%s|\\?|:\\w+)\\s*["']+\\s*,[^\\n]{0,${MOST_BETWEEN}}\\b${by}`,
    `\\b(?<model>\\w+)(?:["']\\])?\\.(?:find_one|delete_one|update_one|find_one_and_update)\\(\\s*\\{\\s*["']_id["']\\s*:\\s*${by}\\s*\\}`,
  ]) {
    const found = new RegExp(pattern, 'i').exec(body);
    if (found?.groups)
      return { model: found.groups.model ?? '', by: found.groups.by ?? '', text: found[0], at: found.index };
  }
  return null;
}

/** Views of one row each, by its key in the path. */
const ONE_ROW =
  /^(?:\w+\.)*(?:ModelViewSet|(?:Retrieve|Update|Destroy)\w*APIView|(?:Retrieve|Update|Destroy)ModelMixin|UpdateView|DeleteView|DetailView)$/;

interface Asks {
  isOwned: IsOwned;
  mayAsk: (base: string) => boolean;
}

function inClass(home: Home, one: ClassForm, { isOwned, mayAsk }: Asks): FoundSlip[] {
  const text = textOf(home, one.span);
  const bases = one.bases.map(({ span }) => textOf(home, span));
  if (!bases.some((base) => ONE_ROW.test(base)) || !isForLoggedIn(headOf(home, one)) || bases.some(mayAsk)) return [];
  if (
    PRIVILEGED.test(one.name) ||
    PRIVILEGED_PATH.test(home.path) ||
    /PassesTest|PermissionRequired|Staff|Superuser/.test(text)
  )
    return [];
  const rows = /^[ \t]+(?:queryset\s*=\s*(\w+)\.objects(?:\.all\(\))?|model\s*=\s*(\w+))[ \t]*$/m.exec(text);
  const model = rows?.[1] ?? rows?.[2];
  // Who makes a row is written into it: that is no question of who may see it.
  const rest = text.replace(/^[ \t]+def (?:perform_create|form_valid)\b(?:(?!^[ \t]+def )[^])*/m, '');
  const isWritten = rest !== text && /request\.user/.test(text);
  if (
    !rows ||
    model === undefined ||
    /get_queryset|get_object|test_func|dispatch|filter_backends|request\.user|object_perm/.test(rest)
  )
    return [];
  if (!isWritten && !isOwned(model, !bases.every((base) => /DetailView|^Retrieve\w*$/.test(base)))) return [];
  const at = one.span[0] + rows.index + (rows[0].length - rows[0].trimStart().length);
  const [form] = home.module.functions;
  return form
    ? [
        {
          kind: 'row-of-anybody',
          home,
          form,
          span: [at, at + 1],
          names: {
            MODEL: model,
            BY: 'the key in the path',
            DOES: bases.every((base) => /DetailView|^Retrieve\w*$/.test(base)) ? 'reads' : 'reads or changes',
            COUNTING: '',
          },
        },
      ]
    : [];
}

/** Of a class, for all its methods. */
const aroundOf = memo((home: Home) =>
  memo((one: ClassForm) => ({
    isForLoggedIn: isForLoggedIn(headOf(home, one)),
    looksItself: /get_queryset|get_object(?!_or_404)|check_object/.test(textOf(home, one.span)),
  })),
);

/** What stands in a class before its methods, with its bases. */
function headOf(home: Home, one: ClassForm): string {
  const [first] = one.methods.map((id) => home.module.functions[id]?.span[0] ?? one.span[1]).sort((a, b) => a - b);
  return home.text.slice(one.span[0], Math.max(one.span[0], first ?? one.span[1]));
}

function isForLoggedIn(head: string): boolean {
  const [, listed] = /permission_classes\s*=\s*[[(]([^\])]{0,300})[\])]/.exec(head) ?? [];
  if (listed !== undefined) return /^(?:[\s\w.]*\.)?\s*(?:\w+\.)*IsAuthenticated\s*,?\s*$/.test(listed);
  return /\bLoginRequiredMixin\b|decorators\s*=\s*\[\s*(?:login|jwt|token|auth)_required(?:\(\))?\s*,?\s*\]/.test(head);
}
