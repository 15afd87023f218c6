import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError } from '../errors.ts';
import { lockDataDir } from './data-dir-lock.ts';
import type { Database, Queryable, Row } from './database.ts';
import type { PgliteReply } from './pglite-thread.ts';

/**
 * The embedded database in `dir`. PGlite has one session, so statements run one after the other, and a transaction keeps all
 * others out until it ends.
 *
 * @throws AppError DATA_DIR_LOCKED, DATABASE_UNAVAILABLE for a directory that cannot be opened (it is left as it is)
 */
export async function openPglite(dir: string): Promise<Database> {
  const unlock = lockDataDir(dir);
  const waiting = new Map<number, { resolve: (rows: Row[]) => void; reject: (error: Error) => void }>();
  let broken: Error | null = null;
  let nextId = 1;
  const script = new URL(
    import.meta.url.endsWith('.ts') ? './pglite-thread.ts' : './pglite-thread.js',
    import.meta.url,
  );
  const worker = new Worker(script, { workerData: { dir: join(dir, 'pglite') }, env: {} });
  const failAll = (error: Error): void => {
    broken = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('error', (error) =>
    failAll(
      new AppError('DATABASE_UNAVAILABLE', `the embedded database in ${dir} failed: ${error.message}`, {
        retry: 'backoff',
        cause: error,
      }),
    ),
  );
  worker.on('exit', () =>
    failAll(new AppError('DATABASE_UNAVAILABLE', 'the embedded database is closed', { retry: 'backoff' })),
  );
  worker.on('message', (reply: PgliteReply) => {
    const call = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (!call) return;
    if ('error' in reply)
      call.reject(Object.assign(new Error(reply.error.message), reply.error.code && { code: reply.error.code }));
    else call.resolve(reply.rows);
  });
  const send = (text: string, values?: readonly unknown[]): Promise<Row[]> =>
    new Promise((resolve, reject) => {
      if (broken) return reject(broken);
      const id = nextId++;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, text, values: values && values.length > 0 ? values : null });
    });
  try {
    await new Promise<Row[]>((resolve, reject) => waiting.set(0, { resolve, reject }));
  } catch (error) {
    unlock();
    throw new AppError(
      'DATABASE_UNAVAILABLE',
      `the embedded database in ${dir} cannot be opened: ${(error as Error).message}. Move the folder "pglite" away and start again: what GitHub knows is read from there anew`,
      { cause: error },
    );
  }
  const session = createSession(send);
  return {
    kind: 'embedded',
    ...session,
    close: async () => {
      if (!broken) await session.exclusive(() => send('backend-dev:close'));
      await worker.terminate();
      unlock();
    },
  };
}

/** Takes turns on one session. A failed statement outside a transaction is rolled back within its own turn. */
function createSession(send: (text: string, values?: readonly unknown[]) => Promise<Row[]>) {
  let tail: Promise<unknown> = Promise.resolve();
  const exclusive = <T>(work: () => Promise<T>): Promise<T> => {
    const result = tail.then(work);
    tail = result.catch(() => undefined);
    return result;
  };
  const query = (text: string, values?: readonly unknown[]): Promise<Row[]> =>
    exclusive(async () => {
      try {
        return await send(text, values);
      } catch (error) {
        // pg-boss sends BEGIN … COMMIT as one text: its failure would leave the only session in an aborted transaction.
        await send('rollback').catch(() => undefined);
        throw error;
      }
    });
  const transaction = <T>(work: (tx: Queryable) => Promise<T>): Promise<T> =>
    exclusive(async () => {
      await send('begin');
      try {
        const result = await work({ query: send });
        await send('commit');
        return result;
      } catch (error) {
        await send('rollback').catch(() => undefined);
        throw error;
      }
    });
  return { exclusive, query, transaction };
}
