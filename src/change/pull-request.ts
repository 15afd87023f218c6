import type { MaskedText } from '../secrets/masked-text.ts';

export interface PullRequestRef {
  owner: string;
  repo: string;
  number: number;
}

/** A pull request at one moment. Nothing of an earlier moment is assumed to hold. */
export interface PullRequest extends PullRequestRef {
  title: MaskedText;
  description: MaskedText;
  state: 'open' | 'closed';
  merged: boolean;
  draft: boolean;
  /** Opened by a bot, by GitHub's own account type; a name that ends in "[bot]" proves nothing. */
  byBot: boolean;
  author: string;
  headSha: string;
  /** As GitHub names it: for writing to the branch, and for nothing that is shown. */
  headRef: string;
  baseSha: string;
  baseRef: string;
  /** True too when the fork was deleted. */
  fork: boolean;
  /** GraphQL node id of the base repository. */
  repositoryNodeId: string;
  /** REST id of the base repository: it survives a rename and a transfer. */
  repositoryId: number;
  changedFiles: number;
  labels: string[];
  url: string;
}
