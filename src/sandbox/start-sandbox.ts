import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verifyAppJwt, verifyToken } from './auth.ts';
import { compare, findCommit, findMergeBase } from './compare.ts';
import { followLines } from './follow-lines.ts';
import { answerGraphql } from './graphql.ts';
import {
  findRepository,
  readJson,
  readText,
  type SandboxAnswer,
  SandboxError,
  type SandboxRequest,
  type SandboxRoute,
  send,
} from './http.ts';
import { renderPullRequestPage } from './page/render-page.ts';
import { registerApp } from './register-app.ts';
import { appRoutes } from './routes/app.ts';
import { otherRoutes } from './routes/other.ts';
import { pullRoutes } from './routes/pulls.ts';
import type { Fault, FetchFault, FetchRecord, RequestRecord, Sandbox } from './sandbox.ts';
import { isGitRequest, serveGit } from './serve-git.ts';
import {
  type SandboxPullRequest,
  type SandboxRepository,
  type SandboxState,
  type SandboxUser,
  takeId,
} from './state.ts';
import {
  buttonPayload,
  commentPayload,
  deliverWebhook,
  installationPayload,
  pingPayload,
  pullRequestPayload,
  removedPayload,
  repositoryPayload,
  reviewCommentPayload,
} from './webhooks.ts';

const ROUTES: readonly SandboxRoute[] = [...appRoutes, ...pullRoutes, ...otherRoutes];

/** Made once: it takes a quarter of a second, and what starts several of these is no stranger to any. */
let keysOfProcess: ReturnType<typeof makeKeys> | undefined;

