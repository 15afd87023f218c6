import { ProbotOctokit } from 'probot';
import type { RepositoryStore } from '../change/repository-store.ts';
import type { Forge } from '../pipeline/forge.ts';
import { createGitHub } from './create-github.ts';
import { createTokenAuth, createTokenSource, type TokenSource } from './installation-token.ts';
import { createLimitedFetch } from './limited-fetch.ts';
import { type Requests, sendCleanText } from './octokit.ts';
import { createLane, type Lane, paceWrites } from './pace-writes.ts';
import type { OpenFetched } from './read-change.ts';
import { retryRequests } from './retry-requests.ts';
import type { Seal } from './seal.ts';

/** Probot's Octokit with our rules for limits and retries, for Probot itself and for the worker. */
export const AppOctokit = ProbotOctokit.plugin(retryRequests).defaults((options: { throttle?: object }) => ({
  ...options,
  // Octokit's throttling counts by the time of day: after a clock was set back by ten minutes, the App asked for no token for
  // ten minutes. Ours is paceWrites; a limit that is hit is waited out in the queue. Merged, since Probot gives options as well.
  throttle: { ...options.throttle, enabled: false },
  // For the same reason: ours is retryRequests.
  retry: { enabled: false },
}));

export interface Installations {
  /** GitHub for one repository, with tokens that are narrowed to it. It may be kept: it renews its token itself. */
  forRepository(installationId: number, repositoryId: number): Promise<Forge>;
  /** Forgets a token that GitHub refused. */
  forget(installationId: number, repositoryId: number): void;
}

interface Options {
  /** Authenticated as the App. */
  app: () => Promise<Requests>;
  baseUrl: string;
  /** Signs what is posted, and tells of what stands there whether it is as it was posted. */
  seal: Seal;
  /** For one request, in milliseconds. */
  requestMs: number;
  /** Between the beginnings of two writes to an installation. */
  writePauseMs: number;
  /** Repositories as git fetches them, and where from; null: everything is read through the API. */
  store?: { fetched: RepositoryStore; webUrl: string } | null;
  /** Counts requests, for metrics. */
  onRequest?: (route: string) => void;
}

export function createInstallations({
  app,
  baseUrl,
  seal,
  requestMs,
  writePauseMs,
  store = null,
  onRequest,
}: Options): Installations {
  const known = new Map<string, { github: Forge; source: TokenSource }>();
  const lanes = new Map<number, Lane>();
  const request = { fetch: createLimitedFetch(requestMs) };
  const open = (installationId: number, repositoryId: number): { github: Forge; source: TokenSource } => {
    const source = createTokenSource({ app, installationId, repositoryId });
    const octokit = new AppOctokit({ authStrategy: createTokenAuth(source), baseUrl, request });
    octokit.hook.before('request', ({ method, url }) => onRequest?.(`${method} ${url}`));
    sendCleanText(octokit);
    const lane = lanes.get(installationId) ?? createLane(writePauseMs);
    lanes.set(installationId, lane);
    paceWrites(octokit, lane);
    // For git: it may read this repository's contents, and nothing else.
    const token = createTokenSource({ app, installationId, repositoryId, narrowed: { contents: 'read' } });
    const fetched: OpenFetched | null =
      store &&
      (({ owner, repo }, sides) => {
        const url = `${store.webUrl}/${encodeURIComponent(owner)}/${encodeURIComponent(repo)}.git`;
        return store.fetched.open({ installationId, repositoryId, url, token }, sides);
      });
    return { github: createGitHub(octokit, { permissions: source.permissions, seal, fetched }), source };
  };
  return {
    forRepository: async (installationId, repositoryId) => {
      const key = `${installationId}/${repositoryId}`;
      const entry = known.get(key) ?? open(installationId, repositoryId);
      // What the installation may not do any more shows itself here, before any work.
      await entry.source.get();
      for (const [other, { source }] of known) if (source.isExpired()) known.delete(other);
      known.set(key, entry);
      return entry.github;
    },
    forget: (installationId, repositoryId) => {
      known.delete(`${installationId}/${repositoryId}`);
    },
  };
}
