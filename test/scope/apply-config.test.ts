import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../src/config/repository-config.ts';
import { decidePolicy } from '../../src/scope/apply-config.ts';
import { makePullRequest } from '../support/pull-request.ts';

const headRef = 'gh-readonly-queue/main/pr-1';

describe('the merge queue', () => {
  it('is GitHub’s: whoever calls a branch so is reviewed like anyone', () => {
    expect(decidePolicy(makePullRequest({ headRef, fork: true }), DEFAULT_CONFIG, null)).toBeNull();
    expect(decidePolicy(makePullRequest({ headRef }), DEFAULT_CONFIG, null)).toBeNull();
    const bots = { ...DEFAULT_CONFIG, bots: true };
    expect(decidePolicy(makePullRequest({ headRef, byBot: true, fork: true }), bots, null)).toBeNull();
    expect(decidePolicy(makePullRequest({ headRef, byBot: true }), bots, null)).toEqual({ code: 'MERGE_QUEUE' });
  });
});
