import { memo } from '../../languages/memo.ts';
import { indexLines } from '../../text/line-index.ts';
import type { Home } from '../values/value.ts';

const finderOf = memo(({ text }: Home) => indexLines(text));

/** The 1-based line of an offset in a file's text. */
export function lineAt(home: Home, offset: number): number {
  return finderOf(home)(offset);
}
