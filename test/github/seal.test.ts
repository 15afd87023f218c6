import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSeal } from '../../src/github/seal.ts';
import type { SealState } from '../../src/ledger/conversation.ts';
import { rebuildLedger } from '../../src/ledger/ledger.ts';
import { formatSummaryMarker, parseFindingMarker } from '../../src/ledger/marker.ts';
import type { ReviewPlan } from '../../src/plan/plan.ts';
import { finding, HEAD, plan } from '../support/finding.ts';

const makeKey = (): string =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'pem', type: 'pkcs1' }).toString();
const [OLD, NEW] = [makeKey(), makeKey()];
const seal = createSeal([OLD]);
const HERE = { repositoryId: 7, number: 1 };
const said = (by = seal, at = HERE): string =>
  by.signPlan(plan([finding()]), at).review?.comments[0]?.body ?? 'no comment';

describe('a signed marker', () => {
  it('is read as before, and holds as it was written', () => {
    expect(parseFindingMarker(said())?.id).toBe(finding().fingerprint);
    expect(said()).toMatch(/ sig=[\w-]{22} -->$/);
    expect(seal.check('finding', said(), HERE)).toBe('current');
    const posted = seal.signPlan(plan([finding()]), HERE);
    expect(seal.check('summary', posted.review?.body ?? '', HERE)).toBe('current');
    // Signing again what is signed changes nothing: a plan is sent again after a crash.
    expect(seal.signPlan(posted, HERE)).toEqual(posted);
  });

  it.each<{ what: string; body: () => string; at?: typeof HERE }>([
    { what: 'an edit of its state', body: () => said().replace('"state":"open"', '"state":"ignored"') },
    { what: 'its signature taken away', body: () => said().replace(/ sig=[\w-]+/, '') },
    { what: 'another signature', body: () => said().replace(/sig=[\w-]+/, `sig=${'A'.repeat(22)}`) },
    { what: 'a shorter signature', body: () => said().replace(/(sig=[\w-]{4})[\w-]+/, '$1') },
    { what: 'an empty signature', body: () => said().replace(/sig=[\w-]+/, 'sig=') },
    { what: 'a second marker behind it', body: () => `${said()}\n${said().replace(/ sig=[\w-]+/, '')}` },
    { what: 'another pull request', body: () => said(), at: { ...HERE, number: 2 } },
    { what: 'another repository', body: () => said(), at: { ...HERE, repositoryId: 8 } },
    { what: 'another kind', body: () => said().replace('backend-dev:finding', 'backend-dev:summary') },
    { what: 'a key of somebody else', body: () => said(createSeal([NEW])) },
    { what: 'no marker', body: () => 'hello' },
  ])('does not hold with $what', ({ what, body, at = HERE }) => {
    expect(seal.check(what === 'another kind' ? 'summary' : 'finding', body(), at)).toBe('none');
  });

  it('holds after a change of keys as long as the earlier one is given, whatever the form of its PEM', () => {
    expect(createSeal([NEW, OLD]).check('finding', said(), HERE)).toBe('earlier');
    expect(createSeal([NEW]).check('finding', said(), HERE)).toBe('none');
    expect(createSeal([`\n${OLD.replaceAll('\n', '\r\n')}\n`]).check('finding', said(), HERE)).toBe('current');
    expect(() => createSeal(['-----BEGIN PRIVATE KEY-----'])).toThrow(/private key cannot be read/);
  });

  it('fits into a body that is as long as bodies get', () => {
    const long = plan([finding()], { notes: ['x'.repeat(80_000)] });
    const { review } = seal.signPlan(long, HERE);
    expect(review?.body.length).toBeLessThanOrEqual(65_536);
    expect(seal.check('summary', review?.body ?? '', HERE)).toBe('current');
  });
});

