import type { MaskedText } from '../secrets/masked-text.ts';

/** What stands on a pull request, as GitHub tells it now: the only memory of what was said. */
export interface Conversation {
  threads: Thread[];
  /** Our own reviews, oldest first. */
  reviews: OwnReview[];
  /** Commits of the pull request, oldest first, at most the last 1,000. */
  commits: string[];
  /** Their messages, in the same order. */
  messages: MaskedText[];
  /** What there is more of than is read: "review threads". What was said there is not known. */
  unread: string[];
}

/**
 * Whether the marker of a comment of ours says what we wrote there: signed by our key of today or by an earlier one; `none`:
 * unsigned, edited, or carried here from elsewhere; `off`: nothing is signed here (the command line), and nothing believed. Of a
 * comment of another App: `current` where the workflow believes that App.
 */
export type SealState = 'current' | 'earlier' | 'none' | 'off';

/**
 * A review thread. `line` is where it stands at the newest head; null when that line is not in the diff any more, and for a
 * whole file.
 */
export interface Thread {
  /** GraphQL node id. */
  id: string;
  path: string;
  side: 'LEFT' | 'RIGHT';
  startLine: number | null;
  line: number | null;
  resolved: boolean;
  /** The person who closed it; null: open, or closed by an App. */
  resolvedBy: string | null;
  outdated: boolean;
  /** On the file, not on a line of it. */
  onFile: boolean;
  first: ThreadComment;
}

export interface ThreadComment {
  /** GraphQL node id. */
  id: string;
  /** REST id, as webhooks name it. */
  databaseId: number;
  body: string;
  /** Written by this App: told by GitHub, never by a name or a text. */
  mine: boolean;
  seal: SealState;
  author: string;
  bot: boolean;
  url: string;
}

export interface OwnReview {
  /** GraphQL node id. */
  id: string;
  body: string;
  seal: SealState;
  url: string;
}
