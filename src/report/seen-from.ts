import { join, relative, sep } from 'node:path';

/** Two folders: the one that the paths of a report are relative to, and the one where the command was given. */
export interface Below {
  root: string;
  from: string;
}

/** A path below another folder, as it is opened from the folder where the command was given. */
export function seenFrom(below: Below | undefined, path: string): string {
  return below === undefined ? path : relative(below.from, join(below.root, path)).replaceAll(sep, '/');
}
