import { RequestError } from '@octokit/request-error';
import { z } from 'zod';
import { API_HEADERS, attempt, type Permissions, type Requests } from './octokit.ts';

const Answer = z.object({
  token: z.string(),
  expires_at: z.iso.datetime({ offset: true }),
  permissions: z.record(z.string(), z.string()).default({}),
});

export interface TokenSource {
  /** A token that is good for a while yet. All who ask at once share one request. @throws AppError */
  get(): Promise<string>;
  /** GitHub did not take this one any more: the next `get` asks for another. */
  refuse(token: string): void;
  /** What the newest token allows. */
  permissions: () => Permissions;
  isExpired(): boolean;
}

interface Options {
  /** Authenticated as the App. */
  app: () => Promise<Requests>;
  installationId: number;
  repositoryId: number;
  /** Less than the installation has; it must have them. */
  narrowed?: Permissions;
  /** Milliseconds that do not jump with the system's clock. */
  now?: () => number;
}

/** A token is not used in the last tenth of its life (six minutes of GitHub's hour): requests that began with it end in time. */
const USED = 0.9;

/**
 * Tokens of one installation, narrowed to one repository, kept in memory only. How long one lives is what GitHub says
 * (`expires_at` against the answer's own date), measured from its arrival: neither a wrong clock nor one that is set changes it.
 */
export function createTokenSource({
  app,
  installationId,
  repositoryId,
  narrowed,
  now = () => performance.now(),
}: Options): TokenSource {
  let current: { token: string; permissions: Permissions; until: number } | null = null;
  let asking: Promise<string> | null = null;
  const ask = async (): Promise<string> => {
    const octokit = await app();
    const { data, headers } = await attempt('asking for a token', () =>
      octokit.request('POST /app/installations/{installation_id}/access_tokens', {
        installation_id: installationId,
        repository_ids: [repositoryId],
        ...(narrowed && { permissions: narrowed }),
        headers: API_HEADERS,
      }),
    );
    const { token, expires_at, permissions } = Answer.parse(data);
    const issued = Date.parse(headers.date ?? '');
    const life = Date.parse(expires_at) - (Number.isNaN(issued) ? Date.now() : issued);
    current = { token, permissions, until: now() + life * USED };
    return token;
  };
  const isExpired = (): boolean => current === null || current.until <= now();
  return {
    get: () => {
      if (current && !isExpired()) return Promise.resolve(current.token);
      asking ??= ask().finally(() => {
        asking = null;
      });
      return asking;
    },
    refuse: (token) => {
      if (current?.token === token) current = null;
    },
    permissions: () => current?.permissions ?? {},
    isExpired,
  };
}

type Merge = Requests['request']['endpoint']['merge'];

/** Octokit's way to sign requests: each takes the token of its moment. One that is refused is asked for anew, once a request. */
export function createTokenAuth(source: TokenSource) {
  return () =>
    Object.assign(async () => ({ type: 'token', token: await source.get() }), {
      hook: async (request: Requests['request'], ...call: Parameters<Merge>): Promise<unknown> => {
        const endpoint = request.endpoint.merge(...call);
        const send = (token: string): Promise<unknown> => {
          endpoint.headers.authorization = `token ${token}`;
          return request(endpoint as typeof endpoint & { method: string; url: string });
        };
        const token = await source.get();
        try {
          return await send(token);
        } catch (error) {
          if (!(error instanceof RequestError) || error.status !== 401) throw error;
          source.refuse(token);
          return await send(await source.get());
        }
      },
    });
}
