import type { DiffEntry } from '../git/read-diff.ts';

export interface SandboxUser {
  login: string;
  id: number;
  type: 'User' | 'Bot';
}

export interface SandboxComment {
  id: number;
  path: string;
  side: 'LEFT' | 'RIGHT';
  /** Null: on the whole file. */
  line: number | null;
  startLine: number | null;
  body: string;
  author: SandboxUser;
  reviewId: number;
  /** The first comment of its thread; its own id when it is that one. */
  root: number;
  /** Where it stands at the newest head; null once its line changed or left the diff, and for a whole file. */
  now: { line: number; startLine: number | null } | null;
}

export interface SandboxReview {
  id: number;
  body: string;
  commitId: string;
  author: SandboxUser;
  /** Not submitted: only its author sees it. */
  pending: boolean;
  submittedAt: string;
}

export interface SandboxPullRequest {
  id: number;
  number: number;
  title: string;
  body: string;
  author: SandboxUser;
  state: 'open' | 'closed';
  merged: boolean;
  draft: boolean;
  baseRef: string;
  headRef: string;
  baseSha: string;
  headSha: string;
  mergeBase: string;
  diff: DiffEntry[];
  /** A head that lives in another repository; "deleted" when that one is gone. */
  fork: 'none' | 'fork' | 'deleted';
  reviews: SandboxReview[];
  comments: SandboxComment[];
  /** Who closed threads, by the id of their first comment. */
  resolved: Map<number, SandboxUser>;
  labels: string[];
  conversation: { id: number; body: string; author: SandboxUser }[];
}

export interface SandboxCheck {
  id: number;
  /** Whose it is: nobody else can change it. */
  author: SandboxUser;
  name: string;
  headSha: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: string | null;
  title: string | null;
  summary: string | null;
  annotations: unknown[];
  actions: { label: string; description: string; identifier: string }[];
}

export interface SandboxRepository {
  id: number;
  owner: string;
  name: string;
  /** "owner/name" of before: GitHub answers there by a redirect. */
  formerNames: string[];
  /** A git directory. */
  dir: string;
  /** Somebody's own repository: nothing is ever committed there. */
  readOnly: boolean;
  pulls: SandboxPullRequest[];
  checks: SandboxCheck[];
  collaborators: Map<string, 'admin' | 'maintain' | 'write' | 'triage' | 'read'>;
  reactions: { commentId: number; content: string }[];
}

export interface SandboxToken {
  expires: number;
  repositoryIds: number[] | null;
  /** Narrowed; null: those of the installation. */
  permissions?: SandboxState['permissions'] | null;
  /** Who speaks with it; unset: the App. */
  viewer?: SandboxUser;
}

/** A webhook that was sent, or that nobody took. */
export interface SandboxDelivery {
  id: number;
  guid: string;
  event: string;
  payload: unknown;
  /** ISO 8601. */
  at: string;
  redelivery: boolean;
  /** 0 when nobody answered. */
  code: number;
  /** GitHub's words for it, where they are others than the code's. */
  status?: string;
}

/** What GitHub would have stored. */
export interface SandboxState {
  appId: number;
  installationId: number;
  publicKey: string;
  privateKey: string;
  /** What a browser was given for a manifest, until it is exchanged. */
  code: string | null;
  permissions: Record<string, 'read' | 'write'>;
  /** Every request of the installation is refused. */
  suspended: boolean;
  /** The account that the App is installed on; null: it is installed nowhere. */
  account: string | null;
  /** What that account has granted; unset: all that the App asks for. */
  granted?: SandboxState['permissions'];
  /** Where webhooks go, and the last fifty, newest first. */
  hook: { url: string; secret: string; deliveries: SandboxDelivery[] };
  repositories: SandboxRepository[];
  tokens: Map<string, SandboxToken>;
  /** How long a token lives; an hour on GitHub. */
  tokenMs: number;
  nextId: number;
  /** Requests left until `reset`, epoch seconds. */
  rate: { remaining: number; reset: number };
  bot: SandboxUser;
  /** Comments that GitHub refuses although they are on the diff, as it does now and then. */
  refuseComment: (comment: { path: string; line: number | null }) => boolean;
  /** Files whose patch GitHub leaves out for their size. */
  omitPatch: (path: string) => boolean;
  /** Called after a commit that came through the API: the webhook of a push follows. */
  onCommit: (repository: SandboxRepository, branch: string) => Promise<void>;
}

export function takeId(state: SandboxState): number {
  state.nextId += 1;
  return state.nextId;
}
