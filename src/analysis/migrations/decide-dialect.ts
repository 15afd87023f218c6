import { SEVERAL } from '../../change/source-file.ts';
import type { ParsedStatement } from './parse-statements.ts';
import type { Token } from './split-statements.ts';

/** Folders (and `.mysql.sql`) that say for which database their files are. */
const ENGINES: Readonly<Record<string, string>> = {
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  tidb: 'TiDB',
  sqlite: 'SQLite',
  sqlite3: 'SQLite',
  mssql: 'SQL Server',
  sqlserver: 'SQL Server',
  clickhouse: 'ClickHouse',
  cockroach: 'CockroachDB',
  cockroachdb: 'CockroachDB',
  snowflake: 'Snowflake',
  bigquery: 'BigQuery',
  duckdb: 'DuckDB',
  cassandra: 'Cassandra',
};

/** Types that PostgreSQL does not have. */
const FOREIGN_TYPES: Readonly<Record<string, string>> = {
  datetime: 'MySQL or SQLite',
  tinyint: 'MySQL',
  mediumint: 'MySQL',
  tinytext: 'MySQL',
  mediumtext: 'MySQL',
  longtext: 'MySQL',
  mediumblob: 'MySQL',
  longblob: 'MySQL',
  blob: 'MySQL or SQLite',
  nvarchar: 'SQL Server',
  datetime2: 'SQL Server',
  uniqueidentifier: 'SQL Server',
  varchar2: 'Oracle',
};

/** Runs of words and marks that only another database accepts, looked for where the grammar of PostgreSQL refuses a statement. */
const FOREIGN_SYNTAX: readonly (readonly [string, string])[] = [
  [' auto_increment ', 'MySQL'],
  [' engine = ', 'MySQL or ClickHouse'],
  [' unsigned ', 'MySQL'],
  [' modify column ', 'MySQL'],
  [' change column ', 'MySQL'],
  [' drop foreign key ', 'MySQL'],
  [' add index ', 'MySQL'],
  [' add key ', 'MySQL'],
  [' on duplicate key ', 'MySQL'],
  [' character set ', 'MySQL'],
  [' algorithm = ', 'MySQL'],
  [' delimiter ', 'MySQL'],
  [' unlock tables ', 'MySQL'],
  [' ` ', 'MySQL or SQLite'],
  [' autoincrement ', 'SQLite'],
  [' pragma ', 'SQLite'],
  [' without rowid ', 'SQLite'],
  [' insert or ', 'SQLite'],
  [' nvarchar ', 'SQL Server'],
  [' [ dbo ] ', 'SQL Server'],
  [' go ', 'SQL Server'],
  [' varchar2 ', 'Oracle'],
];

/** Words and marks of PostgreSQL alone: with one of them in the file, what is refused is a mistake and no dialect. */
const POSTGRES = new Set([
  'concurrently',
  'jsonb',
  'bigserial',
  'timestamptz',
  'bytea',
  'tsvector',
  'uuid_generate_v4',
  'gen_random_uuid',
  'plpgsql',
  '::',
]);

/**
 * The other database that a file is written for, or null for PostgreSQL. Statements and the folder count: what the grammar of
 * PostgreSQL refuses, types that it does not have; never a word in a comment or a string. Then what the repository beside it
 * is for.
 */
export function decideDialect(
  path: string,
  statements: readonly ParsedStatement[],
  database: string | undefined,
): string | null {
  if (/(?:^|[/_.-])(?:postgres(?:ql)?|pgsql|pg)[/_.-]/i.test(path)) return null;
  if (statements.some(({ tokens }) => tokens.some(isPostgres))) return null;
  const engine = nameEngine(path);
  if (engine) return engine;
  for (const { node, tokens } of statements) {
    const found = node ? findForeignType(tokens) : findForeignSyntax(tokens);
    if (found) return found;
  }
  return database === undefined || database === 'PostgreSQL' || database === SEVERAL ? null : database;
}

function isPostgres({ kind, text }: Token): boolean {
  return kind === 'string' ? text.startsWith('$') : kind !== 'name' && POSTGRES.has(text);
}

function nameEngine(path: string): string | undefined {
  const segments = path.toLowerCase().split('/');
  const name = segments.pop() ?? '';
  const words = [...segments.flatMap((segment) => segment.split(/[_-]/)), ...name.split('.').slice(1, -1)];
  return words.map((word) => (Object.hasOwn(ENGINES, word) ? ENGINES[word] : undefined)).find(Boolean);
}

function findForeignSyntax(tokens: readonly Token[]): string | undefined {
  const line = ` ${tokens.map(({ kind, text }) => (kind === 'word' || kind === 'mark' ? text : '?')).join(' ')} `;
  return FOREIGN_SYNTAX.find(([syntax]) => line.includes(syntax))?.[1];
}

/** A type stands after the name of a column, so at least one token into a definition. */
function findForeignType(tokens: readonly Token[]): string | undefined {
  if (tokens[0]?.text !== 'create' && tokens[0]?.text !== 'alter') return undefined;
  for (const [index, { kind, text }] of tokens.entries()) {
    const before = tokens[index - 1];
    if (kind !== 'word' || !Object.hasOwn(FOREIGN_TYPES, text) || !before) continue;
    const isColumn =
      before.kind === 'name' || (before.kind === 'word' && !/^(add|drop|column|exists|to|table|on)$/.test(before.text));
    if (isColumn) return FOREIGN_TYPES[text];
  }
  return undefined;
}
