import { mkdirSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createNodeMiddleware, Probot } from 'probot';
import type { Agent } from './agents/agent.ts';
import { AGENTS_DIR, loadAgents } from './agents/load-agents.ts';
import type { AnalysisPool } from './analysis/process/pool.ts';
import { createApp } from './app.ts';
import { composeReviewers, createPatience } from './compose-reviewers.ts';
import { composeStatus } from './compose-status.ts';
import { type AppCredentials, type Environment, isProduction, readApiUrl, readWebUrl } from './config/env.ts';
import { AppError } from './errors.ts';
import { createObjectCache } from './git/create-object-cache.ts';
import { convertManifest } from './github/convert-manifest.ts';
import { AppOctokit, createInstallations } from './github/installations.ts';
import { createLimitedFetch } from './github/limited-fetch.ts';
import { createAppReader } from './github/read-app.ts';
import { createSeal } from './github/seal.ts';
import { LIMITS, type Limits } from './limits.ts';
import type { Logger } from './log.ts';
import { openEndpoint } from './model/claude/open-endpoint.ts';
import { listModels } from './model/create-model-reviewer.ts';
import { listUnpriced, PRICES_OF } from './model/prices.ts';
import { readGitNetwork } from './network.ts';
import { createInstallationChanger } from './queue/change-installation.ts';
import { lockDataDir } from './queue/data-dir-lock.ts';
import type { Database } from './queue/database.ts';
import { createEnqueuer } from './queue/enqueue.ts';
import { migrate } from './queue/migrations.ts';
import { openBoss } from './queue/open-boss.ts';
import { openDatabase } from './queue/open-database.ts';
import { createPrecedentStore } from './queue/precedent-store.ts';
import { startPurging } from './queue/purge.ts';
import type { JobOutcome } from './queue/review-job.ts';
import { createRunStore } from './queue/run-store.ts';
import { startWorker } from './queue/start-worker.ts';
import { createWebhookNote } from './queue/webhook-note.ts';
import { createHttpServer } from './server/create-server.ts';
import { createMetrics, noteAnswer } from './server/metrics.ts';
import { createSparingProbe, type OperatorPages } from './server/operator-pages.ts';
import { createBodyReader } from './server/read-body.ts';
import { createSetupServer, type SetupOptions } from './server/setup/setup-server.ts';
import { writeEnvFile } from './server/setup/write-env-file.ts';
import { readSteadyClock } from './steady-clock.ts';
import { createRights } from './worker/create-rights.ts';
import { handleJob, type JobDeps } from './worker/handle-job.ts';

export type Role = 'all' | 'web' | 'worker';

export interface Service {
  port: number;
  /** Where METRICS_PORT listens, if it does. */
  metricsPort: number | null;
  stop(): Promise<void>;
}

export interface ServiceOptions {
  /** Where other agents lie. */
  agentsDir?: string;
  /** Other limits than LIMITS, to see in seconds what takes hours. */
  limits?: Partial<Limits>;
  /** What analyses, for several Apps in one process. */
  pool?: AnalysisPool;
  /** What lets in to the page that tells how far the set-up is; null: only METRICS_TOKEN and METRICS_PORT do. */
  session?: string | null;
  /** A server that listens already: the page that registered the App. */
  server?: Server;
}

/**
 * The App: webhooks and worker in one process, or one of them.
 * @throws AppError DATA_DIR_LOCKED, DATABASE_UNAVAILABLE, AGENT_INVALID, RULE_INVALID
 */
