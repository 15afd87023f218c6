import { createHmac, randomBytes } from 'node:crypto';
import { type Agent, MODEL_ALIASES } from '../agents/agent.ts';
import type { Guidance } from '../agents/guidance.ts';
import type { Environment } from '../config/env.ts';
import type { Kind } from '../context/kinds.ts';
import { AppError } from '../errors.ts';
import { once } from '../once.ts';
import type { ModelReviewer } from '../pipeline/model-reviewer.ts';
import type { Claude } from './claude/claude.ts';
import { nameModel, openEndpoint } from './claude/open-endpoint.ts';
import { buildSystemPrompt } from './prompt.ts';
import type { MaskFileText } from './read-tools.ts';
import { reviewByStages } from './review-by-stages.ts';
import type { Reviewing } from './work.ts';

/** The Claude reviewer, or why there is none. It is given a key and text, and nothing that could reach GitHub or a disk. */
export function createModelReviewer(
  env: Environment,
  agent: Agent,
  guidance: () => Guidance,
  mask: MaskFileText,
  options: ReviewerOptions = {},
): ModelReviewer | { off: string } {
  if (options.replay) return createReviewerOn(REPLAYED, decideModels(agent, env), agent, guidance(), mask, options);
  const claude = openClaude(env);
  if ('off' in claude) return { off: `MODEL_OFF: ${claude.off}, so only the analysers looked` };
  const secret = findNonceSecret(env);
  return createReviewerOn(claude, decideModels(agent, env), agent, guidance(), mask, {
    ...(secret && { secret }),
    ...options,
  });
}

/** Something that this App alone knows and that stays; where credentials come and go (a machine's role), the webhook's secret does. */
export function findNonceSecret(env: Environment): string | undefined {
  return env.WEBHOOK_SECRET ?? env.ANTHROPIC_API_KEY ?? env.ANTHROPIC_FOUNDRY_API_KEY ?? env.AWS_BEARER_TOKEN_BEDROCK;
}

/** All that is asked was answered before; what was not cannot be asked. */
const REPLAYED: Claude = {
  converse: () =>
    Promise.reject(
      new AppError('MODEL_OFF', 'this was never asked when the recording was made, and nobody is asked now'),
    ),
};

const clients = new WeakMap<Environment, Claude>();

/** One client for the whole process: what one review learns of an overloaded model, the next one knows. */
export function openClaude(env: Environment): Claude | { off: string } {
  const known = clients.get(env);
  if (known) return known;
  const endpoint = openEndpoint(env);
  if ('off' in endpoint) return endpoint;
  // Anthropic's package is loaded with the first question.
  const open = once(async () =>
    (await import('./claude/create-claude.ts')).createClaude({
      endpoint,
      deadlineMs: env.BACKEND_DEV_MODEL_SECONDS * 1000,
      fallbackModel: decideFallback(env),
      prices: env.BACKEND_DEV_PRICES,
    }),
  );
  const made: Claude = { converse: async (conversation) => (await open()).converse(conversation) };
  clients.set(env, made);
  return made;
}

type ModelChoice = Partial<
  Pick<
    Environment,
    | 'BACKEND_DEV_ENDPOINT'
    | 'BACKEND_DEV_MODEL'
    | 'BACKEND_DEV_TRIAGE_MODEL'
    | 'BACKEND_DEV_REFUTE_MODEL'
    | 'BACKEND_DEV_FALLBACK_MODEL'
  >
>;

/** `model:` of the agent as a current id of the endpoint; the operator's BACKEND_DEV_MODEL wins; `inherit` is the default family. */
export function decideModel(agent: Pick<Agent, 'model'>, env: ModelChoice): string {
  return resolveModel(env.BACKEND_DEV_MODEL ?? (agent.model === 'inherit' ? 'sonnet' : agent.model), env);
}

/** Asked where the wanted one is overloaded. */
export function decideFallback(env: ModelChoice): string | undefined {
  return env.BACKEND_DEV_FALLBACK_MODEL && resolveModel(env.BACKEND_DEV_FALLBACK_MODEL, env);
}

function resolveModel(wanted: string, { BACKEND_DEV_ENDPOINT: endpoint = 'anthropic' }: ModelChoice): string {
  return nameModel(endpoint, MODEL_ALIASES[wanted] ?? wanted);
}

/** Which model each stage asks: a small one sorts, the agent's own judges and disproves. */
export function decideModels(agent: Pick<Agent, 'model'>, env: ModelChoice): Reviewing['models'] {
  const review = decideModel(agent, env);
  return {
    triage: resolveModel(env.BACKEND_DEV_TRIAGE_MODEL ?? 'haiku', env),
    review,
    refute: env.BACKEND_DEV_REFUTE_MODEL ? resolveModel(env.BACKEND_DEV_REFUTE_MODEL, env) : review,
  };
}

/** Every model that may be asked. */
export function listModels(agents: Iterable<Pick<Agent, 'model'>>, env: ModelChoice): string[] {
  const fallback = decideFallback(env);
  const chosen = [...agents].flatMap((agent) => Object.values(decideModels(agent, env)));
  return [...new Set([...chosen, ...(fallback ? [fallback] : [])])];
}

/** What the repository's config, as it stands on the base branch, adds. */
export interface ReviewerOptions {
  language?: string;
  guidance?: readonly { paths: readonly string[]; text: string }[];
  /** Known to us alone; the delimiters in prompts are made of it. */
  secret?: string;
  /** Answers come from a recording alone, so no key is needed. */
  replay?: boolean;
  /** Kinds of context that are left out, to see what they earn. */
  without?: readonly Kind[];
}

export function createReviewerOn(
  claude: Claude,
  models: Reviewing['models'],
  agent: Agent,
  { core, areas }: Guidance,
  mask: MaskFileText,
  { language = 'English', guidance = [], secret, without = [] }: ReviewerOptions = {},
): ModelReviewer {
  const system = buildSystemPrompt(agent, core, language);
  return {
    review: (subject, hands) =>
      reviewByStages(
        {
          claude,
          models,
          agent,
          system,
          areas,
          mask,
          guidance,
          without: new Set(without),
          delimiters: {
            mark: randomBytes(8).toString('hex'),
            nonce: secret
              ? createHmac('sha256', secret).update(`nonce ${subject.name}`).digest('hex').slice(0, 16)
              : randomBytes(8).toString('hex'),
          },
        },
        subject,
        hands,
      ),
  };
}
