/** What the statements before have made of the tables: a table of this very migration hurts nobody. */
export class History {
  inTransaction = false;
  /** Made here: no running code knows it. */
  readonly made = new Set<string>();
  /** Without a row: made here, or emptied. */
  readonly empty = new Set<string>();
  /** Columns added here, as `table.column`; all of their values are those of this migration. */
  readonly added = new Set<string>();
  /** Of these, the ones that were added NOT NULL. */
  readonly required = new Set<string>();
  /** Tables that this transaction keeps others from since an ALTER TABLE. */
  readonly locked = new Set<string>();
  /** Of these, the ones whose rows it writes meanwhile: a reading of the rows beside that is the smaller part of one flaw. */
  readonly filled = new Set<string>();
  /** Tables of which a constraint was validated here: a check that proves NOT NULL, as the advice has it. */
  readonly validated = new Set<string>();
  /** Constraints that this transaction has added without looking at the rows, as `table.name`. */
  readonly unchecked = new Set<string>();
  /** Values that this transaction has added to an enum that was there, and the enum's name. */
  readonly newValues = new Map<string, string>();

  /** @param schema where a name without a schema is looked up */
  readonly schema: string;

  constructor(schema: string) {
    this.schema = schema;
  }

  /** What lasts as long as a transaction. */
  forgetTransaction(): void {
    this.locked.clear();
    this.filled.clear();
    this.unchecked.clear();
    this.newValues.clear();
  }

  make(key: string, withRows: boolean): void {
    this.made.add(key);
    if (!withRows) this.empty.add(key);
  }

  /** No lock on it is felt by anybody. */
  isQuiet(key: string): boolean {
    return this.made.has(key) || this.empty.has(key);
  }
}

export function columnKey(table: string, column: string): string {
  return `${table}.${column}`;
}
