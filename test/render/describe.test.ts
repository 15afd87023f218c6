import { expect, it } from 'vitest';
import { describeConfigChange, describeUnmatched } from '../../src/render/describe-config.ts';
import { describeReason } from '../../src/render/describe-reason.ts';
import { describeRefusal } from '../../src/render/describe-refusal.ts';
import { describeUnplaced } from '../../src/render/describe-unplaced.ts';
import { renderVerdict } from '../../src/render/render-summary.ts';
import type { Refusal } from '../../src/scope/apply-config.ts';
import { type FileCoverage, NO_USAGE } from '../../src/scope/coverage.ts';
import { because, REASON_CODES } from '../../src/scope/reasons.ts';

it('has words for each reason, and what happened in their place', () => {
  for (const code of REASON_CODES) expect(describeReason(because(code))).toMatch(/^[a-z]|^Git LFS/);
  expect(describeReason(because('ANALYSIS_INCOMPLETE', 'rules: stopped after 20 s'))).toBe('rules: stopped after 20 s');
  expect(describeReason({ reasonCode: null, detail: null })).toBeNull();
});

it.each(['OF_ANOTHER_VERSION', 'toString', '__proto__'])('has none for the code %s, which it does not know', (code) =>
  expect(describeReason({ reasonCode: code, detail: null })).toBeNull(),
);

it.each<[Refusal, string]>([
  [{ code: 'SWITCHED_OFF' }, 'switched off in .github/backend-dev.yml'],
  [{ code: 'PAUSED', by: 'wes' }, 'paused by wes'],
  [{ code: 'MERGE_QUEUE' }, 'merge queue'],
  [{ code: 'SKIP_LABEL', label: 'wip' }, 'label wip'],
  [{ code: 'OTHER_BASE', branch: 'next' }, 'base branch next is not among base_branches'],
  [{ code: 'DRAFT' }, 'draft'],
  [{ code: 'BY_BOT' }, 'opened by a bot'],
])('says why a pull request is not reviewed: %j', (refusal, said) => expect(describeRefusal(refusal)).toBe(said));

it('says why a finding has no comment', () => {
  expect(describeUnplaced({ code: 'TOO_MANY_COMMENTS', most: 25 })).toBe('over 25 comments');
  expect(describeUnplaced({ code: 'NOT_IN_DIFF' })).toBe('not on a line of the diff');
});

it('says what a change makes of the config, and shows names and values as code', () => {
  const settings = [{ name: 'fail_at', before: '"high"', after: null }];
  expect(describeConfigChange({ kind: 'altered', settings })).toBe(
    'This change alters `.github/backend-dev.yml`: `fail_at` `"high"` → `unset`. It takes effect after the merge.',
  );
  expect(describeConfigChange({ kind: 'altered', settings: [] })).toContain('nothing of its effect');
  expect(describeConfigChange({ kind: 'broken', problems: ['line 1: <b>'] })).not.toContain(' <b>');
  expect([describeConfigChange(null), describeUnmatched(0)]).toEqual([null, null]);
});

it.each([
  [['TEST_CODE'], 'No findings · 1 file searched for credentials only · model off'],
  [['TEST_CODE', 'TEST_CODE'], 'No findings · 2 files searched for credentials only · model off'],
  [[null, 'TEST_CODE'], 'No findings · 1 of 1 backend file reviewed, 1 searched for credentials only · model off'],
])('says what it counts: %j', (codes, said) => {
  const files = codes.map(
    (reasonCode, index): FileCoverage => ({
      path: `${index}.go`,
      status: 'reviewed',
      reasonCode,
      detail: null,
      analysers: [],
    }),
  );
  const coverage = { files, unlisted: 0, model: { status: 'off' as const, reason: null, usage: NO_USAGE } };
  expect(renderVerdict([], coverage)).toBe(said);
});
