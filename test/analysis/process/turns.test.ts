import { expect, it } from 'vitest';
import { createTurns } from '../../../src/analysis/process/turns.ts';

const of = (owner: string, pull = 1) => ({ owner, pullRequest: `${owner}/shop#${pull}` });

it('the single file of a pull request does not wait for all files of another one, nor for those of an owner who cost more', () => {
  const turns = createTurns<string>(0);
  for (const name of ['a1', 'a2', 'a3', 'a4']) turns.add(of('ann'), name);
  const taken = [turns.take(0)?.item];
  turns.add(of('ann', 2), 'other');
  turns.add(of('bob'), 'b1');
  turns.add(of('bob'), 'b2');
  taken.push(turns.take(0)?.item, turns.take(0)?.item);
  turns.settle(of('ann'), 0, 20_000);
  turns.settle(of('bob'), 0, 10);
  turns.settle(of('ann', 2), 0, 10);
  taken.push(turns.take(0)?.item, turns.take(0, true)?.item);
  expect(taken).toEqual(['a1', 'b1', 'other', 'b2', 'a2']);
});
