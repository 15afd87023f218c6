import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { AnalysisPool } from '../analysis/process/pool.ts';
import type { PullRequest } from '../change/pull-request.ts';
import { composeReviewers } from '../compose-reviewers.ts';
import { type ActionEnvironment, readActionEnvironment } from '../config/action-env.ts';
import { AppError } from '../errors.ts';
import { groupSaid } from '../findings/merge.ts';
import { createJobGitHub } from '../github/create-job-github.ts';
import { LIMITS } from '../limits.ts';
import { joinNetwork } from '../network.ts';
import type { Forge } from '../pipeline/forge.ts';
import { closeCheck } from '../pipeline/review-pull-request.ts';
import type { Run } from '../pipeline/run.ts';
import { formatSarif } from '../report/format/sarif.ts';
import { decideExitCode } from '../report/write-report.ts';
import { type ActionEvent, decodeEvent } from './decode-event.ts';
import { writeOutputs, writeReportFile, writeSummary } from './job-files.ts';
import { type JobLog, MOST_OF_LEVEL } from './job-log.ts';
import type { JobResult } from './job-result.ts';
import { renderJobSummary } from './render-job-summary.ts';
import { reviewCommits } from './review-commits.ts';
import { notReviewed, reviewPull } from './review-pull.ts';

export interface ActionDeps {
  variables: Readonly<Record<string, string | undefined>>;
  log: JobLog;
  /** A word that nobody can guess. */
  makeToken: () => string;
  /** What is to be done when the job is cancelled. */
  onCancel: (close: () => Promise<void>) => void;
  /** What analyses pull requests, where it is shared with others: it is not closed here. */
  pool?: AnalysisPool;
}

/** Between two looks at a run that is ahead of this one, and how often. */
const TURN = { everyMs: 5000, most: 60 };

/**
 * The Action: reviews what the event is about, and writes outputs, job summary, SARIF and annotations.
 *
 * @returns 0 done · 1 a finding at or above `fail-on` · 3 with `fail-on`: not all could be reviewed
 * @throws AppError CONFIG_INVALID, GIT_FAILED, GITHUB_…
 */
export async function runAction(deps: ActionDeps): Promise<number> {
  const given = readActionEnvironment(deps.variables);
  const { inputs, job, env } = given;
  joinNetwork(env);
  const event = decodeEvent(job.GITHUB_EVENT_NAME, readPayload(job.GITHUB_EVENT_PATH), inputs['pull-request'] ?? null);
  const result = await review(event, given, deps);
  return report(result, given, deps);
}

function readPayload(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new AppError('CONFIG_INVALID', `GITHUB_EVENT_PATH: ${(error as Error).message}`);
  }
}

async function review(event: ActionEvent, given: ActionEnvironment, deps: ActionDeps): Promise<JobResult> {
  const { inputs, job, env } = given;
  const [agent, configPath] = [inputs.agent ?? null, inputs.config ?? null];
  switch (event.kind) {
    case 'unknown':
      throw new AppError('CONFIG_INVALID', `event ${job.GITHUB_EVENT_NAME}: ${event.reason}`);
    case 'nothing':
      return notReviewed(event.reason);
    case 'range':
      return reviewCommits(event, { env, agent, configPath, workspace: job.GITHUB_WORKSPACE });
    case 'pull': {
      let hasCheck = true;
      const github = createJobGitHub(inputs['github-token'], {
        baseUrl: job.GITHUB_API_URL,
        requestMs: LIMITS.githubRequest,
        writePauseMs: LIMITS.writePause,
        configPath,
        kin: inputs.app ?? null,
        wait: async (tries) => {
          if (tries === 1) deps.log.say('another run reviews this commit; waiting for it');
          await setTimeout(TURN.everyMs);
          return tries < TURN.most;
        },
        onNoCheck: () => {
          hasCheck = false;
          deps.log.say('no check run: the token has no `checks: write`');
        },
      });
      const reviewers = composeReviewers(env, deps.pool && { pool: deps.pool });
      const [owner = '', repo = ''] = job.GITHUB_REPOSITORY.split('/');
      try {
        return await reviewPull(
          { owner, repo, number: event.number },
          {
            github,
            reviewers,
            env,
            agent,
            configPath,
            forced: event.forced,
            comment: inputs.comment === 'true',
            hasCheck: () => hasCheck,
            onBegin: (pull, run) => deps.onCancel(() => cancel(github, pull, run)),
          },
        );
      } finally {
        await reviewers.close();
      }
    }
  }
}

/** The runner gives a step some seconds before it ends it. */
async function cancel(github: Forge, pull: PullRequest, run: Run): Promise<void> {
  if (run.stage !== 'done') await closeCheck(github, pull, run, 'the job was cancelled');
}

/** A step that passes because nobody looked must not be taken for one that found nothing. */
const NOT_JUDGED = {
  level: 'warning' as const,
  title: '`fail-on` judged nothing',
  message:
    'Nothing was reviewed, so this step passes whatever the change holds. A draft is reviewed when it is marked ready, if the workflow runs on `ready_for_review` (or with `drafts: true` in the config).',
};

/** Writes what the job shows. */
function report(result: JobResult, { inputs, job }: ActionEnvironment, { log, makeToken }: ActionDeps): number {
  const findings = result.report && groupSaid(result.report.result.findings).said;
  const sarif =
    result.report &&
    writeReportFile(inputs['sarif-file'] ?? join(job.RUNNER_TEMP, 'backend-dev.sarif'), formatSarif(result.report), {
      workspace: job.GITHUB_WORKSPACE,
      temp: job.RUNNER_TEMP,
    });
  writeOutputs(
    job.GITHUB_OUTPUT,
    {
      // Empty, and no 0, where nobody looked.
      findings: findings ? String(findings.length) : '',
      critical: findings ? String(findings.filter(({ severity }) => severity === 'critical').length) : '',
      sarif: sarif ?? '',
    },
    makeToken,
  );
  writeSummary(job.GITHUB_STEP_SUMMARY, renderJobSummary(result));
  log.say(result.title);
  for (const finding of findings ?? [])
    log.say(`${finding.severity.padEnd(8)} ${finding.path}:${finding.startLine} ${finding.title}`);
  const failOn = inputs['fail-on'];
  const code = result.report ? decideExitCode(result.report, failOn) : 0;
  // Who wants no gate gets none, but is told.
  const isGate = failOn !== 'never';
  log.annotate([
    ...(isGate && !result.report ? [NOT_JUDGED] : []),
    ...(code === 3
      ? [
          {
            level: isGate ? ('failure' as const) : ('warning' as const),
            title: 'Not all was reviewed',
            message: `${result.title}. The job’s summary names what was not.`,
          },
        ]
      : []),
    ...result.annotations,
  ]);
  const more = result.annotations.length - MOST_OF_LEVEL;
  if (more > 0) log.say(`GitHub shows ${MOST_OF_LEVEL} annotations of each level; the job’s summary has all findings`);
  return code === 3 && !isGate ? 0 : code;
}
