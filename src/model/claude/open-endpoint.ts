import type { Environment } from '../../config/env.ts';
import { AppError } from '../../errors.ts';
import type { Endpoint, MessagesClient } from './endpoint.ts';

interface Vendor {
  name: string;
  hasSpendLimit: boolean;
  /** Before an id of Anthropic's. */
  prefix: string;
  /** What must be set and is not, for people. */
  listMissing(env: Environment): string[];
  connect(env: Environment, options: { timeout: number; maxRetries: 0 }): Promise<MessagesClient>;
}

const need = (value: string | undefined, name: string): string[] => (value ? [] : [name]);

/**
 * The credentials are given to each client by hand, so that none picks up another vendor's. A vendor's package is loaded when it
 * is chosen. Source of ids and variables: docs/decisions/0023.
 */
const VENDORS: Record<Environment['BACKEND_DEV_ENDPOINT'], Vendor> = {
  anthropic: {
    name: 'Anthropic',
    hasSpendLimit: true,
    prefix: '',
    listMissing: (env) => need(env.ANTHROPIC_API_KEY, 'ANTHROPIC_API_KEY'),
    connect: async ({ ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: baseURL }, options) => {
      const { default: Anthropic } = await import('@anthropic-ai/sdk');
      return new Anthropic({ ...options, apiKey: apiKey ?? null, ...(baseURL && { baseURL }) });
    },
  },
  bedrock: {
    name: 'Amazon Bedrock',
    hasSpendLimit: false,
    prefix: 'anthropic.',
    // Without keys the AWS SDK looks further: a profile, a role of the machine.
    listMissing: (env) => [
      ...need(readAwsRegion(env), 'AWS_REGION'),
      ...(env.AWS_ACCESS_KEY_ID ? need(env.AWS_SECRET_ACCESS_KEY, 'AWS_SECRET_ACCESS_KEY') : []),
      ...(env.AWS_SECRET_ACCESS_KEY ? need(env.AWS_ACCESS_KEY_ID, 'AWS_ACCESS_KEY_ID') : []),
    ],
    connect: async (env, options) => {
      const { AnthropicBedrockMantle } = await load('@anthropic-ai/bedrock-sdk', import('@anthropic-ai/bedrock-sdk'));
      return new AnthropicBedrockMantle({
        ...options,
        awsRegion: readAwsRegion(env),
        apiKey: env.AWS_BEARER_TOKEN_BEDROCK ?? null,
        awsAccessKey: env.AWS_ACCESS_KEY_ID,
        awsSecretAccessKey: env.AWS_SECRET_ACCESS_KEY,
        awsSessionToken: env.AWS_SESSION_TOKEN,
        awsProfile: env.AWS_PROFILE,
        baseURL: env.ANTHROPIC_BEDROCK_MANTLE_BASE_URL,
      });
    },
  },
  vertex: {
    name: 'Google Vertex AI',
    hasSpendLimit: false,
    prefix: '',
    listMissing: (env) => [
      ...need(env.ANTHROPIC_VERTEX_PROJECT_ID, 'ANTHROPIC_VERTEX_PROJECT_ID'),
      ...need(env.CLOUD_ML_REGION, 'CLOUD_ML_REGION'),
    ],
    connect: async (env, options) => {
      const { AnthropicVertex } = await load('@anthropic-ai/vertex-sdk', import('@anthropic-ai/vertex-sdk'));
      const { GoogleAuth } = await load('google-auth-library', import('google-auth-library'));
      const keyFilename = env.GOOGLE_APPLICATION_CREDENTIALS;
      const scopes = 'https://www.googleapis.com/auth/cloud-platform';
      const auth = new GoogleAuth({ scopes, ...(keyFilename && { keyFilename }) });
      // Left to itself the client looks for credentials at once and for ever: where there are none, the rejection that nobody
      // awaits ends the process, and no later try finds those that came since.
      const authClient = { getRequestHeaders: async () => (await auth.getClient()).getRequestHeaders() };
      return new AnthropicVertex({
        ...options,
        authClient: authClient as never,
        projectId: env.ANTHROPIC_VERTEX_PROJECT_ID ?? null,
        region: env.CLOUD_ML_REGION ?? null,
        baseURL: env.ANTHROPIC_VERTEX_BASE_URL,
      });
    },
  },
  foundry: {
    name: 'Microsoft Foundry',
    hasSpendLimit: false,
    prefix: '',
    listMissing: (env) => [
      ...need(env.ANTHROPIC_FOUNDRY_API_KEY, 'ANTHROPIC_FOUNDRY_API_KEY'),
      ...need(env.ANTHROPIC_FOUNDRY_RESOURCE ?? env.ANTHROPIC_FOUNDRY_BASE_URL, 'ANTHROPIC_FOUNDRY_RESOURCE'),
    ],
    connect: async (env, options) => {
      const { AnthropicFoundry } = await load('@anthropic-ai/foundry-sdk', import('@anthropic-ai/foundry-sdk'));
      const baseURL =
        env.ANTHROPIC_FOUNDRY_BASE_URL ?? `https://${env.ANTHROPIC_FOUNDRY_RESOURCE}.services.ai.azure.com/anthropic/`;
      // An empty resource: the package takes an address or a resource, and would read the other from the environment.
      return new AnthropicFoundry({ ...options, apiKey: env.ANTHROPIC_FOUNDRY_API_KEY, baseURL, resource: '' });
    },
  },
};

function readAwsRegion(env: Environment): string | undefined {
  return env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
}

async function load<T>(name: string, loading: Promise<T>): Promise<T> {
  return await loading.catch((error: unknown) => {
    throw new AppError('MODEL_OFF', `the package ${name} cannot be loaded: install it beside backend-dev`, {
      cause: error,
    });
  });
}

/**
 * Where Claude is asked, or why nowhere; the only place that decides so. `isWanted`: something was chosen that does not work, which
 * is more than nothing chosen.
 */
export function openEndpoint(env: Environment): Endpoint | { off: string; isWanted: boolean } {
  const choice = env.BACKEND_DEV_ENDPOINT;
  const vendor = VENDORS[choice];
  const missing = vendor.listMissing(env);
  if (missing.length > 0 && choice === 'anthropic') return { off: `no ${missing[0]} is set`, isWanted: false };
  if (missing.length > 0) {
    return { off: `BACKEND_DEV_ENDPOINT is ${choice}, which lacks ${missing.join(' and ')}`, isWanted: true };
  }
  const { name, hasSpendLimit } = vendor;
  return { name, hasSpendLimit, connect: (timeout) => vendor.connect(env, { timeout, maxRetries: 0 }) };
}

/** An id as the endpoint knows it. What does not begin like an id of Anthropic's is taken for the vendor's own. */
export function nameModel(endpoint: Environment['BACKEND_DEV_ENDPOINT'], id: string): string {
  return id.startsWith('claude-') ? `${VENDORS[endpoint].prefix}${id}` : id;
}
