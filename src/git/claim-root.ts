import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../errors.ts';

const MOST_PROCESSES = 16;

/**
 * A folder that this process has for itself: the first one that nobody holds. Several workers on one machine have one each, so
 * no other process writes, evicts or cleans up there.
 *
 * @throws AppError GIT_FAILED
 */
export function claimRoot(dir: string, lock: (dir: string) => () => void): { root: string; release: () => void } {
  for (let number = 1; number <= MOST_PROCESSES; number++) {
    const root = join(dir, `process-${number}`);
    try {
      return { root, release: lock(root) };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code !== 'DATA_DIR_LOCKED')
        throw new AppError('GIT_FAILED', `there is no folder for it: ${error.message}`, { cause: error });
    }
  }
  throw new AppError('GIT_FAILED', `more than ${MOST_PROCESSES} processes use ${dir}`);
}

/** Looks at each folder that no living process holds, and holds it meanwhile. */
export async function visitUnclaimed(
  dir: string,
  lock: (dir: string) => () => void,
  visit: (root: string) => Promise<void>,
): Promise<void> {
  for (const name of await readdir(dir)) {
    if (!/^process-\d+$/.test(name)) continue;
    let release: () => void;
    try {
      release = lock(join(dir, name));
    } catch {
      continue;
    }
    await visit(join(dir, name)).finally(release);
  }
}
