import type { MigrationHit } from './hit.ts';
import { type Grammar, type ParsedStatement, parseStatement } from './parse-statements.ts';
import type { Statement } from './split-statements.ts';

const GONE: readonly MigrationHit[] = ['drop-column', 'drop-table', 'rename-column', 'rename-table'];
/**
 * What means the same in another database when the grammar of PostgreSQL accepts it. Locks do not: InnoDB builds an index beside
 * normal traffic, SQLite has one writer. SQLite refuses a new NOT NULL column without a default.
 *
 * Source: dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-operations.html, sqlite.org/lang_altertable.html
 */
export const KIN: Readonly<Record<string, ReadonlySet<MigrationHit>>> = {
  MySQL: new Set(GONE),
  MariaDB: new Set(GONE),
  TiDB: new Set(GONE),
  'MySQL or SQLite': new Set(GONE),
  SQLite: new Set([...GONE, 'required-column']),
};

export function describeKin(dialect: string): string {
  return `written for ${dialect}, not PostgreSQL: only dropped and renamed tables and columns were looked for`;
}

/** With the quotes of PostgreSQL; of a CREATE TABLE in words of its own only what it makes. */
export function parseKin(grammar: Grammar, statements: readonly Statement[]): ParsedStatement[] {
  return statements.map((one) => {
    const sql = one.sql.replaceAll('`', '"');
    const node = parseStatement(grammar, sql) ?? parseStatement(grammar, CREATE.exec(sql)?.[0].concat(' ()') ?? ';');
    return { ...one, node };
  });
}

const NAME = String.raw`(?:"[^"\n]{1,200}"|[\w$]{1,200})`;
const CREATE = new RegExp(
  String.raw`^create\s+(?:temporary\s+|temp\s+)?table\s+(?:if\s+not\s+exists\s+)?${NAME}(?:\s*\.\s*${NAME})?`,
  'i',
);

/** What is not understood of these may take something away: `CHANGE COLUMN`, `RENAME TABLE`. */
export function changesTable({ tokens: [first] }: ParsedStatement): boolean {
  return first !== undefined && first.kind === 'word' && /^(?:alter|drop|rename)$/.test(first.text);
}
