import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../errors.ts';

/**
 * Keeps a second process off the embedded database: PGlite does not, and two processes silently destroy each other's data.
 * The lock names a live process by PID and start time, so that a reused PID is not mistaken for its holder; a live lock is
 * never taken, however old it is.
 *
 * @returns the release function
 * @throws AppError DATA_DIR_LOCKED naming the PID
 */
export function lockDataDir(dir: string): () => void {
  mkdirSync(dir, { recursive: true });
  const path = join(dir, 'backend-dev.lock');
  const own = JSON.stringify({ pid: process.pid, started: readStartTime(process.pid) });
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const file = openSync(path, 'wx');
      writeSync(file, own);
      closeSync(file);
      return () => {
        if (readLock(path) === own) rmSync(path, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
        throw new AppError('CONFIG_INVALID', `DATA_DIR ${dir}: ${(error as Error).message}`);
    }
    const holder = parseLock(readLock(path));
    if (holder && isAlive(holder)) {
      throw new AppError(
        'DATA_DIR_LOCKED',
        `${dir} is in use by the running process ${holder.pid}; stop it, or set DATABASE_URL to share a PostgreSQL`,
      );
    }
    rmSync(path, { force: true });
  }
  throw new AppError('DATA_DIR_LOCKED', `${dir}: another process takes the lock at this moment; try again`);
}

function readLock(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function parseLock(text: string | null): { pid: number; started: string | null } | null {
  try {
    const value = JSON.parse(text ?? '') as { pid?: unknown; started?: unknown };
    return typeof value.pid === 'number'
      ? { pid: value.pid, started: typeof value.started === 'string' ? value.started : null }
      : null;
  } catch {
    return null;
  }
}

function isAlive({ pid, started }: { pid: number; started: string | null }): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: alive, and somebody else's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = readStartTime(pid);
  return started === null || now === null || now === started;
}

/** When a process started, in clock ticks since boot (field 22 of /proc/PID/stat, proc(5)); null where there is no /proc. */
function readStartTime(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
