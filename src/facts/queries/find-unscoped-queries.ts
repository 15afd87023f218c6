import { indentOf } from '../../text/indent-of.ts';
import { dirOf } from '../../text/paths.ts';
import { isWithin } from '../changes/pairs-of.ts';
import type { FactHit, FindFacts, ReadPlace } from '../fact-hit.ts';
import type { FactPlace, Query, Route } from '../facts.ts';
import { readHandler } from '../routes/handler-text.ts';
import { type HandlerOf, isShared, keyOf, lookAt, onceFor, tellOf } from './handler-of-query.ts';

/** Whose a row is. */
const OWNER =
  /^(?:tenant|org|organi[sz]ation|workspace|company|account|team|owner|user|customer|author|created_?by)(?:_?(?:id|uuid|key))?$/i;
/** Code that works for all of them. */
const FOR_ALL =
  /admin|cron|job|task|worker|migrat|seed|script|cli|cleanup|clean_?up|purge|expire|internal|system|backfill|sync|webhook|stats|statistic|report|metric|import|export|test/i;
/** `findAll`, and no wallet. */
const ALL = /(?<![a-zA-Z])all(?![a-z])|All(?![a-z])/;
const SIBLINGS = 3;
/** Of fewer a reader decides, where it is one query alone that lacks it. */
const FEW = 2;
/** Of more a file says nothing, and each of them is compared with each sibling. */
const MOST_LACKING = 50;

/**
 * A query that names a row by itself where its siblings on the same table name its owner, too. Silent where its conditions are put
 * together at run time, where it names another owner, where several lack it, where it asks for a token, and where the code around it speaks of the owner.
 */
export const findUnscopedQueries: FindFacts = ({ queries, routes }, read) => {
  const handlerOf = onceFor((place: FactPlace) => readHandler(read(place)), keyOf);
  const handlers = Map.groupBy(
    routes.filter(({ handler }) => handler.place !== null),
    ({ handler }) => handler.place?.path,
  );
  const own = (one: Query): readonly Route[] => handlers.get(one.place.path) ?? [];
  const look: Looking = {
    read,
    around: (one) => handlerAround(one, own(one)) ?? one.within,
    isOpen: (one) => isOpenToAnybody(one, own(one), read, handlerOf),
  };
  const groups = Map.groupBy(
    queries.filter(({ operation, tables }) => operation !== 'insert' && tables.length === 1),
    ({ place, tables }) => `${dirOf(place.path)} ${tables[0]}`,
  );
  return [...groups.values()].flatMap((group) => {
    const columns = new Set(group.flatMap(({ filter }) => filter.filter(isOwner)));
    return [...columns].flatMap((column) => findInGroup(group, column, look));
  });
};

export function isOwner(column: string): boolean {
  return OWNER.test(column);
}

/** Who has one of these proves by it that the row is his. */
const PROOF =
  /(?:^|_)(?:token|secret|api_?key|session(?:_?(?:id|key|hash))?|(?:token|key|secret|refresh|session)_?(?:hash|digest|value))$/i;

/** `WHERE token = ?` */
export function isByProof({ filter }: Query): boolean {
  return filter.some((column) => PROOF.test(column.replace(/(?<=[a-z])(?=[A-Z])/g, '_')));
}

/** As far as a row is used behind the place where it was made. */
const LINES_TO_USE = 120;
/** `where: { id: note.id }` */
const BY_ROW = /\bwhere\s*:\s*\{\s*id\s*:\s*(\w+)\.id\s*,?\s*\}/;

/** The row was made by the same function, lines above: `const note = await prisma.notes.create(…)`. Nobody outside says which one it is. */
function isMadeAbove({ place }: Query, read: ReadPlace): boolean {
  const [, row] = BY_ROW.exec(read(place)) ?? [];
  if (row === undefined) return false;
  const first = Math.max(1, place.startLine - LINES_TO_USE);
  const lines = read({ path: place.path, startLine: first, endLine: place.startLine }).split('\n');
  const names = new RegExp(
    `\\b(?:const|let|var)\\s+${row}\\b|(?<![.\\w])${row}\\s*=|[(,{]\\s*${row}\\b[^()]*\\)\\s*(?:=>|\\{)|^\\s*${row}\\s*(?::[^{]*)?,?\\s*$`,
  );
  const at = lines.findLastIndex((line, index) => index < lines.length - 1 && names.test(line));
  const made = lines[at];
  if (made === undefined || !new RegExp(`\\bconst\\s+${row}\\s*=\\s*await\\s+[\\w.]+\\.create\\(`).test(made))
    return false;
  const depth = indentOf(made);
  return lines.slice(at).every((line) => line.trim() === '' || indentOf(line) >= depth);
}

