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
  close(): Promise<void>;
}
