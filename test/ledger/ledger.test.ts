import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import { compareWithLedger, type FileStanding } from '../../src/ledger/compare-with-ledger.ts';
import type { SealState, Thread } from '../../src/ledger/conversation.ts';
import { idsOf, rebuildLedger, toRecord } from '../../src/ledger/ledger.ts';
import {
  FINDING_STATES,
  type FindingRecord,
  fitRecord,
  formatFindingMarker,
  formatSummaryMarker,
  hashIdentity,
  parseFindingMarker,
  parseSummaryMarker,
} from '../../src/ledger/marker.ts';
import { renderStatus, stripStatus } from '../../src/render/render-status.ts';
import { COVERAGE, EMPTY_LEDGER, finding, HEAD, plan, READ_ONLY } from '../support/finding.ts';

const hex = (length: number) =>
  fc
    .array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length })
    .map((letters) => letters.join(''));
const record: fc.Arbitrary<FindingRecord> = fc.record({
  id: hex(20),
  also: fc.array(hex(20), { maxLength: 3 }),
  rule: fc.stringMatching(/^[a-z0-9-]{1,20}$/),
  principle: fc.string({ maxLength: 60 }),
  cwe: fc.array(fc.constantFrom('CWE-89', 'CWE-78'), { maxLength: 2 }),
  severity: fc.constantFrom('critical' as const, 'high' as const, 'medium' as const, 'low' as const),
  grade: fc.option(fc.constantFrom('critical', 'high-medium')),
  title: fc.string({ maxLength: 90, unit: 'binary' }),
  path: fc.string({ maxLength: 60, unit: 'binary' }),
  movedTo: fc.option(fc.string({ maxLength: 60, unit: 'binary' })),
  line: fc.integer({ min: 1, max: 100_000 }),
  side: fc.constantFrom('LEFT' as const, 'RIGHT' as const),
  model: fc.boolean(),
  state: fc.constantFrom(...FINDING_STATES),
  at: fc.option(hex(40)),
  by: fc.option(fc.string({ maxLength: 30 })),
  reason: fc.option(fc.string({ maxLength: 100, unit: 'binary' })),
  won: fc.boolean(),
  agent: fc.constantFrom('backend-dev', 'dba'),
  saidBy: fc.option(fc.string({ maxLength: 30 })),
  doubt: fc.option(fc.string({ maxLength: 100, unit: 'binary' })),
});

describe('markers', () => {
  it('round-trip whatever a path, a title or a reason holds, and never end their HTML comment early', () => {
    fc.assert(
      fc.property(record, fc.string(), (value, before) => {
        const marker = formatFindingMarker(value);
        expect(parseFindingMarker(`${before}\n${marker}`)).toEqual(value);
        expect(marker.indexOf('-->')).toBe(marker.length - 3);
        const summary = {
          version: 1 as const,
          head: HEAD,
          unplaced: [value],
          posted: value.also.map((id) => hashIdentity(id, value.path)),
          paused: value.by,
          overrides: [],
          proposed: value.also.length > 0 ? [value.rule] : [],
        };
        expect(parseSummaryMarker(formatSummaryMarker(summary))).toEqual(summary);
      }),
    );
  });

  it('are cut so that they can be read back, whatever a record holds', () => {
    const wild = fc.record({
      rule: fc.stringMatching(/^[a-z0-9-]{1,300}$/),
      principle: fc.string({ maxLength: 600, unit: 'binary' }),
      title: fc.string({ minLength: 150, maxLength: 400, unit: 'binary' }),
      path: fc.string({ maxLength: 300, unit: 'binary' }),
      by: fc.option(fc.string({ maxLength: 200, unit: 'binary' })),
      reason: fc.option(fc.string({ maxLength: 900, unit: 'binary' })),
      agent: fc.string({ maxLength: 200 }),
      saidBy: fc.option(fc.string({ maxLength: 200, unit: 'binary' })),
      doubt: fc.option(fc.string({ maxLength: 900, unit: 'binary' })),
      cwe: fc.array(fc.constantFrom('CWE-89', `CWE-${'9'.repeat(30)}`)),
    });
    fc.assert(
      fc.property(wild, (own) => {
        const value = { ...toRecord(finding(), 'backend-dev'), ...own };
        expect(parseFindingMarker(formatFindingMarker(value))).toEqual(fitRecord(value));
        const { by: paused, reason } = own;
        const overrides = Array.from({ length: 30 }, () => ({
          head: HEAD,
          by: 'wes',
          reason: (reason ?? '').slice(0, 300),
        }));
        const said = { posted: [], paused, overrides, proposed: [] };
        const summary = { version: 1 as const, head: HEAD, unplaced: [value], ...said };
        expect(parseSummaryMarker(formatSummaryMarker(summary))).toMatchObject({ unplaced: [fitRecord(value)] });
      }),
    );
  });

  it('lose what cannot be read and nothing beside it', () => {
    const good = toRecord(finding(), 'backend-dev');
    const marker = formatSummaryMarker({
      version: 1,
      head: HEAD,
      proposed: [],
      unplaced: [good, good],
      posted: [],
      paused: 'wes',
      overrides: [],
    });
    const broken = marker.replace('"severity":"critical"', '"severity":"grave"');
    expect(parseSummaryMarker(broken)).toMatchObject({ unplaced: [good], paused: 'wes' });
  });

  it.each([
    ['a short id', '<!-- backend-dev:finding {"id":"short"} -->'],
    ['no JSON', '<!-- backend-dev:finding x -->'],
    ['no end', '<!-- backend-dev:finding {"id":'],
    ['__proto__', '<!-- backend-dev:finding {"__proto__":{"id":"0123456789abcdef0123"}} -->'],
  ])('with %s is none', (_, text) => {
    expect(parseFindingMarker(text)).toBeNull();
  });

  it('keep a comment’s own words through every change of state', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 5 }), (records) => {
        const body = `🔴 **What is wrong**\n\n<details><summary>Why</summary>\n\nx\n\n</details>\n\n${formatFindingMarker(toRecord(finding(), 'backend-dev'))}`;
        const last = records.reduce((text, one) => renderStatus(text, one, 65_000), body);
        expect(stripStatus(last)).toBe(stripStatus(body));
        expect(parseFindingMarker(last)).toEqual(records.at(-1));
        expect(last.match(/<details>/g)?.length).toBe(last.match(/<\/details>/g)?.length);
      }),
    );
  });
});

