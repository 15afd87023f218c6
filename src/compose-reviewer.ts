import type { Agent } from './agents/agent.ts';
import { type Guidance, loadGuidance } from './agents/guidance.ts';
import { AGENTS_DIR, findAgent, loadAgents } from './agents/load-agents.ts';
import { type AnalysisPool, createAnalysisPool } from './analysis/process/pool.ts';
import type { Environment } from './config/env.ts';
import type { RepositoryConfig } from './config/repository-config.ts';
import type { Kind } from './context/kinds.ts';
import { createModelReviewer, type ReviewerOptions } from './model/create-model-reviewer.ts';
import type { MaskFileText } from './model/read-tools.ts';
import type { ModelReviewer } from './pipeline/model-reviewer.ts';
import type { Reviewer } from './pipeline/reviewer.ts';
import { decideSelection } from './scope/select.ts';

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

/** What the command line and the App have of an agent alike. */
export function composeLook(
  env: Environment,
  agent: Agent,
  dir: string,
  pool: AnalysisPool,
  on: boolean,
  { replay = false, without = [] }: Pick<ReviewerOptions, 'replay' | 'without'> = {},
) {
  const { name } = agent;
  let read: Guidance | undefined;
  // Only where Claude reviews: most starts at a terminal have no key.
  const guidance = (): Guidance => (read ??= loadGuidance(name, dir));
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
