import type { Evaluated } from '../run/run.ts';
import { textsOf } from '../values/one-of.ts';
import type { Value } from '../values/value.ts';
import { HOLE, skeletonOf } from '../values/value-key.ts';
import { constantText } from '../values/values.ts';

/** The words of a command that stand before one of its arguments, in a list as well: `git -C ${HOLE} clone`. What is not known is a hole. */
export function wordsBefore({ args }: Evaluated, part: Value): string {
  const words = [...args.list, ...args.named.values()].flatMap((one) =>
    one.entries ? [...one.entries.values()] : [one],
  );
  return words
    .slice(0, Math.max(words.indexOf(part), 0))
    .map((word) => (constantText(word) ?? textsOf(word)[0] ?? (skeletonOf(word) || HOLE)).replaceAll(/\s+/g, '_'))
    .join(' ');
}
