import { CONFIG_PATH, parseRepositoryConfig, type RepositoryConfig } from '../config/repository-config.ts';
import type { Hunk } from '../diff/patch.ts';
import { AppError } from '../errors.ts';
import type { CheckResult, GitHub, PullRequest, ReviewContext } from '../github/github.ts';
import type { Change } from './change.ts';
import type { FileCoverage } from './coverage.ts';
import { isAtLeast } from './finding.ts';
import { escapeMarkdown } from './markdown.ts';
import { planReview, type ReviewPlan } from './plan.ts';
import { analyseChange, judgeChange, type ModelReviewer } from './review-change.ts';
import type { Run, RunData, Stage } from './run.ts';
import { matchesGlob } from './select.ts';

export interface ReviewDeps {
  github: GitHub;
  analysis: Parameters<typeof analyseChange>[2];
  /** The model reviewer for the repository's own agent, or the built-in one; `note` is for the summary. */
  chooseModel: (own: ReviewContext['agent']) => ChosenModel;
  agent: string;
  /** Writes the run's stage; when this returns, the stage survives a crash. */
  save: (run: Run) => Promise<void>;
  now: () => number;
  onStage?: (stage: Stage, seconds: number) => void;
}

export interface ChosenModel {
  model: ModelReviewer | { off: string };
  note: string | null;
}

export type ReviewOutcome =
  | { kind: 'posted'; url: string }
  | { kind: 'checked' }
  | { kind: 'superseded' }
  | { kind: 'closed' }
  | { kind: 'ignored'; reason: string };

/**
 * One review of one head, resumable at every stage. A run that was interrupted is continued from what it saved: before
 * `judged` it starts over (nothing was paid), from `judged` on it plans and posts what it has, from `saved` on it only
 * posts, after looking whether that was done already.
 */
export async function reviewPullRequest(
  deps: ReviewDeps,
  pull: PullRequest,
  run: Run,
  forced: boolean,
): Promise<ReviewOutcome> {
  const { github, now } = deps;
  const begin = now();
  const reach = async (stage: Stage, data: Partial<RunData> = {}): Promise<void> => {
    run.stage = stage;
    run.data = { ...run.data, ...data };
    await deps.save(run);
    deps.onStage?.(stage, (now() - begin) / 1000);
  };
  let plan = run.data.plan;
  if (!plan) {
    const context = await github.readContext(pull);
    const outcome = parseRepositoryConfig(context.config);
    const refusal = forced ? null : decidePolicy(pull, outcome.config);
    if (refusal) return { kind: 'ignored', reason: refusal };
    if (run.data.checkRunId === null)
      await reach('started', { checkRunId: await github.startCheck(pull), startedAt: now() });
    const chosen = deps.chooseModel(context.agent);
    if (!run.data.judged) await judge(deps, pull, chosen.model, outcome.config, reach);
    const notes = [describeConfig(outcome), chosen.note].filter((note) => note !== null);
    plan = makePlan(deps, pull, run, context, outcome.config, notes, forced);
    await reach('saved', { plan });
  }
  if (run.stage === 'saved') {
    const current = await github.readPullRequest(pull);
    if (current.headSha !== run.headSha || current.state === 'closed') {
      await closeCheck(github, pull, run, 'Superseded by a newer commit');
      return current.state === 'closed' ? { kind: 'closed' } : { kind: 'superseded' };
    }
    if (plan.post) {
      const posted = await github.publishReview(pull, plan, { reconcile: run.resumed });
      await reach('posted');
      await finish(deps, pull, run, plan);
      await reach('done', NOTHING_MORE);
      return { kind: 'posted', url: posted.url };
    }
    await reach('posted');
  }
  await finish(deps, pull, run, plan);
  await reach('done', NOTHING_MORE);
  return { kind: 'checked' };
}

/** What was kept for a crash is not needed after the last stage. */
const NOTHING_MORE: Partial<RunData> = { judged: null, plan: null };

