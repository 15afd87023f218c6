/** What a statement does to a table that is in use; rule files name these in `detect.migration`. */
export const MIGRATION_HITS = [
  'drop-column',
  'drop-table',
  'rename-column',
  'rename-table',
  'move-table',
  'change-type',
  'outside-transaction-only',
  'foreign-key',
  'check',
  'unique',
  'index',
  'not-null',
  'required-column',
  /** A required column whose default is gone when the migration ends: the old code, which does not name it, cannot insert. */
  'default-taken',
  /** A unique column with one value for all the rows that are there. */
  'same-unique-value',
  /** All rows are written in the transaction that has locked the table. */
  'backfill-under-lock',
  /** A migration that was there before the change says something else now. */
  'edited',
  /** A new one, whose place in the order another one may have. */
  'new',
] as const;
export type MigrationHit = (typeof MIGRATION_HITS)[number];

export interface Hit {
  kind: MigrationHit;
  /** Offsets in the file. */
  start: number;
  end: number;
  /** The table's name for people. */
  table: string;
  /** The statement, with this one action alone. */
  statement: string;
  /** What is there no more under its old name: a column of a table, or tables. */
  gone?: Gone;
}

export interface Gone {
  tables: string[];
  column: string | null;
}
