import { GraphQLError } from 'graphql';
import { runGit } from '../git/run-git.ts';
import { parseNodeId } from './node-id.ts';
import type { SandboxCheck, SandboxPullRequest, SandboxState, SandboxUser } from './state.ts';

type Input<T> = { input: T };

/** The mutations that the App uses, with GitHub's refusals: foreign text, missing permissions, a branch that moved. */
export function createMutations(state: SandboxState, viewer: SandboxUser, permissions: SandboxState['permissions']) {
  const pulls = (): SandboxPullRequest[] => state.repositories.flatMap((repository) => repository.pulls);
  const need = (permission: string): void => {
    if (permissions[permission] !== 'write') refuse('FORBIDDEN', 'Resource not accessible by integration');
  };
  const setResolved = (threadId: string, resolved: boolean): object => {
    // Source: docs.github.com and what was measured: resolving needs `contents: write`, not `pull_requests: write`.
    need('contents');
    const id = parseNodeId('PRRT', threadId);
    const pull = pulls().find((one) => one.comments.some((comment) => comment.id === id && comment.root === id));
    if (!pull) return refuse('NOT_FOUND', `Could not resolve to a node with the global id of '${threadId}'`);
    if (resolved) pull.resolved.set(id, viewer);
    else pull.resolved.delete(id);
    return {};
  };
  const setBody = (text: { body: string; author: { login: string } } | undefined, body: string): object => {
    need('pull_requests');
    if (!text) return refuse('NOT_FOUND', 'Could not resolve to a node');
    if (text.author.login !== viewer.login) return refuse('FORBIDDEN', 'Viewer is not the author');
    if (body.length > 65_536) return refuse('UNPROCESSABLE', 'Body is too long (maximum is 65536 characters)');
    text.body = body;
    return {};
  };
  return {
    updatePullRequestReview: ({ input }: Input<{ pullRequestReviewId: string; body: string }>) => {
      const id = parseNodeId('PRR', input.pullRequestReviewId);
      return setBody(
        pulls()
          .flatMap((pull) => pull.reviews)
          .find((review) => review.id === id),
        input.body,
      );
    },
    deletePullRequestReview: ({ input }: Input<{ pullRequestReviewId: string }>) => {
      need('pull_requests');
      const id = parseNodeId('PRR', input.pullRequestReviewId);
      const pull = pulls().find((one) => one.reviews.some((review) => review.id === id));
      if (!pull) return refuse('NOT_FOUND', 'Could not resolve to a node');
      if (!pull.reviews.some((review) => review.id === id && review.pending))
        return refuse('UNPROCESSABLE', 'Can not delete a non-pending pull request review');
      pull.reviews = pull.reviews.filter((review) => review.id !== id);
      pull.comments = pull.comments.filter((comment) => comment.reviewId !== id);
      return {};
    },
    updatePullRequestReviewComment: ({ input }: Input<{ pullRequestReviewCommentId: string; body: string }>) => {
      const id = parseNodeId('PRRC', input.pullRequestReviewCommentId);
      return setBody(
        pulls()
          .flatMap((pull) => pull.comments)
          .find((comment) => comment.id === id),
        input.body,
      );
    },
    resolveReviewThread: ({ input }: Input<{ threadId: string }>) => setResolved(input.threadId, true),
    unresolveReviewThread: ({ input }: Input<{ threadId: string }>) => setResolved(input.threadId, false),
    updateCheckRun: ({ input }: Input<CheckInput>) => {
      need('checks');
      const id = parseNodeId('CR', input.checkRunId);
      const check = state.repositories.flatMap((repository) => repository.checks).find((one) => one.id === id);
      if (!check) return refuse('NOT_FOUND', 'Could not resolve to a CheckRun');
      if (check.author.login !== viewer.login) return refuse('FORBIDDEN', 'Invalid app_id');
      updateCheck(check, input);
      return {};
    },
    createCommitOnBranch: ({ input }: Input<CommitInput>) => createCommit(state, need, input),
  };
}

interface CheckInput {
  checkRunId: string;
  status?: string;
  conclusion?: string;
  output?: { title: string; summary: string; annotations?: object[] };
  actions?: { label: string; description: string; identifier: string }[];
}

function updateCheck(check: SandboxCheck, { status, conclusion, output, actions = check.actions }: CheckInput): void {
  const isLong = actions.some(
    (one) => one.label.length > 20 || one.description.length > 40 || one.identifier.length > 20,
  );
  const annotations = output?.annotations ?? [];
  if (actions.length > 3 || isLong || annotations.length > 50 || (output?.summary ?? '').length > 65_535)
    return refuse('UNPROCESSABLE', 'Invalid request.');
  check.actions = actions;
  check.annotations.push(...annotations);
  if (output) Object.assign(check, { title: output.title, summary: output.summary });
  if (conclusion !== undefined) Object.assign(check, { status: 'completed', conclusion: conclusion.toLowerCase() });
  else if (status !== undefined) Object.assign(check, { status: status.toLowerCase(), conclusion: null });
}

interface CommitInput {
  branch: { repositoryNameWithOwner: string; branchName: string };
  expectedHeadOid: string;
  message: { headline: string; body?: string };
  fileChanges: { additions: { path: string; contents: string }[] };
}

async function createCommit(state: SandboxState, need: (permission: string) => void, input: CommitInput) {
  need('contents');
  const { branchName, repositoryNameWithOwner } = input.branch;
  const repository = state.repositories.find((one) => `${one.owner}/${one.name}` === repositoryNameWithOwner);
  if (!repository) return refuse('NOT_FOUND', 'Could not resolve to a Repository');
  if (repository.readOnly) return refuse('FORBIDDEN', 'this repository is only looked at: nothing is committed to it');
  const ref = `refs/heads/${branchName}`;
  const head = (await runGit(repository.dir, ['rev-parse', ref])).toString('utf8').trim();
  if (head !== input.expectedHeadOid)
    return refuse('STALE_DATA', `Expected branch to point to "${input.expectedHeadOid}" but it did not`);
  const message = `${input.message.headline}\n\n${input.message.body ?? ''}`;
  const parts: (string | Buffer)[] = [
    `commit ${ref}\ncommitter ${state.bot.login} <bot@sandbox.example> ${Math.floor(Date.now() / 1000)} +0000\n`,
    `data ${Buffer.byteLength(message)}\n${message}\nfrom ${head}\n`,
  ];
  for (const { path, contents } of input.fileChanges.additions) {
    const bytes = Buffer.from(contents, 'base64');
    parts.push(`M 100644 inline ${JSON.stringify(path)}\ndata ${bytes.length}\n`, bytes, '\n');
  }
  const commands = Buffer.concat(parts.map((part) => Buffer.from(part)));
  await runGit(repository.dir, ['fast-import', '--quiet'], { input: commands });
  const oid = (await runGit(repository.dir, ['rev-parse', ref])).toString('utf8').trim();
  // A working tree that shows this branch follows, as a person's would with `git pull`.
  const shown = (await runGit(repository.dir, ['rev-parse', '--symbolic-full-name', 'HEAD'])).toString('utf8').trim();
  if (shown === ref) await runGit(repository.dir, ['reset', '--quiet', '--hard']);
  await state.onCommit(repository, branchName);
  return { commit: { oid } };
}

function refuse(type: string, message: string): never {
  throw new GraphQLError(message, { extensions: { type } });
}
