import type { SandboxPullRequest, SandboxRepository, SandboxState } from './state.ts';

export interface RequestRecord {
  method: string;
  path: string;
  template: string;
  status: number;
  body: unknown;
}

/** What a test lets go wrong: an answer instead of, or after, the real one. */
export type Fault = (
  method: string,
  path: string,
  body: Record<string, unknown>,
) => { status: number; commit: boolean; headers?: Record<string, string>; body?: unknown } | 'hang' | null;

export interface Sandbox {
  url: string;
  host: string;
  state: SandboxState;
  privateKey: string;
  webhookSecret: string;
  requests: RequestRecord[];
  setFault(fault: Fault | null): void;
  setWebhook(url: string): void;
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
  sendPullRequest(
    repository: SandboxRepository,
    pull: SandboxPullRequest,
    action: string,
    guid?: string,
  ): Promise<number>;
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
