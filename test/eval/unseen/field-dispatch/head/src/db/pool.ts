import pg from 'pg';

// bigint columns arrive as strings; ids stay strings everywhere.
export function createPool(connectionString: string): pg.Pool {
  return new pg.Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: 3_000,
    statement_timeout: 10_000,
  });
}
