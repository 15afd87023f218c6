/** What an Alembic migration comes after, and what it is. */
const AFTER = /^down_revision\b[^=\n]*=\s*(.+)$/m;
const REVISION = /^revision\b[^=\n]*=\s*["']([^"']+)["']/m;

/** The place of a migration in its chain: its name there, and the migrations that it comes after. */
export interface Link {
  id: string;
  after: readonly string[];
}

/** Of Alembic's, by their texts; null for other files. */
export function readLink(text: string): Link | null {
  const [, id] = REVISION.exec(text) ?? [];
  if (id === undefined) return null;
  const [, after = ''] = AFTER.exec(text) ?? [];
  return { id, after: [...after.matchAll(/["']([^"']+)["']/g)].map(([, one = '']) => one) };
}

const DJANGO = /\bclass[ \t]+Migration[ \t]*\([ \t\n]*(?:\w{1,80}\.){0,5}Migration\b/;
const PAIR = /\(\s*["'](\w+)["']\s*,\s*["'](\w+)["']\s*,?\s*\)/g;

/**
 * Of the migrations of an application of Django, by their paths. What was squashed counts as come after, by what stands for it.
 * Empty where the label of the application is not known.
 *
 * Source: docs.djangoproject.com/en/5.2/topics/migrations/#dependencies, …#squashing-migrations
 */
export function readDjangoLinks(app: string, texts: ReadonlyMap<string, string>): Map<string, Link> {
  const read = [...texts].flatMap(([path, text]) => {
    const id = path.slice(path.lastIndexOf('/') + 1, -'.py'.length);
    return DJANGO.test(text)
      ? [{ path, id, after: readPairs(text, 'dependencies'), for: readPairs(text, 'replaces') }]
      : [];
  });
  const ids = new Set(read.map(({ id }) => id));
  const label = findLabel(
    app,
    read.flatMap(({ after }) => after),
    ids,
  );
  const own = (pairs: readonly Pair[]): string[] => pairs.flatMap(([of, name]) => (of === label ? [name] : []));
  if (label === null) return new Map();
  return new Map(read.map(({ path, id, ...one }) => [path, { id, after: [...own(one.after), ...own(one.for)] }]));
}

type Pair = readonly [app: string, name: string];

function readPairs(text: string, field: string): Pair[] {
  const [, list = ''] = new RegExp(`^[ \\t]+${field}\\b[^=\\n]{0,80}=\\s*\\[([^\\]]*)\\]`, 'm').exec(text) ?? [];
  return [...list.matchAll(PAIR)].map(([, app = '', name = '']) => [app, name]);
}

/** An application is called after its folder, if its configuration does not say otherwise: then its own files name it most. */
function findLabel(app: string, pairs: readonly Pair[], ids: ReadonlySet<string>): string | null {
  const own = pairs.filter(([, name]) => ids.has(name));
  if (own.some(([of]) => of === app) || ids.size <= 2) return app;
  const counts = Map.groupBy(
    own.filter(([, name]) => name !== '0001_initial'),
    ([of]) => of,
  );
  return [...counts].reduce<[string | null, number]>(
    (a, [of, all]) => (all.length > a[1] ? [of, all.length] : a),
    [null, 0],
  )[0];
}

const VARIANT =
  /(?:\.(?:up|autocommit|no_?transaction|postgres(?:ql)?|pgsql|pg|cockroach(?:db)?|mysql|mariadb|sqlite3?|mssql|sqlserver))*\.\w+$/i;

/** The name of a migration: `1_a.mysql.up.sql` and `1_a.postgres.up.sql` are one, in the words of two databases. */
export function stemOf(name: string): string {
  return name.replace(VARIANT, '');
}

const OF_POSTGRES = /\.(?:postgres(?:ql)?|pgsql|pg)\./i;

/** Whether another file of the folder is the same migration for PostgreSQL: then this one is for the others. */
export function hasPostgresTwin(name: string, beside: readonly string[]): boolean {
  const stem = stemOf(name);
  return !OF_POSTGRES.test(name) && beside.some((one) => OF_POSTGRES.test(one) && stemOf(one) === stem);
}
