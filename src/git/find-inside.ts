import { realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isInside } from '../is-inside.ts';
import { once } from '../once.ts';

/**
 * The full path of a file below a folder, or null where it would lie outside: by `..`, or because a folder on the way is a link.
 * The file itself is not followed.
 */
export async function findInside(dir: string, path: string): Promise<string | null> {
  return await createInsideFinder(dir)(path);
}

/** The same for many files: each folder is looked at once. */
export function createInsideFinder(dir: string): (path: string) => Promise<string | null> {
  const find = once((folder: string) => realpath(folder).catch(() => null));
  return async (path) => {
    const full = resolve(join(dir, path));
    const [root, parent] = await Promise.all([find(dir), find(dirname(full))]);
    return root !== null && parent !== null && isInside(root, parent) ? full : null;
  };
}
