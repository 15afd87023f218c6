import { Octokit } from '@octokit/rest';
import { z } from 'zod';
import { createLimitedFetch } from './limited-fetch.ts';
import { API_HEADERS, attempt, type Permissions, type Requests } from './octokit.ts';
import { translateGitHubError } from './translate-error.ts';

/** What the App must be allowed to do, as in app.yml. */
const NEEDED_PERMISSIONS: Record<string, 'read' | 'write'> = {
  checks: 'write',
  contents: 'read',
  issues: 'write',
  metadata: 'read',
  pull_requests: 'write',
};
const NEEDED_EVENTS = ['check_run', 'issue_comment', 'pull_request', 'pull_request_review_comment'];

const Address = z.url({ protocol: /^https?$/ });
const Moment = z.iso.datetime({ offset: true });

const App = z.object({
  id: z.number(),
  slug: z.string(),
  owner: z.object({ login: z.string(), type: z.string().optional() }).nullable(),
  html_url: Address,
  permissions: z.record(z.string(), z.string()),
  events: z.array(z.string()),
});

/** The App as GitHub knows it. */
export interface AppFacts {
  id: number;
  slug: string;
  owner: string;
  /** Its page, where anyone installs it. */
  url: string;
  /** Its settings, for its owner. */
  settings: string;
  /** Permissions and events that it lacks, for people. */
  missing: string[];
}

/** What GitHub tells of an App to the App itself. */
export interface AppReader {
  /** @throws AppError GITHUB_FORBIDDEN when the key is another App's, or the clock is wrong */
  readApp(): Promise<AppFacts>;
  readHook(): Promise<HookFacts>;
  /** The first hundred. */
  readInstallations(): Promise<InstallationFacts[]>;
  /** Asks GitHub to send a webhook again, by its id. */
  redeliver(id: number): Promise<void>;
}

interface Options {
  /** Authenticated as the App. */
  app: () => Promise<Requests>;
  baseUrl: string;
  /** For one request, in milliseconds. */
  requestMs: number;
}

export function createAppReader({ app, baseUrl, requestMs }: Options): AppReader {
  const count = async (installationId: number): Promise<number> => {
    const octokit = new Octokit({
      auth: await makeToken(await app(), installationId),
      baseUrl,
      request: { fetch: createLimitedFetch(requestMs) },
    });
    const { data } = await octokit.request('GET /installation/repositories', { ...ONCE, per_page: 1 });
    return z.object({ total_count: z.number().int() }).parse(data).total_count;
  };
  return {
    readApp: async () => readApp(await app()),
    readHook: async () => readHook(await app()),
    readInstallations: async () => readInstallations(await app(), count),
    redeliver: async (id) => redeliver(await app(), id),
  };
}

/** Each request is made once: whoever looks may look again. */
const ONCE = { headers: API_HEADERS, request: { retries: 0 } };

async function readApp(octokit: Requests): Promise<AppFacts> {
  const { data } = await attempt('asking who the App is', () => octokit.request('GET /app', ONCE));
  const { id, slug, owner, html_url: url, permissions, events } = App.parse(data);
  const account = owner?.type === 'Organization' ? `/organizations/${encodeURIComponent(owner.login)}` : '';
  return {
    id,
    slug,
    owner: owner?.login ?? 'nobody',
    url,
    settings: `${new URL(url).origin}${account}/settings/apps/${encodeURIComponent(slug)}`,
    missing: [
      ...listMissing(permissions),
      ...NEEDED_EVENTS.filter((event) => !events.includes(event)).map((event) => `event ${event}`),
    ],
  };
}

function listMissing(given: Permissions): string[] {
  return Object.entries(NEEDED_PERMISSIONS)
    .filter(([name, level]) => !(given[name] === level || given[name] === 'write'))
    .map(([name, level]) => `permission ${name}: ${level}`);
}

