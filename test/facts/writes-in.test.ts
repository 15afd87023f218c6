import { expect, it } from 'vitest';
import { writesIn } from '../../src/facts/read/writes-in.ts';
import { codeOf } from '../../src/text/code-of.ts';
import { startProcessorClock } from '../support/processor-time.ts';

it.each([
  ['beginnings without an end', '/*'.repeat(300_000)],
  ['one long word', 'a'.repeat(600_000)],
  ['a long chain', 'save.'.repeat(100_000)],
])('%s take no long time', (_what, text) => {
  const took = startProcessorClock();
  writesIn(codeOf(text));
  expect(took()).toBeLessThan(2000);
});

it('counts what writes, without comments', () => {
  const text = 'tx.order.create(a); /* tx.order.create(b) */ // db.save(c)\nrows.map(f).save(d);';
  expect([...writesIn(codeOf(text))]).toEqual([
    ['order.create', 1],
    ['save(d', 1],
  ]);
});
