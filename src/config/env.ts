import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { wordIssue } from './describe-issue.ts';
import { listSecretSources, readSecretFiles, type Variables } from './secret-files.ts';

const WEAK_SECRETS = new Set(['development', 'secret', 'changeme', 'password', 'webhook-secret']);

const Text = z.string().trim().min(1).optional();

/** A secret may also be in a file, and its value is never shown. */
const SECRET = { secret: true };
const Secret = Text.meta(SECRET);

/** The driver takes the path of a socket as well; of the address of another database it would say that no host answers. */
const DatabaseUrl = z
  .string()
  .trim()
  .regex(/^(?![a-z][a-z\d+.-]*:\/\/)|^postgres(?:ql)?:\/\//i, 'must begin with postgres:// or postgresql://')
  .optional()
  .meta(SECRET);

const Proxy = z
  .string()
  .trim()
  .regex(/^https?:\/\/[^\s/]+\/?$/, 'an address such as http://proxy.example:3128')
  .optional();

/** Known in small letters as well, which then count more. Source: Node's documentation of built-in proxy support; curl(1). */
const PROXY_NAMES = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'];

const OWN_PRICE = /^\s*([^\s=,]+)=(\d+(?:\.\d+)?)\/(\d+(?:\.\d+)?)(?:\/(\d+(?:\.\d+)?))?\s*$/;

const OwnPrices = z
  .string()
  .default('')
  .transform((text, context) => {
    const prices = new Map<string, { input: number; output: number; cacheRead: number }>();
    for (const part of text.split(',')) {
      if (part.trim() === '') continue;
      const [, model, input, output, cacheRead] = OWN_PRICE.exec(part) ?? [];
      if (model === undefined) {
        context.addIssue(`“${part.trim()}” is not MODEL=INPUT/OUTPUT, such as my-deployment=2/10`);
        return z.NEVER;
      }
      prices.set(model, {
        input: Number(input),
        output: Number(output),
        cacheRead: cacheRead === undefined ? Number(input) / 10 : Number(cacheRead),
      });
    }
    return prices;
  });

const Usd = z.coerce.number().min(0).max(1_000_000);
const Tokens = z.coerce.number().int().min(0).max(1_000_000_000_000).optional();

/** Every environment variable that the App reads. docs/configuration.md is generated from this table. */
const Environment = z.object({
  APP_ID: Text.describe('The GitHub App’s id.'),
  PRIVATE_KEY: Secret.describe('The App’s private key (PEM; `\\n` for line feeds is accepted).'),
  PREVIOUS_PRIVATE_KEY: Secret.describe(
    'The private key before this one (PEM), so that comments signed with it still count. Keep it for a few weeks after a change of keys.',
  ),
  WEBHOOK_SECRET: Secret.describe('The secret that signs webhooks: at least 16 characters.'),
  WEBHOOK_PATH: Text.default('/api/github/webhooks').describe('Where GitHub posts events.'),
  HOST: Text.default('localhost').describe('The address to listen on; 0.0.0.0 in a container.'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000).describe('The port to listen on.'),
  METRICS_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .optional()
    .describe('A separate port for `/metrics`, and for the reasons that `/readyz` does not tell everyone.'),
  METRICS_HOST: Text.default('127.0.0.1').describe('The address that METRICS_PORT listens on.'),
  METRICS_TOKEN: z
    .string()
    .regex(/^\S{16,}$/, 'at least 16 characters without spaces')
    .optional()
    .describe('Whoever sends it as `Authorization: Bearer` may read `/metrics`, on METRICS_PORT too if that is set.')
    .meta(SECRET),
  GHE_HOST: Text.describe('Host name of a GitHub Enterprise Server.'),
  GHE_PROTOCOL: z.enum(['https', 'http']).default('https').describe('Its protocol.'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal'])
    .default('info')
    .describe('The least severe level to log.'),
  LOG_FORMAT: z.enum(['json', 'pretty']).default('json').describe('One JSON object a line, or text for a terminal.'),
  DATABASE_URL: DatabaseUrl.describe('A PostgreSQL address. Unset: the embedded database in DATA_DIR.'),
  DATA_DIR: Text.default('./data').describe('The folder of the embedded database and of fetched repositories.'),
  REPOSITORY_CACHE_MB: z.coerce
    .number()
    .int()
    .min(0)
    .max(10_000_000)
    .default(4000)
    .describe(
      'How much disk the fetched repositories of one worker may take (in `repositories` of DATA_DIR). One repository may take a quarter of it. 0: nothing is fetched, and Claude sees only what a few requests to GitHub’s API give.',
    ),
  BACKEND_DEV_ENDPOINT: z
    .enum(['anthropic', 'bedrock', 'vertex', 'foundry'])
    .default('anthropic')
    .describe('Where Claude is asked: Anthropic, Amazon Bedrock, Google Vertex AI or Microsoft Foundry.'),
  ANTHROPIC_API_KEY: Secret.describe(
    'Key for the model review at Anthropic. Unset there: deterministic findings only, and each review says so.',
  ),
  ANTHROPIC_BASE_URL: Text.describe('Another address of Anthropic’s Messages API.'),
  AWS_REGION: Text.describe('`bedrock`: the region to ask.'),
  AWS_DEFAULT_REGION: Text.describe('`bedrock`: the region if AWS_REGION is unset.'),
  AWS_BEARER_TOKEN_BEDROCK: Secret.describe('`bedrock`: an API key of Bedrock; the AWS keys are then ignored.'),
  AWS_ACCESS_KEY_ID: Secret.describe(
    '`bedrock`: with AWS_SECRET_ACCESS_KEY. Unset: the AWS SDK looks for credentials (a profile, the machine’s role).',
  ),
  AWS_SECRET_ACCESS_KEY: Secret.describe('`bedrock`: the secret of AWS_ACCESS_KEY_ID.'),
  AWS_SESSION_TOKEN: Secret.describe('`bedrock`: needed with temporary keys.'),
  AWS_PROFILE: Text.describe('`bedrock`: a profile of the AWS configuration, if no keys are set.'),
  ANTHROPIC_BEDROCK_MANTLE_BASE_URL: Text.describe('`bedrock`: another address, of a gateway.'),
  ANTHROPIC_VERTEX_PROJECT_ID: Text.describe('`vertex`: the project of Google Cloud.'),
  CLOUD_ML_REGION: Text.describe('`vertex`: the region, or `global`.'),
  GOOGLE_APPLICATION_CREDENTIALS: Text.describe(
    '`vertex`: a file with credentials. Unset: Google’s default ones (of `gcloud`, or the machine’s).',
  ),
  ANTHROPIC_VERTEX_BASE_URL: Text.describe('`vertex`: another address, of a gateway.'),
  ANTHROPIC_FOUNDRY_RESOURCE: Text.describe('`foundry`: the name of the Foundry resource.'),
  ANTHROPIC_FOUNDRY_API_KEY: Secret.describe('`foundry`: its key.'),
  ANTHROPIC_FOUNDRY_BASE_URL: Text.describe('`foundry`: its address, instead of the name.'),
  BACKEND_DEV_MODEL: Text.describe(
    'A model that overrides the agent’s `model:`: `sonnet`, `opus`, `haiku`, or an id as the endpoint knows it (on Foundry the name of the deployment).',
  ),
  BACKEND_DEV_MODEL_SECONDS: z.coerce
    .number()
    .int()
    .min(10)
    .max(3600)
    .default(240)
    .describe('How many seconds one request to the model may take, until its last byte.'),
  BACKEND_DEV_TRIAGE_MODEL: Text.describe(
    'The small model that sorts the files of a large change (an alias or an id); default `haiku`.',
  ),
  BACKEND_DEV_REFUTE_MODEL: Text.describe(
    'The model that tries to disprove each finding; default: the one that reviews.',
  ),
  BACKEND_DEV_FALLBACK_MODEL: Text.describe(
    'The model that is asked when the chosen one is overloaded or does not answer.',
  ),
  BACKEND_DEV_BUDGET_USD: Usd.default(5).describe(
    'What Claude may cost for one pull request, in US dollars: reviews, questions and disputes. After that only the analysers run, and the summary says so. A repository’s config may set less.',
  ),
  BACKEND_DEV_BUDGET_TOKENS: Tokens.describe(
    'The same in tokens, read (from the cache too) and written. Unset: only the budget in dollars counts.',
  ),
  BACKEND_DEV_DAY_BUDGET_USD: Usd.default(100).describe(
    'What Claude may cost for one repository on one day (UTC), in US dollars, for all its pull requests together.',
  ),
  BACKEND_DEV_DAY_BUDGET_TOKENS: Tokens.describe('The same in tokens.'),
  BACKEND_DEV_PRICES: OwnPrices.describe(
    'Your own prices by model, in US dollars for a million tokens: `MODEL=INPUT/OUTPUT` or `MODEL=INPUT/OUTPUT/CACHE_READ`, separated by commas, such as `my-deployment=2/10`. Other models count at Anthropic’s list price (`src/model/prices.ts`); a model without any price counts as the most expensive one.',
  ),
  HTTPS_PROXY: Proxy.describe(
    'The proxy for all HTTPS requests (GitHub, git, Claude), such as `http://proxy.example:3128`.',
  ),
  HTTP_PROXY: Proxy.describe('The same for HTTP.'),
  NO_PROXY: Text.describe('Hosts that are reached without the proxy, separated by commas: `localhost,.corp.example`.'),
  NODE_EXTRA_CA_CERTS: Text.describe('A file with further certificates (PEM) to trust, for git too.'),
  GITHUB_TOKEN: Secret.describe('A token for `backend-dev review URL`.'),
});
export type Environment = z.infer<typeof Environment>;

export const ENVIRONMENT_FIELDS = Environment.shape;

/** The variables whose value nobody may see. */
export const SECRETS: readonly string[] = Object.entries(ENVIRONMENT_FIELDS)
  .filter(([, field]) => field.meta()?.['secret'] === true)
  .map(([name]) => name);

type RawEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the environment once; the only place that does. An empty variable counts as unset.
 * @throws AppError CONFIG_INVALID naming the variable, SECRET_GIVEN_TWICE, SECRET_FILE_UNREADABLE
 */
export function readEnvironment(env: RawEnvironment = process.env): Environment {
  return readFields(Environment, readSecretFiles(listSet(env), SECRETS));
}

/** How a company lets its machines reach others. */
export type Walls = Pick<Environment, 'HTTPS_PROXY' | 'HTTP_PROXY' | 'NO_PROXY' | 'NODE_EXTRA_CA_CERTS'>;

/** Whether Node was told at its start to use the proxy of the environment. */
export function isNodeToldOfProxy(): boolean {
  return process.env.NODE_USE_ENV_PROXY === '1' || process.execArgv.includes('--use-env-proxy');
}

function readFields<T>(fields: z.ZodType<T>, given: RawEnvironment): T {
  const parsed = fields.safeParse(given, { error: wordIssue });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new AppError('CONFIG_INVALID', `${issue?.path.join('.')}: ${issue?.message}`);
}

/** Where each secret that is set comes from, for people. */
export function describeSecrets(env: RawEnvironment = process.env): string[] {
  return listSecretSources(listSet(env), SECRETS);
}

function listSet(env: RawEnvironment): Variables {
  const small = PROXY_NAMES.map((name) => [name, env[name.toLowerCase()]] as const);
  return Object.fromEntries(
    [...Object.entries(env), ...small].filter(
      (one): one is [string, string] => one[1] !== undefined && one[1].trim() !== '',
    ),
  );
}

/** Every variable as it is, for what the runner of a job gives a step (action-env.ts). */
export function readVariables(): Readonly<Record<string, string | undefined>> {
  return process.env;
}

/** Takes over what the setup page wrote to `.env` in the working directory; what is set already wins, and empty is not set. */
export function loadEnvFile(): void {
  if (!existsSync('.env')) return;
  for (const [name, value] of Object.entries(parseEnv(readFileSync('.env', 'utf8'))))
    if (value !== undefined && (process.env[name] ?? '').trim() === '') process.env[name] = value;
}

/** PATH for a child process that must find git: all that it gets of this process's environment. */
export function readSystemPath(): string {
  return process.env.PATH ?? '/usr/bin:/bin';
}

/** Whether nobody sits at this machine to register an App. */
export function isProduction(): boolean {
  return process.env.NODE_ENV === 'production';
}

/** Whether output may be coloured. Source: https://no-color.org */
export function wantsColour(): boolean {
  return process.env.NO_COLOR === undefined || process.env.NO_COLOR === '';
}

export interface AppCredentials {
  appId: number;
  privateKey: string;
  /** PEM; they sign nothing any more. */
  previousKeys: string[];
  webhookSecret: string;
}

/**
 * The App's credentials, or null when none is set: the setup page then leads to registering the App.
 * @throws AppError CONFIG_INVALID for half of them, WEBHOOK_SECRET_WEAK for a secret that can be guessed
 */
export function readCredentials(env: Environment): AppCredentials | null {
  const { APP_ID, PRIVATE_KEY, PREVIOUS_PRIVATE_KEY, WEBHOOK_SECRET } = env;
  if (!APP_ID && !PRIVATE_KEY) return null;
  if (!APP_ID || !/^\d+$/.test(APP_ID)) throw new AppError('CONFIG_INVALID', 'APP_ID must be the App’s numeric id');
  if (!PRIVATE_KEY) throw new AppError('CONFIG_INVALID', 'APP_ID is set, but neither PRIVATE_KEY nor PRIVATE_KEY_FILE');
  const privateKey = parseKey(PRIVATE_KEY, 'PRIVATE_KEY');
  const previousKeys = PREVIOUS_PRIVATE_KEY ? [parseKey(PREVIOUS_PRIVATE_KEY, 'PREVIOUS_PRIVATE_KEY')] : [];
  if (!WEBHOOK_SECRET || WEBHOOK_SECRET.length < 16 || WEAK_SECRETS.has(WEBHOOK_SECRET)) {
    throw new AppError(
      'WEBHOOK_SECRET_WEAK',
      'WEBHOOK_SECRET must be a random text of at least 16 characters (`openssl rand -hex 32`)',
    );
  }
  return { appId: Number(APP_ID), privateKey, previousKeys, webhookSecret: WEBHOOK_SECRET };
}

/**
 * The credentials that were just written to `.env`, as the next start finds them.
 * @throws AppError CONFIG_INVALID when something that was set before hides them
 */
export function checkCredentials(env: Environment, written: Readonly<Record<string, string>>): AppCredentials {
  const found = readCredentials(env);
  const hidden = (['APP_ID', 'PRIVATE_KEY', 'WEBHOOK_SECRET'] as const).filter(
    (name) => toLine(env[name] ?? '') !== toLine(written[name] ?? ''),
  );
  if (found === null || hidden.length > 0)
    throw new AppError(
      'CONFIG_INVALID',
      `${hidden.join(' and ')} is set in the environment and hides what is in .env: unset it`,
    );
  return found;
}

function toLine(text: string): string {
  return text.replaceAll(/\r?\n/g, '\\n').trim();
}

function parseKey(text: string, name: string): string {
  const key = text.replaceAll('\\n', '\n');
  if (!key.includes('PRIVATE KEY-----')) throw new AppError('CONFIG_INVALID', `${name} is not in PEM format`);
  return key;
}

/** Where the REST and GraphQL APIs are. */
export function readApiUrl(env: Environment): string {
  return env.GHE_HOST ? `${env.GHE_PROTOCOL}://${env.GHE_HOST}/api/v3` : 'https://api.github.com';
}

/** Where people see repositories, and where git fetches them from. */
export function readWebUrl(env: Environment): string {
  return env.GHE_HOST ? `${env.GHE_PROTOCOL}://${env.GHE_HOST}` : 'https://github.com';
}
