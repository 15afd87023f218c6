import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { AppError } from '../errors.ts';
import type { Database, Queryable, Row } from './database.ts';

/** For one statement, in milliseconds: a server that went without a word must not hold a delivery, and all behind it, for ever. */
const QUERY_MS = 30_000;

/** A holder that is not heard of for so long, in milliseconds, has lost its key: the server ends its connection. */
const HELD_MS = 30_000;
const BEAT_MS = 5000;
/** At the end, for whoever is still at work on a connection: a review that waits for Claude may hold one for minutes. */
const CLOSE_MS = 1000;

/** Whatever the server's own limits are; the second one is new in PostgreSQL 17. */
const TAKE = `select pg_try_advisory_xact_lock(8427002, hashtext($1)) as mine,
  set_config('idle_in_transaction_session_timeout', '${HELD_MS}', true),
  case when current_setting('transaction_timeout', true) is not null then set_config('transaction_timeout', '0', true) end`;

/** PostgreSQL by its address. Connections are opened on demand; `readyz` and `doctor` tell whether that works. */
export function openPostgres(url: string): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 4000,
    query_timeout: QUERY_MS,
    keepAlive: true,
    application_name: 'backend-dev',
  });
  // A connection that breaks must not end the process, idle (the pool says so) or in use (the client itself does): the next
  // statement on it fails, and the next one after that opens another.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
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
  const transaction = async <T>(work: (tx: Queryable) => Promise<T>): Promise<T> => {
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
      lost = await rollBack(client, error);
      throw error;
    } finally {
      client.release(lost);
    }
  };
  return {
    kind: 'postgres',
    query: (text, values) => run(pool, text, values),
    transaction,
    // The lock is a transaction's, not a session's: behind PgBouncer a session is nobody's own.
    hold: (key, work) =>
      transaction(async (tx) => {
        const [row] = await tx.query(TAKE, [key]);
        if (row?.mine !== true) return null;
        const check = async (): Promise<void> => {
          await tx.query('select 1');
        };
        const beat = setInterval(() => void check().catch(() => undefined), BEAT_MS);
        return await work(check).finally(() => clearInterval(beat));
      }),
    close: async () => {
      await Promise.race([pool.end(), setTimeout(CLOSE_MS, undefined, { ref: false })]);
    },
  };
}

/** @returns why the connection is of no use any more: then it is closed, which rolls back as well */
async function rollBack(client: pg.PoolClient, error: unknown): Promise<Error | undefined> {
  if (error instanceof AppError && error.code === 'DATABASE_UNAVAILABLE') return error;
  try {
    await client.query('rollback');
    return undefined;
  } catch (broken) {
    return broken as Error;
  }
}

/** Connection faults are worth another try; an error with an SQLSTATE of its own is passed on. */
function translate(error: unknown): unknown {
  const code = (error as { code?: string }).code ?? '';
  const isConnection =
    /^(ECONN|ENOTFOUND|ETIMEDOUT|EPIPE|EHOSTUNREACH|57P0|08|53300)/.test(code) ||
    /timeout|terminated|not queryable|connection/i.test((error as Error).message);
  return isConnection
    ? new AppError('DATABASE_UNAVAILABLE', `the database did not answer: ${(error as Error).message}`, {
        retry: 'backoff',
        cause: error,
      })
    : error;
}
