import { expect, it } from 'vitest';
import type { Thread } from '../../src/ledger/conversation.ts';
import { toRecord } from '../../src/ledger/ledger.ts';
import { formatFindingMarker } from '../../src/ledger/marker.ts';
import { NO_PRECEDENTS } from '../../src/ledger/precedent.ts';
import type { Forge, PastPull } from '../../src/pipeline/forge.ts';
import type { PrecedentStore } from '../../src/queue/precedent-store.ts';
import { recallPrecedents } from '../../src/worker/learn.ts';
import { finding } from '../support/finding.ts';
import { makePullRequest } from '../support/pull-request.ts';

/** A thread of ours that somebody closed while its finding stood. */
function closed(resolvedBy: string): Thread {
  const body = formatFindingMarker(toRecord(finding(), 'backend-dev'));
  const first = { id: 'C', databaseId: 1, body, mine: true, seal: 'current' as const, author: 'x', bot: true, url: '' };
  const place = { path: 'src/a.ts', side: 'RIGHT' as const, startLine: null, line: 2, outdated: false, onFile: false };
  return { id: 'T', ...place, resolved: true, resolvedBy, first };
}
const past = (number: number, merged: boolean, ...threads: Thread[]): PastPull => ({
  number,
  merged,
  fork: false,
  author: 'dana',
  at: '2026-01-01T00:00:00Z',
  conversation: { threads, reviews: [], commits: [], messages: [], unread: [] },
});

it('asks for the rights of few people, once for each, and only of what was merged; a repository is read once', async () => {
  const asked: string[] = [];
  let recalled: unknown[] | null = null;
  const store: PrecedentStore = {
    read: async () => NO_PRECEDENTS,
    write: async () => undefined,
    isRecalled: async () => recalled !== null,
    recall: async (_, found) =>
      void (recalled = found.map(({ number, settled }) => [number, settled.map(({ by }) => by)])),
  };
  const crowd = Array.from({ length: 40 }, (_, at) => past(100 + at, true, closed(`stranger-${at}`)));
  const list = [
    past(1, true, closed('wes'), closed('eve')),
    past(2, true, closed('wes')),
    past(3, false, closed('only-closed')),
    past(4, true),
    ...crowd,
  ];
  const github = { readPast: async () => list } as unknown as Forge;
  const rights = async (_: unknown, __: unknown, login: string) => {
    asked.push(login);
    return login === 'wes' ? ('write' as const) : ('triage' as const);
  };
  await recallPrecedents({ github, rights, precedents: store }, makePullRequest(), '1');
  expect(recalled).toEqual([
    [1, ['wes']],
    [2, ['wes']],
  ]);
  expect(asked.slice(0, 2)).toEqual(['wes', 'eve']);
  expect(new Set(asked).size).toBe(asked.length);
  expect(asked).toHaveLength(20);
  expect(asked).not.toContain('only-closed');
  list.push(past(9, true, closed('wes')));
  await recallPrecedents({ github, rights, precedents: store }, makePullRequest(), '1');
  expect(recalled).toHaveLength(2);
});
