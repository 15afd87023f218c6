import { AppError } from '../errors.ts';
import { type Ending, streamGit } from './run-git.ts';

interface Options {
  env?: Readonly<Record<string, string>>;
  /** Larger ones are not held, in bytes. */
  most: number;
  limitMs?: number;
}

/** How much of an answer's head is looked at: an id and a size are far shorter. */
const HEAD = 200;

/**
 * Contents of blobs by id, in the order asked for, by one git process that is read as a stream: no more than one blob is held.
 * `take` gets the place in `ids` and null for what is not there or too large; it says whether it wants more.
 *
 * @throws AppError GIT_FAILED
 */
export async function catBlobs(
  dir: string,
  ids: readonly string[],
  { env = {}, most, limitMs }: Options,
  take: (index: number, bytes: Buffer | null) => boolean,
): Promise<Ending> {
  if (ids.length === 0) return 'done';
  let index = 0;
  /** Bytes that are not yet a whole head or a whole blob. */
  let rest: Buffer[] = [];
  let held = 0;
  /** Bytes of the current blob and its line feed that are still to come; 0: its head is. */
  let wanted = 0;
  let keep = false;
  const end = (bytes: Buffer | null): boolean => take(index++, bytes);
  const read = (chunk: Buffer): boolean => {
    for (let at = 0; at < chunk.length; ) {
      if (wanted === 0) {
        const feed = chunk.indexOf(10, at);
        const piece = chunk.subarray(at, feed === -1 ? chunk.length : feed);
        rest.push(piece);
        held += piece.length;
        if (held > HEAD) throw new AppError('GIT_FAILED', 'git cat-file: an answer without an end');
        if (feed === -1) return true;
        at = feed + 1;
        const [, type = '', size = ''] = Buffer.concat(rest).toString('latin1').split(' ');
        rest = [];
        held = 0;
        if (size === '') {
          // "… missing"
          if (!end(null)) return false;
          continue;
        }
        wanted = Number(size) + 1;
        keep = type === 'blob' && Number(size) <= most;
        continue;
      }
      const piece = chunk.subarray(at, at + wanted);
      at += piece.length;
      wanted -= piece.length;
      if (keep) rest.push(piece);
      if (wanted > 0) continue;
      const bytes = keep ? (rest.length === 1 ? piece : Buffer.concat(rest)).subarray(0, -1) : null;
      rest = [];
      if (!end(bytes)) return false;
    }
    return true;
  };
  const input = `${ids.join('\n')}\n`;
  return await streamGit(dir, ['cat-file', '--batch'], { input, env, ...(limitMs !== undefined && { limitMs }) }, read);
}
