import { looksRandom } from './judge-value.ts';
import { readThrough } from './read-through.ts';
import type { Secret } from './secret.ts';

/** The longest value: nobody issues longer ones. Of a longer one, only the beginning is used. */
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