async function judge(
  deps: ReviewDeps,
  pull: PullRequest,
  reviewer: ChosenModel['model'],
  config: RepositoryConfig,
  reach: (stage: Stage, data?: Partial<RunData>) => Promise<void>,
): Promise<void> {
  const { change, snapshot } = await deps.github.readChange(pull);
  await reach('fetched');
  const { wanted, left } = limitPaths(change, config);
  const analysed = await analyseChange(wanted, snapshot, deps.analysis);
  analysed.coverage.push(...left);
  await reach('analysed');
  const model = config.model ? reviewer : { off: 'switched off in the repository’s config' };
  const result = await judgeChange(wanted, analysed, model);
  const findings = result.findings.filter((finding) => isAtLeast(finding.severity, config.comment_at));
  await reach('judged', {
    judged: {
      findings,
      coverage: result.coverage,
      hunks: keepLineNumbers(analysed.hunks, new Set(findings.map((finding) => finding.path))),
    },
  });
}

/** The files that the repository's config lets through, and a line of coverage for each of the others. */
function limitPaths(change: Change, { paths }: RepositoryConfig): { wanted: Change; left: FileCoverage[] } {
  const isWanted = (path: string): boolean =>
    (paths.include.length === 0 || paths.include.some((glob) => matchesGlob(path, glob))) &&
    !paths.exclude.some((glob) => matchesGlob(path, glob));
  const left = change.files.filter((file) => !isWanted(file.path));
  return {
    wanted: { ...change, files: change.files.filter((file) => isWanted(file.path)) },
    left: left.map(({ path }) => ({ path, status: 'skipped', reason: `left out by ${CONFIG_PATH}`, analysers: [] })),
  };
}

/** What anchoring needs later: line numbers, no text, and only of files with findings. */
function keepLineNumbers(
  hunks: ReadonlyMap<string, readonly Hunk[]>,
  paths: ReadonlySet<string>,
): Record<string, Hunk[]> {
  const strip = (hunk: Hunk): Hunk => ({ ...hunk, lines: hunk.lines.map((line) => ({ ...line, text: '' })) });
  return Object.fromEntries(
    [...hunks].filter(([path]) => paths.has(path)).map(([path, list]) => [path, list.map(strip)]),
  );
}

function makePlan(
  deps: ReviewDeps,
  pull: PullRequest,
  run: Run,
  context: ReviewContext,
  config: RepositoryConfig,
  notes: string[],
  forced: boolean,
): ReviewPlan {
  const { judged } = run.data;
  if (!judged) throw new AppError('JOB_EXHAUSTED', 'a run without judged findings cannot be planned');
  return planReview({
    run: run.id,
    head: run.headSha,
    result: { findings: judged.findings, coverage: judged.coverage },
    hunks: new Map(Object.entries(judged.hunks)),
    said: context.said,
    agent: deps.agent,
    link: (path, line) => deps.github.linkTo(pull, path, line),
    failAt: config.fail_at,
    maxComments: config.max_comments,
    always: forced || context.reviews.length === 0,
    notes,
    seconds: (deps.now() - run.data.startedAt) / 1000,
  });
}

/** Why a pull request is not reviewed by itself, or null. A person's command overrides it. */
export function decidePolicy(pull: PullRequest, config: RepositoryConfig): string | null {
  if (!config.enabled) return `switched off in ${CONFIG_PATH}`;
  if (pull.draft && !config.drafts) return 'draft';
  if (pull.byBot && !config.bots) return 'opened by a bot';
  if (pull.headRef.startsWith('gh-readonly-queue/')) return 'merge queue';
  return null;
}

function describeConfig(outcome: ReturnType<typeof parseRepositoryConfig>): string | null {
  if (outcome.kind !== 'invalid') return null;
  return `The config is broken, so defaults were used: ${outcome.problems.map(escapeMarkdown).join('; ')}`;
}

async function finish(deps: ReviewDeps, pull: PullRequest, run: Run, plan: ReviewPlan): Promise<void> {
  if (run.data.checkRunId !== null) await deps.github.finishCheck(pull, run.data.checkRunId, plan.check);
}

/** A check that was started must not stay "in progress" for ever. */
export async function closeCheck(
  github: GitHub,
  pull: PullRequest,
  run: Pick<Run, 'data'>,
  title: string,
  summary = title,
): Promise<void> {
  if (run.data.checkRunId === null) return;
  const result: CheckResult = { conclusion: 'neutral', title: `Not reviewed: ${title}`, summary };
  await github.finishCheck(pull, run.data.checkRunId, result);
}
