import { loadAgents } from '../agents/load-agents.ts';
import type { Analysis } from '../analysis/analysis.ts';
import { composeReviewer } from '../compose-reviewer.ts';
import { readEnvironment } from '../config/env.ts';
import { DEFAULT_AGENT } from '../config/repository-config.ts';
import { AppError } from '../errors.ts';
import { readPatch } from '../git/read-patch.ts';
import { readRange } from '../git/read-range.ts';
import { examineChange, type Subject } from '../local/examine-change.ts';
import { chooseAgent, readSettings } from '../local/read-settings.ts';
import { createMemoryTill, createPurse, decideBudgets } from '../pipeline/purse.ts';
import type { Reviewer, Reviewers } from '../pipeline/reviewer.ts';
import { describeConfig, describeUnknownRules } from '../render/describe-config.ts';
import type { OutputOptions } from '../report/write-report.ts';
import { checkWritable, writeReport } from '../report/write-report.ts';
import type { TokenReviewed } from '../review-by-token.ts';
import { escapeInvisible } from '../text/invisible.ts';
import { plainText } from '../text/markdown.ts';
import { createProgress, type Progress } from './progress.ts';
import type { PullRequestUrl } from './pull-request-url.ts';
import { readDiffInput } from './read-diff-input.ts';
import { openRecording, type RecordingFile } from './recording.ts';

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
  if (options.post)
    throw new AppError(
      'CONFIG_INVALID',
      '--post needs the address of a pull request: `backend-dev review https://github.com/OWNER/REPO/pull/NUMBER --post`',
    );
  const { repo = '.', base, head, diff } = options;
  if (diff !== undefined && (base !== undefined || head !== undefined))
    throw new AppError('CONFIG_INVALID', 'give either --diff, or --base and --head');
  return await reviewAndReport(options, async () => {
    const { change, snapshot, close } =
      diff === undefined ? await readRange(repo, base, head) : await readPatch(repo, await readDiffInput(diff));
    try {
      return { change, snapshot, settings: await readSettings(change, snapshot), repository: snapshot, close };
    } catch (error) {
      close();
      throw error;
    }
  });
}

/** Shared by `review` and `scan`. The subject is read while the analysis starts. */
export async function reviewAndReport(
  options: ReviewOptions,
  read: () => Promise<Subject & { close?: () => void }>,
): Promise<number> {
  if (options.output !== undefined) checkWritable('--output', options.output);
  const recording = openRecordingOf(options);
  const env = readEnvironment();
  const compose = (agent: string) =>
    composeReviewer(env, { agent, model: options.model, replay: options.replay !== undefined });
  // Made before the config is read: its first process is on its way meanwhile.
  let reviewer = compose(options.agent ?? DEFAULT_AGENT);
  let subject: Awaited<ReturnType<typeof read>> | undefined;
  let progress: Progress | undefined;
  try {
    subject = await read();
    const { agent, note } = chooseAgent(subject.settings, options.agent, {
      known: [...loadAgents().keys()],
      builtIn: DEFAULT_AGENT,
    });
    if (agent !== reviewer.name) {
      await reviewer.close();
      reviewer = compose(agent);
    }
    if (subject.settings.config.model && options.replay === undefined && reviewer.modelOff === null)
      (await import('../network.ts')).joinNetwork(env);
    progress = createProgress(options.quiet ? 0 : subject.change.files.length);
    const { config } = subject.settings;
    const report = await examineChange(subject, {
      reviewer,
      model: reviewer.chooseModel(config),
      purse: createPurse(createMemoryTill(), decideBudgets(env, config)),
      onDone: progress.step,
      memory: recording?.memory,
    });
    progress.stop();
    tellStale(recording);
    tellUnrecorded(recording, options);
    // With --quiet, that nothing changed is not said; what is wrong with the settings is.
    const isQuiet = options.quiet === true && subject.change.files.length === 0;
    const notes = isQuiet ? subject.settings.notes : (report.notes ?? []);
    for (const one of [...notes, ...(note === null ? [] : [note])])
      process.stderr.write(`${escapeInvisible(plainText(one))}\n`);
    return writeReport(report, { ...options, root: report.below?.root ?? options.repo ?? '.' });
  } finally {
    progress?.stop();
    recording?.save();
    await reviewer.close();
    subject?.close?.();
  }
}

