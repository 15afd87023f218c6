import type { Declaration } from '../analysis/outline/outline.ts';
import { distance } from '../languages/path-index.ts';
import { lastPart } from '../text/last-part.ts';
import type { Candidate } from './candidate.ts';
import type { Place } from './changed-place.ts';
import { enclosing, isFunction } from './enclosing.ts';
import { listMade } from './list-made.ts';
import type { Looking } from './looking.ts';
import { isWorthwhile } from './open-files.ts';
import type { Hits } from './search-names.ts';
import type { Source } from './source.ts';
import { holdsStatement, listAltered, listBuilt, listChanged, listTableNames, normaliseTable } from './table-names.ts';

/** `prisma.order.findMany()`: the model is what the method is called on. Source: prisma.io/docs, Prisma Client API. */
const PRISMA =
  /^(?:find(?:Unique|First|Many)(?:OrThrow)?|(?:create|update|delete)(?:Many)?(?:AndReturn)?|upsert|count|aggregate|groupBy)$/;
const MOST_TABLES = 8;
/** Of a definition whose tables matter. */
const LEAST_WEIGHT = 55;
const MOST_FILES = 8;
/** Of one table: what made it and what altered it last; queries of it, where the change alters it. */
const MOST_SHAPES = 3;
/** Lines between two statements of one table that are shown as one. */
const NEAR = 3;
const MOST_QUERIES = 3;
const QUERIES = 75;
const INSERTS = 78;

interface Asked {
  name: string;
  /** The file that speaks of it, and what of it, in words. */
  path: string;
  of: string;
  /** A migration or a schema changes it: who queries it matters. */
  altered: boolean;
}

/** The tables that the changed functions speak of, by their normal names. */
export function listTables(places: readonly Place[], definitions: readonly Candidate[]): Map<string, Asked> {
  const asked = new Map<string, Asked>();
  const ask = (name: string, one: Omit<Asked, 'name'>): void => {
    const key = normaliseTable(name);
    if (!asked.has(key) && asked.size < MOST_TABLES) asked.set(key, { name, ...one });
  };
  for (const place of places) {
    const { path } = place.source;
    const of = `${nameOf(place)} of ${path}`;
    for (const name of listAltered(place.changedText)) ask(name, { path, of, altered: true });
    const changed = path.endsWith('.sql') ? listChanged(place.changedText) : null;
    for (const name of listTouched(place))
      ask(name, { path, of, altered: changed ? changed.has(name) : path.endsWith('.prisma') });
  }
  // What the changed code calls queries, too; a model is its table.
  for (const { source, startLine, endLine, weight } of definitions) {
    const text = source.lines
      .slice(startLine - 1, endLine)
      .join('\n')
      .slice(0, 20_000);
    const models = source.outline.declarations.filter((one) => one.kind === 'table' && one.startLine === startLine);
    const names = [
      ...models.map(({ name }) => name),
      ...(holdsStatement(text) ? listTableNames(text) : []),
      ...listBuilt(text),
    ];
    const of = `what the change uses of ${source.path}`;
    if (weight >= LEAST_WEIGHT) for (const name of names) ask(name, { path: source.path, of, altered: false });
  }
  return asked;
}

/** How each table is made, and, where a migration alters it, who queries it. */
export async function findTables(
  asked: ReadonlyMap<string, Asked>,
  { made, hits }: { made: Hits; hits: Hits },
  { files }: Looking,
): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  for (const [key, { name, path: own, of, altered }] of asked) {
    const paths = [
      ...new Set(
        listVariants(name).flatMap((one) =>
          [...(made.get(one) ?? []), ...(hits.get(one) ?? [])].map(({ path }) => path),
        ),
      ),
    ]
      .filter((path) => isWorthwhile(path) && (path !== own || !altered))
      .sort((a, b) => distance(own, a) - distance(own, b) || (a < b ? -1 : 1));
    const shapes = paths.filter(isSchema);
    // The one that made it, and those that altered it last.
    const sources = await files.open('head', [
      ...new Set([...shapes.slice(-MOST_FILES / 2), ...shapes.slice(0, MOST_FILES / 2)]),
    ]);
    const others = await files.open('head', paths.filter((path) => !isSchema(path)).slice(0, MOST_FILES));
    const shaped = [...sources, ...others].flatMap((source) => findShapes(source, key, name));
    const ordered = [...shaped].sort((a, b) => b.size - a.size);
    for (const { source, startLine, endLine } of ordered.slice(0, MOST_SHAPES))
      candidates.push({
        role: 'table',
        source,
        startLine,
        endLine,
        weight: 65,
        because: `table \`${name}\`, which ${of} speaks of`,
      });
    if (altered) {
      const queries = others.flatMap((source) => findQueries(source, key, name, own));
      candidates.push(...[...queries].sort((a, b) => b.weight - a.weight).slice(0, MOST_QUERIES));
    }
  }
  return candidates;
}

