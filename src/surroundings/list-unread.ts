import type { RawFinding } from '../findings/finding.ts';
import { isTest } from '../scope/select.ts';
import type { FindReaders } from './find-readers.ts';

/** What would read it: code that names one of the words, and says this. */
export type ReadBy = NonNullable<RawFinding['readBy']>;

const FILES = ['*.js', '*.ts', '*.mjs', '*.cjs', '*.mts', '*.cts', '*.jsx', '*.tsx', '*.py', '*.go'];

/** Of these, by what they say, those that no code but tests reads; none where it could not be told. */
export async function listUnread(all: readonly ReadBy[], find: FindReaders): Promise<Set<string>> {
  const found = await find([...new Set(all.flatMap(({ words }) => words))], FILES);
  if (!found) return new Set();
  const texts = [...found].flatMap(([path, text]) => (isTest(path) ? [] : [text]));
  return new Set(
    all.flatMap(({ says }) => {
      const reads = new RegExp(says);
      return texts.some((text) => reads.test(text)) ? [] : [says];
    }),
  );
}
