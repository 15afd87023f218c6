import { lastPart } from '../../text/last-part.ts';
import { isWithin } from '../changes/pairs-of.ts';
import type { FactHit, FindFacts, ReadPlace } from '../fact-hit.ts';
import type { FactPlace, Query, Route } from '../facts.ts';
import { checksIn } from './checks-in.ts';
import { isMeantForAll } from './is-meant-for-all.ts';
import { speaksOfCaller } from './speaks-of-caller.ts';

/** So many siblings that change something must ask the same. */
const SIBLINGS = 2;
/** Of a router with more routes the rest is not compared. */
const MOST_ROUTES = 200;
/** It may ask under another name, or is called by a machine, which proves itself otherwise. */
const ASKS =
  /\b40[13]\b|forbid|unauthori[sz]ed|denied|\badmin|member|allow|access|polic|enforce|caller|signature|hmac|secret|token|guard|\brequire(?!d\b)\w+\(|\bassert\w*\(|\bensure\w*\(/i;
const MAY = /\b(?:can|may|has|is)[A-Z]\w*\(/;
/** The request is given away as a whole: what takes it may ask. */
const GIVES_REQUEST =
  /(?<![.\w])(?!chi\.|mux\.|json\.|http\.|render\.|httprouter\.|(?:\w+\.)?(?:parse|decode|read|bind|param|query|path|id|int|url|form|write|json|respond|render|log|validate|schema)\w*\()[\w.]+\((?:\w+,\s*)?(?:r|req|request|c|ctx\.req)\s*[,)]/gi;

/**
 * A handler that changes something and lacks the check that stands in the first lines of the handlers beside it, which change the same
 * kind of thing: `if !user.Admin { 403 }` in `refund` and `cancel`, and nothing in `remove`.
 */
export const findUncheckedHandlers: FindFacts = ({ routes, queries }, read) => {
  const changing = routes.filter(
    ({ method, handler: { place }, path }) =>
      place !== null &&
      !path.includes('…') &&
      // What a route of any method does, its handler says.
      (/^(?:POST|PUT|PATCH|DELETE)$/.test(method) || (method === 'ANY' && changesOf(place, queries).length > 0)),
  );
  const groups = Map.groupBy(
    changing,
    // A router that is a parameter is one for all routes of its file.
    ({ router, place, handler, path }) => JSON.stringify([router ?? place.path, handler.place?.path, thingOf(path)]),
  );
  return [...groups.values()].flatMap((group) => findIn(group.slice(0, MOST_ROUTES), queries, read));
};

function findIn(group: readonly Route[], queries: readonly Query[], read: ReadPlace): FactHit[] {
  if (group.length <= SIBLINGS) return [];
  const all = group.flatMap((route) => {
    const { place } = route.handler;
    if (place === null) return [];
    const text = read(place);
    return [{ route, place, text, checks: checksIn(text) }];
  });
  const counts = new Map<string, number>();
  for (const { checks } of all) for (const { key } of checks) counts.set(key, (counts.get(key) ?? 0) + 1);
  const [best] = [...counts].sort(([, a], [, b]) => b - a);
  if (!best || best[1] < SIBLINGS) return [];
  const [key] = best;
  const guarded = all.filter(({ checks }) => checks.some((one) => one.key === key));
  const lacking = all.filter((one) => !guarded.includes(one));
  const [one] = lacking;
  // Where several lack it, it is meant so.
  if (!one || lacking.length > 1 || one.checks.length > 0 || isMeantForAll(one.route)) return [];
  const siblings = guarded.map(({ route }) => route);
  if (asks(one.text) || hasMore(one.route, siblings)) return [];
  const check = guarded[0]?.checks.find((other) => other.key === key);
  const own = changesOf(one.place, queries);
  const called = changesCalled(one.text);
  // It changes what a sibling changes: the same table, or by the same function.
  const isAlike = guarded.some(
    ({ place, text }) =>
      changesOf(place, queries).some((other) => own.includes(other)) ||
      called.some((name) => text.includes(`${name}(`)),
  );
  const isKnown = isAlike && !asksOnTheWay(one, queries, read);
  const { path, startLine } = one.place;
  return [
    {
      place: { path, startLine, endLine: startLine },
      symbol: one.route.handler.name,
      suspected: !isKnown,
      values: {
        ROUTE: tell(one.route),
        CHECK: check?.text ?? '',
        SIBLINGS: guarded
          .slice(0, 3)
          .map(({ route, place }) => `\`${tell(route)}\` (line ${place.startLine})`)
          .join(', '),
      },
    },
  ];
}

function tell({ method, path }: Route): string {
  return method === 'ANY' ? path : `${method} ${path}`;
}

function asks(text: string): boolean {
  const body = text.replace(/^[^\n{]*\{/, '');
  return speaksOfCaller(body) || ASKS.test(body) || MAY.test(body) || body.match(GIVES_REQUEST) !== null;
}

/** `/orders/{}` of `/orders/{id}/refund`: what it is about. Without a parameter the path up to its last part. */
function thingOf(path: string): string {
  const [, thing] = /^(.*?\/)[:{<*]/.exec(path) ?? [];
  return thing === undefined ? `${path.replace(/[^/]*$/, '')} all` : `${thing} one`;
}

/** A guard of its own, or something that is not known, stands before it and not before its siblings: it may ask the same. */
function hasMore({ middleware }: Route, others: readonly Route[]): boolean {
  const names = new Set(others.flatMap((other) => other.middleware.map(({ name }) => name)));
  return middleware.some(
    ({ own, passesAll, does, name }) =>
      own && !passesAll && (does.length === 0 || does.includes('authorises')) && !names.has(name),
  );
}

/** The tables that a handler changes, itself or by what it calls. */
function changesOf(place: FactPlace, queries: readonly Query[]): string[] {
  return queries
    .filter((one) => isWrite(one) && isBy(one, place))
    .flatMap(({ tables }) => tables.map((name) => name.toLowerCase()));
}

function isWrite({ operation }: Query): boolean {
  return operation === 'update' || operation === 'delete' || operation === 'insert';
}

function isBy(one: Query, place: FactPlace): boolean {
  return [one.place, ...one.through].some((at) => isWithin(at, place));
}

/** A function that changes something, by its name: `h.store.SetStatus`, `orders.remove`. */
const CHANGE =
  /(?<![\w.])((?:\w+\.){1,5}(?:[sS]et|[uU]pdate|[cC]hange|[dD]elete|[rR]emove|[cC]ancel|[aA]rchive|[sS]ave|[mM]ark)\w*)\(/g;

function changesCalled(text: string): string[] {
  return [...text.slice(0, LONGEST).matchAll(CHANGE)].flatMap(([, name = '']) => (ROW.test(name) ? [] : [name]));
}

const LONGEST = 20_000;
/** Of a library: the same call changes any row. */
const ROW = /^(?:prisma|db|tx|knex|res|response|reply|w|c)\.|header|cookie|cache|\.set$/i;

/** What the handler calls to change it, where that asks for the caller. */
function asksOnTheWay(
  { place, text }: { place: FactPlace; text: string },
  queries: readonly Query[],
  read: ReadPlace,
): boolean {
  return queries
    .filter((one) => isWrite(one) && isBy(one, place) && !isWithin(one.place, place))
    .some(({ within, through, function: name }) => {
      const end = through.findIndex((at) => isWithin(at, place));
      // Its callers are all known; where the handler calls it itself, no other stands between.
      const isDirect = text.includes(`.${lastPart(name)}(`);
      const between = isDirect ? [within] : through.slice(0, Math.max(end, 0));
      return between.some((at) => asks(read(at)));
    });
}
