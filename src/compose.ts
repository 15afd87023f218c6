import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createNodeMiddleware, Probot } from 'probot';
import type { Agent } from './agents/agent.ts';
import { type Guidance, loadGuidance } from './agents/guidance.ts';
import { AGENTS_DIR, digestAgent, loadAgents } from './agents/load-agents.ts';
import { parseAgent } from './agents/parse-agent.ts';
import { loadRuleTexts } from './analysis/load-rule-texts.ts';
import { type AnalysisPool, createAnalysisPool } from './analysis/process/pool.ts';
import { createApp } from './app.ts';
import { type AppCredentials, type Environment, isProduction, readApiUrl, readWebUrl } from './config/env.ts';
import { DEFAULT_AGENT } from './config/repository-config.ts';
import { AppError, describeError } from './errors.ts';
import { createObjectCache } from './git/create-object-cache.ts';
import { convertManifest } from './github/convert-manifest.ts';
import type { GitHub } from './github/github.ts';
import { AppOctokit, createInstallations, createTokenGitHub } from './github/installations.ts';
import { createLimitedFetch } from './github/limited-fetch.ts';
import type { Requests } from './github/octokit.ts';
import { createSeal } from './github/seal.ts';
import { LIMITS, type Limits } from './limits.ts';
import type { Logger } from './log.ts';
import { createConversant } from './model/create-conversant.ts';
import { createModelReviewer, decideModel } from './model/create-model-reviewer.ts';
import type { MaskFileText } from './model/read-tools.ts';
import { createInstallationChanger } from './queue/change-installation.ts';
import { lockDataDir } from './queue/data-dir-lock.ts';
import type { Database } from './queue/database.ts';
import { createEnqueuer } from './queue/enqueue.ts';
import { migrate } from './queue/migrations.ts';
import { openBoss } from './queue/open-boss.ts';
import { openPglite } from './queue/open-pglite.ts';
import { openPostgres } from './queue/open-postgres.ts';
import { startPurging } from './queue/purge.ts';
import { createRunStore } from './queue/run-store.ts';
import { BUDGET_SPENT } from './review/coverage.ts';
import { code, escapeMarkdown } from './review/markdown.ts';
import type { ModelReviewer } from './review/model-reviewer.ts';
import type { ReviewDeps } from './review/review-pull-request.ts';
import type { Reviewer, Reviewers } from './review/reviewer.ts';
import { decideSelection } from './review/select.ts';
import { createHttpServer } from './server/create-server.ts';
import { createMetrics } from './server/metrics.ts';
import { createSparingProbe, type OperatorPages } from './server/operator-pages.ts';
import { createBodyReader } from './server/read-body.ts';
import { createSetupServer } from './server/setup/setup-server.ts';
import { writeEnvFile } from './server/setup/write-env-file.ts';
import { readSteadyClock } from './steady-clock.ts';
import { VERSION } from './version.ts';
import { createRights } from './worker/create-rights.ts';
import { handleJob, type JobDeps, type JobOutcome, type Respondent } from './worker/handle-job.ts';
import { startWorker } from './worker/start-worker.ts';

/** An agent with all that it needs, without GitHub and without a database: the command line uses this alone. */
export interface ComposedReviewer extends Respondent {
  model: ModelReviewer | { off: string };
  close(): Promise<void>;
}

/**
 * One agent by its name.
 * @throws AppError AGENT_INVALID for an unknown agent, RULE_INVALID
 */
export function composeReviewer(
  env: Environment,
  options: { agent: string; model: boolean; replay?: boolean },
): ComposedReviewer {
  const agents = loadAgents();
  const pool = createAnalysisPool();
  const composed = composeAgent(env, findAgent(agents, options.agent), AGENTS_DIR, pool, options.model, options.replay);
  return { ...composed, close: () => pool.close() };
}

function findAgent(agents: ReadonlyMap<string, Agent>, name: string): Agent {
  const agent = agents.get(name);
  if (!agent) throw new AppError('AGENT_INVALID', `no agent ${name}; there are: ${[...agents.keys()].join(', ')}`);
  return agent;
}

