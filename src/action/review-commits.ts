import { examineChange } from '../cli/examine-change.ts';
import { composeReviewer } from '../compose-reviewers.ts';
import type { Environment } from '../config/env.ts';
import { CONFIG_PATH, parseRepositoryConfig } from '../config/repository-config.ts';
import { AppError } from '../errors.ts';
import { type Range, readRange } from '../git/read-range.ts';
import { describeConfig, isWanted, limitPaths } from '../review/apply-config.ts';
import { decideAnnotations } from '../review/check.ts';
import { applySeverity } from '../review/judge-pull-request.ts';
import { groupPlaces } from '../review/merge.ts';
import { renderVerdict } from '../review/render-summary.ts';
import { maskText } from '../secrets/mask-text.ts';
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
    const path = configPath ?? CONFIG_PATH;
    const content = (await snapshot.readBase([path])).get(path);
    const outcome = parseRepositoryConfig(content?.kind === 'text' ? maskText(content.text) : null, path);
    const { config } = outcome;
    const { wanted, left, note } = limitPaths(change, config);
    const reviewer = composeReviewer(env, { agent: agent ?? config.agent, model: config.model });
    try {
      const report = await examineChange(
        { change: wanted, snapshot, repository: snapshot },
        { reviewer, model: reviewer.model },
      );
      const { coverage } = report.result;
      const findings = report.result.findings
        .map((finding) => applySeverity(finding, config))
        .filter((finding) => isWanted(finding, config));
      const result = { findings, coverage: { ...coverage, files: [...coverage.files, ...left] } };
      return {
        title: renderVerdict(groupPlaces(findings), result.coverage, report.agent),
        report: { ...report, result },
        notes: [describeConfig(outcome), note].filter((one) => one !== null),
        summary: null,
        inFull: true,
        annotations: decideAnnotations(groupPlaces(findings)),
      };
    } finally {
      await reviewer.close();
    }
  } finally {
    await close();
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
