import { describe, expect, it } from 'vitest';
import type { SealState, Thread } from '../../src/ledger/conversation.ts';
import type { LedgerEntry } from '../../src/ledger/ledger.ts';
import { toRecord } from '../../src/ledger/ledger.ts';
import type { FindingRecord } from '../../src/ledger/marker.ts';
import { choosePrecedents, isSecurity, listSettled, type Settling } from '../../src/ledger/precedent.ts';
import { finding } from '../support/finding.ts';
import { precedent } from '../support/precedent.ts';

const PULL: Settling = { author: 'dana', fork: false, merged: false, mayWrite: (login) => login === 'wes' };

function entry(own: Partial<FindingRecord>, seal: SealState = 'current', thread: Partial<Thread> | null = null) {
  const record: FindingRecord = { ...toRecord(finding(), 'backend-dev'), ...own };
  return { record, claim: record, seal, thread } as LedgerEntry;
}
const settle = (one: LedgerEntry, own: Partial<Settling> = {}) =>
  listSettled([one], { ...PULL, ...own }).map(({ how, by, reason }) => [how, by, reason]);

describe('what people settled', () => {
  it.each([
    [
      'ignored, with the reason',
      entry({ state: 'ignored', by: 'wes', reason: 'Tests only.' }),
      {},
      ['ignored', 'wes', 'Tests only.'],
    ],
    [
      'a dispute that was won',
      entry({ state: 'ignored', by: 'wes', reason: 'A constant.', won: true }),
      {},
      ['won', 'wes', 'A constant.'],
    ],
    ['by the author, who may write', entry({ state: 'ignored', by: 'dana' }), {}, ['ignored', 'dana', null]],
    [
      'closed and merged as it was',
      entry({}, 'current', { resolved: true, resolvedBy: 'wes' }),
      { merged: true },
      ['resolved', 'wes', null],
    ],
    [
      'signed by the key before',
      entry({}, 'earlier', { resolved: true, resolvedBy: 'wes' }),
      { merged: true },
      ['resolved', 'wes', null],
    ],
  ] as const)('counts: %s', (_, one, own, settled) => {
    expect(settle(one, own)).toEqual([settled]);
  });

  it.each([
    ['by the author of a fork’s change', entry({ state: 'ignored', by: 'dana' }), { fork: true }],
    ['left out by the config', entry({ state: 'ignored', by: '.github/backend-dev.yml', reason: 'x' }), {}],
    ['only disputed', entry({ state: 'disputed', by: 'dana' }), {}],
    ['fixed', entry({ state: 'fixed' }, 'current', { resolved: true, resolvedBy: 'wes' }), { merged: true }],
    ['closed, and not merged', entry({}, 'current', { resolved: true, resolvedBy: 'wes' }), {}],
    ['closed by an App', entry({}, 'current', { resolved: true, resolvedBy: null }), { merged: true }],
    [
      'closed by somebody without write access',
      entry({}, 'current', { resolved: true, resolvedBy: 'eve' }),
      { merged: true },
    ],
    [
      'closed by the author of a fork’s change',
      entry({}, 'current', { resolved: true, resolvedBy: 'dana' }),
      { merged: true, fork: true, mayWrite: () => true },
    ],
    ['of an edited marker', entry({}, 'none', { resolved: true, resolvedBy: 'wes' }), { merged: true }],
    ['merged with the thread open', entry({}, 'current', { resolved: false, resolvedBy: null }), { merged: true }],
  ] as const)('does not count: %s', (_, one, own) => {
    expect(settle(one, own)).toEqual([]);
  });

  it('holds no credential', () => {
    const token = ['ghp', `_${'a1B2'.repeat(9)}`].join('');
    const [[, , reason] = []] = settle(entry({ state: 'ignored', by: 'wes', reason: `The token ${token} is old.` }));
    expect(reason).toContain('is old');
    expect(reason).not.toContain(token);
  });
});

describe('precedents for a finding', () => {
  const list = finding({ ruleId: 'list-without-limit', principle: 'apis/pagination-for-lists', cwe: ['CWE-770'] });

  it('are the newest of its rule or its principle, and a few', () => {
    const all = [
      precedent({ number: 9, rule: 'model-pagination-for-lists', model: true }),
      precedent({ number: 8, rule: 'n-plus-one', principle: 'database/query-optimization' }),
      ...[7, 6, 5, 4, 3, 2].map((number) => precedent({ number })),
    ];
    expect(choosePrecedents(all, list).map((one) => one.number)).toEqual([9, 7, 6, 5, 4]);
    expect(choosePrecedents(all, finding({ ruleId: 'x', principle: 'y/z' }))).toEqual([]);
  });

  it('take no finding about security away: the model’s own are judged without them', () => {
    const owner = {
      principle: 'security/authenticate-and-authorize',
      cwe: [],
      ruleId: 'model-authenticate-and-authorize',
    };
    const said = [precedent({ principle: owner.principle })];
    expect(choosePrecedents(said, { ...owner, source: 'model' })).toEqual([]);
    // What an analyser found stands whatever is said.
    expect(choosePrecedents(said, { ...owner, source: 'rules' })).toHaveLength(1);
    expect(choosePrecedents([precedent()], { ...list, source: 'model' })).toHaveLength(1);
    expect(choosePrecedents([precedent()], { ...list, cwe: ['CWE-639'], source: 'model' })).toEqual([]);
  });

  it.each([
    ['security/never-log-sensitive-data', [], true],
    ['principles/security-first', [], true],
    // A principle of a repository’s own agent.
    ['rules/orders-have-an-owner', ['CWE-639'], true],
    ['apis/pagination-for-lists', ['CWE-770', 'CWE-200'], true],
    ['apis/pagination-for-lists', ['CWE-770'], false],
    ['database/query-optimization', [], false],
  ])('%s %j is about security: %s', (principle, cwe, is) => {
    expect(isSecurity({ principle, cwe })).toBe(is);
  });
});