function composeAgent(
  env: Environment,
  agent: Agent,
  dir: string,
  pool: AnalysisPool,
  on = true,
  replay = false,
): Omit<ComposedReviewer, 'close'> {
  const { name } = agent;
  const guidance = loadGuidance(name, dir);
  const openAnalysis: Reviewer['openAnalysis'] = (pull) =>
    pool.open(name, {
      owner: pull?.owner ?? '',
      pullRequest: pull ? `${pull.owner}/${pull.repo}#${pull.number}` : '',
    });
  // In a process of the pool: searching for credentials is work on hostile text.
  const mask: MaskFileText = async (path, text) => {
    const selection = decideSelection(path, true);
    const kind = 'kind' in selection ? selection.kind : 'credentials';
    return (
      (await openAnalysis(null).analyse([{ path, kind, text, hunks: null, maskOnly: true }]))[0]?.masked?.text ?? null
    );
  };
  const model = on ? createModelReviewer(env, agent, guidance, mask, { replay }) : { off: 'switched off' };
  const conversant = on ? createConversant(env, agent, guidance, mask) : { off: 'switched off' };
  return {
    name,
    agent,
    version: [VERSION, digestAgent(agent, dir), decideModel(agent, env)].join(' '),
    openAnalysis,
    rules: loadRuleTexts(agent, dir),
    model,
    chooseModel: createModelChooser(env, agent, guidance, mask, model),
    conversant,
  };
}

/** What the analysers found waits this long for the model. */
export function createPatience(ms: number = LIMITS.provenAfter): ReviewDeps['patience'] {
  // Aborted, it ends as well: nobody waits any more.
  return (signal) => setTimeout(ms, undefined, { signal }).catch(() => undefined);
}

interface ReviewersOptions {
  agents: ReadonlyMap<string, Agent>;
  /** Where they lie. */
  dir: string;
  model: boolean;
  /** After so long without work the processes that analyse end, in milliseconds. */
  idleMs: number;
}

/** Of analysis, in processor time: what one review may cost, and one owner before others come first in every case. */
const BUDGET = { pullRequestMs: 120_000, ownerMs: 1_800_000 };

/**
 * Every agent. All are made at the start, so that a broken one stops the start and not a review; they share processes for
 * analysis, which start with the first file.
 */
export function composeReviewers(
  env: Environment,
  {
    agents = loadAgents(),
    dir = AGENTS_DIR,
    model = true,
    idleMs = LIMITS.analysisIdle,
  }: Partial<ReviewersOptions> = {},
): Reviewers<Respondent> & { close(): Promise<void> } {
  const pool = createAnalysisPool({ dir, ...BUDGET, idleMs });
  const builtIn = composeAgent(env, findAgent(agents, DEFAULT_AGENT), dir, pool, model);
  const others = [...agents.values()].filter((agent) => agent.name !== builtIn.name);
  const all = [builtIn, ...others.map((agent) => composeAgent(env, agent, dir, pool, model))];
  const byName = new Map(all.map((one) => [one.name, one]));
  return {
    names: [...byName.keys()],
    get: (name) => byName.get(name) ?? builtIn,
    close: () => pool.close(),
  };
}

/** GitHub with the user's own token, for `backend-dev review URL`. */
export function composeTokenGitHub(env: Environment): GitHub {
  return createTokenGitHub(env.GITHUB_TOKEN ?? '', readApiUrl(env), LIMITS.githubRequest);
}

/**
 * A repository's own agent, from its base commit, is the persona and the principles of the model review there. The model id
 * stays the operator's: a repository does not decide what a review costs. A broken definition is named, and ours reviews.
 */
