import type { RawFinding } from '../findings/finding.ts';
import { isTest } from '../scope/select.ts';
import type { FindReaders } from './find-readers.ts';

/** How a value would be read: by code that names one of the words and matches this. */
export type ReadBy = NonNullable<RawFinding['readBy']>;

const FILES = ['*.js', '*.ts', '*.mjs', '*.cjs', '*.mts', '*.cts', '*.jsx', '*.tsx', '*.py', '*.go'];

/** The findings whose value is read only by tests. Empty if this cannot be decided. */
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
