import { randomBytes } from 'node:crypto';
import { type Agent, MODEL_ALIASES } from '../agents/agent.ts';
import type { Environment } from '../config/env.ts';
import { BUNDLE_CHARS, type Bundle, planBundles } from '../context/plan-bundles.ts';
import { showFile } from '../context/show-file.ts';
import { AppError, describeError } from '../errors.ts';
import { BUDGET_SPENT, type ModelCoverage, type ModelUsage, NO_USAGE } from '../review/coverage.ts';
import type { Finding } from '../review/finding.ts';
import type { ModelReview, ModelReviewer, SelectedFile } from '../review/review-change.ts';
import { type Answer, createAnswerSchema } from './answer.ts';
import { type Claude, createClaude } from './ask-claude.ts';
import { addUsage } from './cost.ts';
import { buildBundlePrompt, buildSystemPrompt } from './prompt.ts';
import { verifyAnswer } from './verify.ts';

/** The Claude reviewer, or why there is none. It is given a key and text, and nothing that could reach GitHub or a disk. */
export function createModelReviewer(
  env: Environment,
  agent: Agent,
  guidance: string,
  options: ReviewerOptions = {},
): ModelReviewer | { off: string } {
  if (!env.ANTHROPIC_API_KEY) return { off: 'MODEL_OFF: no ANTHROPIC_API_KEY is set, so the analysers alone looked' };
  const claude = createClaude({ apiKey: env.ANTHROPIC_API_KEY, baseUrl: env.ANTHROPIC_BASE_URL });
  const model = decideModel(agent, env.BACKEND_DEV_MODEL);
  return createReviewerOn(claude, model, agent, guidance, options);
}

/** `model:` of the agent as a current id; the operator's BACKEND_DEV_MODEL wins; `inherit` is the default family. */
export function decideModel(agent: Pick<Agent, 'model'>, override?: string): string {
  const wanted = override ?? (agent.model === 'inherit' ? 'sonnet' : agent.model);
  return MODEL_ALIASES[wanted] ?? wanted;
}

/** What the repository's config, as it stands on the base branch, adds. */
export interface ReviewerOptions {
  language?: string;
  guidance?: readonly { paths: readonly string[]; text: string }[];
  /** What this review may cost, in US dollars. */
  budgetUsd?: number;
}

export function createReviewerOn(
  claude: Claude,
  model: string,
  agent: Agent,
  guidance: string,
  { language = 'English', guidance: own = [], budgetUsd = Number.POSITIVE_INFINITY }: ReviewerOptions = {},
): ModelReviewer {
  const system = buildSystemPrompt(agent, guidance, language);
  const schema = createAnswerSchema(agent.principles.map((principle) => principle.id));
  return {
    review: async (about, files, known, spend) => {
      const nonce = randomBytes(8).toString('hex');
      const { bundles, tooLarge } = planBundles(
        files.map((file) => ({ file, shown: showFile(file, nonce, { mostChars: BUNDLE_CHARS * 2 }) })),
      );
      const state: State = {
        findings: [],
        refuted: [],
        usage: NO_USAGE,
        done: 0,
        problems: tooLarge.map((file) => `${file.path} is too large for one request`),
        dropped: {},
      };
      const charge = async (usage: ModelUsage): Promise<void> => {
        state.usage = addUsage(state.usage, usage);
        await spend(usage.costUsd);
      };
      const ask = async (bundle: Bundle) => {
        if (state.usage.costUsd >= budgetUsd) throw new AppError('MODEL_BUDGET', BUDGET_SPENT);
        const prompt = buildBundlePrompt(about, bundle, known, nonce, own);
        return await claude.ask<Answer>({ model, system, prompt, schema, charge });
      };
      // One after the other: the second request finds the system prompt in the cache, and a spend limit stops the rest.
      for (const bundle of bundles) {
        const goOn = await reviewBundle(ask, bundle, known, state);
        if (!goOn) break;
      }
      return { findings: state.findings, refuted: state.refuted, coverage: decideCoverage(state, bundles.length) };
    },
  };
}

interface State extends Omit<ModelReview, 'coverage'> {
  usage: ModelCoverage['usage'];
  done: number;
  problems: string[];
  dropped: Record<string, number>;
}

/** False: asking further is useless (wrong key, spend limit). */
async function reviewBundle(
  ask: (bundle: Bundle) => ReturnType<Claude['ask']>,
  bundle: Bundle,
  known: readonly Finding[],
  state: State,
): Promise<boolean> {
  try {
    const answer = await ask(bundle);
    if (answer.kind === 'truncated') return await splitBundle(ask, bundle, known, state);
    const files: SelectedFile[] = bundle.files.map(({ file }) => file);
    const verified = verifyAnswer(answer.value as Answer, files, known);
    state.findings.push(...verified.findings);
    state.refuted.push(...verified.refuted);
    for (const [reason, count] of Object.entries(verified.dropped))
      state.dropped[reason] = (state.dropped[reason] ?? 0) + count;
    state.done += 1;
    return true;
  } catch (error) {
    state.problems.push(describeError(error));
    return !(
      error instanceof AppError &&
      ['MODEL_BUDGET', 'MODEL_SPEND_LIMIT', 'MODEL_REJECTED', 'MODEL_OVERLOADED', 'MODEL_TIMEOUT'].includes(error.code)
    );
  }
}

async function splitBundle(
  ask: Parameters<typeof reviewBundle>[0],
  bundle: Bundle,
  known: readonly Finding[],
  state: State,
): Promise<boolean> {
  const [only, ...others] = bundle.files;
  if (others.length === 0) {
    state.problems.push(`MODEL_TRUNCATED: the answer for ${only?.file.path} was cut at the length limit`);
    return true;
  }
  const half = Math.ceil(bundle.files.length / 2);
  const before = state.done;
  for (const files of [bundle.files.slice(0, half), bundle.files.slice(half)]) {
    if (!(await reviewBundle(ask, { files }, known, state))) return false;
  }
  // Both halves count as the one bundle that they were.
  if (state.done > before) state.done = before + 1;
  return true;
}

function decideCoverage(state: State, bundles: number): ModelCoverage {
  const { usage, problems } = state;
  const dropped = Object.keys(state.dropped).length > 0 ? { dropped: state.dropped } : {};
  const reason = [...new Set(problems)].slice(0, 3).join('; ') || null;
  if (problems.length === 0) return { status: 'complete', reason: null, usage, ...dropped };
  return { status: state.done === 0 || bundles === 0 ? 'failed' : 'partial', reason, usage, ...dropped };
}