function createModelChooser(
  env: Environment,
  builtIn: Agent,
  text: Guidance,
  mask: MaskFileText,
  model: ModelReviewer | { off: string },
): Reviewer['chooseModel'] {
  return (own, { guidance, language }, budgetUsd) => {
    if ('off' in model) return { model, note: null };
    if (budgetUsd <= 0) return { model: { off: BUDGET_SPENT }, note: null };
    const options = { guidance, language, budgetUsd };
    if (!own) return { model: createModelReviewer(env, builtIn, text, mask, options), note: null };
    try {
      const agent = parseAgent(own.text, own.path);
      const reviewer = createModelReviewer(env, { ...agent, model: builtIn.model }, text, mask, options);
      return { model: reviewer, note: `Judged by the repository’s own agent, ${code(own.path)} of the base branch.` };
    } catch (error) {
      return {
        model: createModelReviewer(env, builtIn, text, mask, options),
        note: `The built-in agent judged, because the repository’s own is broken: ${escapeMarkdown(describeError(error))}`,
      };
    }
  };
}

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
  const database = env.DATABASE_URL ? openPostgres(env.DATABASE_URL) : await openPglite(env.DATA_DIR);
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
        });
  const installations = createInstallations({
    app: () => probot.auth(),
    baseUrl,
    seal: createSeal([privateKey, ...previousKeys]),
    requestMs: limits.githubRequest,
    store: repositories && { fetched: repositories, webUrl: readWebUrl(env) },
    onRequest: () => metrics.githubRequests.inc(),
  });
  const agents = loadAgents(agentsDir);
  const reviewers =
    role === 'web' ? null : composeReviewers(env, { agents, dir: agentsDir, idleMs: limits.analysisIdle });
  const deps: JobDeps | null = reviewers && {
    store,
    installations,
    rights: createRights(readSteadyClock),
    log,
    reviewers,
    now: readSteadyClock,
    patience: createPatience(limits.provenAfter),
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
    onIgnored: () => metrics.deliveries.inc({ event: 'other', outcome: 'ignored' }),
    log,
  };
  const separate = env.METRICS_PORT !== undefined;
  const server = createHttpServer({
    pages,
    confidence: { open: false, token: separate ? null : token },
    webhooks: webhooks || null,
    log,
  });
  const operators = separate
    ? createHttpServer({ pages, confidence: { open: true, token }, webhooks: null, log })
    : null;
  const port = await listen(server, env.HOST, env.PORT);
  const metricsPort = operators && (await listen(operators, env.METRICS_HOST, env.METRICS_PORT ?? 0));
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    // New webhooks are refused first, so GitHub keeps them; then running reviews end, or are taken up by the next start.
    server.close();
    server.closeIdleConnections();
    operators?.close();
    operators?.closeAllConnections();
    const drained = Promise.all([worker?.stop(), purging?.stop(), boss.stop({ graceful: true, timeout: 20_000 })]);
    await Promise.race([drained, setTimeout(25_000, undefined, { ref: false })]);
    await reviewers?.close();
    repositories?.close();
    await database.close();
  };
  return { port, metricsPort, stop: () => (stopped ??= stop()) };
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

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(new AppError('CONFIG_INVALID', `cannot listen on ${host}:${port}: ${error.message}`, { cause: error })),
    );
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** GitHub as the App itself, for `doctor`. */
export async function composeAppOctokit(
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

/**
 * The page on a machine without credentials, for whoever is at this machine; for others with the token that the log tells.
 * @throws AppError CONFIG_INVALID in production, where nobody looks for a page
 */
export async function composeSetup(env: Environment, log: Logger): Promise<Server> {
  if (isProduction())
    throw new AppError(
      'CONFIG_INVALID',
      'APP_ID, PRIVATE_KEY and WEBHOOK_SECRET are missing, and NODE_ENV is production',
    );
  const { server, token } = createSetupServer({
    github: env.GHE_HOST ? `${env.GHE_PROTOCOL}://${env.GHE_HOST}` : 'https://github.com',
    webhookPath: env.WEBHOOK_PATH,
    convert: (code) => convertManifest(code, readApiUrl(env), LIMITS.githubRequest),
    write: (values) => writeEnvFile('.env', values),
    log,
  });
  const port = await listen(server, env.HOST, env.PORT);
  const page = `http://${env.HOST}:${port}/probot`;
  log.warn(`no credentials are set: open ${page} on this machine to register the App, then start again`);
  // Not through the log, which masks whatever looks like a credential.
  process.stderr.write(`from elsewhere, or through a proxy: ${page}?token=${token}\n`);
  return server;
}