describe('the ledger', () => {
  const thread = (body: string, state: SealState, path = 'src/a.ts') => ({
    id: 'T1',
    path,
    side: 'RIGHT' as const,
    startLine: null,
    line: 2,
    resolved: true,
    resolvedBy: null,
    outdated: false,
    onFile: false,
    first: {
      id: 'C1',
      databaseId: 1,
      body,
      mine: true,
      seal: state,
      author: 'b',
      bot: true,
      url: 'https://x/1',
    },
  });
  const ignored = (state: SealState, path?: string) =>
    rebuildLedger({
      threads: [thread(said().replace('"state":"open"', '"state":"ignored","by":"mallory"'), state, path)],
      reviews: [],
      commits: [],
      messages: [],
      unread: [],
    });
  const edits = ({ edits: list }: ReviewPlan) => list.map(({ body }) => parseFindingMarker(body)?.state);

  it('believes what is signed, and of anything else only which finding it is about', () => {
    for (const state of ['current', 'earlier'] as const) {
      const { check } = plan([finding()], { ledger: ignored(state) });
      expect([state, check.conclusion]).toEqual([state, 'success']);
    }
    for (const state of ['none', 'off'] as const) {
      const made = plan([finding()], { ledger: ignored(state) });
      expect([state, made.check.conclusion, made.review?.comments]).toEqual([state, 'failure', []]);
      // It is written again as it is, and its thread is opened.
      expect([edits(made), made.unresolve]).toEqual([['open'], ['T1']]);
      expect(made.edits[0]?.body).not.toContain('mallory');
    }
  });

  it('signs anew what an earlier key signed, and says so of what somebody edited', () => {
    expect(edits(plan([finding()], { ledger: ignored('earlier') }))).toEqual(['ignored']);
    expect(edits(plan([finding()], { ledger: ignored('current') }))).toEqual([]);
    expect(plan([finding()], { ledger: ignored('none') }).review?.body).toContain(
      '1 comment of this review was edited',
    );
    expect(plan([finding()], { ledger: ignored('off') }).review?.body).not.toContain('edited by hand');
  });

  it('does not believe a signed marker that was carried to another file of the pull request', () => {
    expect(ignored('current', 'src/b.ts').entries[0]?.record).toMatchObject({
      path: 'src/b.ts',
      state: 'open',
      by: null,
    });
  });

  it('does not let an edited marker speak for findings that its comment never said', () => {
    const other = finding({ ruleId: 'command-injection', fingerprint: 'f'.repeat(20), startLine: 2, title: 'Other' });
    const body = said().replace('"rule"', `"also":["${'f'.repeat(20)}"],"title":"harmless","rule"`);
    const ledger = rebuildLedger({
      threads: [thread(body, 'none')],
      reviews: [],
      commits: [],
      messages: [],
      unread: [],
    });
    const made = plan([finding({ title: 'As it is' }), other], { ledger });
    expect(made.review?.comments.map((one) => one.fingerprint)).toEqual(['f'.repeat(20)]);
    expect(parseFindingMarker(made.edits[0]?.body ?? '')).toMatchObject({ title: 'As it is', also: [] });
  });

  it('keeps the pause and the overrides of a summary that is signed, and no other’s', () => {
    const override = { head: HEAD, by: 'mallory', reason: 'x' };
    const body = formatSummaryMarker({
      version: 1,
      head: HEAD,
      unplaced: [],
      posted: [],
      proposed: [],
      paused: 'mallory',
      overrides: [override],
    });
    const read = (state: SealState) =>
      rebuildLedger({
        threads: [],
        reviews: [{ id: 'R', body, seal: state, url: 'https://x/r' }],
        commits: [],
        messages: [],
        unread: [],
      });
    expect(read('current').summary?.record).toMatchObject({ paused: 'mallory', overrides: [override] });
    expect(read('none').summary?.record).toMatchObject({ paused: null, overrides: [] });
    expect(plan([finding()], { ledger: read('none') }).check.conclusion).toBe('failure');
    // Broken beyond reading it is still the summary: there is no second one.
    const broken = `<!-- backend-dev:summary {"version":1 -->\n<!-- backend-dev:review run=11111111-2222-4333-8444-555555555555 head=${HEAD} -->`;
    const ledger = rebuildLedger({
      threads: [],
      reviews: [{ id: 'R', body: broken, seal: 'none', url: 'https://x/r' }],
      commits: [],
      messages: [],
      unread: [],
    });
    expect(plan([], { ledger })).toMatchObject({ review: null, summary: { reviewId: 'R' } });
  });
});
