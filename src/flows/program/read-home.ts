import { lowerFile } from '../../languages/lower-file.ts';
import type { Home } from '../values/value.ts';

/**
 * Characters of the files whose form is kept, those used last: files of one change use the same ones, and a push changes few of them.
 * By path and text, which is what a blob id stands for.
 */
const MOST_KEPT = 4_000_000;
const kept = new Map<string, Home>();
let size = 0;

/**
 * A file as the interpreter takes it; null for a language that is not known.
 * @throws TooDeep, ParserBroken
 */
export async function readHome(path: string, text: string): Promise<Home | null> {
  const key = `${path}\0${text}`;
  const known = kept.get(key);
  if (known) {
    kept.delete(key);
    kept.set(key, known);
    return known;
  }
  const module = await lowerFile(path, text);
  if (!module) return null;
  const home = { path, text, module };
  kept.set(key, home);
  size += text.length;
  for (const [oldest, { text: old }] of kept) {
    if (size <= MOST_KEPT || oldest === key) break;
    kept.delete(oldest);
    size -= old.length;
  }
  return home;
}
