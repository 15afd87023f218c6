import type { Link } from '../change/migration-link.ts';
import { dirOf } from '../text/paths.ts';

/**
 * What is dated this long before the newest migration of the tree has run, in whatever folder: the next release is out. Of one that is
 * alone in its folder nothing shows that the two are of the same service.
 */
const PAST = 90 * 86_400_000;
/** A folder with no more than these has hardly begun: both may be of the release to come. */
const YOUNG = 2;
/** Numbers that are dates, with their year, month and day, or milliseconds or seconds since 1970. */
const DATE = /(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?([0-2]\d|3[01])/;
const EPOCH = /(?<!\d)(1[4-9]\d{8})(?:\d{3})?(?!\d)/;
/** Layouts that give every migration a folder: Prisma, diesel. */
const ONE_EACH = /^(?:migration|up|down)\.sql$/i;
/** Migrations are SQL, or code that a tool runs once: Alembic and goose number their files as well. */
const SQL = /\.sql$/i;
const CODE = /\.(?:go|py|[cm]?[jt]s)$/i;
/** A folder for each version of the schema. */
const VERSION = /^v?\d+(?:[._-]\d+)*$/i;
const NUMBERED = /^[A-Za-z]?\d/;
const NUMBERED_THERE = /^\d+(?:T\d+)?[._-]/;
const NUMBERED_CODE = /^(?:\d{3,}(?:T\d+)?[_-]|\d+\.\d+\.\d|20\d{12}(?=\.))/i;
/**
 * In a folder of migrations the number may follow a word, or stand at the end: `v0.4.0.go`, `Version-1.0.1.js`,
 * `migration_2_10_12.go`, MikroORM's `Migration20240601111544.ts`, TypeORM's `CreateOrders1700000000000.ts`.
 */
const FOLDER = /(?:^|\/)[\w-]*(?:migrat(?:ions?|e)|upgrades?|alterations|deltas|patches)(?:\/|$)/i;
const WORD =
  /^(?:v|version|migration|migrate|patch|upgrade|update|release|schema|next)?[-_.]?(?=\d)|^[A-Za-z]+(?=(?:20\d{12}|1[4-9]\d{11})\b)/i;
/** Alembic's, which are in the order of what they say inside. */
const CHAINED = /(?:^|\/)(?:[\w-]*migrations?|versions)\/[^\n]*\.py$/;
/** Django's, which are numbered for each app by itself: where many apps have many, the last one of an app that rests is past. */
const OF_APP = /(?:^|\/)migrations\/\d{4}_[^/]*\.py$/;
const BESIDE = /(?:^|\/)migrations\/(?!__init__)[^/]*\.py$/;
const MANY = 20;
/** All of them in one file, one after the other, each run once: all but the last are past, and which is the last nothing says. */
const LOG = /(?:^|\/)(?:[\w-]+[_-])?(?:migrations|upgrades|alterations|patches)\.sql$/i;
/** Called after the release that brought it: `2.0.0-beta.127.js`. */
const RELEASE = /^\d+\.\d+\.\d+-[a-z]+\.\d+/i;

interface Migration {
  path: string;
  folder: string;
  /** What orders it among those of its folder. */
  number: string;
}

/**
 * The migrations of a tree that were applied long ago: all but the newest of their folder, by the order of their numbered
 * names, or of their numbered folders, or of what Alembic's say inside, and all that are dated long before the newest of the
 * tree. What they locked is past; only a change that adds one is judged, or a person who names the file.
 */
export function listOldMigrations(
  paths: readonly string[],
  linkOf: (path: string) => Link | null = () => null,
): Set<string> {
  const chained = paths
    .filter((path) => CHAINED.test(path))
    .flatMap((path) => {
      const link = linkOf(path);
      return link ? [{ path, ...link }] : [];
    });
  const later = new Set(chained.flatMap(({ after }) => after));
  const isChained = new Set(chained.map(({ path }) => path));
  const migrations = paths.filter((path) => !isChained.has(path)).flatMap((path) => readNumber(path) ?? []);
  const dates = new Map(migrations.map(({ path, number }) => [path, dateOf(number)]));
  const byFolder = [...Map.groupBy(migrations, ({ folder }) => folder).values()].map((files) => ({
    files,
    numbers: new Set(files.map(({ number }) => number)),
  }));
  const newest = [...dates.values()].reduce((latest: number, date) => Math.max(latest, date ?? 0), 0);
  const ofApps = paths.filter((path) => OF_APP.test(path));
  const areMany = ofApps.length > MANY && new Set(ofApps.map(dirOf)).size > 1;
  return new Set([
    ...chained.filter(({ id }) => later.has(id)).map(({ path }) => path),
    ...byFolder
      .flatMap(({ files, numbers }) => (numbers.size > 1 ? files.map(({ path }) => path) : []))
      .filter((path) => (dates.get(path) ?? newest) < newest - PAST),
    ...paths.filter((path) => LOG.test(path)),
    ...(areMany ? paths.filter((path) => BESIDE.test(path)) : []),
    ...byFolder.flatMap(({ files, numbers }) => {
      if (numbers.size <= YOUNG) return [];
      const last = [...numbers].reduce((a, b) => (compareNumbers(a, b) < 0 ? b : a));
      return files.filter(({ number }) => number !== last).map(({ path }) => path);
    }),
  ]);
}

function readNumber(path: string): Migration | null {
  const parts = path.split('/');
  const last = parts.pop() ?? '';
  const isSql = SQL.test(last);
  if (!isSql && !CODE.test(last)) return null;
  const around = parts.at(-1) ?? '';
  const isVersion =
    VERSION.test(around) && !NUMBERED.test(last) && (isSql || FOLDER.test(parts.slice(0, -1).join('/')));
  // A folder for each migration, or one for each version of the schema with its migrations inside: `12`, or `v1.12` where they
  // have no numbers of their own.
  const name = ONE_EACH.test(last) || (isSql && /^\d+$/.test(around)) || isVersion ? (parts.pop() ?? last) : last;
  const folder = parts.join('/');
  const label = FOLDER.test(folder) ? name.replace(WORD, '') : name;
  const isNumbered = isSql || isVersion ? NUMBERED : FOLDER.test(folder) ? NUMBERED_THERE : NUMBERED_CODE;
  return isNumbered.test(label) ? { path, folder, number: numberOf(label) } : null;
}

/** `V12__a.sql`, `0012_a.up.sql` and `2026-01-05-120000_a`: the number is what stands before the words. */
function numberOf(label: string): string {
  const digits = label.replace(/^[A-Za-z]/, '');
  return (RELEASE.exec(digits) ?? /^\d+(?:[._-]\d+(?=[._T-]|$))*(?:T\d+)?/.exec(digits))?.[0] ?? digits;
}

function dateOf(number: string): number | undefined {
  const [, seconds] = EPOCH.exec(number) ?? [];
  if (seconds !== undefined) return Number(seconds) * 1000;
  const [, year, month, day] = DATE.exec(number) ?? [];
  return year === undefined ? undefined : Date.UTC(Number(year), Number(month) - 1, Number(day));
}

function compareNumbers(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
