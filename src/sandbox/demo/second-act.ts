import { AppError } from '../../errors.ts';
import { parseFindingMarker } from '../../ledger/marker.ts';
import type { Sandbox } from '../sandbox.ts';
import type { SandboxComment, SandboxPullRequest, SandboxRepository } from '../state.ts';
import { pushAnswer } from './make-repository.ts';

const IGNORED = 'container-runs-as-root';
const REASON = 'the platform starts it with runAsUser 10001';

/** What a conversation is: a push that answers the review, and a reviewer who knows better about one finding. */
export async function playSecondAct(
  sandbox: Sandbox,
  repository: SandboxRepository,
  pull: SandboxPullRequest,
): Promise<{ pushRequests: string[] }> {
  await pushAnswer(repository.dir);
  await sandbox.refresh(repository, pull);
  const before = sandbox.requests.length;
  await sandbox.sendPullRequest(repository, pull, 'synchronize');
  await waitFor('the review of the push', () =>
    repository.checks.some((check) => check.headSha === pull.headSha && check.status === 'completed'),
  );
  const pushRequests = sandbox.requests.slice(before).map(({ method, template }) => `${method} ${template}`);
  const thread = pull.comments.find((comment) => stateOf(comment)?.rule === IGNORED);
  if (!thread) throw new AppError('JOB_EXHAUSTED', `the demo has no comment of ${IGNORED}`);
  const body = `/backend-dev ignore ${REASON}`;
  await sandbox.commentInline(repository, pull, repository.owner, { root: thread.id, body });
  await waitFor('the finding to be ignored', () => stateOf(thread)?.state === 'ignored');
  await waitFor('the check', () =>
    repository.checks.every((check) => check.headSha !== pull.headSha || check.status === 'completed'),
  );
  return { pushRequests };
}

/** What the marker of one of our comments says of its finding; null for replies and other people's comments. */
export function stateOf(comment: SandboxComment) {
  return comment.root === comment.id ? parseFindingMarker(comment.body) : null;
}

async function waitFor(what: string, condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new AppError('JOB_EXHAUSTED', `${what} did not come within two minutes`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
