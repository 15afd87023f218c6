import { expect, it } from 'vitest';
import { createPatience } from '../src/compose-reviewers.ts';

it('waits for the model from the beginning of the review, not from the end of the analysis', async () => {
  const stop = new AbortController();
  const patience = createPatience(3_600_000);
  const waiting = patience(stop.signal, 0).then(() => 'whole');
  const over = [3_599_990, 7_200_000].map((spent) => patience(stop.signal, spent).then(() => spent));
  expect(await Promise.race([waiting, Promise.all(over)])).toEqual([3_599_990, 7_200_000]);
  stop.abort();
  expect(await waiting).toBe('whole');
});
