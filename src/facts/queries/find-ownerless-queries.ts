import type { FactHit, FindFacts, ReadPlace } from '../fact-hit.ts';
import type { FactPlace, Query } from '../facts.ts';
import { findSlips } from '../find-slips.ts';
import { readHandler } from '../routes/handler-text.ts';
import { isByProof, isForEverybody, isOwner } from './find-unscoped-queries.ts';
import { isShared, keyOf, type Look, lookAt, onceFor, tellOf } from './handler-of-query.ts';

/** Who may be changed by himself alone. */
const PEOPLE = /^(?:users?|accounts?|members?|profiles?|customers?)$/i;
const KEY = /^(?:id|_id|uuid|guid|[a-z_]*(?:_id|_uuid|Id|ID)|number|no|ref|reference)$/;
/** Things that are somebody's. */
const PERSONAL =
  /^(?:\w*_)?(?:orders?|invoices?|payments?|subscriptions?|addresses|address|messages?|documents?|contracts?|wallets?|cards?|bookings?|reservations?|prescriptions?|appointments?|notes?|carts?|statements?|transactions?|transfers?|receipts?|refunds?|claims?|loans?|patients?|conversations?|chats?|api_?keys?|devices?|drafts?|letters?|tickets?|accounts?|profiles?|medical_?records?|bank_?accounts?|cheques?|deliver(?:y|ies)|shipments?)$/i;
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
    const at = lookAt(one, routes, read, handlerOf);
    const key = at && keyOf(at.within);
    if (!at || key === null || seen.has(key) || !asksByRequest(one, tell(at)) || !isSomebodys(one, owned, read))
      return [];
    seen.add(key);
    return [hitOf(one, at, read(one.place))];
  });
  // What the form alone shows, in Python.
  return [...findSlips('row-of-anybody')(facts, read, before), ...found];
};

/** One row of one table, by a key that may be the caller's. */
function isByKey(one: Query): boolean {
  const [table] = one.tables;
  if (one.operation === 'insert' || one.operation === 'other') return false;
  if (table === undefined || one.tables.length > 1 || one.open || one.filter.length === 0) return false;
  if (!one.filter.every(isOwner) && !one.filter.every((name) => KEY.test(name) && !isOwner(name))) return false;
  return !isByProof(one) && !isForEverybody(one) && !isShared(one);
}

function asksByRequest({ filter }: Query, { ofCaller, asks, asksOwner }: ReturnType<typeof tellOf>): boolean {
  if (ofCaller) return false;
  return filter.every(isOwner) ? asksOwner : asks;
}

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
