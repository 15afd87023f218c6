import type { SandboxPullRequest, SandboxRepository, SandboxState } from './state.ts';

export interface RequestRecord {
  method: string;
  path: string;
  template: string;
  status: number;
  body: unknown;
}

/** One request of git. */
export interface FetchRecord {
  path: string;
  status: number;
  /** Of the answer, without its head. */
  bytes: number;
}

/** What a test lets go wrong: an answer instead of, or after, the real one. */
export type Fault = (
  method: string,
  path: string,
  body: Record<string, unknown>,
) => { status: number; commit: boolean; headers?: Record<string, string>; body?: unknown } | 'hang' | null;

type FetchRefusal = number | { status: number; location: string } | null;

/** Called before git is answered: it may wait, refuse by a status, lead elsewhere, or let it be. */
export type FetchFault = (path: string) => Promise<FetchRefusal> | FetchRefusal;

export interface Sandbox {
  url: string;
  host: string;
  state: SandboxState;
  privateKey: string;
  webhookSecret: string;
  requests: RequestRecord[];
  /** What git asked for; no part of `requests`, since GitHub does not count it. */
  fetches: FetchRecord[];
  setFault(fault: Fault | null): void;
  setFetchFault(fault: FetchFault | null): void;
  setWebhook(url: string): void;
  /** Where webhooks go; null: nowhere yet. */
  webhook(): string | null;
  /** What GitHub sends when the address of an App's webhook changes. */
  ping(): Promise<number>;
  addRepository(owner: string, name: string, dir: string, options?: { readOnly?: boolean }): SandboxRepository;
  openPullRequest(
    repository: SandboxRepository,
    options: {
      base: string;
      head: string;
      title: string;
      body?: string;
      author?: string;
      draft?: boolean;
      fork?: SandboxPullRequest['fork'];
    },
  ): Promise<SandboxPullRequest>;
  /** Reads base and head anew, as after a push. */
  refresh(repository: SandboxRepository, pull: SandboxPullRequest): Promise<void>;
  /** `changes`: what an `edited` event says was another before. */
  sendPullRequest(
    repository: SandboxRepository,
    pull: SandboxPullRequest,
    action: string,
    guid?: string,
    changes?: object,
  ): Promise<number>;
  /** Another base branch, with its event. */
  retarget(repository: SandboxRepository, pull: SandboxPullRequest, base: string): Promise<number>;
  /** Without `send` the event is lost. */
  suspend(suspended: boolean, options?: { send?: boolean }): Promise<number>;
  /** The App is uninstalled: the installation is not there any more. */
  uninstall(): Promise<number>;
  /** One repository less in the installation. */
  removeRepository(repository: SandboxRepository): Promise<number>;
  /** Another name: the old one redirects. Without `send` an App that is not subscribed. */
  renameRepository(repository: SandboxRepository, name: string, options?: { send?: boolean }): Promise<number>;
  comment(
    repository: SandboxRepository,
    pull: SandboxPullRequest,
    login: string,
    body: string,
    options?: { type?: 'User' | 'Bot'; action?: string },
  ): Promise<{ id: number; status: number }>;
  /** A comment on a line of the diff, or with `root` a reply in a thread. */
  commentInline(
    repository: SandboxRepository,
    pull: SandboxPullRequest,
    login: string,
    comment: { path?: string; line?: number; root?: number; body: string; type?: 'User' | 'Bot' },
  ): Promise<{ id: number; status: number }>;
  pressButton(
    repository: SandboxRepository,
    pull: SandboxPullRequest,
    login: string,
    identifier: string,
  ): Promise<number>;
  close(): Promise<void>;
}
