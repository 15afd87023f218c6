import { createHmac, randomUUID } from 'node:crypto';
import { checkAnswer, pullRequestAnswer, repositoryAnswer, reviewCommentAnswer, userAnswer } from './answers.ts';
import type { SandboxComment, SandboxPullRequest, SandboxRepository, SandboxState, SandboxUser } from './state.ts';

/** Posts a signed webhook as GitHub does, and keeps what came of it. @returns the status, 0 when nobody answered */
export async function deliverWebhook(
  state: SandboxState,
  event: string,
  payload: unknown,
  guid: string = randomUUID(),
): Promise<number> {
  const { hook } = state;
  const at = new Date().toISOString();
  const code = await post(hook, event, payload, guid);
  const redelivery = hook.deliveries.some((one) => one.guid === guid);
  const id = Math.max(0, ...hook.deliveries.map((one) => one.id)) + 1;
  hook.deliveries.unshift({ id, guid, event, payload, at, redelivery, code });
  hook.deliveries.length = Math.min(hook.deliveries.length, 50);
  return code;
}

async function post(target: SandboxState['hook'], event: string, payload: unknown, guid: string): Promise<number> {
  const body = JSON.stringify(payload);
  const signature = createHmac('sha256', target.secret).update(body).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/sandbox',
    'x-github-event': event,
    'x-github-delivery': guid,
    'x-hub-signature-256': `sha256=${signature}`,
  };
  try {
    const response = await fetch(target.url, { method: 'POST', headers, body, signal: AbortSignal.timeout(10_000) });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}

export function pullRequestPayload(
  state: SandboxState,
  api: string,
  repository: SandboxRepository,
  pull: SandboxPullRequest,
  action: string,
) {
  return {
    action,
    number: pull.number,
    pull_request: pullRequestAnswer(api, repository, pull),
    repository: repositoryAnswer(api, repository),
    installation: { id: state.installationId },
    sender: userAnswer(api, pull.author),
  };
}

export function installationPayload(state: SandboxState, action: string) {
  return {
    action,
    installation: { id: state.installationId },
    repositories: [],
    sender: { login: 'owner', type: 'User' },
  };
}

export function removedPayload(state: SandboxState, { id, name, owner }: SandboxRepository) {
  const removed = [{ id, name, full_name: `${owner}/${name}` }];
  return {
    ...installationPayload(state, 'removed'),
    repository_selection: 'selected',
    repositories_added: [],
    repositories_removed: removed,
  };
}

export function repositoryPayload(state: SandboxState, api: string, repository: SandboxRepository, action: string) {
  return { ...installationPayload(state, action), repository: repositoryAnswer(api, repository) };
}

export function commentPayload(
  state: SandboxState,
  api: string,
  repository: SandboxRepository,
  pull: SandboxPullRequest,
  comment: { id: number; body: string; author: SandboxUser },
  action = 'created',
) {
  return {
    action,
    issue: {
      number: pull.number,
      title: pull.title,
      pull_request: { url: pullRequestAnswer(api, repository, pull).url },
      user: userAnswer(api, pull.author),
    },
    comment: { id: comment.id, body: comment.body, user: userAnswer(api, comment.author) },
    repository: repositoryAnswer(api, repository),
    installation: { id: state.installationId },
    sender: userAnswer(api, comment.author),
  };
}

export function reviewCommentPayload(
  state: SandboxState,
  api: string,
  repository: SandboxRepository,
  pull: SandboxPullRequest,
  comment: SandboxComment,
) {
  return {
    action: 'created',
    comment: reviewCommentAnswer(api, repository, pull, comment),
    pull_request: pullRequestAnswer(api, repository, pull),
    repository: repositoryAnswer(api, repository),
    installation: { id: state.installationId },
    sender: userAnswer(api, comment.author),
  };
}

/** A press on a button of the newest check. GitHub lists the pull request only when its head is in this repository. */
export function buttonPayload(
  state: SandboxState,
  api: string,
  repository: SandboxRepository,
  pull: SandboxPullRequest,
  login: string,
  identifier: string,
) {
  const check = repository.checks.findLast((one) => one.headSha === pull.headSha);
  return {
    action: 'requested_action',
    requested_action: { identifier },
    check_run: {
      ...(check ? checkAnswer(api, state, repository, check) : {}),
      pull_requests: pull.fork === 'none' ? [{ id: pull.id, number: pull.number }] : [],
    },
    repository: repositoryAnswer(api, repository),
    installation: { id: state.installationId },
    sender: userAnswer(api, { login, id: 60, type: 'User' }),
  };
}

/** What GitHub sends when an App is registered and when the address of its webhook changes. */
export function pingPayload(state: SandboxState) {
  return { zen: 'Keep it logically awesome.', hook_id: 1, hook: { type: 'App', id: 1, app_id: state.appId } };
}
