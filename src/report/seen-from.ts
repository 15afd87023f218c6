import { posix } from 'node:path';

/** A path that is below another folder, as whoever stands where the command was given opens it. */
export function seenFrom(below: string | undefined, path: string): string {
  return below === undefined || below === '' ? path : posix.join(below, path);
}
