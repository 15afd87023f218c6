import { expect, it } from 'vitest';
import { searchRefused } from '../../src/github/find-refused-comments.ts';

const ALL = Array.from({ length: 25 }, (_, index) => index + 1);

/** What is found when GitHub refuses some of 25 comments, and how often it was asked. */
async function search(bad: readonly number[], whatever = false) {
  let asked = 0;
  const found = await searchRefused(ALL, async (group) => {
    asked += 1;
    return whatever || group.some((one) => bad.includes(one));
  });
  return { found: found?.sort((a, b) => a - b) ?? null, asked };
}

it.each(ALL)('finds comment %i of 25 in 12 drafts at most', async (bad) => {
  const { found, asked } = await search([bad]);
  expect(found).toEqual([bad]);
  expect(asked).toBeLessThanOrEqual(12);
});

it('finds two, and never clears one that is refused, however many there are', async () => {
  expect((await search([3, 4])).found).toEqual([3, 4]);
  for (const bad of [[1, 25], [1, 9, 17], ALL.filter((one) => one % 3 === 0), ALL]) {
    const { found, asked } = await search(bad);
    expect(found).toEqual(expect.arrayContaining(bad));
    expect(asked).toBeLessThanOrEqual(16);
  }
});

it('finds none when all are taken now, and asks twice when the fault is another', async () => {
  expect(await search([])).toEqual({ found: [], asked: 1 });
  expect(await search([], true)).toEqual({ found: null, asked: 2 });
});
