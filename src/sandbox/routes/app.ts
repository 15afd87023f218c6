import { appAnswer, installationAnswer, repositoryAnswer } from '../answers.ts';
import { issueToken, refuseSuspended } from '../auth.ts';
import { route, SandboxError, type SandboxRequest, type SandboxRoute } from '../http.ts';
import type { SandboxToken } from '../state.ts';
import { deliverWebhook } from '../webhooks.ts';

/** What GitHub tells the App of itself. */
export const appRoutes: SandboxRoute[] = [
  route('GET', '/app', 'app', ({ state, url }) => ({ status: 200, body: appAnswer(url, state) })),
  route('POST', '/app/installations/{installation_id}/access_tokens', 'app', ({ state, url, params, body }) => {
    if (Number(params[0]) !== state.installationId) throw new SandboxError(404, 'Not Found');
    refuseSuspended(state);
    const ids = Array.isArray(body.repository_ids) ? body.repository_ids.map(Number) : null;
    const repositories = state.repositories.filter((one) => !ids || ids.includes(one.id));
    if (ids && repositories.length !== ids.length)
      throw new SandboxError(
        422,
        'There is at least one repository that does not exist or is not accessible to the parent installation.',
      );
    const { token, expiresAt } = issueToken(state, ids, narrow(state, body.permissions));
    const listed = ids ? { repositories: repositories.map((one) => repositoryAnswer(url, one)) } : {};
    return {
      status: 201,
      body: {
        token,
        expires_at: expiresAt,
        permissions: state.tokens.get(token)?.permissions ?? state.permissions,
        repository_selection: ids ? 'selected' : 'all',
        ...listed,
      },
    };
  }),
  route('POST', '/app-manifests/{code}/conversions', 'nobody', ({ state, url, params }) => {
    if (params[0] !== state.code) throw new SandboxError(404, 'Not Found');
    state.code = null;
    const secrets = { client_secret: 'a-client-secret', webhook_secret: state.hook.secret, pem: state.privateKey };
    return { status: 201, body: { ...appAnswer(url, state), ...secrets } };
  }),
  route('GET', '/app/hook/config', 'app', ({ state: { hook } }) => ({
    status: 200,
    body: { content_type: 'json', insecure_ssl: '0', secret: '********', url: hook.url },
  })),
  route('GET', '/app/hook/deliveries', 'app', ({ state }) => ({
    status: 200,
    body: state.hook.deliveries.slice(0, 30).map(({ id, guid, event, at, redelivery, code, status }) => ({
      id,
      guid,
      event,
      delivered_at: at,
      redelivery,
      duration: 0.1,
      status:
        status ?? (code === 0 ? 'failed to connect to host' : code < 300 ? 'OK' : `Invalid HTTP Response: ${code}`),
      status_code: code,
      action: null,
      installation_id: state.installationId,
      repository_id: null,
      throttled_at: null,
    })),
  })),
  route('POST', '/app/hook/deliveries/{delivery_id}/attempts', 'app', async ({ state, params }) => {
    const sent = state.hook.deliveries.find((one) => one.id === Number(params[0]));
    if (!sent) throw new SandboxError(404, 'Not Found');
    // GitHub sends it after its answer.
    setImmediate(() => void deliverWebhook(state, sent.event, sent.payload, sent.guid));
    return { status: 202, body: {} };
  }),
  route('GET', '/app/installations', 'app', ({ state, url }) => ({
    status: 200,
    body: state.account === null ? [] : [installationAnswer(url, state, state.account)],
  })),
  route('GET', '/installation/repositories', 'installation', ({ state, url }) => ({
    status: 200,
    body: {
      total_count: state.repositories.length,
      repository_selection: 'selected',
      repositories: state.repositories.slice(0, 1).map((one) => repositoryAnswer(url, one)),
    },
  })),
];

/** Fewer permissions than the installation has. Source: docs.github.com, "Create an installation access token for an app". */
function narrow({ permissions }: SandboxRequest['state'], asked: unknown): SandboxToken['permissions'] {
  if (typeof asked !== 'object' || asked === null) return null;
  const narrowed: Record<string, 'read' | 'write'> = {};
  for (const [name, level] of Object.entries(asked)) {
    if ((level !== 'read' && level !== 'write') || (level !== permissions[name] && permissions[name] !== 'write'))
      throw new SandboxError(422, 'The permissions requested are not granted to this installation.');
    narrowed[name] = level;
  }
  return narrowed;
}
