import { looksRandom } from './judge-value.ts';
import { readThrough } from './read-through.ts';
import type { Secret } from './secret.ts';

/** Nobody gives out longer ones; of a longer one the beginning tells. */
const MOST = 5000;

/**
 * Values that cannot stand for anything else, to be masked wherever else they stand: as the program reads them, a key of several
 * lines line by line.
 */
export function listValues(text: string, secrets: readonly Secret[]): string[] {
  return secrets.flatMap(({ start, end }) => {
    const written = text.slice(start, end);
    return (readThrough(written)?.text ?? written)
      .split(/\\+[nr]|[\s"'`]+/)
      .map((value) => value.slice(0, MOST))
      .filter((value) => looksRandom(value.slice(0, 200)));
  });
}
