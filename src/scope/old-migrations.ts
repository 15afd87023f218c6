import { dirOf } from '../text/paths.ts';

/** Migrations of a folder that may still be on their way: the one before was most likely released with the one after it. */
const NEWEST = 1;
/** Of a folder with no more than these, all may be. */
const YOUNG = 5;
/** Numbers that are dates, with their year, month and day. */
const DATE = /^[A-Za-z]?(20\d\d)-?(0[1-9]|1[0-2])-?([0-2]\d|3[01])/;
/** Ten thousands of a year: a date is read as the number yyyymmdd. */
const A_YEAR = 10_000;
/** Layouts that give every migration a folder: Prisma, diesel. */
const ONE_EACH = /^(?:migration|up|down)\.sql$/i;
/** Migrations are SQL, or code that a tool runs once: Alembic and goose number their files as well. */
const SQL = /\.sql$/i;
/** A folder for each version of the schema. */
const VERSION = /^v?\d+(?:[._-]\d+)*$/i;
const NUMBERED = /^[A-Za-z]?\d/;
/** Alembic's, which are in the order of what they say inside: of many, all but a few are past. */
const HASHED = /(?:^|\/)versions\/[0-9a-f]{8,}_[^/]*\.py$/;
/** Django's, which are numbered for each app by itself: where many apps have many, the last one of an app that rests is past. */
const OF_APP = /(?:^|\/)migrations\/\d{4}_[^/]*\.py$/;
const BESIDE = /(?:^|\/)migrations\/(?!__init__)[^/]*\.py$/;
const MANY = 20;
const NUMBERED_CODE = /^(?:\d{3,}(?:T\d+)?[_-]|\d+\.\d+\.\d|20\d{12}(?=\.)).*\.(?:go|py|[cm]?[jt]s)$/i;
/** MikroORM's: `Migration20240601111544.ts`. Source: mikro-orm.io/docs/migrations, "Migration class". */
const PREFIX = /^Migration(?=20\d{12})/;
/** Called after the release that brought it: `2.0.0-beta.127.js`. */
const RELEASE = /^\d+\.\d+\.\d+-[a-z]+\.\d+/i;

/**
 * The migrations of a tree that were applied long ago: all but the newest of their folder, by the order of their numbered
 * names, or of their numbered folders, and all that are dated a year before the newest of the tree. What they locked is past; only a change that adds one is judged, or a person who names
 * the file.
 */
export function listOldMigrations(paths: readonly string[]): Set<string> {
  const migrations = paths
    .map(splitPath)
    .filter(({ path, name }) => (SQL.test(path) ? NUMBERED : NUMBERED_CODE).test(name));
  const newest = Math.max(...migrations.map(({ name }) => dateOf(name) ?? 0));
  const dated = migrations.filter(({ name }) => (dateOf(name) ?? newest) <= newest - A_YEAR).map(({ path }) => path);
  const folders = Map.groupBy(migrations, ({ folder }) => folder);
  const hashed = Map.groupBy(
    paths.filter((path) => HASHED.test(path)),
    dirOf,
  );
  const ofApps = paths.filter((path) => OF_APP.test(path));
  const areMany = ofApps.length > MANY && new Set(ofApps.map(dirOf)).size > 1;
  return new Set([
    ...dated,
    ...(areMany ? paths.filter((path) => BESIDE.test(path)) : []),
    ...[...hashed.values()].flatMap((files) => (files.length > YOUNG ? files : [])),
    ...[...folders.values()].flatMap((files) => {
      const names = [...new Set(files.map(({ name }) => numberOf(name)))].sort(compareNumbers);
      const old = new Set(names.length > YOUNG ? names.slice(0, -NEWEST) : []);
      return files.filter(({ name }) => old.has(numberOf(name))).map(({ path }) => path);
    }),
  ]);
}

function splitPath(path: string): { path: string; folder: string; name: string } {
  const parts = path.split('/');
  const last = parts.pop() ?? '';
  const folder = parts.at(-1) ?? '';
  // A folder for each migration, or one for each version of the schema with its migrations inside: `12`, or `v1.12` where they
  // have no numbers of their own.
  const named =
    ONE_EACH.test(last) || (SQL.test(last) && (/^\d+$/.test(folder) || (VERSION.test(folder) && !NUMBERED.test(last))));
  const name = named ? (parts.pop() ?? last) : last;
  return { path, folder: parts.join('/'), name: name.replace(PREFIX, '') };
}

/** `V12__a.sql`, `0012_a.up.sql` and `2026-01-05-120000_a`: the number is what stands before the words. */
function numberOf(name: string): string {
  return (RELEASE.exec(name) ?? /^[A-Za-z]?[\d.-]*\d(?:T\d+)?/.exec(name))?.[0].replace(/^[A-Za-z]/, '') ?? name;
}

function dateOf(name: string): number | undefined {
  const found = DATE.exec(name);
  return found ? Number(found.slice(1).join('')) : undefined;
}

function compareNumbers(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