export async function composeService(
  env: Environment,
  credentials: AppCredentials,
  log: Logger,
  role: Role = 'all',
  options: ServiceOptions = {},
): Promise<Service> {
  const { appId, privateKey, previousKeys, webhookSecret } = credentials;
  const agentsDir = options.agentsDir ?? AGENTS_DIR;
  const limits = { ...LIMITS, ...options.limits };
  if (role !== 'all' && !env.DATABASE_URL) {
    throw new AppError(
      'CONFIG_INVALID',
      `--role ${role} needs DATABASE_URL: the embedded database belongs to one process`,
    );
  }
  const database = await openDatabase(env);
  await migrate(database);
  const boss = await openBoss(database, log);
  const store = createRunStore(database);
  const metrics = createMetrics(async () =>
    Number(
      (
        await database.query(
          "select count(*)::integer as jobs from pgboss.job where name = 'review' and state < 'completed'",
        )
      )[0]?.jobs ?? 0,
    ),
  );
  const baseUrl = readApiUrl(env);
  const probot = new Probot({
    appId,
    privateKey,
    secret: webhookSecret,
    baseUrl,
    log,
    Octokit: AppOctokit,
    request: { fetch: createLimitedFetch(limits.githubRequest) },
  });
  const repositories =
    role === 'web' || env.REPOSITORY_CACHE_MB === 0
      ? null
      : createObjectCache({
          dir: join(env.DATA_DIR, 'repositories'),
          mostBytes: env.REPOSITORY_CACHE_MB * 1_000_000,
          lock: lockDataDir,
          log,
          network: readGitNetwork(env, (text) => writeAuthorities(env.DATA_DIR, text)),
        });
  const installations = createInstallations({
    app: () => probot.auth(),
    baseUrl,
    seal: createSeal([privateKey, ...previousKeys]),
    requestMs: limits.githubRequest,
    writePauseMs: limits.writePause,
    store: repositories && { fetched: repositories, webUrl: readWebUrl(env) },
    onRequest: () => metrics.githubRequests.inc(),
  });
  const agents = loadAgents(agentsDir);
  const reviewers =
    role === 'web'
      ? null
      : composeReviewers(env, {
          agents,
          dir: agentsDir,
          idleMs: limits.analysisIdle,
          ...(options.pool && { pool: options.pool }),
        });
  if (role !== 'web') warnOfPrices(env, agents.values(), log);
  const deps: JobDeps | null = reviewers && {
    store,
    precedents: createPrecedentStore(database),
    installations,
    rights: createRights(readSteadyClock),
    log,
    reviewers,
    now: readSteadyClock,
    patience: createPatience(limits.provenAfter),
    budgets: env,
    onAnswer: (answer) => noteAnswer(metrics, answer),
    onJudged: (status) => metrics.modelReviews.inc({ status }),
    onStage: (stage, seconds) => metrics.stages.observe({ stage }, seconds),
  };
  const handle = async (pullRequestId: string, check: () => Promise<void>): Promise<JobOutcome> => {
    if (!deps) throw new AppError('CONFIG_INVALID', 'this process has no worker');
    const outcome = await handleJob(deps, pullRequestId, check);
    metrics.jobs.inc({ outcome: outcome.kind });
    return outcome;
  };
  const worker = reviewers ? await startWorker({ boss, database, store, handle, log, sweepMs: limits.sweep }) : null;
  const purging = role === 'web' ? null : startPurging(database, limits, log);
  const wake = (): void => worker?.wake();
  const changeInstallation = createInstallationChanger(database, boss, wake);
  const enqueue = createEnqueuer(database, boss, wake);
  const app = createApp({
    appId,
    enqueue,
    changeInstallation: async (guid, event, change) => {
      if (change.kind === 'removed')
        void repositories?.forget(change.installationId, change.repositoryIds).catch(() => undefined);
      return await changeInstallation(guid, event, change);
    },
    agents: [...agents.keys()],
    onDelivery: (event, outcome) => metrics.deliveries.inc({ event, outcome }),
    deadlineMs: limits.deliveryWrite,
  });
  const pages: OperatorPages = {
    notReady: createSparingProbe(() => findObstacle(database, role, worker !== null), limits.readiness),
    metrics: async () => ({ type: metrics.registry.contentType, text: await metrics.registry.metrics() }),
  };
  const token = env.METRICS_TOKEN ?? null;
  const webhooks = role !== 'worker' && {
    path: env.WEBHOOK_PATH,
    secret: webhookSecret,
    middleware: await createNodeMiddleware(app.load, { probot, webhooksPath: env.WEBHOOK_PATH }),
    events: app.events,
    readBody: createBodyReader({ deadlineMs: limits.body, allBytes: limits.bodiesBytes }),
    onRefused: (reason: string) => metrics.refused.inc({ reason }),
    onSigned: createWebhookNote(database, appId, log),
    onIgnored: () => metrics.deliveries.inc({ event: 'other', outcome: 'ignored' }),
    log,
  };
  const separate = env.METRICS_PORT !== undefined;
  const setUp = composeStatus(env, {
    app: createAppReader({ app: () => probot.auth(), baseUrl, requestMs: limits.githubRequest }),
    database,
    appId,
    port: () => port,
    session: options.session ?? null,
    log,
  });
  const server = createHttpServer(
    {
      pages,
      confidence: { open: false, token: separate ? null : token },
      webhooks: webhooks || null,
      status: setUp.openTo({ token: separate ? null : token, local: null }),
      log,
    },
    options.server,
  );
  const operators: Server | null = separate
    ? createHttpServer({
        pages,
        confidence: { open: true, token },
        webhooks: null,
        status: setUp.openTo({ token, local: token === null ? () => operators : null }),
        log,
      })
    : null;
  const port = options.server ? readPort(server) : await listen(server, env.HOST, env.PORT);
  if (options.server) void setUp.recoverPing();
  const metricsPort = operators && (await listen(operators, env.METRICS_HOST, env.METRICS_PORT ?? 0));
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    // New webhooks are refused first, so GitHub keeps them; then running reviews end, or are taken up by the next start.
    server.close();
    server.closeIdleConnections();
    operators?.close();
    operators?.closeAllConnections();
    const drained = Promise.all([
      worker?.stop(),
      purging?.stop(),
      boss.stop({ graceful: true, timeout: limits.drain }),
    ]);
    await Promise.race([drained, setTimeout(limits.drain + 5000, undefined, { ref: false })]);
    await reviewers?.close();
    repositories?.close();
    await database.close();
  };
  return { port, metricsPort, stop: () => (stopped ??= stop()) };
}

