import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { resolve } from 'node:path';
import { Probot } from 'probot';
import { type AppCredentials, type Environment, readApiUrl, readCredentials } from './config/env.ts';
import { AppOctokit } from './github/installations.ts';
import { createLimitedFetch } from './github/limited-fetch.ts';
import type { Requests } from './github/octokit.ts';
import { type AppReader, createAppReader, type HookDelivery } from './github/read-app.ts';
import { LIMITS } from './limits.ts';
import type { Logger } from './log.ts';
import type { Database } from './queue/database.ts';
import { openDatabase } from './queue/open-database.ts';
import { isMade } from './queue/open-pglite.ts';
import { NO_PROGRESS, readProgress } from './queue/read-progress.ts';
import { createSparingProbe } from './server/operator-pages.ts';
import { isLocal } from './server/setup/guard.ts';
import { type Asked, createStatusPage, type StatusPage } from './server/setup/status-page.ts';
import { checkModel } from './status/check-model.ts';
import { lookAround, type Sources } from './status/look-around.ts';

/** Making an embedded database takes seconds, and minutes on a busy machine. */
const DOCTOR_MS = 300_000;

/** What `doctor` checks. It runs in its own process, beside the App or without one, and creates nothing, not even a database. */
export function composeDoctor(env: Environment): { sources: Sources; close: () => Promise<void> } {
  let opened: Promise<Database> | undefined;
  const open = (): Promise<Database> => (opened ??= openDatabase(env));
  return {
    sources: {
      env,
      app: async (): Promise<AppReader | null> => {
        const credentials = readCredentials(env);
        if (!credentials) return null;
        const octokit = await composeAppOctokit(env, credentials);
        return createAppReader({ app: async () => octokit, baseUrl: readApiUrl(env), requestMs: LIMITS.githubRequest });
      },
      database: async () =>
        isUnmade(env)
          ? `embedded: the first start makes it in ${resolve(env.DATA_DIR)}`
          : describeDatabase(await open()),
      progress: async () => (isUnmade(env) ? NO_PROGRESS : readProgress(await open(), Number(env.APP_ID))),
      model: () => checkModel(env),
      port: env.PORT || null,
      limitMs: DOCTOR_MS,
    },
    close: async () => {
      const database = await opened?.catch(() => null);
      await database?.close();
    },
  };
}

function isUnmade({ DATABASE_URL, DATA_DIR }: Environment): boolean {
  return !DATABASE_URL && !isMade(DATA_DIR);
}

export async function describeDatabase(database: Database): Promise<string> {
  const [row] = await database.query('select version() as version');
  return `${database.kind}: ${String(row?.version).split(' on ')[0]}`;
}

/** GitHub as the App itself, for `doctor`. */
async function composeAppOctokit(
  env: Environment,
  { appId, privateKey, webhookSecret }: AppCredentials,
): Promise<Requests> {
  const probot = new Probot({
    appId,
    privateKey,
    secret: webhookSecret,
    baseUrl: readApiUrl(env),
    Octokit: AppOctokit,
    request: { fetch: createLimitedFetch(LIMITS.githubRequest) },
    logLevel: 'fatal',
  });
  return await probot.auth();
}

/** How long what was seen is shown again, in milliseconds: the model is asked seldom, since some endpoints take money for it. */
const FRESH_MS = 3000;
const MODEL_FRESH_MS = 5 * 60_000;

/** How long the page waits for one check, in milliseconds. */
const PAGE_MS = 10_000;

interface Parts {
  app: AppReader;
  database: Database;
  appId: number;
  port: () => number;
  session: string | null;
  log: Logger;
}

interface SetUp {
  /** For one listener: who comes in by a token, and whether whoever sits at this machine does without. Null: nobody could. */
  openTo(options: { token: string | null; local: (() => Server | null) | null }): StatusPage | null;
  /** GitHub's first ping came before its secret was known here: asks for it again. */
  recoverPing(): Promise<void>;
}

/** How far the set-up is, in the App itself. */
export function composeStatus(env: Environment, { app, database, appId, port, session, log }: Parts): SetUp {
  const model = createSparingProbe(() => checkModel(env), MODEL_FRESH_MS);
  const look = createSparingProbe(async () => {
    const looks = lookAround({
      env,
      app: () => app,
      database: () => describeDatabase(database),
      progress: () => readProgress(database, appId),
      model,
      port: port(),
      limitMs: PAGE_MS,
    });
    return await Promise.all(looks.map(({ check }) => check));
  }, FRESH_MS);
  const redeliver = async (isWanted: (delivery: HookDelivery) => boolean): Promise<Asked> => {
    try {
      const [last] = (await app.readHook()).deliveries;
      if (!last || !isWanted(last)) return 'none';
      await app.redeliver(last.id);
      return 'again';
    } catch (error) {
      log.warn({ err: error }, 'a webhook could not be asked for again');
      return 'failed';
    }
  };
  const unknown = randomBytes(24).toString('base64url');
  return {
    openTo: ({ token, local }) => {
      if (session === null && token === null && local === null) return null;
      const isOpenHere = (): boolean => {
        const server = local?.();
        return server !== null && server !== undefined && isLocal(server);
      };
      const keys = { session: session ?? unknown, others: token === null ? [] : [token] };
      return createStatusPage({ look, redeliver: () => redeliver(() => true), keys, isOpenHere, log });
    },
    recoverPing: async () => {
      await redeliver(({ event, code }) => event === 'ping' && (code < 200 || code >= 300));
    },
  };
}
