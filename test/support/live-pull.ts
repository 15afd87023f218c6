import { expect } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import type { SandboxPullRequest, SandboxRepository } from '../../src/sandbox/state.ts';
import { viewPull } from './pull-view.ts';
import { waitFor, waitForQuiet } from './stack.ts';
import { makeRepository, pushTree, type Tree } from './temp.ts';

let count = 0;

/** A query with a flaw, under a name, and the same without it. */
export const bad = (name: string, column = 'id'): string =>
  `export async function ${name}(pool, req) {\n  return pool.query(\`select ${column} from orders where state = '\${req.query.${name}}'\`);\n}\n`;
export const good = (name: string): string =>
  `export async function ${name}(pool, req) {\n  return pool.query('select id from orders where state = $1', [req.query.${name}]);\n}\n`;
export interface LivePull {
  repository: SandboxRepository;
  pull: SandboxPullRequest;
  dir: string;
  see: () => string[];
  summary: () => string;
  /** Commits, sends the webhook, waits for the check of the new head. */
  push: (tree: Tree) => Promise<string[]>;
  /** Takes head and base as they are in git now. */
  sync: (action?: string) => Promise<string[]>;
  /** Says something in the conversation, or in a finding's thread by its place among the comments; waits until it is done. */
  say: (login: string, body: string, thread?: number) => Promise<void>;
}

/** A pull request of a repository of its own, opened and reviewed. */
export async function openPull(
  sandbox: Sandbox,
  base: Tree,
  change: Tree,
  fork: SandboxPullRequest['fork'] = 'none',
): Promise<LivePull> {
  const dir = await makeRepository(base, change);
  const repository = sandbox.addRepository('acme', `shop-${++count}`, dir);
  repository.collaborators.set('wes', 'write');
  const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Change', fork });
  const see = (): string[] => viewPull(repository, pull);
  const checked = async (): Promise<string[]> => {
    await waitFor('the check', () =>
      repository.checks.some((check) => check.headSha === pull.headSha && check.status === 'completed'),
    );
    return see();
  };
  const sync = async (action = 'synchronize'): Promise<string[]> => {
    await sandbox.refresh(repository, pull);
    await sandbox.sendPullRequest(repository, pull, action);
    return checked();
  };
  const say: LivePull['say'] = async (login, body, thread) => {
    const root = thread === undefined ? undefined : pull.comments[thread]?.id;
    const { id } =
      root === undefined
        ? await sandbox.comment(repository, pull, login, body)
        : await sandbox.commentInline(repository, pull, login, { root, body });
    const from = sandbox.requests.length;
    await waitFor(`an answer to ${body}`, () => repository.reactions.some((one) => one.commentId === id));
    await waitForQuiet(sandbox);
    expect(sandbox.requests.length).toBeGreaterThan(from);
  };
  await sandbox.sendPullRequest(repository, pull, 'opened');
  await checked();
  return {
    repository,
    pull,
    dir,
    see,
    sync,
    say,
    summary: () => pull.reviews[0]?.body ?? '',
    push: async (tree) => {
      await pushTree(dir, tree);
      return sync();
    },
  };
}
