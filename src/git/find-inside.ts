import { realpath } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';

/**
 * The full path of a file below a folder, or null where it would lie outside: by `..`, or because a folder on the way is a link.
 * The file itself is not followed.
 */
export async function findInside(dir: string, path: string): Promise<string | null> {
  const full = resolve(join(dir, path));
  const root = await realpath(dir);
  const parent = await realpath(dirname(full)).catch(() => null);
  const isInside = (place: string): boolean =>
    place === root || place.startsWith(root.endsWith(sep) ? root : root + sep);
  return parent !== null && isInside(parent) ? full : null;
}
