import { describe, expect, it, onTestFinished } from 'vitest';
import { type Budget, createPurse, type Purse } from '../../src/pipeline/purse.ts';
import { createInstallationChanger } from '../../src/queue/change-installation.ts';
import { createTill } from '../../src/queue/create-till.ts';
import type { Database } from '../../src/queue/database.ts';
import { openPostgres } from '../../src/queue/open-postgres.ts';
import { NO_USAGE } from '../../src/scope/coverage.ts';
import { makeDelivery, openQueue } from '../support/open-queue.ts';
import { makePostgresDatabase } from '../support/temp.ts';

const DAY_USD: Budget[] = [{ of: 'day', unit: 'usd', most: 1, by: 'x' }];
const COSTS = { usd: 0.1, tokens: 1000 };
const answer = (costUsd: number, inputTokens = 0) => ({
  stage: 'review',
  model: 'm',
  usage: { ...NO_USAGE, costUsd, inputTokens },
});
const idOf = async (database: Database, number: number): Promise<string> =>
  String((await database.query('select id::text from backend_dev.pull_request where number = $1', [number]))[0]?.id);

/** How many of so many requests at once are let through. */
async function admit(purses: readonly Purse[], times: number): Promise<number> {
  const all = Array.from({ length: times }, async (_, index) => await purses[index % purses.length]?.admit(COSTS));
  const ends = await Promise.allSettled(all);
  for (const end of ends) if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'MODEL_BUDGET' });
  return ends.filter((end) => end.status === 'fulfilled').length;
}

describe.each(['pglite', 'postgres'] as const)('what Claude costs, on %s', (kind) => {
  it('counts for the pull request, and for all of its repository on that day', async () => {
    const { database, enqueue } = await openQueue(kind);
    await enqueue(makeDelivery('a', 1));
    await enqueue(makeDelivery('b', 2));
    const [one, two] = [await idOf(database, 1), await idOf(database, 2)];
    const call = await createPurse(createTill(database, one), DAY_USD).admit(COSTS);
    expect(await createTill(database, two).read()).toEqual({ pullRequest: { usd: 0, tokens: 0 }, day: COSTS });
    await call.settle(answer(0.95, 70));
    const spent = { usd: expect.closeTo(0.95), tokens: 70 };
    expect(await createTill(database, one).read()).toEqual({ pullRequest: spent, day: spent });
    await expect(createPurse(createTill(database, two), DAY_USD).admit(COSTS)).rejects.toMatchObject({
      code: 'MODEL_BUDGET',
      message: expect.stringContaining('for today'),
    });
    // A day later.
    await database.query('update backend_dev.repository_day set day = day - 1');
    expect(await createTill(database, one).read()).toEqual({ pullRequest: spent, day: { usd: 0, tokens: 0 } });
    expect(await admit([createPurse(createTill(database, two), DAY_USD)], 1)).toBe(1);
  });

  it('is paid on the day on which it was asked, and as what it was taken for by a process that ended', async () => {
    const { database, enqueue } = await openQueue(kind);
    await enqueue(makeDelivery('a'));
    const till = createTill(database, await idOf(database, 1));
    const call = await createPurse(till, DAY_USD).admit(COSTS);
    await database.query('update backend_dev.repository_day set day = day - 1');
    expect((await till.read()).pullRequest).toEqual(COSTS);
    await call.settle(null);
    expect((await till.read()).pullRequest.tokens).toBe(0);
    await createPurse(till, DAY_USD).admit(COSTS);
    expect((await createTill(database, await idOf(database, 1)).read()).day).toEqual(COSTS);
  });

  it('lets no more through than the budget has, however many ask at once', async () => {
    const { database, enqueue } = await openQueue(kind);
    for (const number of [1, 2, 3]) await enqueue(makeDelivery(`g${number}`, number));
    const purses = await Promise.all(
      [1, 2, 3].map(async (number) => createPurse(createTill(database, await idOf(database, number)), DAY_USD)),
    );
    expect(await admit(purses, 30)).toBe(10);
  });

  it('is not forgotten by removing the App and adding it again', async () => {
    const { database, boss, enqueue } = await openQueue(kind);
    await enqueue(makeDelivery('a'));
    const gone = await idOf(database, 1);
    const call = await createPurse(createTill(database, gone), DAY_USD).admit(COSTS);
    const change = createInstallationChanger(database, boss, () => undefined);
    await change('gone', 'installation', { kind: 'removed', installationId: 1, repositoryIds: null });
    await expect(createPurse(createTill(database, gone), DAY_USD).admit(COSTS)).rejects.toThrow('removed from the App');
    await call.settle(answer(0.99));
    await enqueue(makeDelivery('again'));
    const till = createTill(database, await idOf(database, 1));
    expect(await createPurse(till, DAY_USD).readObstacle()).toBeNull();
    expect(await admit([createPurse(till, DAY_USD)], 1)).toBe(0);
  });
});

it('counts for all processes together', async () => {
  const url = await makePostgresDatabase();
  const { database, enqueue } = await openQueue('postgres', url);
  await enqueue(makeDelivery('a', 1));
  await enqueue(makeDelivery('b', 2));
  const other = openPostgres(url);
  onTestFinished(() => other.close());
  const purses = [
    createPurse(createTill(database, await idOf(database, 1)), DAY_USD),
    createPurse(createTill(other, await idOf(database, 2)), DAY_USD),
  ];
  expect(await admit(purses, 40)).toBe(10);
});
