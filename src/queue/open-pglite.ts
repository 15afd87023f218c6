import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { urlOfProgram } from '../built-files.ts';
import { AppError } from '../errors.ts';
import { createGate } from '../gate.ts';
import { lockDataDir } from './data-dir-lock.ts';
import type { Database, Queryable, Row } from './database.ts';
import { type PgliteWorker, startPgliteWorker } from './pglite-worker.ts';

/**
 * The embedded database in `dir`. PGlite has one session, so statements run one after the other, and a transaction keeps all
 * others out until it ends.
 *
 * @throws AppError DATA_DIR_LOCKED, DATABASE_UNAVAILABLE for a directory that cannot be opened (it is left as it is)
 */
export async function openPglite(dir: string): Promise<Database> {
  const unlock = lockDataDir(dir);
  let worker: PgliteWorker;
  try {
    worker = await startWorker(dir);
  } catch (error) {
    unlock();
    throw new AppError(
      'DATABASE_UNAVAILABLE',
      `the embedded database in ${dir} cannot be opened: ${(error as Error).message}. Move the folder "pglite" away and start again: what GitHub knows is read from there anew`,
      { cause: error },
    );
  }
  const session = createSession(worker.send);
  // The directory's lock lets no other process in.
  const held = new Set<string>();
  return {
    kind: 'embedded',
    ...session,
    hold: async (key, work) => {
      if (held.has(key)) return null;
      held.add(key);
      try {
        return await work(async () => undefined);
      } finally {
        held.delete(key);
      }
    },
    close: async () => {
      await session.exclusive(worker.close);
      unlock();
    },
  };
}

/** Whether a database was made in a DATA_DIR. */
export function isMade(dir: string): boolean {
  return existsSync(join(dir, 'pglite', 'PG_VERSION'));
}

/** Seconds as a rule; minutes on a machine that is busy with something else. */
const INIT_MS = 300_000;

/** Creating a database takes about 200 MB that a thread does not give back, so the first start does it in a process. */
async function startWorker(dataDir: string): Promise<PgliteWorker> {
  const dir = join(dataDir, 'pglite');
  if (!isMade(dataDir)) {
    const script = fileURLToPath(urlOfProgram('queue/pglite-init'));
    // Made beside its place and then moved, so that a start that is killed leaves no half of a database.
    const fresh = `${dir}.new`;
    await rm(fresh, { recursive: true, force: true });
    // It runs once: to optimise its WebAssembly takes a third of its time.
    await promisify(execFile)(process.execPath, ['--liftoff-only', script, fresh], { env: {}, timeout: INIT_MS });
    await rename(fresh, dir);
  }
  return startPgliteWorker(dir);
}

/** Takes turns on one session. A failed statement outside a transaction is rolled back within its own turn. */
function createSession(send: (text: string, values?: readonly unknown[]) => Promise<Row[]>) {
  const exclusive = createGate(1);
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
