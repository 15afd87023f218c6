import type { Change, Snapshot } from '../review/change.ts';
import type { ReviewMarker } from '../review/marker.ts';
import type { ReviewPlan } from '../review/plan.ts';

export interface PullRequestRef {
  owner: string;
  repo: string;
  number: number;
}

/** A pull request at one moment. Nothing of an earlier moment is assumed to hold. */
export interface PullRequest extends PullRequestRef {
  title: string;
  description: string;
  state: 'open' | 'closed';
  draft: boolean;
  /** Opened by a bot, by GitHub's own account type; a name that ends in "[bot]" proves nothing. */
  byBot: boolean;
  author: string;
  headSha: string;
  headRef: string;
  baseSha: string;
  baseRef: string;
  /** True too when the fork was deleted. */
  fork: boolean;
  changedFiles: number;
  labels: string[];
  url: string;
}

/** What stands on the pull request already, and what the base commit says about how to review it. */
export interface ReviewContext {
  /** Text of .github/backend-dev.yml at the base commit; null when there is none. */
  config: string | null;
  /** The repository's own agent definition at the base commit. */
  agent: { path: string; text: string } | null;
  /** Fingerprints in our own comments. */
  said: Set<string>;
  /** Our own reviews, by marker. */
  reviews: (ReviewMarker & { url: string })[];
}

export interface CheckResult {
  conclusion: 'success' | 'neutral' | 'failure';
  title: string;
  summary: string;
}

export interface CommentRef {
  kind: 'conversation' | 'inline';
  id: number;
}

export type Permission = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none';

/**
 * GitHub as the rest of the App sees it: one repository, one narrowed token. Every method throws AppError with a GITHUB_…
 * code and a retry that the worker understands. Reads may be repeated; of the writes, only those that say so.
 */
export interface GitHub {
  readPullRequest(ref: PullRequestRef): Promise<PullRequest>;
  /** Files in GitHub's order, at most 3,000; `change.unlisted` counts the rest. */
  readChange(pull: PullRequest): Promise<{ change: Change; snapshot: Snapshot }>;
  readContext(pull: PullRequest): Promise<ReviewContext>;
  /**
   * Creates the one review of a plan. It is never sent twice blindly: after a fault without an answer, or with `reconcile`,
   * our reviews are listed first and one with the plan's marker is adopted.
   */
  publishReview(
    pull: PullRequest,
    plan: ReviewPlan,
    options: { reconcile: boolean },
  ): Promise<{ url: string; adopted: boolean; folded: boolean }>;
  /** The check run of this head: the existing one in progress again, or a new one. Idempotent by head and name. */
  startCheck(pull: PullRequest): Promise<number>;
  /** Idempotent. */
  finishCheck(pull: PullRequest, checkRunId: number, result: CheckResult): Promise<void>;
  /** GitHub's answer at this moment; "none" when it cannot be told. */
  readPermission(pull: PullRequestRef, login: string): Promise<Permission>;
  /** Idempotent. */
  react(pull: PullRequestRef, comment: CommentRef, content: 'eyes' | '+1' | 'confused'): Promise<void>;
  /** Posts once for each `marker`: an existing comment of ours that holds it is left as it is. */
  reply(pull: PullRequestRef, body: string, marker: string): Promise<void>;
  /** Address of a line at the head. */
  linkTo(pull: PullRequest, path: string, line: number): string;
}
