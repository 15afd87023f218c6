import { describe, expect, it } from 'vitest';
import { NO_PRECEDENTS } from '../../src/ledger/precedent.ts';
import { createInstallationChanger } from '../../src/queue/change-installation.ts';
import { createPrecedentStore } from '../../src/queue/precedent-store.ts';
import { purge } from '../../src/queue/purge.ts';
import { countRows, makeDelivery, openQueue } from '../support/open-queue.ts';
import { precedent } from '../support/precedent.ts';

const DAY = 86_400_000;
const KEEP = {
  keepDeliveries: DAY,
  keepRuns: DAY,
  keepAnswers: DAY,
  keepPrecedents: 365 * DAY,
  keepDays: 7 * DAY,
  purgeBatch: 500,
};
const settled = (path: string, reason: string | null = null) => {
  const { number: _, ...rest } = precedent({ path, reason });
  return rest;
};

describe.each(['pglite', 'postgres'] as const)('precedents on %s', (kind) => {
  const open = async () => {
    const queue = await openQueue(kind);
    const of = (guid: string, number: number, repositoryId: number, installationId = 1) => {
      const delivery = makeDelivery(guid, number);
      return queue.enqueue({ ...delivery, pullRequest: { ...delivery.pullRequest, repositoryId, installationId } });
    };
    await of('a', 1, 2);
    await of('b', 2, 2);
    await of('c', 1, 3);
    await of('d', 1, 9, 8);
    const precedents = createPrecedentStore(queue.database);
    const places = async (pull: string) => (await precedents.read(pull)).list.map((one) => `${one.number} ${one.path}`);
    return {
      ...queue,
      precedents,
      places,
      change: createInstallationChanger(queue.database, queue.boss, () => undefined),
    };
  };

  it('are left by a review that is done, with its repository, and say what was said last', async () => {
    const { store, precedents, places } = await open();
    const run = await store.openRun('1', { headSha: 'h', baseRef: 'main' });
    const learned = { settled: [settled('a.ts', 'half \ud800 \0')], proposed: ['list-without-limit'] };
    await store.saveRun('1', { ...run, stage: 'saved', data: { ...run.data, learned } });
    expect(await precedents.read('2')).toEqual(NO_PRECEDENTS);
    await store.saveRun('1', { ...run, stage: 'done', data: { ...run.data, learned } });
    await precedents.write('2', { settled: [settled('b.ts')], proposed: ['list-without-limit', 'other'] });
    expect((await places('2')).toSorted()).toEqual(['1 a.ts', '2 b.ts']);
    // The first proposal stands.
    expect((await precedents.read('1')).proposed).toEqual(
      new Map([
        ['list-without-limit', 1],
        ['other', 2],
      ]),
    );
    await precedents.write('1', { settled: [settled('a.ts', 'Another reason.')], proposed: [] });
    const [one] = (await precedents.read('1')).list.filter(({ path }) => path === 'a.ts');
    expect(one?.reason).toBe('Another reason.');
    expect(await precedents.read('3')).toEqual(NO_PRECEDENTS);
    expect(await precedents.read('4')).toEqual(NO_PRECEDENTS);
  });

  it('are taken over from GitHub once, the newest first, and go by age', async () => {
    const { database, precedents, places } = await open();
    expect(await precedents.isRecalled('1')).toBe(false);
    await precedents.write('1', { settled: [settled('now.ts')], proposed: [] });
    const year = new Date(Date.now() - 364 * DAY).toISOString();
    await precedents.recall('1', [
      { number: 40, at: year, settled: [settled('old.ts')], proposed: ['other'] },
      { number: 50, at: new Date(Date.now() - 10 * DAY).toISOString(), settled: [settled('new.ts')], proposed: [] },
    ]);
    expect(await precedents.isRecalled('2')).toBe(true);
    expect(await precedents.isRecalled('3')).toBe(false);
    expect(await places('2')).toEqual(['1 now.ts', '50 new.ts', '40 old.ts']);
    expect((await precedents.read('2')).proposed).toEqual(new Map([['other', 40]]));
    expect(await purge(database, KEEP)).toMatchObject({ precedents: 0 });
    await database.query("update backend_dev.precedent set settled_at = settled_at - interval '2 days'");
    expect(await purge(database, KEEP)).toMatchObject({ precedents: 1 });
    expect(await places('2')).toEqual(['1 now.ts', '50 new.ts']);
  });

  it('go with their repository and their installation, and are not written after that', async () => {
    const { database, precedents, places, change } = await open();
    for (const pull of ['1', '3', '4'])
      await precedents.recall(pull, [
        { number: 5, at: new Date().toISOString(), settled: [settled('a.ts')], proposed: ['x'] },
      ]);
    const count = async () => [
      await countRows(database, 'backend_dev.precedent'),
      await countRows(database, 'backend_dev.repository'),
    ];
    expect(await count()).toEqual([3, 3]);
    // Of another installation: not touched, whoever names it.
    await change('r', 'installation_repositories', { kind: 'removed', installationId: 1, repositoryIds: [3, 9] });
    expect(await count()).toEqual([2, 2]);
    await change('t', 'repository', { kind: 'renamed', installationId: 1, repositoryId: 9, owner: 'n', repo: 'n' });
    await change('u', 'installation', { kind: 'removed', installationId: 1, repositoryIds: null });
    expect(await count()).toEqual([0, 0]);
    await precedents.write('1', { settled: [settled('late.ts')], proposed: ['y'] });
    await precedents.recall('1', []);
    expect([await count(), await places('1')]).toEqual([[0, 0], []]);
  });
});