/** Once for each start: what a model costs that nobody knows is guessed, and budgets go by it. */
function warnOfPrices(env: Environment, agents: Iterable<Pick<Agent, 'model'>>, log: Logger): void {
  if ('off' in openEndpoint(env)) return;
  const models = listUnpriced(listModels(agents, env), env.BACKEND_DEV_PRICES);
  if (models.length > 0)
    log.warn(
      { models },
      `the price of a model is unknown: the dearest of ${PRICES_OF} is taken; BACKEND_DEV_PRICES tells it`,
    );
}

async function findObstacle(database: Database, role: Role, working: boolean): Promise<string | null> {
  if (role !== 'web' && !working) return 'the worker is not running';
  const late = setTimeout(3000, 'the database does not answer', { ref: false });
  return Promise.race([
    database.query('select 1').then(
      () => null,
      () => 'the database does not answer',
    ),
    late,
  ]);
}

/** @returns where git finds them */
function writeAuthorities(dir: string, text: string): string {
  const path = resolve(dir, 'authorities.pem');
  mkdirSync(dir, { recursive: true });
  writeFileSync(path, text);
  return path;
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(new AppError('CONFIG_INVALID', `cannot listen on ${host}:${port}: ${error.message}`, { cause: error })),
    );
    server.listen(port, host, () => resolve(readPort(server)));
  });
}

function readPort(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/**
 * The page on a machine without credentials, for whoever is at this machine; for others with the token that the log tells. Once the
 * App is registered, `start` makes this process that App.
 * @throws AppError CONFIG_INVALID in production, where nobody looks for a page
 */
export async function composeSetup(env: Environment, log: Logger, start: SetupOptions['start']): Promise<void> {
  if (isProduction())
    throw new AppError(
      'CONFIG_INVALID',
      'APP_ID, PRIVATE_KEY and WEBHOOK_SECRET are not set. Set them: with NODE_ENV=production there is no page that registers the App',
    );
  const { server, token } = createSetupServer({
    github: readWebUrl(env),
    webhookPath: env.WEBHOOK_PATH,
    convert: (code) => convertManifest(code, readApiUrl(env), LIMITS.githubRequest),
    write: (values) => writeEnvFile('.env', values),
    start,
    log,
  });
  const port = await listen(server, env.HOST, env.PORT);
  const page = `http://${env.HOST}:${port}/probot`;
  log.warn(`no credentials are set: open ${page} on this machine to register the App`);
  // Not through the log, which masks whatever looks like a credential.
  process.stderr.write(`from elsewhere, or through a proxy: ${page}?token=${token}\n`);
}
