import { expect, it } from 'vitest';
import { explainModel } from '../../../src/report/format/explain-model.ts';
import { type ModelCoverage, NO_USAGE } from '../../../src/scope/coverage.ts';

const COVERAGE: ModelCoverage = {
  status: 'complete',
  reason: null,
  usage: NO_USAGE,
  stages: [
    {
      stage: 'review',
      model: 'claude-sonnet-5-5',
      requests: 4,
      usage: { ...NO_USAGE, inputTokens: 900, cacheReadTokens: 7000, outputTokens: 300, costUsd: 0.01 },
    },
    { stage: 'refute', model: null, requests: 1, usage: NO_USAGE },
  ],
  steps: [
    {
      stage: 'refute',
      path: 'src/a.ts',
      line: 3,
      title: 'A retry charges twice',
      votes: 2,
      outcome: 'kept',
      reason: 'Line 3 has no key.',
    },
    {
      stage: 'refute',
      path: 'src/b.ts',
      line: 7,
      title: 'No limit',
      votes: 1,
      outcome: 'refuted',
      reason: 'router.ts\nline 4 has one.',
    },
    {
      stage: 'review',
      path: 'src/c.ts',
      line: null,
      title: 'Invented',
      votes: 1,
      outcome: 'dropped',
      reason: 'its quote is not in the file',
    },
  ],
  dropped: { 'disproved by a second reader': 1, 'its quote is not in the file': 1 },
};

it('shows the stages and what they cost, votes, refutations, and what was dropped, each with its reason', () => {
  expect(explainModel(COVERAGE)).toEqual([
    'Stages:',
    '  review (claude-sonnet-5-5): 4 requests, 900 tokens read, 7000 from the cache, 300 written, $0.0100',
    '  refute: 1 request, 0 tokens read, 0 from the cache, 0 written, $0.0000',
    'What was said:',
    '  kept (refute, 2 votes): src/a.ts:3 A retry charges twice. Line 3 has no key.',
    '  refuted (refute, 1 vote): src/b.ts:7 No limit. router.ts line 4 has one.',
    '  dropped (review, 1 vote): src/c.ts Invented. its quote is not in the file',
    '  1 dropped: disproved by a second reader',
    '  1 dropped: its quote is not in the file',
  ]);
});

it('says that nothing was asked, or that the model was off', () => {
  expect(explainModel({ ...COVERAGE, stages: [], steps: [], dropped: {} })).toEqual(['Stages:', '  nothing was asked']);
  expect(explainModel({ ...COVERAGE, status: 'off' })).toEqual(['The model was off, so there is nothing to explain.']);
});
