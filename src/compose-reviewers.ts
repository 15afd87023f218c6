import { setTimeout } from 'node:timers/promises';
import type { Agent } from './agents/agent.ts';
import type { Guidance } from './agents/guidance.ts';
import { listUnknownRules } from './agents/list-unknown-rules.ts';
import { AGENTS_DIR, digestAgent, findAgent, loadAgents } from './agents/load-agents.ts';
import { parseAgent } from './agents/parse-agent.ts';
import { loadRuleTexts } from './analysis/load-rule-texts.ts';
import { type AnalysisPool, createAnalysisPool } from './analysis/process/pool.ts';
import { composeLook } from './compose-reviewer.ts';
import type { Environment } from './config/env.ts';
import { DEFAULT_AGENT } from './config/repository-config.ts';
import { describeError } from './errors.ts';
import { LIMITS } from './limits.ts';
import { createConversant } from './model/create-conversant.ts';
import { createModelReviewer, decideModel } from './model/create-model-reviewer.ts';
import type { MaskFileText } from './model/read-tools.ts';
import type { ModelReviewer } from './pipeline/model-reviewer.ts';
import type { ReviewDeps } from './pipeline/review-deps.ts';
import type { Reviewer, Reviewers } from './pipeline/reviewer.ts';
import { code, escapeMarkdown } from './text/markdown.ts';
import { VERSION } from './version.ts';
import type { Respondent } from './worker/respondent.ts';

function composeAgent(
  env: Environment,
  agent: Agent,
  dir: string,
  pool: AnalysisPool,
  on: boolean,
  replay: boolean,
): Respondent {
  const { name, guidance, mask, openAnalysis, model } = composeLook(env, agent, dir, pool, on, { replay });
  return {
    name,
    agent,
    version: [VERSION, digestAgent(agent, dir), decideModel(agent, env)].join(' '),
    openAnalysis,
    rules: loadRuleTexts(agent, dir),
    chooseModel: createModelChooser(env, agent, guidance, mask, model, replay),
    conversant: on ? createConversant(env, agent, guidance, mask) : { off: 'switched off' },
  };
}

/** What the analysers found is posted alone when the review has taken so long, in milliseconds. */
export function createPatience(ms: number = LIMITS.provenAfter): ReviewDeps['patience'] {
  // Aborted, it ends as well: nobody waits any more.
  return (signal, spent) => setTimeout(Math.max(0, ms - spent), undefined, { signal }).catch(() => undefined);
}

interface ReviewersOptions {
  agents: ReadonlyMap<string, Agent>;
  /** Where they lie. */
  dir: string;
  model: boolean;
  /** Answers come from a recording alone. */
  replay: boolean;
  /** After so long without work the processes that analyse end, in milliseconds. */
  idleMs: number;
  /** What analyses, where it is shared with others: it is not closed here. */
  pool: AnalysisPool;
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
    replay = false,
    idleMs = LIMITS.analysisIdle,
    pool: shared,
  }: Partial<ReviewersOptions> = {},
): Reviewers<Respondent> & { close(): Promise<void> } {
  const pool = shared ?? createAnalysisPool({ dir, ...BUDGET, idleMs });
  const builtIn = composeAgent(env, findAgent(agents, DEFAULT_AGENT), dir, pool, model, replay);
  const others = [...agents.values()].filter((agent) => agent.name !== builtIn.name);
  const all = [builtIn, ...others.map((agent) => composeAgent(env, agent, dir, pool, model, replay))];
  const byName = new Map(all.map((one) => [one.name, one]));
  return {
    names: [...byName.keys()],
    get: (name) => byName.get(name) ?? builtIn,
    listUnknownRules: (named) => listUnknownRules(named, byName.keys(), dir),
    close: async () => {
      if (!shared) await pool.close();
    },
  };
}

/**
 * A repository's own agent, from its base commit, is the persona and the principles of the model review there. The model id
 * stays the operator's: a repository does not decide what a review costs. A broken definition is named, and ours reviews.
 */
function createModelChooser(
  env: Environment,
  builtIn: Agent,
  text: () => Guidance,
  mask: MaskFileText,
  model: ModelReviewer | { off: string },
  replay: boolean,
): Reviewer['chooseModel'] {
  return (own, { guidance, language }, obstacle) => {
    if ('off' in model) return { model, note: null };
    if (obstacle !== null) return { model: { off: obstacle }, note: null };
    const options = { guidance, language, replay };
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