let next = 0;
/** A thread of ours that says a finding, or of someone else with a text. */
function thread(
  of: Finding | string,
  own: Partial<Thread> = {},
  state: Partial<FindingRecord> = {},
  seal: SealState = 'current',
): Thread {
  const mine = typeof of !== 'string';
  const id = ++next;
  return {
    id: `T${id}`,
    path: 'src/a.ts',
    side: 'RIGHT',
    startLine: null,
    line: 2,
    resolved: false,
    resolvedBy: null,
    outdated: false,
    onFile: false,
    ...own,
    first: {
      id: `C${id}`,
      databaseId: id,
      body: mine ? `said\n\n${formatFindingMarker({ ...toRecord(of, 'backend-dev'), ...state })}` : of,
      mine,
      seal: mine ? seal : 'none',
      author: mine ? 'backend-dev' : 'ann',
      bot: mine,
      url: `https://x/${id}`,
    },
  };
}

const ledgerOf = (...threads: Thread[]) =>
  rebuildLedger({ threads, reviews: [], commits: [], messages: [], unread: [] });

function compare(
  threads: Thread[],
  findings: Finding[],
  own: Partial<Parameters<typeof compareWithLedger>[0]> = {},
): { fresh: number; states: string[] } {
  const { fresh, entries } = compareWithLedger({
    agent: 'backend-dev',
    ledger: ledgerOf(...threads),
    findings,
    standingOf: () => 'looked',
    renames: new Map(),
    modelComplete: true,
    head: HEAD,
    ...own,
  });
  return {
    fresh: fresh.length,
    states: entries.map(({ record: { state }, changed }) => `${state}${changed ? '!' : ''}`),
  };
}