function openRecordingOf({ record, replay }: ReviewOptions): RecordingFile | null {
  if (record !== undefined && replay !== undefined)
    throw new AppError('CONFIG_INVALID', 'give either --record or --replay, not both');
  if (replay !== undefined) return openRecording(replay, 'replay');
  if (record === undefined) return null;
  checkWritable('--record', record);
  return openRecording(record, 'record');
}

/** Requests, and lines of one, that are told. */
const MOST_STALE = 5;
const MOST_LINES = 20;

/** Where what is asked is not what was recorded. What differs in the same lines is told once. */
function tellStale(recording: RecordingFile | null): void {
  const groups = Map.groupBy(recording?.stale() ?? [], ({ differs }) => differs.join('\n'));
  for (const [differs, stale] of [...groups].slice(0, MOST_STALE)) {
    const lines = differs.split('\n').slice(0, MOST_LINES);
    const stages = stale.map(({ stage }) => stage).join('; ');
    const told = [`${stages}: not what was asked when it was recorded`, ...lines.map((line) => `  ${line}`)];
    process.stderr.write(escapeInvisible(`${told.join('\n')}\n`));
  }
  if (groups.size > MOST_STALE) process.stderr.write(`and ${groups.size - MOST_STALE} more that differ otherwise\n`);
}

/** Whoever asked for a recording expects the file. */
function tellUnrecorded(recording: RecordingFile | null, { record }: ReviewOptions): void {
  if (record === undefined || !recording?.isEmpty()) return;
  process.stderr.write(escapeInvisible(`--record ${record}: Claude was not asked, so nothing was written\n`));
}

/**
 * A pull request as the App reviews it: by the config and the agent of its base, with the same stages. Without `--post` nothing
 * is written.
 */
async function reviewUrl(ref: PullRequestUrl, options: ReviewOptions): Promise<number> {
  const env = readEnvironment();
  if (!env.GITHUB_TOKEN)
    throw new AppError('CONFIG_INVALID', 'GITHUB_TOKEN is not set: set it to a token that may read the pull request');
  if (options.output !== undefined) checkWritable('--output', options.output);
  (await import('../network.ts')).joinNetwork(env);
  const recording = openRecordingOf(options);
  const { composeReviewers } = await import('../compose-reviewers.ts');
  const reviewers = composeReviewers(env, { model: options.model, replay: options.replay !== undefined });
  try {
    const { composeTokenGitHub } = await import('../compose-token-github.ts');
    const { reviewByToken } = await import('../review-by-token.ts');
    const done = await reviewByToken(ref, {
      github: composeTokenGitHub(env),
      reviewers: showProgress(reviewers),
      env,
      agent: options.agent ?? null,
      forced: true,
      post: options.post === true,
      commands: true,
      memory: recording?.memory,
    });
    tellStale(recording);
    tellUnrecorded(recording, options);
    const problem = describeConfig(done.config);
    const unknown = describeUnknownRules(reviewers.listUnknownRules(Object.keys(done.config.config.rules)));
    for (const one of [...(problem === null ? [] : [problem]), ...unknown])
      process.stderr.write(`${escapeInvisible(plainText(one))}\n`);
    if (done.end.kind === 'refused') throw done.end.error;
    if (options.post) process.stderr.write(`${escapeInvisible(describeEnd(done.end, done.pull.url))}\n`);
    if (!done.report) throw new AppError('JOB_EXHAUSTED', 'the review came to no result');
    return writeReport(done.report, options);
  } finally {
    recording?.save();
    await reviewers.close();
  }
}

function describeEnd(end: Exclude<TokenReviewed['end'], { kind: 'refused' }>, url: string): string {
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
  return { ...reviewers, get };
}
