import { posix } from 'node:path';

/** A path below another folder, as it is opened from the folder where the command was given. */
export function seenFrom(below: string | undefined, path: string): string {
  return below === undefined || below === '' ? path : posix.join(below, path);
}
