import pg from 'pg';
import { AppError } from '../errors.ts';
import type { Database, Queryable, Row } from './database.ts';

/** PostgreSQL by its address. Connections are opened on demand; `readyz` and `doctor` tell whether that works. */
export function openPostgres(url: string): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 4000,
    application_name: 'backend-dev',
  });
  // An idle connection that breaks must not end the process; the next query opens another.
  pool.on('error', () => undefined);
  const run = async (client: pg.Pool | pg.PoolClient, text: string, values?: readonly unknown[]): Promise<Row[]> => {
    try {
      const result: pg.QueryResult | pg.QueryResult[] = await client.query(text, values ? [...values] : undefined);
      return Array.isArray(result)
        ? result.flatMap((one: pg.QueryResult) => (one.rows ?? []) as Row[])
        : ((result.rows ?? []) as Row[]);
    } catch (error) {
      throw translate(error);
    }
  };
  return {
    kind: 'postgres',
    query: (text, values) => run(pool, text, values),
    transaction: async <T>(work: (tx: Queryable) => Promise<T>): Promise<T> => {
      const client = await pool.connect().catch((error: unknown) => {
        throw translate(error);
      });
      let lost: Error | undefined;
      try {
        await run(client, 'begin');
        const result = await work({ query: (text, values) => run(client, text, values) });
        await run(client, 'commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch((broken: Error) => {
          lost = broken;
        });
        throw error;
      } finally {
        client.release(lost);
      }
    },
    close: () => pool.end(),
  };
}

/** Connection faults are worth another try; an error with an SQLSTATE of its own is passed on. */
function translate(error: unknown): unknown {
  const code = (error as { code?: string }).code ?? '';
  const isConnection =
    /^(ECONN|ENOTFOUND|ETIMEDOUT|EPIPE|EHOSTUNREACH|57P0|08|53300)/.test(code) ||
    /timeout exceeded|terminated|not queryable/i.test((error as Error).message);
  return isConnection
    ? new AppError('DATABASE_UNAVAILABLE', `the database did not answer: ${(error as Error).message}`, {
        retry: 'backoff',
        cause: error,
      })
    : error;
}