function makeKeys() {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

/** A local GitHub over real git repositories: REST, GraphQL, App authentication, refusals, webhooks, and a page to look at. */
export async function startSandbox(options: { port?: number; host?: string } = {}): Promise<Sandbox> {
  const keys = (keysOfProcess ??= makeKeys());
  const state: SandboxState = {
    appId: 4242,
    installationId: 99,
    publicKey: keys.publicKey,
    privateKey: keys.privateKey,
    code: null,
    permissions: { checks: 'write', contents: 'write', issues: 'write', metadata: 'read', pull_requests: 'write' },
    suspended: false,
    account: 'acme',
    hook: { url: '', secret: randomBytes(24).toString('hex'), deliveries: [] },
    repositories: [],
    tokens: new Map(),
    tokenMs: 3_600_000,
    nextId: 1000,
    rate: { remaining: 5000, reset: 0 },
    bot: { login: 'backend-dev[bot]', id: 4242_1, type: 'Bot' },
    refuseComment: () => false,
    omitPatch: () => false,
    onCommit: async (repository, branch) => {
      for (const pull of repository.pulls.filter((one) => one.headRef === branch && one.state === 'open')) {
        await refresh(repository, pull);
        // GitHub sends the webhook of a push after it has answered.
        setImmediate(() => void sendPullRequest(repository, pull, 'synchronize'));
      }
    },
  };
  const requests: RequestRecord[] = [];
  const fetches: FetchRecord[] = [];
  let fault: Fault | null = null;
  let fetchFault: FetchFault | null = null;
  const server = createServer((request, response) => {
    serve(request, response).catch(() => send(response, { status: 500, body: { message: 'sandbox error' } }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `http://${host}`;

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const at = new URL(request.url ?? '/', url);
    const page = /^\/([\w.-]+)\/([\w.-]+)\/pull\/(\d+)$/.exec(at.pathname);
    if (page && request.method === 'GET') return servePage(response, page);
    if (isGitRequest(at.pathname)) {
      const refusal = (await fetchFault?.(at.pathname)) ?? null;
      if (refusal === null) fetches.push(await serveGit(state, request, response));
      else if (typeof refusal === 'number') response.writeHead(refusal).end();
      else response.writeHead(refusal.status, { location: refusal.location }).end();
      return;
    }
    if (request.method === 'POST' && /^(\/organizations\/[^/]+)?\/settings\/apps\/new$/.test(at.pathname)) {
      const location = registerApp(state, await readText(request), at.searchParams.get('state'));
      response.writeHead(302, { location }).end();
      return;
    }
    const path = at.pathname.replace(/^\/api(\/v3)?(?=\/)/, '');
    const method = request.method ?? 'GET';
    const body = await readJson(request);
    const planned = fault?.(method, path, body) ?? null;
    if (planned === 'hang') return;
    const { template, answer } =
      planned && !planned.commit
        ? { template: path, answer: null }
        : await dispatch(request, method, path, at.searchParams, body);
    const final = planned
      ? { status: planned.status, body: planned.body ?? { message: 'Server Error' }, headers: planned.headers ?? {} }
      : (answer ?? { status: 500, body: null });
    requests.push({ method, path, template, status: final.status, body: final.body });
    const { remaining, reset } = state.rate;
    send(response, {
      ...final,
      headers: {
        'x-ratelimit-remaining': String(Math.max(0, remaining)),
        'x-ratelimit-reset': String(reset),
        ...final.headers,
      },
    });
  };

  const servePage = (response: ServerResponse, [, owner, name, number]: RegExpExecArray): void => {
    const repository = state.repositories.find((one) => one.owner === owner && one.name === name);
    const pull = repository?.pulls.find((one) => one.number === Number(number));
    response.setHeader(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'",
    );
    response.setHeader('x-content-type-options', 'nosniff');
    response
      .writeHead(pull ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' })
      .end(repository && pull ? renderPullRequestPage(repository, pull) : 'not found');
  };

  const dispatch = async (
    request: IncomingMessage,
    method: string,
    path: string,
    query: URLSearchParams,
    body: Record<string, unknown>,
  ): Promise<{ template: string; answer: SandboxAnswer }> => {
    const token = (request.headers.authorization ?? '').replace(/^(bearer|token) /i, '');
    if (path !== '/graphql' && !spend(state)) {
      return {
        template: path,
        answer: { status: 403, body: { message: 'API rate limit exceeded for installation.' } },
      };
    }
    const common = { state, url, query, body, accept: request.headers.accept ?? '' };
    const nobody = { viewer: state.bot, permissions: state.permissions };
    try {
      if (path === '/graphql' && method === 'POST') {
        const { viewer, permissions } = verifyToken(state, token);
        return { template: '/graphql', answer: await answerGraphql({ ...common, viewer, permissions, params: [] }) };
      }
      const moved = followName(state, path);
      if (moved !== null) {
        const body = { message: 'Moved Permanently', url: `${url}${moved}` };
        return { template: path, answer: { status: 301, body, headers: { location: `${url}/api/v3${moved}` } } };
      }
      for (const route of ROUTES) {
        const match = route.method === method ? route.pattern.exec(path) : null;
        if (!match) continue;
        const holder = authorise(state, route, token, match) ?? nobody;
        try {
          return {
            template: route.template,
            answer: await route.handle({ ...common, ...holder, params: match.slice(1) }),
          };
        } catch (error) {
          return { template: route.template, answer: toAnswer(error) };
        }
      }
      throw new SandboxError(404, 'Not Found');
    } catch (error) {
      return { template: path, answer: toAnswer(error) };
    }
  };

  const refresh: Sandbox['refresh'] = async (repository, pull) => {
    const before = pull.headSha;
    pull.headSha = await findCommit(repository, pull.headRef);
    pull.baseSha = await findCommit(repository, pull.baseRef);
    pull.mergeBase = await findMergeBase(repository, pull.baseSha, pull.headSha);
    pull.diff = await compare(repository, pull.mergeBase, pull.headSha);
    if (before !== '' && before !== pull.headSha && pull.comments.length > 0)
      followLines(pull.comments, await compare(repository, before, pull.headSha), pull.diff);
  };
  const sendPullRequest: Sandbox['sendPullRequest'] = (repository, pull, action, guid, changes) =>
    deliverWebhook(
      state,
      'pull_request',
      { ...pullRequestPayload(state, url, repository, pull, action), ...(changes && { changes }) },
      guid,
    );

  return {
    url,
    host,
    state,
    requests,
    fetches,
    setFetchFault: (next) => {
      fetchFault = next;
    },
    privateKey: keys.privateKey,
    webhookSecret: state.hook.secret,
    setFault: (next) => {
      fault = next;
    },
    webhook: () => (state.hook.url === '' ? null : state.hook.url),
    setWebhook: (next) => {
      state.hook.url = next;
    },
    ping: () => deliverWebhook(state, 'ping', pingPayload(state)),
    addRepository: (owner, name, dir, { readOnly = false } = {}) => {
      const repository: SandboxRepository = {
        id: takeId(state),
        owner,
        name,
        dir,
        readOnly,
        formerNames: [],
        pulls: [],
        checks: [],
        collaborators: new Map([[owner, 'admin']]),
        reactions: [],
      };
      state.repositories.push(repository);
      return repository;
    },
    openPullRequest: async (
      repository,
      { base, head, title, body = '', author = 'dana', draft = false, fork = 'none' },
    ) => {
      const user: SandboxUser = { login: author, id: 50, type: 'User' };
      const number = repository.pulls.length + 1;
      const pull: SandboxPullRequest = {
        id: takeId(state),
        number,
        title,
        body,
        author: user,
        state: 'open',
        merged: false,
        draft,
        baseRef: base,
        headRef: head,
        baseSha: '',
        headSha: '',
        mergeBase: '',
        diff: [],
        fork,
        reviews: [],
        comments: [],
        resolved: new Map(),
        labels: [],
        conversation: [],
      };
      await refresh(repository, pull);
      repository.pulls.push(pull);
      return pull;
    },
    refresh,
    sendPullRequest,
    retarget: async (repository, pull, base) => {
      const changes = { base: { ref: { from: pull.baseRef }, sha: { from: pull.baseSha } } };
      pull.baseRef = base;
      await refresh(repository, pull);
      return sendPullRequest(repository, pull, 'edited', undefined, changes);
    },
    suspend: async (suspended, { send = true } = {}) => {
      state.suspended = suspended;
      const action = suspended ? 'suspend' : 'unsuspend';
      return send ? deliverWebhook(state, 'installation', installationPayload(state, action)) : 0;
    },
    uninstall: () => {
      const payload = installationPayload(state, 'deleted');
      state.installationId += 1;
      state.tokens.clear();
      return deliverWebhook(state, 'installation', payload);
    },
    removeRepository: (repository) => {
      state.repositories = state.repositories.filter((one) => one !== repository);
      return deliverWebhook(state, 'installation_repositories', removedPayload(state, repository));
    },
    renameRepository: async (repository, name, { send = true } = {}) => {
      repository.formerNames.push(`${repository.owner}/${repository.name}`);
      repository.name = name;
      return send ? deliverWebhook(state, 'repository', repositoryPayload(state, url, repository, 'renamed')) : 0;
    },
    comment: async (repository, pull, login, body, { type = 'User', action = 'created' } = {}) => {
      const comment = { id: takeId(state), body, author: { login, id: 60, type } };
      pull.conversation.push(comment);
      return {
        id: comment.id,
        status: await deliverWebhook(
          state,
          'issue_comment',
          commentPayload(state, url, repository, pull, comment, action),
        ),
      };
    },
    commentInline: async (repository, pull, login, { path, line, body, root, type = 'User' }) => {
      const first = pull.comments.find((one) => one.id === root);
      const id = takeId(state);
      const place = {
        path: first?.path ?? path ?? '',
        side: first?.side ?? ('RIGHT' as const),
        line: first?.line ?? line ?? 0,
      };
      const now = first ? first.now : { line: place.line, startLine: null };
      const author: SandboxUser = { login, id: 60, type };
      const comment = { ...place, id, startLine: null, body, author, reviewId: 0, root: first?.id ?? id, now };
      pull.comments.push(comment);
      const payload = reviewCommentPayload(state, url, repository, pull, comment);
      return { id, status: await deliverWebhook(state, 'pull_request_review_comment', payload) };
    },
    pressButton: (repository, pull, login, identifier) =>
      deliverWebhook(state, 'check_run', buttonPayload(state, url, repository, pull, login, identifier)),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** The path under the repository's name of now, when it is called by one of before. */
function followName({ repositories }: SandboxState, path: string): string | null {
  const [, called, rest = ''] = /^\/repos\/([^/]+\/[^/]+)(\/.*)?$/.exec(path) ?? [];
  const repository = repositories.find((one) => called !== undefined && one.formerNames.includes(called));
  return repository ? `/repos/${repository.owner}/${repository.name}${rest}` : null;
}

/** Takes one request of the hour's quota; false when it is used up. */
function spend({ rate }: SandboxState): boolean {
  const now = Math.floor(Date.now() / 1000);
  if (now >= rate.reset && rate.reset !== 0) Object.assign(rate, { remaining: 5000, reset: 0 });
  if (rate.reset === 0) rate.reset = now + 3600;
  rate.remaining -= 1;
  return rate.remaining >= 0;
}

const LEVELS = ['read', 'write'];

/** The App's JWT, or an installation token that reaches this repository and holds the permissions. */
function authorise(
  state: SandboxState,
  route: SandboxRoute,
  token: string,
  match: RegExpExecArray,
): Pick<SandboxRequest, 'viewer' | 'permissions'> | null {
  if (route.needs === 'app') {
    verifyAppJwt(state, token);
    return null;
  }
  if (route.needs === 'nobody') return null;
  const { repositoryIds, permissions, viewer } = verifyToken(state, token);
  if (route.needs === 'installation') return { viewer, permissions };
  const repository = findRepository(state, match[1], match[2]);
  if (repositoryIds && !repositoryIds.includes(repository.id)) throw new SandboxError(404, 'Not Found');
  for (const [name, level] of Object.entries(route.needs)) {
    const granted = permissions[name];
    if (!granted || LEVELS.indexOf(granted) < LEVELS.indexOf(level))
      throw new SandboxError(403, 'Resource not accessible by integration');
  }
  return { viewer, permissions };
}

function toAnswer(error: unknown): SandboxAnswer {
  if (!(error instanceof SandboxError))
    return { status: 500, body: { message: error instanceof Error ? error.message : 'error' } };
  const body = {
    message: error.message,
    documentation_url: 'https://docs.github.com/rest',
    ...(error.errors !== undefined && { errors: error.errors }),
  };
  return { status: error.status, body };
}
