import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { AppError } from '../errors.ts';

/** One byte far behind the PID is locked, because Windows lets nobody read what another process has locked. */
const LOCKED_BYTE = 4096;

/**
 * Keeps a second process off the embedded database: PGlite does not, and two processes silently destroy each other's data.
 * The kernel holds the lock, on the open file: it ends with the process, however that ends, and nothing else ends it. No PID is
 * believed: it means nothing in another container on the same volume. The file stays where it is, since after a removal a
 * second process would lock a new one of that name.
 *
 * @returns the release function
 * @throws AppError DATA_DIR_LOCKED with the holder's own PID, CONFIG_INVALID for a folder that cannot be locked
 */
export function lockDataDir(dir: string): () => void {
  const path = join(dir, 'backend-dev.lock');
  let file: number | undefined;
  try {
    mkdirSync(dir, { recursive: true });
    file = openSync(path, 'a+');
    if (tryLock(file)) return keep(file);
  } catch (error) {
    if (file !== undefined) closeSync(file);
    throw new AppError(
      'CONFIG_INVALID',
      `DATA_DIR ${dir} cannot be locked: ${(error as Error).message}. The embedded database needs a disk with file locks; without one, set DATABASE_URL`,
      { cause: error },
    );
  }
  closeSync(file);
  throw new AppError(
    'DATA_DIR_LOCKED',
    `${dir} is in use by ${describeHolder(path)}; stop it, or set DATABASE_URL to share a PostgreSQL`,
  );
}

function keep(file: number): () => void {
  ftruncateSync(file);
  writeSync(file, JSON.stringify({ pid: process.pid }));
  return () => {
    ftruncateSync(file);
    closeSync(file);
  };
}

type TryLock = (file: number, offset: number, length: number) => boolean;

/** Loaded when it is needed: the command line locks nothing, and runs where there is no build of it. */
function tryLock(file: number): boolean {
  const native = createRequire(import.meta.url)('fs-native-extensions') as { tryLock: TryLock };
  try {
    return native.tryLock(file, LOCKED_BYTE, 1);
  } catch (error) {
    // How Windows says that another process has it.
    if ((error as NodeJS.ErrnoException).code === 'EBUSY') return false;
    throw error;
  }
}

function describeHolder(path: string): string {
  try {
    const { pid } = JSON.parse(readFileSync(path, 'utf8')) as { pid?: unknown };
    if (typeof pid === 'number') return `the running process ${pid}`;
  } catch {
    // It is just about to write its PID.
  }
  return 'another running process';
}
