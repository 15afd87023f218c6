import { performance } from 'node:perf_hooks';
import { composeReviewer, composeReviewers, createPatience } from '../compose-reviewers.ts';
import { readEnvironment } from '../config/env.ts';
import { DEFAULT_AGENT, parseRepositoryConfig } from '../config/repository-config.ts';
import { AppError } from '../errors.ts';
import { readPatch } from '../git/read-patch.ts';
import { readRange } from '../git/read-range.ts';
import type { GitHub, PullRequest } from '../github/github.ts';
import { describeConfig, isWanted } from '../review/apply-config.ts';
import { escapeInvisible } from '../review/invisible.ts';
import { NO_MEMORY } from '../review/model-reviewer.ts';
import { NO_PRECEDENTS } from '../review/precedent.ts';
import { createMemoryTill, createPurse, decideBudgets } from '../review/purse.ts';
import type { Analysis } from '../review/review-change.ts';
import { type ReviewDeps, type ReviewOutcome, reviewPullRequest } from '../review/review-pull-request.ts';
import type { Reviewer, Reviewers } from '../review/reviewer.ts';
import { type Judged, type Run, RunData } from '../review/run.ts';
import { readSteadyClock } from '../steady-clock.ts';
import { examineChange, type Subject } from './examine-change.ts';
import { createProgress, type Progress } from './progress.ts';
import type { PullRequestUrl } from './pull-request-url.ts';
import { readDiffInput } from './read-diff-input.ts';
import { openRecording, type RecordingFile } from './recording.ts';
import type { OutputOptions } from './write-report.ts';
import { writeReport } from './write-report.ts';

export interface ReviewOptions extends OutputOptions {
  repo?: string;
  base?: string;
  /** A patch whose head is the working tree: a file, or - for standard input. */
  diff?: string;
  head?: string;
  post?: boolean;
  model: boolean;
  /** Files of answers of the model: one that is written, and one that is read instead of asking. */
  record?: string;
  replay?: string;
  /** Unset: the one that the repository's config names, else the built-in one. */
  agent?: string;
}

/** `review`: a local range, or a pull request on GitHub. */
export async function runReview(url: PullRequestUrl | undefined, options: ReviewOptions): Promise<number> {
  if (url && options.diff !== undefined)
    throw new AppError('CONFIG_INVALID', '--diff is for a repository on this machine');
  if (url) return reviewUrl(url, options);
  if (options.post) throw new AppError('CONFIG_INVALID', '--post needs the address of a pull request');
  const { repo = '.', base, head, diff } = options;
  if (diff !== undefined && (base !== undefined || head !== undefined))
    throw new AppError('CONFIG_INVALID', '--diff is instead of --base and --head');
  return await reviewAndReport(options, async () => {
    const { change, snapshot, close } =
      diff === undefined ? await readRange(repo, base, head) : await readPatch(repo, await readDiffInput(diff));
    return { change, snapshot, repository: snapshot, close };
  });
}

/** Shared by `review` and `scan`. The subject is read while the analysis starts. */
export async function reviewAndReport(
  options: ReviewOptions,
  read: () => Promise<Subject & { close?: () => Promise<void> }>,
): Promise<number> {
  if (options.record !== undefined && options.replay !== undefined)
    throw new AppError('CONFIG_INVALID', '--record and --replay exclude each other');
  const recording = openRecordingOf(options);
  const reviewer = composeReviewer(readEnvironment(), {
    agent: options.agent ?? DEFAULT_AGENT,
    model: options.model,
    replay: options.replay !== undefined,
  });
  let subject: Awaited<ReturnType<typeof read>> | undefined;
  let progress: Progress | undefined;
  try {
    subject = await read();
    progress = createProgress(options.quiet ? 0 : subject.change.files.length);
    const report = await examineChange(subject, {
      reviewer,
      model: reviewer.model,
      onDone: progress.step,
      memory: recording?.memory,
    });
    progress.stop();
    return writeReport(report, options);
  } finally {
    progress?.stop();
    recording?.save();
    await reviewer.close();
    await subject?.close?.();
  }
}

