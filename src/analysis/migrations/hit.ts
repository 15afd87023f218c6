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
  /** A foreign key of a new column that no index begins with. */
  'reference-unindexed',
  'check',
  'unique',
  'index',
  /** An index that is built anew while others wait. */
  'reindex',
  /** An index that goes while others wait. */
  'drop-index',
  'detach-partition',
  /** A table that is written anew as a whole: VACUUM FULL, CLUSTER, another place or kind of storage. */
  'rewrite',
  /** A column that is added with a value of its own for each row. */
  'rows-filled',
  /** Other tables than those that it names are emptied. */
  'truncate-cascade',
  'drop-database',
  /** A new value of an enum, in the transaction that added it. */
  'new-value-used',
  /** A BEGIN without an end. */
  'left-open',
  'not-null',
  'required-column',
  /** A required column whose default is gone when the migration ends: the old code, which does not name it, cannot insert. */
  'default-taken',
  /** A unique column with one value for all the rows that are there. */
  'same-unique-value',
  /** All rows are written in the transaction that has locked the table. */
  'backfill-under-lock',
  /** The same, as far as can be seen: by a function that somebody wrote. */
  'rows-filled-perhaps',
  /** A rule that was added without looking at the rows is checked while the lock of its addition lasts. */
  'validated-under-lock',
  'domain-check',
  'not-null-dropped',
  /** To a type that may be narrower than the one before. */
  'type-perhaps',
  /** An UPDATE that PostgreSQL refuses. */
  'assigned-twice',
  // What is no danger by itself (`advise.ts`)
  'tables-locked-together',
  'not-repeatable',
  'begin-in-transaction',
  'name-cut',
  'padded-text',
  'time-without-zone',
  'rounded-money',
  'narrow-key',
  'serial',
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
  /** Further places of the file with the same advice. */
  others?: number;
}

export interface Gone {
  tables: string[];
  column: string | null;
}
