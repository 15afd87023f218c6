import { expect, it } from 'vitest';
import { findRemovedListeners } from '../../src/facts/changes/find-removed-listeners.ts';
import type { FactsBefore } from '../../src/facts/fact-hit.ts';
import { startProcessorClock } from '../support/processor-time.ts';

it('thousands of lines that are gone take no long time', () => {
  const numbers = Array.from({ length: 5000 }, (_, index) => index);
  const gone = numbers.map((n) => ({ line: n + 1, text: `s${n}.on('error', fail);` }));
  const now = numbers.map((n) => `s${n}.pipe(out);`).join('\n');
  const before: FactsBefore = {
    path: 'a.ts',
    removed: gone,
    added: [],
    edits: [],
    read: () => gone.map(({ text }) => text).join('\n'),
    functions: { base: [], head: [], known: [] },
    facts: {} as FactsBefore['facts'],
  };
  const took = startProcessorClock();
  const found = findRemovedListeners({} as Parameters<typeof findRemovedListeners>[0], () => now, before);
  expect(found).toHaveLength(5000);
  expect(took()).toBeLessThan(2000);
});