describe('the ledger', () => {
  it.each(['current', 'none'] as const)(
    'keeps each flaw of a comment on several, when the first is gone (seal: %s)',
    (seal) => {
      const [gone, one, two] = ['a', 'b', 'c'].map((letter) => finding({ fingerprint: letter.repeat(20) }));
      if (!gone || !one || !two) throw new Error('three');
      const said = thread(gone, {}, { also: [one.fingerprint, two.fingerprint] }, seal);
      const { fresh, entries } = compareWithLedger({
        agent: 'backend-dev',
        ledger: ledgerOf(said),
        findings: [one, two],
        standingOf: () => 'looked',
        renames: new Map(),
        modelComplete: true,
        head: HEAD,
      });
      expect(fresh).toEqual([]);
      expect(idsOf(entries[0]?.record ?? { id: '', also: [] })).toEqual(
        expect.arrayContaining([one.fingerprint, two.fingerprint]),
      );
    },
  );

  it('takes a comment on several for as bad as the worst that is left', () => {
    const names = ['a', 'b', 'c'].map((letter) => letter.repeat(20));
    const [gone, calm, bad] = names.map((fingerprint) => finding({ fingerprint }));
    if (!gone || !calm || !bad) throw new Error('three');
    const found = [
      { ...calm, severity: 'medium' as const },
      { ...bad, severity: 'critical' as const },
    ];
    const made = plan(found, { ledger: ledgerOf(thread(gone, {}, { also: names.slice(1) })) });
    expect(made.check.conclusion).toBe('failure');
  });

  describe('what a line of the code disproves', () => {
    const said = { ...finding({ source: 'model' }), path: 'src/a.ts' };
    const disproved = [{ path: 'src/a.ts', id: said.fingerprint, reason: 'Line 9 checks the owner.' }];
    const states = (of: FindingRecord | Partial<FindingRecord> = {}, found: Finding[] = []) =>
      compare([thread(said, {}, of)], found, { disproved, modelComplete: false, standingOf: () => 'carried' }).states;

    it('is taken back with the reason, though its lines are as they were', () => {
      expect(states()).toEqual(['fixed!']);
      const { entries } = compareWithLedger({
        agent: 'backend-dev',
        ledger: ledgerOf(thread(said)),
        findings: [],
        disproved,
        standingOf: () => 'looked',
        renames: new Map(),
        modelComplete: true,
        head: HEAD,
      });
      const [{ record, thread: own } = {}] = entries;
      if (!record || !own) throw new Error('one');
      const body = renderStatus(own.first.body, record, 65_000);
      expect(body).toContain(`**Does not hold in ${HEAD.slice(0, 7)}**, by another look: Line 9 checks the owner.`);
      expect(body).toContain('What was said');
    });

    it.each<[string, Partial<FindingRecord>, Finding[]]>([
      ['it was proven', { model: false }, []],
      ['another agent said it', { agent: 'dba' }, []],
      ['the comment says more than was tried', { also: ['b'.repeat(20)] }, []],
      ['it is found again', {}, [said]],
    ])('stays where %s', (_, of, found) => {
      expect(states(of, found)).toEqual([expect.stringContaining('open')]);
    });
  });

  describe('what was ignored', () => {
    it('gives its name to nothing worse, in another file neither', () => {
      const calm = finding({ severity: 'medium', grade: 'medium-high', path: 'src/old.ts' });
      const worse = finding({ severity: 'critical', grade: 'critical-high', path: 'src/new.ts' });
      const { fresh } = compareWithLedger({
        agent: 'backend-dev',
        ledger: ledgerOf(thread(calm, { path: 'src/old.ts', resolved: true }, { state: 'ignored', by: 'wes' })),
        findings: [worse],
        standingOf: (path) => (path === 'src/old.ts' ? 'gone' : 'looked'),
        renames: new Map(),
        modelComplete: true,
        head: HEAD,
      });
      expect(fresh.map((one) => one.severity)).toEqual(['critical']);
      expect(fresh[0]?.fingerprint).not.toBe(calm.fingerprint);
    });

    const calm = finding({ severity: 'high', confidence: 'medium', grade: 'high-medium' });
    const worse = finding({ severity: 'critical', confidence: 'high', grade: 'critical-high' });
    const ignored = (own: Partial<FindingRecord> = {}) =>
      thread(calm, { resolved: true }, { state: 'ignored', by: 'wes', ...own });

    it.each([
      { what: 'as it was', now: calm, own: {}, said: 0 },
      { what: 'less bad', now: finding({ severity: 'low', grade: 'low-high' }), own: {}, said: 0 },
      { what: 'more severe', now: worse, own: {}, said: 1 },
      { what: 'as severe and surer', now: finding({ severity: 'high', grade: 'high-high' }), own: {}, said: 1 },
      { what: 'more severe by the config alone', now: { ...calm, severity: 'critical' as const }, own: {}, said: 0 },
      { what: 'of an old marker, as it was', now: calm, own: { grade: null }, said: 0 },
      { what: 'of an old marker, more severe', now: worse, own: { grade: null }, said: 1 },
      { what: 'by the config', now: worse, own: { by: '.github/backend-dev.yml' }, said: 0 },
    ])('covers that and nothing worse: $what', ({ now, own, said }) => {
      const off = own.by !== undefined;
      const made = plan([now], { ledger: ledgerOf(ignored(own)), policyOf: () => ({ off, reason: null }) });
      expect(made.review?.comments.length ?? 0).toBe(said);
      expect(made.check.conclusion).toBe(
        said === 1 ? (now.severity === 'critical' ? 'failure' : 'neutral') : 'success',
      );
    });

    it('stays ignored beside the worse finding, which is known by a name of its own from then on', () => {
      const first = plan([worse], { ledger: ledgerOf(ignored()) });
      const [comment] = first.review?.comments ?? [];
      expect([comment?.fingerprint === worse.fingerprint, first.edits]).toEqual([false, []]);
      const other = thread(worse, {}, { id: comment?.fingerprint ?? '' });
      const states = (now: Finding[]) => compare([ignored(), other], now);
      expect(states([worse])).toEqual({ fresh: 0, states: ['ignored', 'open'] });
      expect(states([calm])).toEqual({ fresh: 0, states: ['ignored', 'fixed!'] });
      // Ignored in its turn, it is said no more.
      const both = [ignored(), thread(worse, {}, { id: comment?.fingerprint ?? '', state: 'ignored', by: 'wes' })];
      expect(compare(both, [worse])).toEqual({ fresh: 0, states: ['ignored', 'ignored'] });
    });

    it('is not what became worse between the word of a person and the review that writes it', () => {
      const ledger = ledgerOf(thread(calm));
      const ignore = { kind: 'ignore' as const, path: 'src/a.ts', id: calm.fingerprint, by: 'wes', reason: null };
      expect(plan([worse], { ledger, amendments: [ignore] }).check.conclusion).toBe('failure');
      expect(plan([calm], { ledger, amendments: [ignore] }).check.conclusion).toBe('success');
    });
  });

  it('says in the summary what it found where the conversation was not read whole, and is not green', () => {
    const ledger = { ...EMPTY_LEDGER, unread: ['review threads'] };
    const made = plan([finding()], { ledger });
    expect([made.review, made.check.conclusion]).toEqual([null, 'failure']);
    expect(made.check.summary).toContain('more review threads than the App reads');
    expect(made.check.annotations).toHaveLength(1);
    expect(plan([], { ledger }).check.conclusion).toBe('neutral');
  });

  const model = (own: Partial<Finding> = {}) =>
    finding({ source: 'model', ruleId: 'model-x', fingerprint: '9'.repeat(20), ...own });
  const standing = (value: FileStanding) => () => value;
  it.each([
    { what: 'says what is new', threads: [], findings: [finding()], own: {}, gives: { fresh: 1, states: [] } },
    {
      what: 'is silent about what still stands',
      threads: [thread(finding())],
      findings: [finding({ startLine: 40 })],
      own: {},
      gives: { fresh: 0, states: ['open'] },
    },
    {
      what: 'marks what is gone as fixed',
      threads: [thread(finding())],
      findings: [],
      own: {},
      gives: { fresh: 0, states: ['fixed!'] },
    },
    {
      what: 'does not take "not looked at" for "fixed"',
      threads: [thread(finding())],
      findings: [],
      own: { standingOf: standing('carried') },
      gives: { fresh: 0, states: ['open'] },
    },
    {
      what: 'does not take "could not be read" for "fixed"',
      threads: [thread(finding())],
      findings: [],
      own: { standingOf: standing('unsure') },
      gives: { fresh: 0, states: ['open'] },
    },
    {
      what: 'does not take another agent’s silence for "fixed"',
      threads: [thread(finding(), {}, { agent: 'dba' })],
      findings: [],
      own: {},
      gives: { fresh: 0, states: ['open'] },
    },
    {
      what: 'does not say again what another agent said',
      threads: [thread(finding(), {}, { agent: 'dba' })],
      findings: [finding()],
      own: {},
      gives: { fresh: 0, states: ['open'] },
    },
    {
      what: 'takes another agent’s finding for fixed when its file left the change',
      threads: [thread(finding(), {}, { agent: 'dba' })],
      findings: [],
      own: { standingOf: standing('gone') },
      gives: { fresh: 0, states: ['fixed!'] },
    },
    {
      what: 'takes a file that left the change for fixed',
      threads: [thread(finding())],
      findings: [],
      own: { standingOf: standing('gone') },
      gives: { fresh: 0, states: ['fixed!'] },
    },
    {
      what: 're-opens what comes back',
      threads: [thread(finding(), {}, { state: 'fixed' })],
      findings: [finding()],
      own: {},
      gives: { fresh: 0, states: ['regressed!'] },
    },
    {
      what: 'keeps what was ignored, found or not',
      threads: [thread(finding(), {}, { state: 'ignored' })],
      findings: [],
      own: {},
      gives: { fresh: 0, states: ['ignored'] },
    },
    {
      what: 'keeps what was ignored silent',
      threads: [thread(finding(), {}, { state: 'ignored' })],
      findings: [finding()],
      own: {},
      gives: { fresh: 0, states: ['ignored'] },
    },
    {
      what: 'remembers where code went: its file is not looked at, so nothing is fixed',
      threads: [thread(finding(), {}, { movedTo: 'src/b.ts' })],
      findings: [],
      own: { standingOf: (path: string): FileStanding => (path === 'src/b.ts' ? 'carried' : 'gone') },
      gives: { fresh: 0, states: ['open'] },
    },
    {
      what: 'follows a rename',
      threads: [thread(finding())],
      findings: [finding({ path: 'src/b.ts' })],
      own: { renames: new Map([['src/b.ts', 'src/a.ts']]) },
      gives: { fresh: 0, states: ['open!'] },
    },
    {
      what: 'tells equal code in two files apart',
      threads: [thread(finding())],
      findings: [finding(), finding({ path: 'src/b.ts' })],
      own: {},
      gives: { fresh: 1, states: ['open'] },
    },
    {
      what: 'follows code to the file that replaced its own',
      threads: [thread(finding())],
      findings: [finding({ path: 'src/b.ts' })],
      own: { standingOf: (path: string): FileStanding => (path === 'src/b.ts' ? 'looked' : 'gone') },
      gives: { fresh: 0, states: ['open!'] },
    },
    {
      what: 'knows the model’s other words for the same lines',
      threads: [thread(model())],
      findings: [model({ fingerprint: '8'.repeat(20), title: 'Said otherwise', startLine: 3, endLine: 3 })],
      own: {},
      gives: { fresh: 0, states: ['open'] },
    },
    {
      what: 'does not believe the model’s silence about unchanged lines',
      threads: [thread(model())],
      findings: [],
      own: {},
      gives: { fresh: 0, states: ['open'] },
    },
    {
      what: 'believes it where the lines changed',
      threads: [thread(model(), { line: null, outdated: true })],
      findings: [],
      own: {},
      gives: { fresh: 0, states: ['fixed!'] },
    },
    {
      what: 'believes it where the comment is on the file, which has no lines',
      threads: [thread(model(), { line: null, onFile: true })],
      findings: [],
      own: {},
      gives: { fresh: 0, states: ['fixed!'] },
    },
    {
      what: 'knows the model’s other words for lines of a comment on the file',
      threads: [thread(model(), { line: null, onFile: true })],
      findings: [model({ fingerprint: '8'.repeat(20), title: 'Said otherwise' })],
      own: {},
      gives: { fresh: 0, states: ['open'] },
    },
    {
      what: 'but not when the model did not finish',
      threads: [thread(model(), { line: null, outdated: true })],
      findings: [],
      own: { modelComplete: false },
      gives: { fresh: 0, states: ['open'] },
    },
    {
      what: 'leaves to others what they said',
      threads: [thread('an SQL injection')],
      findings: [finding()],
      own: {},
      gives: { fresh: 0, states: [] },
    },
    {
      what: 'says it when others spoke of something else',
      threads: [thread('rename this')],
      findings: [finding()],
      own: {},
      gives: { fresh: 1, states: [] },
    },
    {
      what: 'says it when others spoke of other lines',
      threads: [thread('an SQL injection', { line: 9 })],
      findings: [finding()],
      own: {},
      gives: { fresh: 1, states: [] },
    },
    {
      what: 'keeps a comment open while one of its places stands',
      threads: [thread(finding(), {}, { also: ['7'.repeat(20)] })],
      findings: [finding({ fingerprint: '7'.repeat(20) })],
      own: {},
      gives: { fresh: 0, states: ['open'] },
    },
  ])('$what', ({ threads, findings, own, gives }) => {
    expect(compare(threads, findings, own)).toEqual(gives);
  });

  it('is read from our own comments alone: a copied marker is a stranger’s text', () => {
    const copied = thread(
      `mine now ${formatFindingMarker({ ...toRecord(finding(), 'backend-dev'), state: 'ignored' })}`,
    );
    expect(ledgerOf(copied).entries).toEqual([]);
  });

  it('remembers what stands in the summary only, through the summary', () => {
    const far = finding();
    const first = plan([far], { maxComments: 0 });
    const body = first.review?.body ?? '';
    const ledger = rebuildLedger({
      threads: [],
      reviews: [{ id: 'R', body, seal: 'current', url: 'https://x/r' }],
      commits: [],
      messages: [],
      unread: [],
    });
    expect(ledger.entries).toMatchObject([{ record: { id: far.fingerprint, state: 'open' }, thread: null }]);
    const again = plan([far], { ledger });
    expect(again.review).toBeNull();
    expect(again.summary?.reviewId).toBe('R');
    expect(again.check.annotations).toHaveLength(1);
    expect(plan([], { ledger }).summary?.body).toContain('1 fixed');
  });

  it('says a doubt of the model beside a finding that was said before, in its comment and in the summary', () => {
    const ledger = ledgerOf(thread(finding()));
    const doubted = finding({ doubt: 'line 3 checks it' });
    const complete = { ...COVERAGE, model: { ...COVERAGE.model, status: 'complete' as const } };
    const { edits, review, check } = plan([doubted], { ledger, coverage: complete });
    expect(edits.map((one) => one.body)).toEqual([expect.stringContaining('**Claude doubts this:** line 3 checks it')]);
    expect(review?.body).toContain('(Claude doubts this: line 3 checks it)');
    expect(check.conclusion).toBe('failure');
    // Without a look of the model the doubt that was said stays.
    const record = parseFindingMarker(edits[0]?.body ?? '');
    const later = plan([finding()], { ledger: ledgerOf(thread(finding(), {}, record ?? {})) });
    expect([later.edits, later.review?.body]).toEqual([[], expect.stringContaining('Claude doubts this')]);
  });

  it.each([
    { what: 'left out', state: {}, off: true, gives: ['ignored', '.github/backend-dev.yml', 'resolved'] },
    {
      what: 'wanted again',
      state: { state: 'ignored' as const, by: '.github/backend-dev.yml' },
      off: false,
      gives: ['open', null, 'opened'],
    },
    {
      what: 'ignored by a person',
      state: { state: 'ignored' as const, by: 'wes' },
      off: false,
      gives: [undefined, undefined, 'left'],
    },
  ])('follows the config: what is $what', ({ state, off, gives }) => {
    const said = thread(finding(), { resolved: Object.keys(state).length > 0 }, state);
    const { edits, resolve, unresolve } = plan([finding()], {
      ledger: { ...EMPTY_LEDGER, entries: ledgerOf(said).entries },
      policyOf: (_, path) => ({ off: off && path === 'src/a.ts', reason: null }),
    });
    const record = parseFindingMarker(edits[0]?.body ?? '');
    const done = resolve.includes(said.id) ? 'resolved' : unresolve.includes(said.id) ? 'opened' : 'left';
    expect([record?.state, record?.by, done]).toEqual(gives);
  });

  it('takes over how much a finding matters by now', () => {
    const ledger = { ...EMPTY_LEDGER, entries: ledgerOf(thread(finding({ severity: 'critical' }))).entries };
    const { edits, check } = plan([finding({ severity: 'low' })], { ledger });
    expect([parseFindingMarker(edits[0]?.body ?? '')?.severity, check.conclusion]).toEqual(['low', 'neutral']);
  });

  it('plans the writes: comments that changed, threads to close and to open', () => {
    const threads = [
      thread(finding({ fingerprint: '1'.repeat(20) })),
      thread(finding({ fingerprint: '2'.repeat(20) }), { resolved: true }, { state: 'fixed' }),
      thread(finding({ fingerprint: '3'.repeat(20) })),
    ];
    const ledger = { ...EMPTY_LEDGER, entries: ledgerOf(...threads).entries };
    const findings = ['2', '3'].map((digit) => finding({ fingerprint: digit.repeat(20) }));
    const [one, two, three] = threads;
    expect(
      plan(findings, {
        ledger,
        amendments: [{ kind: 'ignore', path: 'src/a.ts', id: '3'.repeat(20), by: 'wes', reason: 'no' }],
      }),
    ).toMatchObject({
      edits: [one, two, three].map((entry) => ({ commentId: entry?.first.id })),
      resolve: [one?.id, three?.id],
      unresolve: [two?.id],
    });
    const may = plan(findings, { ledger, forge: READ_ONLY });
    expect([may.resolve, may.unresolve]).toEqual([[], []]);
    expect(may.edits[0]?.body).toContain(`**Fixed in ${HEAD.slice(0, 7)}.**`);
  });
});