export function isForEverybody({ function: name, place }: Query): boolean {
  return [name, place.path.replace(/.*\//, '')].some((one) => FOR_ALL.test(one) || ALL.test(one));
}

interface Looking {
  read: ReadPlace;
  around: (one: Query) => FactPlace;
  isOpen: (one: Query) => boolean;
}

function findInGroup(group: readonly Query[], column: string, { read, around, isOpen }: Looking): FactHit[] {
  const scoped = group.filter(({ filter }) => filter.includes(column));
  const others = group.filter((one) => !one.filter.includes(column) && !one.open && !one.filter.some(isOwner));
  const isFew = scoped.length < SIBLINGS;
  if (scoped.length < FEW || (others.length > MOST_LACKING && others.length > scoped.length)) return [];
  const inFile = Map.groupBy(others, ({ place }) => place.path);
  const isRare = isFew ? others.length <= 1 : others.length * 3 <= scoped.length;
  return others.flatMap((one) => {
    // The same row, asked for with its owner elsewhere.
    const alike = scoped.filter(({ filter }) => one.filter.every((name) => filter.includes(name)));
    const beside = alike.filter(
      ({ place, filter }) => place.path === one.place.path && filter.length === one.filter.length + 1,
    );
    const isAlone = one.filter.length === 0 || alike.length < (isFew ? 1 : 2);
    const isProven = (): boolean =>
      beside.length >= FEW &&
      isOfOwner(one, beside, read) &&
      (inFile.get(one.place.path)?.length ?? 0) <= beside.length &&
      isOpen(one);
    if (
      isAlone ||
      (!isRare && beside.length < FEW) ||
      isByProof(one) ||
      isForEverybody(one) ||
      isForDatabase(one, read)
    )
      return [];
    const within = around(one);
    if (isMadeAbove(one, read) || speaksOf(read(within), column)) return [];
    const proven = isProven();
    if (!isRare && !proven) return [];
    const siblings = (proven ? beside : alike).slice(0, 3).map((other) => `line ${other.place.startLine}`);
    return [
      {
        place: one.place,
        symbol: one.function,
        suspected: (isFew && !proven) || SAID.test(read(within)),
        values: {
          TABLE: one.tables[0] ?? '',
          COLUMN: column,
          FILTER: one.filter.join(', '),
          SIBLINGS: siblings.join(', '),
        },
      },
    ];
  });
}

/** What everybody may do with a row of others: see it, count up what stands in it. */
const SHARED_CHANGE = /like|vote|view|visit|star|follow|join|clap|react|increment|[+]\s*(?:1\b|\$\d|\?)/i;

/** A row is removed; or read, or changed, as others of the file do with rows of their own. */
function isOfOwner(one: Query, beside: readonly Query[], read: ReadPlace): boolean {
  if (one.operation === 'delete') return true;
  if (!beside.some(({ operation }) => operation === one.operation)) return false;
  return one.operation !== 'update' || !SHARED_CHANGE.test(`${one.function} ${read(one.place)}`);
}

/** Of a file whose one function registers all handlers, the one that it stands in. */
function handlerAround({ place }: Query, routes: readonly Route[]): FactPlace | null {
  const around = routes.flatMap(({ handler }) =>
    handler.place && isWithin(place, handler.place) ? handler.place : [],
  );
  return around.sort((a, b) => a.endLine - a.startLine - (b.endLine - b.startLine))[0] ?? null;
}

/** A handler that everybody who is logged in may call takes the row's key from the request, and asks nothing about the caller. */
function isOpenToAnybody(one: Query, routes: readonly Route[], read: ReadPlace, handlerOf: HandlerOf): boolean {
  const handler = handlerAround(one, routes);
  if (
    !handler ||
    isShared(one) ||
    !routes.some(({ handler: { place }, authorised }) => place === handler && authorised)
  )
    return false;
  const at = lookAt(one, routes, read, handlerOf);
  if (!at) return false;
  const { ofCaller, asks } = tellOf(at.write(), at.asked);
  return asks && !ofCaller;
}

/** What a function of Python knows who sees the request. */
const OF_REQUEST =
  /\b(?:request|req|current_user|current_org\w*|principal|Depends|get_jwt_identity|get_current_user|info\.context|session\[|g\.\w+)/;
/** Says that it looks at no owner. Whoever forgets one can write that as well: it is suspected all the same. */
const SAID =
  /\b(?:without|no|not|un)[ -]?(?:\w+ ){0,2}(?:user|owner\w*|tenant|scop\w*|authori[sz]ation)|\binternal(?:ly)?\b|\bcallers? (?:must|has|have|checks?)/i;

/** A method of Python's for the database alone: those that call it know who asks. */
function isForDatabase({ within, place }: Query, read: ReadPlace): boolean {
  return place.path.endsWith('.py') && !OF_REQUEST.test(read(within));
}

/** `tenant_id` and `tenantId`. */
export function speaksOf(text: string, column: string): boolean {
  const plain = (word: string): string => word.replaceAll('_', '').toLowerCase();
  return plain(text).includes(plain(column));
}