function listTouched({ source, declaration, changedText, added, gone, near }: Place): string[] {
  const own = declaration?.kind === 'table' || source.path.endsWith('.prisma') ? [declaration?.name ?? ''] : [];
  const whole =
    declaration && isFunction(declaration)
      ? source.lines.slice(declaration.startLine - 1, declaration.endLine).join('\n')
      : changedText;
  // `from orders import …` of Python is no statement of SQL.
  const text = source.path.endsWith('.sql')
    ? changedText
    : whole.slice(0, 20_000).replace(/^\s*from\s+[\w.]+\s+import\b.*$/gm, '');
  const sql = holdsStatement(text) ? listTableNames(text) : [];
  const models = [...added, ...gone, ...near]
    .filter(({ name, on }) => PRISMA.test(name) && /^(?:\w+\.)?(?:\w*prisma|tx|db|trx|client)\.\w+$/i.test(on ?? ''))
    .map(({ on }) => lastPart(on ?? ''));
  return [...own, ...sql, ...models, ...listBuilt(text)].filter((name) => name.length > 2);
}

/** How these tables may be called; of those that the change alters alone, or of all. */
export function listVariantsOf(asked: ReadonlyMap<string, Asked>, onlyAltered: boolean): string[] {
  return [...asked.values()].filter(({ altered }) => altered || !onlyAltered).flatMap(({ name }) => listVariants(name));
}

/** How a table and its model may be called. */
function listVariants(name: string): string[] {
  const bare = lastPart(name);
  const pascal = bare.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
  return [...new Set([bare, pascal, pascal.replace(/ies$/, 'y').replace(/(?<=[^s])s$/, '')])];
}

function isSchema(path: string): boolean {
  return /\.(sql|prisma)$|(^|\/)(migrations?|models?|schemas?|entit(y|ies)|alembic)\b|(^|[/_.-])(models?|schema|entity)\.\w+$/i.test(
    path,
  );
}

function findShapes(
  source: Source,
  key: string,
  name: string,
): { source: Source; startLine: number; endLine: number; size: number }[] {
  const declared = source.outline.declarations.filter(
    // That a migration can be taken back says nothing of the table.
    (one) =>
      one.kind === 'table' &&
      normaliseTable(one.name) === key &&
      !/^\s*drop\s+table\b/i.test(source.lines[one.startLine - 1] ?? ''),
  );
  // Its indexes stand right below.
  const joined: { startLine: number; endLine: number }[] = [];
  const shapes = declared.map((one) => findStruct(source, one) ?? one);
  for (const { startLine, endLine } of [...shapes, ...listMade(source, name)].sort(
    (a, b) => a.startLine - b.startLine,
  )) {
    const last = joined.at(-1);
    if (last && startLine - last.endLine <= NEAR) last.endLine = Math.max(last.endLine, endLine);
    else joined.push({ startLine, endLine });
  }
  return joined.map((one) => ({ source, ...one, size: one.endLine - one.startLine }));
}

/** `func (Task) TableName() string` says how the table of a struct is called; its columns stand in the struct. */
function findStruct({ outline }: Source, { container }: Declaration): Declaration | undefined {
  return outline.declarations.find((one) => one.kind === 'class' && one.name === container);
}

/**
 * Functions whose text queries a table, and statements that no function holds. What writes rows comes first: an insert is what a
 * new column or constraint breaks.
 */
function findQueries(source: Source, key: string, name: string, own: string): Candidate[] {
  const around = new Map<number, Candidate>();
  for (const [index, line] of source.lines.entries()) {
    if (!listTableNames(line).some((one) => normaliseTable(one) === key)) continue;
    const all = enclosing(source.outline, index + 1);
    const holder = all.findLast(isFunction) ?? all.findLast(({ kind }) => kind === 'value');
    const text = holder ? source.lines.slice(holder.startLine - 1, holder.endLine).join('\n') : line;
    if (!holder || !holdsStatement(text.slice(0, 20_000)) || around.has(holder.startLine)) continue;
    around.set(holder.startLine, {
      role: 'same table',
      source,
      startLine: holder.startLine,
      endLine: holder.endLine,
      weight: /\binsert\s+into\b/i.test(line) ? INSERTS : QUERIES,
      because: `\`${holder.name}\` queries \`${name}\`, which ${own} changes`,
    });
  }
  return [...around.values()];
}

function nameOf({ declaration }: Place): string {
  return declaration ? `\`${declaration.name}\`` : 'the changed text';
}
