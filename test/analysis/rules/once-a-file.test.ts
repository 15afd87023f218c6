import { expect, it } from 'vitest';
import { parseSource } from '../../../src/analysis/languages.ts';
import { onceAFile } from '../../../src/analysis/rules/once-a-file.ts';

it('reads a file once, however often it is asked, and each file for itself', () => {
  const read: string[] = [];
  const isLong = onceAFile((root) => read.push(root.text()) > 0 && root.text().length > 5);
  const parse = (text: string) => parseSource('typescript', { path: 'a.ts', kind: 'typescript', text });
  const [long, short] = [parse('let long = 1;'), parse('a')];
  expect([long, short, long, short, long].map((root) => isLong(root, 'typescript'))).toEqual([
    true,
    false,
    true,
    false,
    true,
  ]);
  expect(read).toEqual(['let long = 1;', 'a']);
});
