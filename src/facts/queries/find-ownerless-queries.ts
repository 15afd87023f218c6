import { isWithin } from '../changes/pairs-of.ts';
import type { FactHit, FindFacts, ReadPlace } from '../fact-hit.ts';
import type { FactPlace, Query, Route } from '../facts.ts';
import { findSlips } from '../find-slips.ts';
import { readHandler } from '../routes/handler-text.ts';
import { speaksOfCaller } from '../routes/speaks-of-caller.ts';
import { isByProof, isForEverybody, isOwner } from './find-unscoped-queries.ts';

/** What a Go handler reads from the address, or from a gRPC message. */
const ASKED =
  /\.(?:PathValue|Param|Params|URLParam|QueryParam|Query|DefaultQuery|FormValue|PostForm|ParamsInt)\(|\bchi\.URLParam\(|\bmux\.Vars\(|\b(?:req|request|in|r)\.(?:Msg\.)?(?:Get)?\w*I[dD](?:\(\))?[,)]/;
/** The same for TypeScript. */
const ASKED_TS =
  /\b(?:req|request|ctx|c|event)\??\.(?:params|query|body|request\.body|pathParameters|req\.(?:param|query)\()|\bparams\.\w|\b(?:await )?params\b|@(?:Param|Query|Body)\(/;
/** The same of a procedure. */
const ASKED_INPUT = /\binput(?:\.\w|\b)/;
/** Who may be changed by himself alone. */
const PEOPLE = /^(?:users?|accounts?|members?|profiles?|customers?)$/i;
/** The caller says himself whose rows he wants. */
const ASKED_OWNER =
  /\.(?:PathValue|Param|Params|QueryParam|Query|FormValue|PostForm)\("(?:user|owner|customer|account|member)_?-?i?d?"\)|\bURLParam\(\w+,\s*"(?:user|owner|customer|account|member)_?-?i?d?"\)|(?:\b(?:user|owner|customer|account|member)_?id:\s*)?\b(?:req|request|ctx)\.(?:params|query|body)\.(?:user|owner|customer|account|member)_?id\b/i;
const CALLER =
  /\b(?:u|user|owner|member|caller|actor|subject)(?:_?id)?\b|\b(?:account|customer|tenant|org)_?id\b|current|subject|\bsub\b|member|\bcan(?!cel|did|on)[A-Z]|\bmay(?!be)[A-Z]|allow|\bacl\b|access|polic|enforce|\.Value\(|\.Locals\(|\.MustGet\(|\bc\.Get(?:String|U?Int(?:64)?)?\("|metadata\.|FromContext|admin/i;
const KEY = /^(?:id|_id|uuid|guid|[a-z_]*(?:_id|_uuid|Id|ID)|number|no|ref|reference)$/;
/** Things that are somebody's. */
const PERSONAL =
  /^(?:\w*_)?(?:orders?|invoices?|payments?|subscriptions?|addresses|address|messages?|documents?|contracts?|wallets?|cards?|bookings?|reservations?|prescriptions?|appointments?|notes?|carts?|statements?|transactions?|transfers?|receipts?|refunds?|claims?|loans?|patients?|conversations?|chats?|api_?keys?|devices?|drafts?|letters?|tickets?|accounts?|profiles?|medical_?records?|bank_?accounts?|cheques?|deliver(?:y|ies)|shipments?)$/i;
/** Other people than the owner come here as well. */
const SHARED = /admin|internal|public|staff|support|backoffice|operator|manage|moderat|share|webhook|callback/i;
/** It asks for a right over the object itself. */
const OBJECT = /owner|member|\bcan|permission|access|polic|scope|acl|role|admin|enforce|belongs/i;
const FILE_LINES = 5_000;

/** A handler that reads or changes what belongs to somebody by the id of the request alone, and nothing there asks whose it is. */
export const findOwnerlessQueries: FindFacts = (facts, read, before) => {
  const { queries, routes } = facts;
  const owned = new Set(queries.filter((one) => one.filter.some(isOwner)).flatMap(({ tables }) => tables));
  const seen = new Set<string>();
  // A handler may ask for a thousand rows: it is read once.
  const handlerOf = onceFor((place: FactPlace) => readHandler(read(place)), keyOf);
  const tell = onceFor(
    ({ write, asked }: Look) => tellOf(write(), asked),
    ({ key }) => key,
  );
  const found = queries.filter(isByKey).flatMap((one) => {
    const at = one.place.path.endsWith('.go')
      ? lookInGo(one, routes, read)
      : lookInScript(one, routes, read, handlerOf);
    const key = at && keyOf(at.within);
    if (!at || key === null || seen.has(key) || !asksByRequest(one, tell(at)) || !isSomebodys(one, owned, read))
      return [];
    seen.add(key);
    return [hitOf(one, at, read(one.place))];
  });
  // What the form alone shows, in Python.
  return [...findSlips('row-of-anybody')(facts, read, before), ...found];
};

/** A handler whose query may be asked for by anybody who is logged in, with all that is written on the way to it. */
interface Look {
  within: FactPlace;
  key: string;
  write: () => string;
  asked: RegExp;
}

type HandlerOf = (place: FactPlace) => ReturnType<typeof readHandler>;

function keyOf({ path, startLine, endLine }: FactPlace): string {
  return `${path}:${startLine}:${endLine}`;
}

function onceFor<K, V>(make: (of: K) => V, keyed: (of: K) => string): (of: K) => V {
  const known = new Map<string, { made: V }>();
  return (of) => {
    const key = keyed(of);
    const before = known.get(key) ?? { made: make(of) };
    known.set(key, before);
    return before.made;
  };
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
    (at) => !own.some(({ place }) => isWithin(at, place)) && !(at.path === within.path && isWithin(at, within)),
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

/** One row of one table, by a key that may be the caller's. */
function isByKey(one: Query): boolean {
  const [table] = one.tables;
  if (one.operation === 'insert' || one.operation === 'other') return false;
  if (table === undefined || one.tables.length > 1 || one.open || one.filter.length === 0) return false;
  if (!one.filter.every(isOwner) && !one.filter.every((name) => KEY.test(name) && !isOwner(name))) return false;
  return !isByProof(one) && !isForEverybody(one) && !SHARED.test(`${one.function} ${one.place.path}`);
}

/** What a handler, with all that leads to the row, says. */
function tellOf(written: string, asked: RegExp): { ofCaller: boolean; asks: boolean; asksOwner: boolean } {
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

function asksByRequest({ filter }: Query, { ofCaller, asks, asksOwner }: ReturnType<typeof tellOf>): boolean {
  if (ofCaller) return false;
  return filter.every(isOwner) ? asksOwner : asks;
}

const ASKED_OWNERS = new RegExp(ASKED_OWNER.source, 'gi');

function isSomebodys(
  { tables: [table = ''], filter, place, operation }: Query,
  owned: ReadonlySet<string>,
  read: ReadPlace,
): boolean {
  if (filter.every(isOwner) || owned.has(table) || PERSONAL.test(table)) return true;
  if (!place.path.endsWith('.go')) return operation !== 'select' && PEOPLE.test(table);
  // A class of gorm: `type Document struct { OwnerID uint }`.
  const file = read({ path: place.path, startLine: 1, endLine: FILE_LINES });
  const [, fields = ''] =
    new RegExp(`\\btype\\s+${table.replace(/\W/g, '')}\\s+struct\\s*\\{([^}]*)\\}`).exec(file) ?? [];
  return [...fields.matchAll(/^\s*([A-Z]\w*)\s/gm)].some(([, name = '']) => /ID$|Id$/.test(name) && isOwner(name));
}

function isForItsOwner(route: Route): boolean {
  if (SHARED.test(route.path)) return false;
  return !route.middleware.some(({ name }) => OBJECT.test(name));
}

/** Where the row is asked for; where another file does that, the handler. */
function hitOf(
  { place, function: symbol, tables: [table = ''], filter, operation }: Query,
  { within, write }: Look,
  asked: string,
): FactHit {
  return {
    place: within.path === place.path ? place : within,
    symbol,
    values: {
      MODEL: table,
      BY: filter.join(', '),
      DOES: operation === 'select' ? 'reads' : 'changes',
      COUNTING: COUNTED.test(write()) ? ' by counting up' : '',
      OWNED: ownedLike(asked, place.path),
    },
  };
}

/** An id that the handler makes a number of. */
const COUNTED =
  /\b(?:Number|parseInt|Number\.parseInt)\(|\bParseIntPipe\b|\bstrconv\.(?:Atoi|Parse(?:Int|Uint))\(|\bParamsInt\(|\bcoerce\.number\(|\bid:\s*z\.number\(/;

/** The owner beside the key, as this statement or mapper writes it; where neither is known, the words alone. */
function ownedLike(asked: string, path: string): string {
  const [, column, place] = /\bwhere\s+([\w."]{1,60})\s*=\s*(\$\d|\?|:\w+|@\w+)/i.exec(asked) ?? [];
  if (column !== undefined && place !== undefined) {
    const next = place.startsWith('$') ? '$2' : place === '?' ? '?' : `${place[0]}owner`;
    return ` (\`where ${column} = ${place} and owner_id = ${next}\`)`;
  }
  if (/\bwhere:\s*\{/.test(asked)) return ' (`where: { id, ownerId: … }`)';
  return path.endsWith('.go') && /\.(?:Where|First|Take|Find|Delete)\(/.test(asked)
    ? ' (`Where("id = ? AND owner_id = ?", id, userID)`)'
    : '';
}
