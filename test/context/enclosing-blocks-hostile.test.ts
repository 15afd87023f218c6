import { expect, it } from 'vitest';
import { listBlockHeads } from '../../src/context/enclosing-blocks.ts';

it('a function of 50,000 lines, each of them changed', () => {
  const lines = ['func long() {', ...Array.from({ length: 50_000 }, (_, at) => `  r.Get("/${at}", home)`), '}'];
  for (let line = 2; line <= 50_001; line++) expect(listBlockHeads(lines, line, 1)).toEqual([1]);
});
