/** One statement's rows. Values of `jsonb` columns come back parsed. */
export type Row = Record<string, unknown>;

export interface Queryable {
  /** Runs one statement with `$1` parameters, or, without values, any number of them. @throws the driver's error */
  query(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** The one database that everything durable lives in: PGlite in a worker thread, or PostgreSQL. The same SQL runs on both. */
export interface Database extends Queryable {
  kind: 'embedded' | 'postgres';
  /** Runs `work` in a transaction; its error rolls everything back and is thrown on. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /**
   * Runs `work` while nobody else, in any process, holds the same key; null at once when somebody does. The key is free when the
   * holder ends, however it ends. `check` fails when the key is not held any more.
   */
  hold<T>(key: string, work: (check: () => Promise<void>) => Promise<T>): Promise<T | null>;
  close(): Promise<void>;
}
