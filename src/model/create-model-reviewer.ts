import { createHmac, randomBytes } from 'node:crypto';
import { type Agent, MODEL_ALIASES } from '../agents/agent.ts';
import type { Guidance } from '../agents/guidance.ts';
import type { Environment } from '../config/env.ts';
import { AppError } from '../errors.ts';
import type { ModelReviewer } from '../review/model-reviewer.ts';
import type { Claude } from './claude/claude.ts';
import { createClaude } from './claude/create-claude.ts';
import { buildSystemPrompt } from './prompt.ts';
import type { MaskFileText } from './read-tools.ts';
import { type Reviewing, reviewByStages } from './review-by-stages.ts';

/** The Claude reviewer, or why there is none. It is given a key and text, and nothing that could reach GitHub or a disk. */
export function createModelReviewer(
  env: Environment,
  agent: Agent,
  guidance: Guidance,
  mask: MaskFileText,
  options: ReviewerOptions = {},
): ModelReviewer | { off: string } {
  if (options.replay) return createReviewerOn(REPLAYED, decideModels(agent, env), agent, guidance, mask, options);
  if (!env.ANTHROPIC_API_KEY) return { off: 'MODEL_OFF: no ANTHROPIC_API_KEY is set, so the analysers alone looked' };
  return createReviewerOn(openClaude(env, env.ANTHROPIC_API_KEY), decideModels(agent, env), agent, guidance, mask, {
    secret: env.ANTHROPIC_API_KEY,
    ...options,
  });
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
export function openClaude(env: Environment, apiKey: string): Claude {
  const known = clients.get(env);
  if (known) return known;
  const made = createClaude({
    apiKey,
    baseUrl: env.ANTHROPIC_BASE_URL,
    deadlineMs: env.BACKEND_DEV_MODEL_SECONDS * 1000,
    fallbackModel: env.BACKEND_DEV_FALLBACK_MODEL && resolveModel(env.BACKEND_DEV_FALLBACK_MODEL),
  });
  clients.set(env, made);
  return made;
}

/** `model:` of the agent as a current id; the operator's BACKEND_DEV_MODEL wins; `inherit` is the default family. */
export function decideModel(agent: Pick<Agent, 'model'>, override?: string): string {
  return resolveModel(override ?? (agent.model === 'inherit' ? 'sonnet' : agent.model));
}

function resolveModel(wanted: string): string {
  return MODEL_ALIASES[wanted] ?? wanted;
}

/** Which model each stage asks: a small one sorts, the agent's own judges and disproves. */
export function decideModels(
  agent: Pick<Agent, 'model'>,
  env: Partial<Pick<Environment, 'BACKEND_DEV_MODEL' | 'BACKEND_DEV_TRIAGE_MODEL' | 'BACKEND_DEV_REFUTE_MODEL'>>,
): Reviewing['models'] {
  const review = decideModel(agent, env.BACKEND_DEV_MODEL);
  return {
    triage: resolveModel(env.BACKEND_DEV_TRIAGE_MODEL ?? 'haiku'),
    review,
    refute: env.BACKEND_DEV_REFUTE_MODEL ? resolveModel(env.BACKEND_DEV_REFUTE_MODEL) : review,
  };
}

/** What the repository's config, as it stands on the base branch, adds. */
export interface ReviewerOptions {
  language?: string;
  guidance?: readonly { paths: readonly string[]; text: string }[];
  /** What this review may cost, in US dollars. */
  budgetUsd?: number;
  /** Known to us alone; the delimiters in prompts are made of it. */
  secret?: string;
  /** Answers come from a recording alone, so no key is needed. */
  replay?: boolean;
}

export function createReviewerOn(
  claude: Claude,
  models: Reviewing['models'],
  agent: Agent,
  { core, areas }: Guidance,
  mask: MaskFileText,
  { language = 'English', guidance = [], budgetUsd = Number.POSITIVE_INFINITY, secret }: ReviewerOptions = {},
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
          budgetUsd,
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
