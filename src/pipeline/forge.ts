import type { Change } from '../change/change.ts';
import type { ForgeTraits } from '../change/forge-traits.ts';
import type { PullRequest, PullRequestRef } from '../change/pull-request.ts';
import type { Repository } from '../change/repository.ts';
import type { Conversation } from '../ledger/conversation.ts';
import type { PlannedComment } from '../plan/anchor-comments.ts';
import type { PlannedCheck } from '../plan/check.ts';
import type { ReviewPlan } from '../plan/plan.ts';
import type { MaskedText } from '../secrets/masked-text.ts';

/** What stands on the pull request already, and what the base commit says about how to review it. */
export interface ReviewContext {
  /** Text of .github/backend-dev.yml at the base commit, or of the owner's `.github` repository; null when there is none. */
  config: { text: MaskedText | null; source: string };
  /** The repository's own agent definition at the base commit. */
  agent: { path: string; text: MaskedText } | null;
  /** `.gitattributes` at the base commit. */
  attributes: string | null;
  conversation: Conversation;
}

/** A pull request of before, with what stands on it, as far as one page holds it. */
export interface PastPull extends Pick<PullRequest, 'number' | 'author' | 'fork' | 'merged'> {
  /** When it last changed, in ISO 8601. */
  at: string;
  conversation: Conversation;
}

export type CheckResult = PlannedCheck;

export type PostedReview =
  | {
      kind: 'posted';
      url: string;
      /** It stood there already: an earlier try had arrived. */
      adopted: boolean;
    }
  /** GitHub does not take these comments of the plan, never none: of lines, and then nothing was posted, or of files. */
  | { kind: 'refused'; comments: PlannedComment[] };

export interface CommentRef {
  kind: 'conversation' | 'inline';
  id: number;
  /** The first comment of its thread, when it is a reply. */
  root: number | null;
}

export type Permission = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none';

/**
 * A forge as the rest of the App sees it, GitHub today: one repository, one narrowed token. Every method throws AppError with a GITHUB_…
 * code and a retry that the worker understands. Reads may be repeated; of the writes, only those that say so.
 */
export interface Forge {
  readPullRequest(ref: PullRequestRef): Promise<PullRequest>;
  /** Files in GitHub's order, at most 3,000; `change.unlisted` counts the rest. */
  readChange(pull: PullRequest): Promise<{ change: Change; snapshot: Repository }>;
  readContext(pull: PullRequest): Promise<ReviewContext>;
  /** The last 100 pull requests that changed, of this one's repository, the newest first. */
  readPast(pull: PullRequest): Promise<PastPull[]>;
  /**
   * Creates the review of a plan, if it has one, and its comments on files. It is never sent blindly: our reviews are listed
   * first, and after a fault without an answer, and one with the plan's marker is adopted.
   * `refused`: make the plan anew, from what stands there by then, without these comments.
   */
  publishReview(pull: PullRequest, plan: ReviewPlan): Promise<PostedReview | null>;
  /** Edits in place what the plan says, and finishes the check. Idempotent but for annotations, which GitHub appends. */
  applyEdits(pull: PullRequest, plan: ReviewPlan, checkRunId: string | null): Promise<void>;
  /** Another text for the summary that stands, by node id; its marker stays as it was signed. */
  editSummary(reviewId: string, body: string): Promise<void>;
  /** The check run of this head, by node id: the known one in progress again, or a new one. Null: a person's token has none. */
  startCheck(pull: PullRequest, known: string | null): Promise<string | null>;
  finishCheck(pull: PullRequest, checkRunId: string, result: CheckResult): Promise<void>;
  /** By what the installation was given; without an installation all is possible, and GitHub itself decides. */
  traits(): ForgeTraits;
  /** GitHub's answer at this moment; "none" when it cannot be told. */
  readPermission(pull: PullRequestRef, login: string): Promise<Permission>;
  /** Idempotent. */
  react(pull: PullRequestRef, comment: CommentRef, content: 'eyes' | '+1' | 'confused'): Promise<void>;
  /**
   * Posts once for each `marker`: an existing comment of ours that holds it is left as it is. `after` is the REST id of the
   * comment that is answered, since an answer is not older.
   */
  reply(pull: PullRequestRef, body: string, marker: string, after: number | null): Promise<void>;
  /** The same in a review thread; `root` is the REST id of its first comment. */
  replyInThread(pull: PullRequestRef, root: number, body: string, marker: string, after: number): Promise<void>;
  /** By GraphQL node id; idempotent. */
  resolveThreads(ids: readonly string[]): Promise<void>;
  /**
   * One commit on the pull request's own branch, on top of exactly `pull.headSha`; GitHub signs it.
   * @throws AppError GITHUB_REFUSED when the branch moved or is protected
   */
  commitFiles(
    pull: PullRequest,
    commit: { message: string; body: string; files: readonly { path: string; text: string }[] },
  ): Promise<string>;
  /** Address of a line at the head. */
  linkTo(pull: PullRequest, path: string, line: number): string;
}
