import { loadAgents } from '../agents/load-agents.ts';
import { composeReviewer } from '../compose-reviewer.ts';
import type { Environment } from '../config/env.ts';
import { CONFIG_PATH, DEFAULT_AGENT } from '../config/repository-config.ts';
import { AppError } from '../errors.ts';
import { groupSaid } from '../findings/merge.ts';
import { type Range, readRange } from '../git/read-range.ts';
import { examineChange } from '../local/examine-change.ts';
import { chooseAgent, readSettings } from '../local/read-settings.ts';
import { createMemoryTill, createPurse, decideBudgets } from '../pipeline/purse.ts';
import { decideAnnotations } from '../plan/check.ts';
import { renderVerdict } from '../render/render-summary.ts';
import type { JobResult } from './job-result.ts';

interface Options {
  env: Environment;
  /** Null: the one that the config names. */
  agent: string | null;
  configPath: string | null;
  workspace: string;
}

/** Reviews commits of the checked-out repository, by the config of their base. Nothing is posted: there is no pull request. */
export async function reviewCommits(
  { base, head }: { base: string | null; head: string },
  { env, agent, configPath, workspace }: Options,
): Promise<JobResult> {
  const { change, snapshot, close } = await open(workspace, base, head);
  try {
    const settings = await readSettings(change, snapshot, configPath ?? CONFIG_PATH);
    const { config } = settings;
    const known = { known: [...loadAgents().keys()], builtIn: DEFAULT_AGENT };
    const chosen = chooseAgent(settings, agent ?? undefined, known);
    const reviewer = composeReviewer(env, { agent: chosen.agent, model: config.model });
    try {
      const report = await examineChange(
        { change, snapshot, settings, repository: snapshot },
        {
          reviewer,
          model: reviewer.chooseModel(config),
          purse: createPurse(createMemoryTill(), decideBudgets(env, config)),
        },
      );
      const { coverage } = report.result;
      const { said, suspected } = groupSaid(report.result.findings);
      return {
        title: renderVerdict(said, coverage, report.agent, suspected.length),
        report,
        notes: [...(report.notes ?? []), ...(chosen.note === null ? [] : [chosen.note])],
        summary: null,
        inFull: true,
        annotations: decideAnnotations(said),
      };
    } finally {
      await reviewer.close();
    }
  } finally {
    close();
  }
}

async function open(workspace: string, base: string | null, head: string): Promise<Range> {
  try {
    return await readRange(workspace, base ?? undefined, head);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'GIT_FAILED') throw error;
    throw new AppError(
      'GIT_FAILED',
      `${error.message}; the job must check the repository out first, with its history (actions/checkout with fetch-depth: 0)`,
      { cause: error },
    );
  }
}
