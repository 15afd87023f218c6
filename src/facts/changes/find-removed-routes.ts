import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import type { ChangedLine, FactHit, FactsBefore, FindFacts } from '../fact-hit.ts';
import type { Facts, Route } from '../facts.ts';

/** Where clients ask, by the path itself. */
const OF_API = /(?:^|\/)(?:api|rest|v\d+(?:\.\d+)?)(?:\/|$)/i;
/** Nobody was promised these. */
const INNER = /(?:^|\/)(?:internal|debug|_\w+|test|dev|healthz?|metrics|ready|live|ping)(?:\/|$)/i;
/** A decorator, and what stands around it, before the handler's name. */
const LINES_ABOVE = 12;

/**
 * A route of an API that this change took away, or gave another method or path. Silent where nothing says that it is one, where the
 * file has no routes any more (they are somewhere else), and where another route takes what it took.
 */
export const findRemovedRoutes: FindFacts = ({ routes }, _read, before) => {
  if (!before) return [];
  const own = before.facts.routes.filter(({ place }) => place.path === before.path);
  const now = routes.filter(({ place }) => place.path === before.path);
  const known = new Set(own.map(keyOf));
  const fresh = now.filter((one) => !known.has(keyOf(one)));
  if (now.length === 0) return [];
  const gone = own.flatMap((one) => {
    const isThere =
      routes.some((other) => pathOf(other) === pathOf(one) && answers(other, one)) ||
      fresh.some((other) => isWithin(one, other) && answers(other, one));
    const line = isThere || INNER.test(one.path) || !isOfApi(one, before.facts) ? null : findRemoved(before, one);
    return line ? [{ one, line, next: fresh.find((other) => isSame(one, other)) }] : [];
  });
  return [...Map.groupBy(gone, ({ line }) => line.line).values()].flatMap((group): FactHit[] => {
    const [first] = group;
    if (!first) return [];
    const { one, line, next } = first;
    return [
      {
        place: { path: before.path, startLine: line.line, endLine: line.line },
        side: 'LEFT',
        symbol: `${one.method} ${pathOf(one)}`,
        promised: { path: one.path, field: null, moved: next !== undefined },
        values: {
          ROUTE: labelOf(one),
          NOW: next ? `it is \`${labelOf(next)}\` now` : 'nothing answers there now',
        },
      },
    ];
  });
};

/** `<path:rest>`, `*`, `.*`, `{rest:path}`, `{rest...}`: whatever follows. */
const REST = /(?:<path:\w+>|\*\w*|\.\*|\{\w+:path\}|\{\w+\.\.\.\})\$?\/?$/;

/** It took whatever came below a path, and the other one takes that and more: `/v3/.*`, `/.*`. */
function isWithin(one: Route, other: Route): boolean {
  return REST.test(one.path) && REST.test(other.path) && one.path.startsWith(other.path.replace(REST, ''));
}

function answers({ method }: Route, other: Route): boolean {
  return method === other.method || method === 'ANY' || other.method === 'ANY';
}

/** The names of its parameters are nobody's business. */
function pathOf({ path }: Route): string {
  return path.replace(/:\w+(?:\([^)]*\))?\??|\{[^}]*\}|<[^>]*>|\[[^\]]*\]/g, '{}').replace(/\/$/, '');
}

function keyOf(one: Route): string {
  return `${one.method} ${pathOf(one)}`;
}

function labelOf({ method, path }: Route): string {
  return `${method} ${path}`;
}

function isSame(one: Route, other: Route): boolean {
  return one.handler.name === other.handler.name && one.handler.name !== 'inline function';
}

/** Its path says so, or its handler sends JSON. */
function isOfApi(one: Route, facts: Facts): boolean {
  return (
    OF_API.test(one.path) ||
    facts.answers.some(
      ({ route, function: name, fields }) => fields.length > 0 && (route === labelOf(one) || name === one.handler.name),
    )
  );
}

/** The line that said it. */
function findRemoved({ removed }: FactsBefore, { place, path }: Route): ChangedLine | null {
  const near = removed.filter(({ line }) => place.startLine - LINES_ABOVE <= line && line <= place.startLine);
  const own = near.find(({ line }) => line === place.startLine);
  const [last] = path
    .split('/')
    .filter((part) => /^[\w.-]+$/.test(part))
    .slice(-1);
  const written = last === undefined ? null : new RegExp(`["'\`/]${escapeRegExp(last)}["'\`/]`);
  const said = near.findLast(({ text }) => written?.test(text)) ?? near.findLast(({ text }) => /^\s*@/.test(text));
  return said ?? own ?? null;
}
