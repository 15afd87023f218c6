import { checkAnswer, issueCommentAnswer, userAnswer } from '../answers.ts';
import {
  findPullRequest,
  findRepository,
  route,
  SandboxError,
  type SandboxRequest,
  type SandboxRoute,
  textOf,
} from '../http.ts';
import { type SandboxCheck, takeId } from '../state.ts';

const ISSUES = { issues: 'write' } as const;

export const otherRoutes: SandboxRoute[] = [
  route('POST', '/repos/{owner}/{repo}/check-runs', { checks: 'write' }, (request) => {
    const repository = findRepository(request.state, request.params[0], request.params[1]);
    const check: SandboxCheck = {
      id: takeId(request.state),
      author: request.viewer,
      name: String(request.body.name),
      headSha: String(request.body.head_sha),
      status: 'queued',
      conclusion: null,
      title: null,
      summary: null,
      annotations: [],
      actions: [],
    };
    repository.checks.push(check);
    applyCheck(check, request);
    return { status: 201, body: checkAnswer(request.url, request.state, repository, check) };
  }),
  route(
    'GET',
    '/repos/{owner}/{repo}/commits/{ref}/check-runs',
    { checks: 'read' },
    ({ state, url, params, query }) => {
      const repository = findRepository(state, params[0], params[1]);
      const name = query.get('check_name');
      // The newest first, as GitHub answers.
      const found = repository.checks
        .filter((one) => one.headSha === params[2] && (name === null || one.name === name))
        .toReversed();
      const page = found.slice(0, Math.min(100, Number(query.get('per_page') ?? 30)));
      return {
        status: 200,
        body: { total_count: found.length, check_runs: page.map((one) => checkAnswer(url, state, repository, one)) },
      };
    },
  ),
  route(
    'GET',
    '/repos/{owner}/{repo}/collaborators/{username}/permission',
    { metadata: 'read' },
    ({ state, url, params }) => {
      const repository = findRepository(state, params[0], params[1]);
      const login = params[2] ?? '';
      const role = repository.collaborators.get(login) ?? 'read';
      const permission = { admin: 'admin', maintain: 'write', write: 'write', triage: 'read', read: 'read' }[role];
      const flags = {
        admin: role === 'admin',
        maintain: role === 'maintain',
        push: permission !== 'read',
        triage: role === 'triage',
        pull: true,
      };
      const user = { ...userAnswer(url, { login, id: 77, type: 'User' }), permissions: flags, role_name: role };
      return { status: 200, body: { permission, role_name: role, user } };
    },
  ),
  route('POST', '/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions', ISSUES, react),
  route('POST', '/repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions', { pull_requests: 'write' }, react),
  route(
    'POST',
    '/repos/{owner}/{repo}/issues/{issue_number}/comments',
    ISSUES,
    ({ state, viewer, url, params, body }) => {
      const repository = findRepository(state, params[0], params[1]);
      const pull = findPullRequest(repository, params[2]);
      const comment = { id: takeId(state), body: textOf(body.body), author: viewer };
      if (comment.body === '') throw new SandboxError(422, 'Validation Failed');
      pull.conversation.push(comment);
      return { status: 201, body: issueCommentAnswer(url, repository, pull.number, comment) };
    },
  ),
];

function applyCheck(check: SandboxCheck, { body }: SandboxRequest): void {
  if (typeof body.status === 'string') Object.assign(check, { status: body.status });
  const output = body.output as { title?: string; summary?: string } | undefined;
  if (output) Object.assign(check, { title: output.title ?? null, summary: output.summary ?? null });
}

function react({ state, viewer, url, params, body }: SandboxRequest) {
  const repository = findRepository(state, params[0], params[1]);
  const content = String(body.content);
  if (!['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'rocket', 'eyes'].includes(content))
    throw new SandboxError(422, 'Validation Failed');
  const commentId = Number(params[2]);
  const known = repository.reactions.some((one) => one.commentId === commentId && one.content === content);
  if (!known) repository.reactions.push({ commentId, content });
  return {
    status: known ? 200 : 201,
    body: {
      id: takeId(state),
      node_id: 'R',
      user: userAnswer(url, viewer),
      content,
      created_at: '2026-01-05T09:00:00Z',
    },
  };
}
