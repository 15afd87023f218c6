import { expect, it } from 'vitest';
import type { ChangedFile } from '../../src/change/change.ts';
import { describeScope } from '../../src/render/describe-scope.ts';
import { decideScope, hashChange, listCarried, type Reviewed } from '../../src/scope/scope.ts';
import { HUNKS } from '../support/finding.ts';

const LAST: Reviewed = {
  agent: 'backend-dev',
  head: 'h1',
  base: 'b1',
  baseRef: 'main',
  key: 'k',
  complete: true,
  checkRunId: 'CR_1',
  files: {},
};
const NOW = {
  last: LAST,
  base: 'b1',
  head: 'h2',
  key: 'k',
  commits: ['h0', 'h1', 'h2'],
  deleted: false,
  unproven: false,
  full: false,
};

it.each([
  { what: 'an ordinary push', own: {}, kind: 'changed', reason: 'PUSHED', said: 'reviewed what changed since h1' },
  {
    what: 'the same head',
    own: { head: 'h1', commits: [] },
    kind: 'changed',
    reason: 'SAME_HEAD',
    said: 'nothing changed since h1',
  },
  { what: 'no review before', own: { last: null }, kind: 'all', reason: 'FIRST_REVIEW', said: '' },
  { what: 'another base', own: { base: 'b2' }, kind: 'all', reason: 'BASE_CHANGED', said: 'the base changed' },
  { what: 'a deleted comment', own: { deleted: true }, kind: 'all', reason: 'COMMENT_DELETED', said: 'was deleted' },
  {
    what: 'an edited comment',
    own: { unproven: true },
    kind: 'all',
    reason: 'COMMENT_UNPROVEN',
    said: 'edited or is not signed',
  },
  { what: 'other settings', own: { key: 'l' }, kind: 'all', reason: 'SETTINGS_CHANGED', said: 'config, agent' },
  {
    what: 'a review that was not complete',
    own: { last: { ...LAST, complete: false } },
    kind: 'all',
    reason: 'LAST_INCOMPLETE',
    said: 'not complete',
  },
  {
    what: 'a force-push',
    own: { commits: ['h2'] },
    kind: 'all',
    reason: 'HISTORY_REWRITTEN',
    said: 'not part of this branch',
  },
  { what: 'being asked', own: { full: true }, kind: 'all', reason: 'AS_ASKED', said: 'as asked' },
])('after $what reviews: $kind', ({ own, kind, reason, said }) => {
  const scope = decideScope({ ...NOW, ...own });
  expect(scope).toMatchObject({ kind, reason });
  expect(describeScope(scope) ?? '').toContain(said);
});

it('carries only files whose blob and diff are what they were', () => {
  const file = (own: Partial<ChangedFile> = {}): ChangedFile => ({
    path: 'a.ts',
    previousPath: null,
    status: 'modified',
    hunks: HUNKS,
    binary: false,
    blob: 'x',
    ...own,
  });
  const coverage = { path: 'a.ts', status: 'reviewed' as const, reasonCode: null, detail: null, analysers: ['rules'] };
  const last = { ...LAST, files: { 'a.ts': { hash: hashChange(file()), coverage } } };
  const carried = (one: ChangedFile) => listCarried(decideScope({ ...NOW, last }), last, [one]).length;
  expect(carried(file())).toBe(1);
  expect(carried(file({ blob: 'y' }))).toBe(0);
  expect(carried(file({ blob: null }))).toBe(0);
  expect(carried(file({ hunks: [] }))).toBe(0);
  expect(carried(file({ path: 'b.ts' }))).toBe(0);
  expect(listCarried({ kind: 'all', reason: 'FIRST_REVIEW', since: null }, last, [file()])).toEqual([]);
});
