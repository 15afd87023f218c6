import { lastPart } from '../../text/last-part.ts';
import type { FindFacts, ReadPlace } from '../fact-hit.ts';
import type { Query, Route } from '../facts.ts';
import { handledByGet, queriesOf } from '../routes/handled-by.ts';

/** Tables of what the service itself knows, and not of what people make in it. */
const SMALL =
  /config|setting|option|preference|role|permission|scope|countr|currenc|language|locale|time_?zone|plan|tier|feature|flag|theme|provider|categor|tag|type|status|kind|state|region|cit(?:y|ies)|template|integration|plugin|team|group|workspace|organi[sz]ation|department|unit|level|menu|color|size|brand|genre|channel|env|cluster|node|server|backend|credential|key|webhook/i;
/** Something bounds it, or gives only a number, or one row. */
const BOUNDED =
  /limit|pagina|page|offset|(?<!\.)cursor|\btake\b|\btop\b|first\b|per_?page|size|stream|chunk|yield|iterator|count|sum\(|max\(|min\(|avg\(|group by|exists|fetchone|fetchmany|scalar_one|QueryRow|findOne|findUnique|findFirst|\bcsv\b|export|distinct|admin|internal|filter|search|where/i;

/** A list that a GET route names, and of whose table its handler reads every row: without a limit, and without a condition. */
export const findUnboundedLists: FindFacts = ({ routes, queries }, read) => {
  const whole = queries.filter(
    ({ operation, tables, filter, open, limit, columns }) =>
      operation === 'select' &&
      tables.length === 1 &&
      !SMALL.test(tables[0] ?? '') &&
      filter.length === 0 &&
      !open &&
      limit === null &&
      !columns.some((name) => name.includes('(')),
  );
  if (whole.length === 0) return [];
  const seen = new Set<Query>();
  return handledByGet(routes).flatMap((handled) => {
    if (!isList(handled.route)) return [];
    const [first] = queriesOf(handled, whole).filter((one) => isNamedBy(one, handled.route));
    if (!first || seen.has(first)) return [];
    const written = [handled.handler, first.within].map(read).join('\n');
    if (BOUNDED.test(written) || handled.route.middleware.some(({ name }) => BOUNDED.test(name))) return [];
    seen.add(first);
    const isHere = first.place.path === handled.route.place.path;
    return [
      {
        place: isHere ? first.place : handled.handler,
        symbol: first.function,
        suspected: true,
        values: { CALL: callOf(first, read) },
      },
    ];
  });
};

function isList({ path }: Route): boolean {
  return !BOUNDED.test(path) && /^[\w-]+$/.test(lastOf(path));
}

function lastOf(path: string): string {
  return path.replace(/\/$/, '').split('/').at(-1) ?? '';
}

/** `GET /order-items`, of `OrderItem` or `order_items`. */
function isNamedBy({ tables: [table = ''] }: Query, { path }: Route): boolean {
  const name = lastOf(path);
  return isPlural(name) && singular(name) === singular(lastPart(table));
}

function isPlural(name: string): boolean {
  return /s$|people|children/i.test(name);
}

function singular(name: string): string {
  return name
    .replace(/[_-]/g, '')
    .toLowerCase()
    .replace(/(?:model|entity|table|orm)$/, '')
    .replace(/ies$/, 'y')
    .replace(/(?<=[sxz]|ch|sh)es$/, '')
    .replace(/s$/, '');
}

function callOf({ place, function: symbol }: Query, read: ReadPlace): string {
  const [first = ''] = read(place).split('\n');
  const [, call = symbol] = /([\w.$]+)\(/.exec(first) ?? [];
  return call;
}
