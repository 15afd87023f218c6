import { Octokit } from '@octokit/rest';
import { ProbotOctokit } from 'probot';
import { z } from 'zod';
import { createGitHub } from './create-github.ts';
import type { GitHub } from './github.ts';
import { API_HEADERS, attempt, type Requests, sendCleanText } from './octokit.ts';
import type { Seal } from './seal.ts';

/** Rate limits are not waited out inside a request: the job is put back until the reset, and the worker is free. */
const THROTTLE = { onRateLimit: () => false, onSecondaryRateLimit: () => false };

/** Probot's Octokit with our rules for limits, for Probot itself and for the worker. */
export const AppOctokit = ProbotOctokit.defaults({
  throttle: THROTTLE,
  // Octokit's own list and 429: a limit is waited out in the queue.
  retry: { doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451] },
});

/** For one request, in milliseconds. */
const REQUEST_MS = 60_000;

const Token = z.object({
  token: z.string(),
  expires_at: z.string(),
  permissions: z.record(z.string(), z.string()).default({}),
});

export interface Installations {
  /** GitHub for one repository, with a token that is narrowed to it. */
  forRepository(installationId: number, repositoryId: number): Promise<GitHub>;
  /** Forgets a token that GitHub refused. */
  forget(installationId: number, repositoryId: number): void;
}

interface Options {
  /** Authenticated as the App. */
  app: () => Promise<Requests>;
  baseUrl: string;
  /** Signs what is posted, and tells of what stands there whether it is as it was posted. */
  seal: Seal;
  /** Counts requests, for metrics. */
  onRequest?: (route: string) => void;
}

/** Installation tokens live an hour; one is used for 50 minutes. They are kept in memory only. */
export function createInstallations({ app, baseUrl, seal, onRequest }: Options): Installations {
  const cache = new Map<string, { github: Promise<GitHub>; until: number }>();
  const open = async (installationId: number, repositoryId: number): Promise<GitHub> => {
    const octokit = await app();
    const { data } = await attempt('asking for a token', () =>
      octokit.request('POST /app/installations/{installation_id}/access_tokens', {
        installation_id: installationId,
        repository_ids: [repositoryId],
        headers: API_HEADERS,
      }),
    );
    const { token, permissions } = Token.parse(data);
    const client = new AppOctokit({ auth: { token }, baseUrl, throttle: { ...THROTTLE, id: String(installationId) } });
    // Octokit's throttling takes every GraphQL POST for a write and spaces them by a second; ours read, or edit in place.
    const reader = new AppOctokit({ auth: { token }, baseUrl, throttle: { enabled: false } });
    for (const one of [client, reader]) sendCleanText(one);
    for (const one of [client, reader])
      one.hook.before('request', (options) => {
        onRequest?.(`${options.method} ${options.url}`);
        // An answer that does not come is a fault like any other; the marker tells what was done.
        options.request.signal ??= AbortSignal.timeout(REQUEST_MS);
      });
    return createGitHub({ request: client.request, graphql: reader.graphql }, permissions, seal);
  };
  return {
    forRepository: (installationId, repositoryId) => {
      const key = `${installationId}/${repositoryId}`;
      const known = cache.get(key);
      if (known && known.until > Date.now()) return known.github;
      const github = open(installationId, repositoryId);
      cache.set(key, { github, until: Date.now() + 50 * 60_000 });
      github.catch(() => cache.delete(key));
      for (const [other, entry] of cache) if (entry.until <= Date.now()) cache.delete(other);
      return github;
    },
    forget: (installationId, repositoryId) => {
      cache.delete(`${installationId}/${repositoryId}`);
    },
  };
}

/** GitHub with a person's token, for the command line. */
export function createTokenGitHub(token: string, baseUrl: string): GitHub {
  const client = new Octokit({ auth: token, baseUrl });
  sendCleanText(client);
  // Only an App may have a check run.
  return { ...createGitHub(client), startCheck: async () => null };
}
