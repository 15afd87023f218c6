import { sep } from 'node:path';

/** Whether a real path is a folder or lies below it. */
export function isInside(dir: string, path: string): boolean {
  return path === dir || path.startsWith(dir.endsWith(sep) ? dir : dir + sep);
}