function openRecordingOf({ record, replay }: ReviewOptions): RecordingFile | null {
  if (replay !== undefined) return openRecording(replay, 'replay');
  return record === undefined ? null : openRecording(record, 'record');
}

/**
 * A pull request as the App reviews it: by the config and the agent of its base, with the same stages. Without `--post` nothing
 * is written.
 */
async function reviewUrl(ref: PullRequestUrl, options: ReviewOptions): Promise<number> {
  const env = readEnvironment();
  if (!env.GITHUB_TOKEN)
    throw new AppError('CONFIG_INVALID', 'GITHUB_TOKEN: a token that can read the pull request is needed');
  const started = performance.now();
  const reviewers = composeReviewers(env, { model: options.model });
  try {
    const { agent = null } = options;
    if (agent !== null && !reviewers.names.includes(agent))
      throw new AppError('AGENT_INVALID', `no agent ${agent}; there are: ${reviewers.names.join(', ')}`);
    const { composeTokenGitHub } = await import('../compose-token-github.ts');
    const github = composeTokenGitHub(env);
    const pull = await github.readPullRequest(ref);
    const context = await github.readContext(pull);
    const outcome = parseRepositoryConfig(context.config.text, context.config.source);
    const problem = describeConfig(outcome);
    if (problem !== null) process.stderr.write(`${problem}\n`);
    let judged: Judged | null = null;
    const run = openRun(pull);
    const deps: ReviewDeps = {
      github: options.post ? github : createReader(github),
      reviewers: showProgress(reviewers),
      // Nothing survives this process, so nothing is saved; the result is kept for the report.
      save: async ({ data }) => {
        judged = data.judged ?? judged;
      },
      readReviewed: async () => new Map(),
      readPrecedents: async () => NO_PRECEDENTS,
      openPurse: (config) => createPurse(createMemoryTill(), decideBudgets(env, config)),
      memory: NO_MEMORY,
      now: readSteadyClock,
      patience: createPatience(),
    };
    const end = await reviewPullRequest(deps, pull, run, { agent, forced: true, full: true, amendments: [] });
    if (options.post) process.stderr.write(`${escapeInvisible(describeEnd(end, pull.url))}\n`);
    const result = judged as Judged | null;
    if (!result) throw new AppError('JOB_EXHAUSTED', 'the review came to no result');
    const findings = result.findings.filter((finding) => isWanted(finding, outcome.config));
    return writeReport(
      {
        agent: run.data.agent ?? DEFAULT_AGENT,
        base: pull.baseSha,
        head: pull.headSha,
        result: { findings, coverage: result.coverage },
        seconds: (performance.now() - started) / 1000,
      },
      options,
    );
  } finally {
    await reviewers.close();
  }
}

function openRun({ headSha, baseRef }: PullRequest): Run {
  const id = crypto.randomUUID();
  return { id, headSha, baseRef, stage: 'started', attempts: 1, resumed: false, data: RunData.parse({}) };
}

/** GitHub without a way to write what a review would. */
function createReader(github: GitHub): GitHub {
  return { ...github, publishReview: async () => null, applyEdits: async () => undefined };
}

function describeEnd(end: ReviewOutcome, url: string): string {
  if (end.kind === 'posted') return `posted: ${end.url ?? url}`;
  if (end.kind === 'checked') return `posted: ${url}`;
  return `not posted: ${end.kind === 'superseded' ? 'the branch moved meanwhile' : 'the pull request is closed'}`;
}

function showProgress(reviewers: Reviewers): Reviewers {
  const get = (name: string): Reviewer => {
    const reviewer = reviewers.get(name);
    const openAnalysis: Reviewer['openAnalysis'] = (pull) => {
      const analysis = reviewer.openAnalysis(pull);
      const analyse: Analysis['analyse'] = async (files, onDone) => {
        const progress = createProgress(files.length);
        const step = (path: string): void => {
          progress.step();
          onDone?.(path);
        };
        return await analysis.analyse(files, step).finally(progress.stop);
      };
      return { ...analysis, analyse };
    };
    return { ...reviewer, openAnalysis };
  };
  return { names: reviewers.names, get };
}
