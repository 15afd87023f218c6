import { isWithin } from '../changes/pairs-of.ts';
import type { ReadPlace } from '../fact-hit.ts';
import type { FactPlace, Query, Route } from '../facts.ts';
import { readHandler } from '../routes/handler-text.ts';
import { speaksOfCaller } from '../routes/speaks-of-caller.ts';

/** What a Go handler reads from the address, or from a gRPC message. */
const ASKED =
  /\.(?:PathValue|Param|Params|URLParam|QueryParam|Query|DefaultQuery|FormValue|PostForm|ParamsInt)\(|\bchi\.URLParam\(|\bmux\.Vars\(|\b(?:req|request|in|r)\.(?:Msg\.)?(?:Get)?\w*I[dD](?:\(\))?[,)]/;
/** The same for TypeScript. */
const ASKED_TS =
  /\b(?:req|request|ctx|c|event)\??\.(?:params|query|body|request\.body|pathParameters|req\.(?:param|query)\()|\bparams\.\w|\b(?:await )?params\b|@(?:Param|Query|Body)\(/;
/** The same of a procedure. */
const ASKED_INPUT = /\binput(?:\.\w|\b)/;
/** The caller says himself whose rows he wants. */
const ASKED_OWNER =
  /\.(?:PathValue|Param|Params|QueryParam|Query|FormValue|PostForm)\("(?:user|owner|customer|account|member)_?-?i?d?"\)|\bURLParam\(\w+,\s*"(?:user|owner|customer|account|member)_?-?i?d?"\)|(?:\b(?:user|owner|customer|account|member)_?id:\s*)?\b(?:req|request|ctx)\.(?:params|query|body)\.(?:user|owner|customer|account|member)_?id\b/i;
const CALLER =
  /\b(?:u|user|owner|member|caller|actor|subject)(?:_?id)?\b|\b(?:account|customer|tenant|org)_?id\b|current|subject|\bsub\b|member|\bcan(?!cel|did|on)[A-Z]|\bmay(?!be)[A-Z]|allow|\bacl\b|access|polic|enforce|\.Value\(|\.Locals\(|\.MustGet\(|\bc\.Get(?:String|U?Int(?:64)?)?\("|metadata\.|FromContext|admin/i;
/** Other people than the owner come here as well. */
const SHARED = /admin|internal|public|staff|support|backoffice|operator|manage|moderat|share|webhook|callback/i;
/** It asks for a right over the object itself. */
const OBJECT = /owner|member|\bcan|permission|access|polic|scope|acl|role|admin|moderat|staff|enforce|belongs/i;

/** A handler whose query may be asked for by anybody who is logged in, with all that is written on the way to it. */
export interface Look {
  within: FactPlace;
  key: string;
  write: () => string;
  asked: RegExp;
}

export type HandlerOf = (place: FactPlace) => ReturnType<typeof readHandler>;

export function keyOf({ path, startLine, endLine }: FactPlace): string {
  return `${path}:${startLine}:${endLine}`;
}

export function onceFor<K, V>(make: (of: K) => V, keyed: (of: K) => string): (of: K) => V {
  const known = new Map<string, { made: V }>();
  return (of) => {
    const key = keyed(of);
    const before = known.get(key) ?? { made: make(of) };
    known.set(key, before);
    return before.made;
  };
}

/** Null: other people than the owner come there, or it is open to all. */
export function lookAt(one: Query, routes: readonly Route[], read: ReadPlace, handlerOf: HandlerOf): Look | null {
  return one.place.path.endsWith('.go') ? lookInGo(one, routes, read) : lookInScript(one, routes, read, handlerOf);
}

function lookInGo(one: Query, routes: readonly Route[], read: ReadPlace): Look | null {
  const route = routes.find(({ handler }) => handler.place !== null && isWithin(one.place, handler.place));
  if (route && !isForItsOwner(route)) return null;
  const within = route?.handler.place ?? one.within;
  return { within, key: keyOf(within), write: () => read(within).replace(/^\s*func[^\n{]*/, ''), asked: ASKED };
}

function lookInScript(one: Query, routes: readonly Route[], read: ReadPlace, handlerOf: HandlerOf): Look | null {
  if (!/\.[cm]?[jt]sx?$/.test(one.place.path)) return null;
  const own = routes.flatMap((route) => {
    const { place } = route.handler;
    return place && [one.place, ...one.through].some((at) => isWithin(at, place)) ? [{ route, place }] : [];
  });
  const [first] = own;
  const within = first?.place ?? one.within;
  const { text, isKnown } = handlerOf(within);
  const procedure = first ? null : procedureAt(within, read);
  if (first) {
    // Somebody must be known: what is open may be meant for all.
    if (!own.every(({ route }) => isForItsOwner(route) && route.authorised)) return null;
  } else if (procedure === null ? !isKnown && !isHandlerAmongKnown(text, within, read) : !LOGGED_IN.test(procedure))
    return null;
  const others = one.through.filter(
    (at) =>
      !own.some(({ place }) => isWithin(at, place)) &&
      !(at.path === within.path && isWithin(at, within)) &&
      // What the handler stands in, with all others: `async (app) => { app.get(…); app.delete(…) }`.
      !(at.path === within.path && isWithin(within, at)),
  );
  const all = [within, ...own.slice(1).map(({ place }) => place), ...others];
  return {
    within,
    key: all.map(keyOf).join(),
    write: () => all.map((at) => handlerOf(at).text).join('\n'),
    asked: procedure === null ? ASKED_TS : ASKED_INPUT,
  };
}

/** Whoever registers it is in another file: that people log in there is seen by what the handlers beside it ask. */
function isHandlerAmongKnown(text: string, { path }: FactPlace, read: ReadPlace): boolean {
  return HANDLES.test(text) && ASKS_WHO.test(read({ path, startLine: 1, endLine: MOST_LINES }));
}

const MOST_LINES = 5000;
const ASKS_WHO =
  /\b(?:req|request|ctx|context|c|event)\??\.(?:user|session|auth|account|member|viewer|state\.user|locals\.user|requestContext)\b/;
const HANDLES = /^(?:async\s+)?(?:function\s*\w*\s*)?(?:\w+\s*)?\(\s*_?(?:req|request|ctx|event)\b/;
/** A procedure of tRPC, by what it is made of. */
const PROCEDURE = /\b(\w*[pP]rocedure)\b/g;
const LOGGED_IN = /^(?:protected|private|auth\w*|user|loggedIn|session)Procedure$/;
const MOST_ABOVE = 12;

function procedureAt({ path, startLine }: FactPlace, read: ReadPlace): string | null {
  const above = read({ path, startLine: Math.max(1, startLine - MOST_ABOVE), endLine: startLine });
  const end = Math.max(above.lastIndexOf('.query('), above.lastIndexOf('.mutation('));
  return [...above.slice(0, end).matchAll(PROCEDURE)].at(-1)?.[1] ?? null;
}

/** What a handler, with all that leads to the row, says. */
export function tellOf(written: string, asked: RegExp): { ofCaller: boolean; asks: boolean; asksOwner: boolean } {
  const text = written.replace(/(["'`])(?:(?!\1)[^\n])*\1/g, (quoted) =>
    /^["'`][\w-]+["'`]$/.test(quoted) ? quoted : '""',
  );
  const rest = text.replaceAll(ASKED_OWNERS, '');
  return {
    ofCaller: speaksOfCaller(rest) || CALLER.test(rest),
    asks: asked.test(text),
    asksOwner: ASKED_OWNER.test(text),
  };
}

const ASKED_OWNERS = new RegExp(ASKED_OWNER.source, 'gi');

/** `internal/` is where Go keeps what no other module may import. */
export function isShared({ function: name, place }: Query): boolean {
  const path = place.path.endsWith('.go') ? place.path.replaceAll(/(?:^|\/)internal\//g, '/') : place.path;
  return SHARED.test(`${name} ${path}`);
}

function isForItsOwner(route: Route): boolean {
  if (SHARED.test(route.path)) return false;
  return !route.middleware.some(({ name }) => OBJECT.test(name));
}
