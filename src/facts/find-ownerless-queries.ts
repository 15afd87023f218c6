import type { FactHit, FindFacts, ReadPlace } from './fact-hit.ts';
import type { Query, Route } from './facts.ts';
import { findSlips } from './find-slips.ts';
import { isByProof, isForEverybody, isOwner } from './find-unscoped-queries.ts';
import { isWithin } from './pairs-of.ts';
import { speaksOfCaller } from './speaks-of-caller.ts';

/** What a handler of Go takes from the address, or a message of gRPC. */
const ASKED =
  /\.(?:PathValue|Param|Params|URLParam|QueryParam|Query|DefaultQuery|FormValue|PostForm|ParamsInt)\(|\bchi\.URLParam\(|\bmux\.Vars\(|\b(?:req|request|in|r)\.(?:Msg\.)?(?:Get)?\w*I[dD](?:\(\))?[,)]/;
/** The same of TypeScript. */
const ASKED_TS =
  /\b(?:req|request|ctx|c|event)\??\.(?:params|query|body|request\.body|pathParameters|req\.(?:param|query)\()|\bparams\.\w|\b(?:await )?params\b|@(?:Param|Query|Body)\(/;
/** Who may be changed by himself alone. */
const PEOPLE = /^(?:users?|accounts?|members?|profiles?|customers?)$/i;
/** The caller says himself whose rows he wants. */
const ASKED_OWNER =
  /\.(?:PathValue|Param|Params|QueryParam|Query|FormValue|PostForm)\("(?:user|owner|customer|account|member)_?-?i?d?"\)|\bURLParam\(\w+,\s*"(?:user|owner|customer|account|member)_?-?i?d?"\)|(?:\b(?:user|owner|customer|account|member)_?id:\s*)?\b(?:req|request|ctx)\.(?:params|query|body)\.(?:user|owner|customer|account|member)_?id\b/i;
const CALLER =
  /\b(?:u|user|owner|member|caller|actor|subject)(?:_?id)?\b|\b(?:account|customer|tenant|org)_?id\b|current|subject|\bsub\b|member|\bcan[A-Z]|\bmay[A-Z]|allow|\bacl\b|access|polic|enforce|\.Value\(|\.Locals\(|\.MustGet\(|\bc\.Get(?:String|U?Int(?:64)?)?\("|metadata\.|FromContext|admin/i;
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
  const found = queries.flatMap((one) => {
    const route = routes.find(({ handler }) => handler.place !== null && isWithin(one.place, handler.place));
    const within = route?.handler.place ?? one.within;
    const key = `${within.path}:${within.startLine}`;
    if (seen.has(key) || !asksByRequest(one, read(within)) || !isSomebodys(one, owned, read)) return [];
    if (route ? !isForItsOwner(route) : !one.place.path.endsWith('.go')) return [];
    seen.add(key);
    return [hitOf(one)];
  });
  // What the form alone shows, in Python.
  return [...findSlips('row-of-anybody')(facts, read, before), ...found];
};

function asksByRequest(one: Query, handler: string): boolean {
  const [table] = one.tables;
  const isTypeScript = /\.[cm]?[jt]sx?$/.test(one.place.path);
  if (!isTypeScript && !one.place.path.endsWith('.go')) return false;
  if (one.operation === 'insert' || one.operation === 'other') return false;
  if (table === undefined || one.tables.length > 1 || one.open || one.filter.length === 0) return false;
  if (isByProof(one) || isForEverybody(one) || SHARED.test(`${one.function} ${one.place.path}`)) return false;
  const text = handler.replace(/(["'`])(?:(?!\1)[^\n])*\1/g, (written) =>
    /^["'`][\w-]+["'`]$/.test(written) ? written : '""',
  );
  const rest = text.replace(/^\s*func[^\n{]*/, '').replaceAll(ASKED_OWNERS, '');
  if (speaksOfCaller(rest) || CALLER.test(rest)) return false;
  if (one.filter.every(isOwner)) return ASKED_OWNER.test(text);
  return (isTypeScript ? ASKED_TS : ASKED).test(text) && one.filter.every((name) => KEY.test(name) && !isOwner(name));
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
  // Of TypeScript somebody must be known: what is open may be meant for all.
  if (!route.place.path.endsWith('.go') && !route.authorised) return false;
  return !route.middleware.some(({ name }) => OBJECT.test(name));
}

function hitOf({ place, function: symbol, tables: [table = ''], filter }: Query): FactHit {
  return {
    place,
    symbol,
    values: {
      MODEL: table,
      BY: filter.join(', '),
    },
  };
}
