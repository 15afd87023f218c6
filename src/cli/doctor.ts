import { loadAgents } from '../agents/load-agents.ts';
import { loadRuleTexts } from '../analysis/load-rule-texts.ts';
import { composeAppOctokit } from '../compose.ts';
import { describeSecrets, type Environment, readCredentials, readEnvironment, type Walls } from '../config/env.ts';
import { DEFAULT_AGENT } from '../config/repository-config.ts';
import { AppError, describeError } from '../errors.ts';
import { runGit } from '../git/run-git.ts';
import { probeApp } from '../github/probe-app.ts';
import { openEndpoint } from '../model/claude/open-endpoint.ts';
import { decideFallback, decideModels } from '../model/create-model-reviewer.ts';
import { listUnpriced } from '../model/prices.ts';
import { probeModel } from '../model/probe-model.ts';
import { openPglite } from '../queue/open-pglite.ts';
import { openPostgres } from '../queue/open-postgres.ts';
import { escapeInvisible } from '../review/invisible.ts';
import { maskText } from '../secrets/mask-text.ts';

/** For each question to the model's endpoint, in milliseconds. */
const PROBE_MS = 10_000;

type Check = { name: string; run: () => Promise<string> };

/** `doctor`: one line a check. Exit 2 when something that is configured does not work. */
export async function runDoctor(): Promise<number> {
  const env = readEnvironment();
  let failed = false;
  for (const { name, run } of listChecks(env)) {
    try {
      process.stdout.write(`ok    ${name.padEnd(12)} ${escapeInvisible(await run())}\n`);
    } catch (error) {
      failed = true;
      process.stdout.write(`FAIL  ${name.padEnd(12)} ${escapeInvisible(describeError(error))}\n`);
    }
  }
  return failed ? 2 : 0;
}

function listChecks(env: Environment): Check[] {
  return [
    { name: 'node', run: async () => process.version },
    { name: 'git', run: async () => (await runGit('.', ['--version'])).toString('utf8').trim() },
    { name: 'secrets', run: async () => describeSecrets().join('; ') || 'none is set' },
    { name: 'network', run: async () => describeNetwork(env) },
    { name: 'agents', run: checkAgents },
    { name: 'database', run: () => checkDatabase(env) },
    { name: 'github app', run: () => checkApp(env) },
    { name: 'model', run: () => checkModel(env) },
  ];
}

/** How others are reached; whether they are, the checks below tell. */
function describeNetwork({ HTTPS_PROXY, HTTP_PROXY, NO_PROXY, NODE_EXTRA_CA_CERTS }: Walls): string {
  const proxy = HTTPS_PROXY ?? HTTP_PROXY;
  return [
    proxy ? `through ${maskText(proxy)}${NO_PROXY ? `, but not to ${NO_PROXY}` : ''}` : 'no proxy',
    ...(NODE_EXTRA_CA_CERTS ? [`authorities of ${NODE_EXTRA_CA_CERTS}`] : []),
  ].join('; ');
}

async function checkAgents(): Promise<string> {
  const agents = [...loadAgents().values()];
  const lines = agents.map(
    (agent) => `${agent.name}: ${agent.principles.length} principles, ${loadRuleTexts(agent).size} rules and flows`,
  );
  return lines.join('; ');
}

async function checkDatabase(env: Environment): Promise<string> {
  const database = env.DATABASE_URL ? openPostgres(env.DATABASE_URL) : await openPglite(env.DATA_DIR);
  try {
    const [row] = await database.query('select version() as version');
    return `${database.kind}: ${String(row?.version).split(' on ')[0]}`;
  } finally {
    await database.close();
  }
}

async function checkApp(env: Environment): Promise<string> {
  const credentials = readCredentials(env);
  if (!credentials) return 'no credentials set: `npm start` leads to registering the App';
  const { slug, missing } = await probeApp(await composeAppOctokit(env, credentials));
  if (missing.length > 0) throw new Error(`${slug} lacks ${missing.join(', ')}: grant it in the App’s settings`);
  return `${slug}: permissions and events as needed`;
}

/** @throws AppError naming what the endpoint lacks, or the model that it does not know and the variable that chooses another */
export async function checkModel(env: Environment): Promise<string> {
  const endpoint = openEndpoint(env);
  if ('off' in endpoint) {
    if (endpoint.isWanted) throw new AppError('CONFIG_INVALID', endpoint.off);
    return `off: ${endpoint.off}; deterministic analysers only`;
  }
  const client = await endpoint.connect(PROBE_MS);
  const { review, triage, refute } = decideModels(loadAgents().get(DEFAULT_AGENT) ?? { model: 'inherit' }, env);
  const fallback = decideFallback(env);
  const wanted: [string, string][] = [
    ['BACKEND_DEV_MODEL', review],
    ['BACKEND_DEV_TRIAGE_MODEL', triage],
    ['BACKEND_DEV_REFUTE_MODEL', refute],
    ...(fallback ? [['BACKEND_DEV_FALLBACK_MODEL', fallback] as [string, string]] : []),
  ];
  const told = new Map<string, string>();
  for (const [setting, model] of wanted) {
    if (told.has(model)) continue;
    try {
      const known = await probeModel(client, model);
      const unpriced = listUnpriced([model], env.BACKEND_DEV_PRICES).length > 0;
      told.set(model, unpriced ? `${known}; its price is unknown, BACKEND_DEV_PRICES tells it` : known);
    } catch (error) {
      const message = `${endpoint.name}, ${model} (another one: ${setting}): ${describeCauses(error)}`;
      throw new AppError('MODEL_REJECTED', message, { cause: error });
    }
  }
  return `${endpoint.name}: ${[...told].map(([model, text]) => `${model} (${text})`).join(', ')}`;
}

/** That credentials could not be had is said by the error, why by its cause. */
function describeCauses(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${describeError(error)}${cause}`;
}
