import { indexLines } from '../text/line-index.ts';
import type { Home } from './value.ts';

const lines = new WeakMap<Home, (offset: number) => number>();

/** The 1-based line of an offset in a file's text. */
export function lineAt(home: Home, offset: number): number {
  const find = lines.get(home) ?? indexLines(home.text);
  lines.set(home, find);
  return find(offset);
}
