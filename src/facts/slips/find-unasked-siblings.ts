import type { Home } from '../../flows/values/value.ts';
import type { FunctionForm } from '../../languages/form.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { textOf } from './call-chain.ts';
import { MOST_BETWEEN, MOST_LOOKS } from './limits.ts';
import type { FoundSlip } from './slip.ts';

/** `@bp.delete("/<int:invoice_id>")`, `@router.get("/{vehicle_id}")`: what a path names. */
const ROUTE = /^@?[\w.]+\.(?:get|post|put|patch|delete|route)\(\s*["']([^"'\n]{1,300})["']/;
const IN_PATH = /[{<](?:\w+:)?(\w{1,60})(?::\w+)?[}>]/g;
const LOGGED_IN = /login_required|(?:jwt|token|auth)_required|authenticated|logged_?in/i;
const CALLER = /^(?:caller|principal|identity|viewer|actor|who|me|user|current_\w{1,30})$/;
const CALLERS = ['current_user', 'request.user', 'g.user'];
const CALL = new RegExp(
  String.raw`(?<call>(?<receiver>(?<![\w.])\w{1,60}(?:\.\w{1,60})?)\.(?<method>\w{1,60}))\((?<given>[^()\n]{1,${MOST_BETWEEN}})\)`,
  'g',
);
const LOADS = /^_?(?:get|find|load|fetch|read|one|by_id)/;
const CHANGES = /^(?:delete|remove|destroy|update|save|patch|archive|rename|set|cancel|close|void)/;
const CHANGED = /\b(?:delete|remove|destroy|update|save|patch|archive|rename|commit|flush)\w*\s*\(/i;
const FOR_ALL = /admin|staff|super_?user|internal|backoffice|moderator|webhook|public|task|worker|cron/i;
/** So many must agree before it is said without a doubt. */
const SURE = 3;
/** Each is compared with all others. */
const MOST_HANDLERS = 200;

interface Look {
  form: FunctionForm;
  receiver: string;
  method: string;
  call: string;
  at: number;
  id: string;
  /** It is given who calls as well. */
  isOwn: boolean;
}

interface Handler {
  form: FunctionForm;
  ids: readonly string[];
  callers: readonly string[];
  body: string;
  start: number;
}

/**
 * `repo.get(invoice_id)` in a handler that changes what it gives, where the handlers beside it ask the same repository by who calls as
 * well (`repo.get_owned(invoice_id, current_user.id)`).
 */
export function findUnaskedSiblings(homes: readonly Home[], program: readonly Home[], asks: RegExp): FoundSlip[] {
  return homes.flatMap((home) =>
    home.module.language === 'python' &&
    !FOR_ALL.test(home.path) &&
    /current_user|@\w+\.(?:get|post|put|patch|delete)\(/.test(home.text)
      ? findIn(home, program, asks)
      : [],
  );
}

function findIn(home: Home, program: readonly Home[], asks: RegExp): FoundSlip[] {
  const handlers = home.module.functions.flatMap((form) => handlerOf(home, form));
  if (handlers.length > MOST_HANDLERS) return [];
  const looks = handlers.flatMap(looksOf);
  const own = looks.filter(({ isOwn }) => isOwn);
  const asking = new Set(own.map(({ form }) => form));
  const ways = new Set(own.map(({ call }) => call));
  const open = handlers.flatMap((handler) => {
    if (asking.has(handler.form)) return [];
    const look = looks.find((one) => one.form === handler.form && !ways.has(one.call));
    return look && isUnasked(home, handler, look, asks) ? [look] : [];
  });
  return open.flatMap((look): FoundSlip[] => {
    const beside = own.filter(({ receiver, id }) => receiver === look.receiver && id === look.id);
    const count = new Set(beside.map(({ form }) => form)).size;
    const alike = open.filter(({ call }) => call === look.call).length;
    const [first] = beside;
    // Where several do not ask, it is meant so.
    if (!first || alike > 1 || count < 2) return [];
    const defined = program.flatMap((one) =>
      one.module.functions
        .filter(({ name, owner }) => name === look.method && owner !== null)
        .map((form) => textOf(one, form.span)),
    );
    if (defined.some((text) => /current_user|request\.user|\bg\.\w|contextvar|owner|tenant/i.test(text))) return [];
    const suspected = count < SURE || defined.length === 0;
    return [
      {
        kind: 'row-unasked',
        home,
        form: look.form,
        span: [look.at, look.at + 1],
        ...(suspected && { suspected }),
        names: {
          LOAD: `${look.call}(${look.id})`,
          ROW: look.receiver,
          ASKED: home.text.slice(first.at, home.text.indexOf(')', first.at) + 1),
          LINE: [first.at, first.at],
          HOW: ` and ${count - 1} more ask for it by who calls as well`,
        },
      },
    ];
  });
}

function handlerOf(home: Home, form: FunctionForm): Handler[] {
  const decorators = form.decorators.map(({ span }) => textOf(home, span));
  const paths = decorators.flatMap((text) => ROUTE.exec(text)?.[1] ?? []);
  const ids = paths.flatMap((path) => [...path.matchAll(IN_PATH)].map(([, name = '']) => name));
  const start = form.body[0]?.span[0];
  const callers = form.parameters.map(({ name }) => name).filter((name) => CALLER.test(name));
  const isKnown = callers.length > 0 || LOGGED_IN.test(decorators.join('\n'));
  if (ids.length === 0 || start === undefined || !isKnown) return [];
  return [{ form, ids, callers: [...callers, ...CALLERS], body: home.text.slice(start, form.span[1]), start }];
}

function looksOf({ form, ids, callers, body, start }: Handler): Look[] {
  const who = new RegExp(`(?<![\\w.])(?:${callers.map(escapeRegExp).join('|')})\\b`);
  return [...body.matchAll(CALL)].slice(0, MOST_LOOKS).flatMap(({ groups = {}, index }) => {
    const { call = '', receiver = '', method = '', given = '' } = groups;
    const id = ids.find((name) => given === name || new RegExp(`^(?:\\w+=)?${name}\\b`).test(given));
    if (id === undefined) return [];
    const isOwn = who.test(given.slice(given.indexOf(id) + id.length));
    if (!isOwn && given !== id && given !== `${id}=${id}`) return [];
    return [{ form, receiver, method, call, at: start + index, id, isOwn }];
  });
}

function isUnasked(home: Home, { form, callers, body }: Handler, look: Look, asks: RegExp): boolean {
  const rest = body.replaceAll(look.call, ' ');
  const around = [form.name, ...form.decorators.map(({ span }) => textOf(home, span))].join(' ');
  const who = new RegExp(`(?<![\\w.])(?:${callers.map(escapeRegExp).join('|')})\\b`);
  if (FOR_ALL.test(around) || asks.test(rest) || who.test(rest)) return false;
  return CHANGES.test(look.method) || (LOADS.test(look.method) && CHANGED.test(rest));
}
