import type { PullRequest } from '../../src/change/pull-request.ts';
import { maskText } from '../../src/secrets/mask-text.ts';

/** An open pull request of a person, for tests that are about something else. */
export function makePullRequest(own: Partial<PullRequest> = {}): PullRequest {
  return {
    owner: 'acme',
    repo: 'shop',
    number: 1,
    repositoryId: 1,
    title: maskText(''),
    description: maskText(''),
    state: 'open',
    merged: false,
    draft: false,
    byBot: false,
    author: 'dana',
    headSha: 'b'.repeat(40),
    headRef: 'feature',
    baseSha: 'a'.repeat(40),
    baseRef: 'main',
    fork: false,
    repositoryNodeId: 'R_1',
    changedFiles: 0,
    labels: [],
    url: 'https://x/acme/shop/pull/1',
    ...own,
  };
}
