import { createTextFinder } from '../text/find-texts.ts';
import { createGlobMatcher } from '../text/match-globs.ts';
import { decodeText } from './decode-text.ts';
import type { Found, Query } from './repository.ts';

const MOST_TEXTS = 100;
/** The most characters of one searched text: names are far shorter. */
const MOST_LENGTH = 300;
/** The most comparisons of globs with the paths of a whole tree: they take less than a second. */
const GLOB_WORK = 40_000_000;

export interface Search {
  /** Paths that the query's globs let through, in the order given. */
  choose<T extends { path: string }>(files: readonly T[]): T[];
  /** Takes the content of one file; false: enough was found. */
  look(path: string, bytes: Uint8Array): boolean;
  /** All of it; `missing` are further things that were not searched. */
  end(missing: readonly string[]): Found;
}

/** A search over files whose contents come one after the other, wherever they come from. */
export function openSearch({ texts, globs, most, mostOfFile, ...options }: Query): Search {
  const wanted = texts.slice(0, MOST_TEXTS).map((text) => (text.length > MOST_LENGTH ? '' : text));
  const find = createTextFinder(wanted, options);
  const matches = globs && createGlobMatcher(globs, GLOB_WORK);
  const hits: Found['hits'] = [];
  const missing: string[] = [];
  let clipped = 0;
  let full = false;
  const left = texts.length - wanted.filter((text) => text !== '').length;
  if (left > 0) missing.push(`${left} of ${texts.length} texts were not searched for`);
  return {
    choose: (files) => {
      if (!matches) return [...files];
      let unknown = 0;
      const chosen = files.filter(({ path }) => {
        const match = matches(path);
        if (match === null) unknown += 1;
        return match === true;
      });
      if (unknown > 0) missing.push(`${unknown} paths were not compared with the globs`);
      return chosen;
    },
    look: (path, bytes) => {
      const text = toUtf8(bytes);
      if (!text) return true;
      // One more than may be told, to know of it.
      const found = find(text, Math.min(mostOfFile, most - hits.length));
      hits.push(...found.hits.map((hit) => ({ path, ...hit })));
      if (!found.more) return true;
      full = hits.length >= most;
      if (found.hits.length >= mostOfFile) clipped += 1;
      return !full;
    },
    end: (others) => {
      if (full) missing.push(`the search ended after ${hits.length} lines with a hit`);
      if (clipped > 0)
        missing.push(
          `of ${clipped === 1 ? 'one file' : `${clipped} files`} only the first ${mostOfFile} lines with a hit are told`,
        );
      missing.push(...others);
      return { hits, missing: missing.length > 0 ? missing.join('; ') : null };
    },
  };
}

/** As the file is read elsewhere: UTF-16 is text. Null: binary. */
function toUtf8(bytes: Uint8Array): Uint8Array | null {
  if (!bytes.includes(0) && !(bytes[0] === 0xff && bytes[1] === 0xfe) && !(bytes[0] === 0xfe && bytes[1] === 0xff))
    return bytes;
  const content = decodeText(bytes);
  return content.kind === 'text' ? Buffer.from(content.text) : null;
}
