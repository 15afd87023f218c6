import type { Content } from '../change/change.ts';
import { listsDependencies } from '../change/manifests.ts';
import { SEVERAL } from '../change/source-file.ts';
import { dirOf, nameOf } from '../text/paths.ts';

/** The names of databases in settings and connection addresses, in lower case. */
const ENGINES: Readonly<Record<string, string>> = {
  postgres: 'PostgreSQL',
  postgresql: 'PostgreSQL',
  pg: 'PostgreSQL',
  pgx: 'PostgreSQL',
  psycopg2: 'PostgreSQL',
  mysql: 'MySQL',
  mysql2: 'MySQL',
  mariadb: 'MariaDB',
  singlestore: 'SingleStore',
  sqlite: 'SQLite',
  sqlite3: 'SQLite',
  'better-sqlite3': 'SQLite',
  turso: 'SQLite',
  libsql: 'SQLite',
  mssql: 'SQL Server',
  sqlserver: 'SQL Server',
  cockroachdb: 'CockroachDB',
};

interface Setting {
  /** The file's own name. */
  name: RegExp;
  /** Its group 1 is a database. All of a file must be the same one. */
  says: RegExp;
}

/** Where tools are told their database, by their documentation: Prisma, Drizzle, sqlc, Knex, Alembic, Atlas. */
const SETTINGS: readonly Setting[] = [
  { name: /^migration_lock\.toml$/, says: /^\s*provider\s*=\s*"([\w-]+)"/gm },
  { name: /^schema\.prisma$/, says: /\bdatasource\s+\w+\s*\{[^}]{0,2000}?\bprovider\s*=\s*"([\w-]+)"/g },
  { name: /^drizzle[\w.-]*\.config\.[cm]?[jt]s$/, says: /\bdialect\s*:\s*['"]([\w-]+)['"]/g },
  { name: /^sqlc\.(?:ya?ml|json)$/, says: /\bengine["']?\s*:\s*["']?([\w-]+)/g },
  { name: /^knexfile\.[cm]?[jt]s$/, says: /\bclient\s*:\s*['"]([\w-]+)['"]/g },
  { name: /^alembic\.ini$/, says: /^\s*sqlalchemy\.url\s*=\s*([a-z0-9]+)(?:\+\w+)?:/gm },
  { name: /^atlas\.hcl$/, says: /\burl\s*=\s*"([a-z0-9]+):/g },
];

/** Drivers as manifests name them, or what brings one along (`sqlalchemy[postgresql]`): a service with those of one database alone speaks to that one. */
const DRIVERS: readonly (readonly [string, RegExp])[] = [
  [
    'PostgreSQL',
    /"(?:pg|postgres|pg-promise|slonik|@neondatabase\/serverless|@vercel\/postgres)"\s*:|github\.com\/(?:lib\/pq|jackc\/pgx|go-pg\/pg)\b|\b(?:psycopg(?:2|2-binary)?|asyncpg|pg8000|psycopg2cffi)\b|\w\[[\w, -]{0,80}\bpostgres|\bextras\s{0,4}=\s{0,4}\[[^\]]{0,80}\bpostgres|gorm\.io\/driver\/postgres\b/,
  ],
  [
    'MySQL',
    /"(?:mysql2?|mariadb)"\s*:|github\.com\/go-sql-driver\/mysql\b|\b(?:pymysql|mysqlclient|aiomysql|asyncmy|(?:mysql|mariadb)-connector(?:-python)?)\b|\w\[[\w, -]{0,80}\bmysql|\bextras\s{0,4}=\s{0,4}\[[^\]]{0,80}\bmysql|gorm\.io\/driver\/mysql\b/i,
  ],
  [
    'SQLite',
    /"(?:sqlite3?|better-sqlite3|@libsql\/client)"\s*:|github\.com\/(?:mattn|ncruces)\/go-sqlite3\b|\bmodernc\.org\/sqlite\b|\baiosqlite\b|gorm\.io\/driver\/sqlite\b|github\.com\/glebarez\/sqlite\b/,
  ],
];

/** Any but PostgreSQL. */
export const OTHERS = 'MySQL or SQLite';

/** What only one of them accepts. */
const POSTGRES = /\b(?:jsonb|timestamptz|bigserial|bytea|tsvector|plpgsql|gen_random_uuid|concurrently)\b|::\w|\$\$/i;
const SYNTAX: readonly (readonly [string, RegExp])[] = [
  ['PostgreSQL', POSTGRES],
  [
    'MySQL',
    /\bauto_increment\b|\bengine\s*=\s*\w|\bon\s+update\s+current_timestamp\b|\bunsigned\b|\bmodify\s+column\b/i,
  ],
  ['SQLite', /\bautoincrement\b|\bpragma\b|\bwithout\s+rowid\b/i],
];

/** Of the databases that are judged PostgreSQL alone has it. */
const IDENTITY = /\bgenerated\s+(?:always|by\s+default)\s+as\s+identity\b/i;

/** Whether a file is PostgreSQL's by its own words: then nothing has to be looked up. */
export function showsPostgres(text: string): boolean {
  const sql = withoutComments(text);
  return POSTGRES.test(sql) || IDENTITY.test(sql);
}

const MOST_NEIGHBOURS = 6;
const MOST_TEXT = 200_000;

/**
 * For which database SQL files are written, by what the repository says beside them, the nearest first: the settings of their
 * tools, the files of the same folder, the drivers of the service. Undefined where nothing says it.
 *
 * @param paths what there is on the base: a change does not switch its own review off
 */
export async function findDatabases(
  files: readonly string[],
  paths: readonly string[],
  read: (paths: readonly string[]) => Promise<Map<string, Content>>,
): Promise<Map<string, string>> {
  if (files.length === 0) return new Map();
  const byFolder = Map.groupBy(paths, dirOf);
  const asked = files.map((file) => ({ file, ...listHints(file, byFolder) }));
  const wanted = new Set(
    asked.flatMap(({ settings, neighbours, manifests }) => [...settings, ...neighbours, ...manifests]),
  );
  const contents = wanted.size > 0 ? await read([...wanted]) : new Map<string, Content>();
  const text = (path: string): string => {
    const content = contents.get(path);
    return content?.kind === 'text' ? content.text.slice(0, MOST_TEXT) : '';
  };
  return new Map(
    asked.flatMap(({ file, settings, neighbours, manifests }) => {
      const found =
        settings.map((path) => readSetting(path, text(path))).find((one) => one !== undefined) ??
        pickOne(SYNTAX, neighbours.map((path) => withoutComments(text(path))).join('\n')) ??
        pickDriver(manifests.map(text), file);
      return found === undefined ? [] : [[file, found] as const];
    }),
  );
}

function listHints(
  file: string,
  byFolder: ReadonlyMap<string, readonly string[]>,
): { settings: string[]; neighbours: string[]; manifests: string[] } {
  const settings: string[] = [];
  const manifests: string[] = [];
  for (let folder: string | null = dirOf(file); folder !== null; folder = folder === '' ? null : dirOf(folder)) {
    const here = byFolder.get(folder) ?? [];
    // A Prisma schema or a Drizzle configuration stands beside the folder of migrations or above it, `prisma/` below the root.
    const near = [...here, ...(byFolder.get(folder === '' ? 'prisma' : `${folder}/prisma`) ?? [])];
    settings.push(...near.filter((path) => SETTINGS.some(({ name }) => name.test(nameOf(path)))));
    const listed = byFolder.get(folder === '' ? 'requirements' : `${folder}/requirements`) ?? [];
    manifests.push(...here.filter(listsDependencies), ...listed.filter((path) => REQUIREMENTS.test(path)));
  }
  const own = (byFolder.get(dirOf(file)) ?? []).filter((path) => path !== file && path.endsWith('.sql')).sort();
  const half = MOST_NEIGHBOURS / 2;
  return { settings, neighbours: [...new Set([...own.slice(0, half), ...own.slice(-half)])], manifests };
}

/** Python's, where each set of packages has a file of its own: `requirements/base.txt`, and what pip-compile makes them of. */
const REQUIREMENTS = /\.(?:txt|in)$/;

function readSetting(path: string, text: string): string | undefined {
  const says = SETTINGS.find(({ name }) => name.test(nameOf(path)))?.says;
  const named = new Set(says ? [...text.matchAll(says)].map(([, engine = '']) => engine.toLowerCase()) : []);
  const engines = new Set([...named].map((name) => (Object.hasOwn(ENGINES, name) ? ENGINES[name] : undefined)));
  const [engine] = engines;
  return engines.size === 1 ? engine : undefined;
}

/**
 * The database of the nearest manifest that names drivers. Python brings the driver of SQLite along: a service without any other has that one.
 */
function pickDriver(manifests: readonly string[], file: string): string | undefined {
  for (const text of manifests) {
    const found = DRIVERS.filter(([, sign]) => sign.test(text)).map(([engine]) => engine);
    if (found.length === 1) return found[0];
    if (found.length > 1) return found.includes('PostgreSQL') ? SEVERAL : OTHERS;
  }
  return manifests.length > 0 && file.endsWith('.py') ? 'SQLite' : undefined;
}

/** The one database that a text shows; undefined for none, and for two. */
function pickOne(signs: readonly (readonly [string, RegExp])[], text: string): string | undefined {
  const found = signs.filter(([, sign]) => sign.test(text));
  return found.length === 1 ? found[0]?.[0] : undefined;
}

function withoutComments(text: string): string {
  return text.replace(/--[^\n]*/g, '').replace(/'[^'\n]*'/g, "''");
}
