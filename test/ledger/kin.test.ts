import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import type { Thread } from '../../src/ledger/conversation.ts';
import { rebuildLedger, toRecord } from '../../src/ledger/ledger.ts';
import { type FindingRecord, formatFindingMarker } from '../../src/ledger/marker.ts';
import { finding, plan, READ_ONLY } from '../support/finding.ts';

/** A thread as our App began it, read by our Action, or the other way round. */
const thread = (
  own: Partial<FindingRecord> = {},
  by: Partial<Thread['first']> = {},
  at: Partial<Thread> = {},
): Thread => ({
  id: 'T1',
  path: 'src/a.ts',
  side: 'RIGHT',
  startLine: null,
  line: null,
  resolved: false,
  resolvedBy: null,
  outdated: true,
  onFile: false,
  ...at,
  first: {
    id: 'C1',
    databaseId: 1,
    body: `Said.\n\n${formatFindingMarker({ ...toRecord(finding(), 'backend-dev'), ...own })}`,
    mine: false,
    seal: 'none',
    author: 'backend-dev',
    bot: true,
    url: 'https://x/1',
    ...by,
  },
});
const read = (...threads: Thread[]) => rebuildLedger({ threads, reviews: [], commits: [], messages: [], unread: [] });
const planWith = (findings: readonly Finding[], ...threads: Thread[]) => plan(findings, { ledger: read(...threads) });

describe('what we said under another name', () => {
  it('is not said again wherever its line went, and counts', () => {
    const made = planWith([finding()], thread());
    expect(made.review?.comments).toEqual([]);
    expect(made.check.conclusion).toBe('failure');
    expect(made.review?.body).toContain('(said by backend-dev)');
    expect(made.review?.body).toContain('https://x/1');
    expect(made.edits).toEqual([]);
    expect(made.resolve).toEqual([]);
  });

  it('is said by us when a person copied the marker, when its comment says "fixed", and when it is about another flaw', () => {
    const said = (...threads: Thread[]) => planWith([finding()], ...threads).review?.comments.length;
    expect(said(thread({}, { bot: false }))).toBe(1);
    expect(said(thread({ state: 'fixed' }))).toBe(1);
    expect(said(thread({ id: 'f'.repeat(20) }))).toBe(1);
    expect(said(thread({}, {}, { path: 'src/b.ts' }))).toBe(1);
  });

  it('is not settled by what its marker claims', () => {
    const made = planWith([finding()], thread({ state: 'ignored', by: 'mallory', reason: 'no' }));
    expect([made.review?.comments, made.check.conclusion]).toEqual([[], 'failure']);
    expect(made.review?.body).not.toContain('mallory');
  });

  it('adds no finding that is not there, and its thread is closed when the flaw is gone', () => {
    const made = planWith([], thread());
    expect(made.check).toMatchObject({ conclusion: 'success', annotations: [] });
    expect(made.resolve).toEqual(['T1']);
    const unsure = plan([], { ledger: read(thread()), standingOf: () => 'unsure' });
    expect(unsure.resolve).toEqual([]);
    expect(plan([], { ledger: read(thread()), forge: READ_ONLY }).resolve).toEqual([]);
  });

  it('counts once where its comment lists several places', () => {
    const places = [2, 3, 4].map((line) =>
      finding({ startLine: line, endLine: line, fingerprint: String(line).repeat(20) }),
    );
    const listed = thread({ id: '2'.repeat(20), also: ['3'.repeat(20), '4'.repeat(20)] });
    const made = planWith(places, listed);
    expect(made.check.title).toContain('1 finding: 1 critical');
    expect(made.review?.comments).toEqual([]);
  });

  it('gives way to our own comment on the same flaw', () => {
    const own = thread({}, { mine: true, seal: 'off', id: 'C2', author: 'github-actions' }, { id: 'T2' });
    const made = planWith([finding()], thread(), own);
    expect(made.check.title).toContain('1 finding: 1 critical');
    expect(made.resolve).toEqual([]);
  });

  it('settles our own comment on the same flaw when a person ignored it there, and only all of it', () => {
    const own = (record: Partial<FindingRecord> = {}) =>
      thread(record, { mine: true, seal: 'off', id: 'C2', author: 'github-actions' }, { id: 'T2' });
    const ignored = thread({ state: 'ignored', by: 'wes', reason: 'a constant' }, { seal: 'current' });
    const made = planWith([finding()], ignored, own());
    expect(made.check).toMatchObject({ conclusion: 'success' });
    expect(made.ignored).toHaveLength(1);
    expect(made.review?.body ?? '').toContain('by `wes`: a constant');
    expect(made.resolve).toEqual(['T2']);
    const places = [finding(), finding({ startLine: 4, endLine: 4, fingerprint: '4'.repeat(20) })];
    const both = planWith(places, ignored, own({ also: ['4'.repeat(20)] }));
    expect(both.check.conclusion).toBe('failure');
  });
});

it('what another workflow said with the same token is not repeated', () => {
  const other = thread({}, { mine: true, seal: 'off', body: 'CWE-89 here' }, { line: 2, outdated: false });
  expect(planWith([finding()], other).review?.comments).toEqual([]);
});