const Installation = z.object({
  id: z.number(),
  account: z
    .object({ login: z.string() })
    .or(z.object({ slug: z.string() }))
    .nullable(),
  html_url: Address,
  permissions: z.record(z.string(), z.string()),
  suspended_at: z.string().nullish(),
});

export interface InstallationFacts {
  account: string;
  /** Its settings, for whoever owns the account. */
  url: string;
  suspended: boolean;
  /** Permissions that the App asks for and the account has not granted. */
  missing: string[];
  /** How many repositories it reaches; null where that cannot be told. */
  repositories: number | null;
}

/** So many installations are asked how many repositories they reach: each costs a token. */
const MOST_COUNTED = 10;

async function readInstallations(
  octokit: Requests,
  count: (installationId: number) => Promise<number>,
): Promise<InstallationFacts[]> {
  const { data } = await attempt('asking where the App is installed', () =>
    octokit.request('GET /app/installations', { ...ONCE, per_page: 100 }),
  );
  const read = z.array(Installation).parse(data);
  return await Promise.all(
    read.map(async ({ id, account, html_url, permissions, suspended_at }, index) => ({
      account: account === null ? 'an account without a name' : 'login' in account ? account.login : account.slug,
      url: html_url,
      suspended: typeof suspended_at === 'string',
      missing: listMissing(permissions),
      repositories: index < MOST_COUNTED && !suspended_at ? await count(id).catch(() => null) : null,
    })),
  );
}

/** It reads names, and nothing else. */
async function makeToken(octokit: Requests, installationId: number): Promise<string> {
  const { data } = await octokit.request('POST /app/installations/{installation_id}/access_tokens', {
    ...ONCE,
    installation_id: installationId,
    permissions: { metadata: 'read' },
  });
  return z.object({ token: z.string() }).parse(data).token;
}

const Delivery = z.object({
  id: z.number(),
  delivered_at: Moment,
  event: z.string(),
  status: z.string(),
  status_code: z.number(),
});

/** What became of a webhook that GitHub sent. */
export interface HookDelivery {
  id: number;
  /** ISO 8601, by GitHub's clock. */
  at: string;
  event: string;
  /** What the other side answered, of HTTP; 0 for nothing. */
  code: number;
  /** GitHub's words for it: `OK`, `failed to connect to host`. */
  status: string;
}

export interface HookFacts {
  /** Where GitHub sends webhooks; null: nowhere. */
  url: string | null;
  /** The last thirty, newest first, of about three days. */
  deliveries: HookDelivery[];
}

/** An App without a webhook has neither address nor deliveries: GitHub answers 404. */
async function readHook(octokit: Requests): Promise<HookFacts> {
  const orNothing = async (
    what: string,
    work: () => Promise<{ data: unknown }>,
    nothing: unknown,
  ): Promise<unknown> => {
    try {
      return (await work()).data;
    } catch (error) {
      if ((error as { status?: number }).status === 404) return nothing;
      throw translateGitHubError(error, what);
    }
  };
  const [config, deliveries] = await Promise.all([
    orNothing('asking where webhooks go', () => octokit.request('GET /app/hook/config', ONCE), {}),
    orNothing('asking what became of webhooks', () => octokit.request('GET /app/hook/deliveries', ONCE), []),
  ]);
  return {
    url: z.object({ url: z.string().nullish() }).parse(config).url ?? null,
    deliveries: z
      .array(Delivery)
      .parse(deliveries)
      .map(({ id, delivered_at: at, event, status, status_code: code }) => ({ id, at, event, code, status }))
      .sort((a, b) => Date.parse(b.at) - Date.parse(a.at)),
  };
}

/** Asks GitHub to send a webhook again. Source: docs.github.com, "Redeliver a delivery for an app webhook". */
async function redeliver(octokit: Requests, id: number): Promise<void> {
  await attempt('asking for the webhook again', () =>
    octokit.request('POST /app/hook/deliveries/{delivery_id}/attempts', { ...ONCE, delivery_id: id }),
  );
}
