import { setTimeout } from 'node:timers/promises';
import type { Agent } from './agents/agent.ts';
import { type Guidance, loadGuidance } from './agents/guidance.ts';
import { listUnknownRules } from './agents/list-unknown-rules.ts';
import { AGENTS_DIR, digestAgent, findAgent, loadAgents } from './agents/load-agents.ts';
import { parseAgent } from './agents/parse-agent.ts';
import { loadRuleTexts } from './analysis/load-rule-texts.ts';
import { type AnalysisPool, createAnalysisPool } from './analysis/process/pool.ts';
import type { Environment } from './config/env.ts';
import { DEFAULT_AGENT, type RepositoryConfig } from './config/repository-config.ts';
import type { Kind } from './context/kinds.ts';
import { describeError } from './errors.ts';
import { LIMITS } from './limits.ts';
import { createConversant } from './model/create-conversant.ts';
import { createModelReviewer, decideModel, type ReviewerOptions } from './model/create-model-reviewer.ts';
import type { MaskFileText } from './model/read-tools.ts';
import type { ModelReviewer } from './pipeline/model-reviewer.ts';
import type { ReviewDeps } from './pipeline/review-deps.ts';
import type { Reviewer, Reviewers } from './pipeline/reviewer.ts';
import { decideSelection } from './scope/select.ts';
import { code, escapeMarkdown } from './text/markdown.ts';
import { VERSION } from './version.ts';
import type { Respondent } from './worker/handle-job.ts';

/** Composes only what an agent needs to review a change, and nothing to answer people. The command line uses only this. */
export interface ComposedReviewer extends Pick<Reviewer, 'name' | 'openAnalysis'> {
  agent: Agent;
  /** Null, or why no model looks. */
  modelOff: string | null;
  /** As the repository's config, on the base, wants it told. */
  chooseModel(config: Pick<RepositoryConfig, 'guidance' | 'language'>): ModelReviewer | { off: string };
  close(): Promise<void>;
}

/**
 * One agent by its name.
 * @throws AppError AGENT_INVALID for an unknown agent, RULE_INVALID
 */
export function composeReviewer(
  env: Environment,
  options: { agent: string; model: boolean; replay?: boolean; without?: readonly Kind[] },
): ComposedReviewer {
  const agents = loadAgents();
  const agent = findAgent(agents, options.agent);
  const pool = createAnalysisPool();
  // While the change is still being read, the first process is on its way.
  pool.warm(agent.name);
  const { name, openAnalysis, model, guidance, mask } = composeLook(
    env,
    agent,
    AGENTS_DIR,
    pool,
    options.model,
    options,
  );
  const { replay = false, without = [] } = options;
  return {
    name,
    agent,
    openAnalysis,
    modelOff: 'off' in model ? model.off : null,
    chooseModel: (config) => {
      if ('off' in model) return model;
      const told = { guidance: config.guidance, language: config.language };
      return createModelReviewer(env, agent, guidance, mask, { ...told, replay, without });
    },
    close: () => pool.close(),
  };
}

function composeLook(
  env: Environment,
  agent: Agent,
  dir: string,
  pool: AnalysisPool,
  on: boolean,
  { replay = false, without = [] }: Pick<ReviewerOptions, 'replay' | 'without'> = {},
) {
  const { name } = agent;
  const guidance = loadGuidance(name, dir);
  const openAnalysis: Reviewer['openAnalysis'] = (pull) =>
    pool.open(name, {
      owner: pull?.owner ?? '',
      pullRequest: pull ? `${pull.owner}/${pull.repo}#${pull.number}` : '',
    });
  // In a process of the pool: searching for credentials is work on hostile text.
  const mask: MaskFileText = async (path, text) => {
    const selection = decideSelection(path, { testsAreCode: true });
    const kind = 'kind' in selection ? selection.kind : 'credentials';
    const [done] = await openAnalysis(null).analyse([{ path, kind, text, hunks: null, maskOnly: true }]);
    return done?.masked ? { text: done.masked.text, values: done.values } : null;
  };
  const model = on ? createModelReviewer(env, agent, guidance, mask, { replay, without }) : { off: 'switched off' };
  return { name, guidance, mask, openAnalysis, model };
}

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
  text: Guidance,
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
