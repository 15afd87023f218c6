import { performance } from 'node:perf_hooks';
import { loadAgents } from '../agents/load-agents.ts';
import { composeReviewer, composeTokenGitHub } from '../compose.ts';
import { readEnvironment } from '../config/env.ts';
import { AppError } from '../errors.ts';
import { readRange } from '../git/read-range.ts';
import type { GitHub, PullRequest } from '../github/github.ts';
import type { Change, Snapshot } from '../review/change.ts';
import { type Ledger, rebuildLedger } from '../review/ledger.ts';
import { keyOfComment } from '../review/place-comments.ts';
import { planReview, type ReviewPlan } from '../review/plan.ts';
import { analyseChange, judgeChange } from '../review/review-change.ts';
import type { PullRequestUrl } from './main.ts';
import { createProgress } from './progress.ts';
import type { OutputOptions } from './write-report.ts';
import { writeReport } from './write-report.ts';

export interface ReviewOptions extends OutputOptions {
  repo?: string;
  base?: string;
  head?: string;
  post?: boolean;
  model: boolean;
  agent: string;
}

/** `review`: a local range, or a pull request on GitHub. */
export async function runReview(url: PullRequestUrl | undefined, options: ReviewOptions): Promise<number> {
  if (url) return reviewUrl(url, options);
  if (options.post) throw new AppError('CONFIG_INVALID', '--post needs the address of a pull request');
  const { change, snapshot } = await readRange(options.repo ?? '.', options.base, options.head);
  return reviewAndReport(change, snapshot, options, null);
}

/** Shared by `review` and `scan`. */
export async function reviewAndReport(
  change: Change,
  snapshot: Snapshot,
  options: ReviewOptions,
  whole: { named: ReadonlySet<string> } | null,
): Promise<number> {
  const started = performance.now();
  const reviewer = composeReviewer(readEnvironment(), { agent: options.agent, model: options.model });
  const analysis = reviewer.openAnalysis(null);
  const progress = createProgress(change.files.length);
  try {
    const analysed = await analyseChange(change, snapshot, analysis, {
      whole: whole !== null,
      named: whole?.named ?? new Set(),
      attributes: await readAttributes(snapshot),
      onDone: progress.step,
    });
    const result = await judgeChange(change, analysed, reviewer.model, analysis);
    progress.stop();
    const seconds = (performance.now() - started) / 1000;
    return writeReport({ agent: reviewer.agent.name, base: change.base, head: change.head, result, seconds }, options);
  } finally {
    progress.stop();
    await reviewer.close();
  }
}

/** As they stand on the base: what a change says of itself switches nothing off. */
async function readAttributes(snapshot: Snapshot): Promise<string | null> {
  const content = (await snapshot.readBase(['.gitattributes'])).get('.gitattributes');
  return content?.kind === 'text' ? content.text : null;
}

async function reviewUrl({ owner, repo, number }: PullRequestUrl, options: ReviewOptions): Promise<number> {
  const env = readEnvironment();
  if (!env.GITHUB_TOKEN)
    throw new AppError('CONFIG_INVALID', 'GITHUB_TOKEN: a token that can read the pull request is needed');
  const started = performance.now();
  const github = composeTokenGitHub(env);
  const pull = await github.readPullRequest({ owner, repo, number });
  const source = await github.readChange(pull);
  const reviewer = composeReviewer(env, { agent: options.agent, model: options.model });
  const analysis = reviewer.openAnalysis(null);
  const progress = createProgress(source.change.files.length);
  try {
    const analysed = await analyseChange(source.change, source.snapshot, analysis, {
      attributes: await readAttributes(source.snapshot),
      onDone: progress.step,
    });
    const result = await judgeChange(source.change, analysed, reviewer.model, analysis);
    progress.stop();
    const seconds = (performance.now() - started) / 1000;
    if (options.post) {
      const looked = new Set(result.coverage.files.filter((one) => one.status === 'reviewed').map((one) => one.path));
      const listed = new Set(source.change.files.map((file) => file.path));
      const run = crypto.randomUUID();
      const plan = (ledger: Ledger, refused: ReadonlySet<string>): ReviewPlan =>
        planReview({
          run,
          head: pull.headSha,
          findings: result.findings,
          coverage: result.coverage,
          scope: { kind: 'all', why: '' },
          hunks: analysed.hunks,
          ledger,
          standingOf: (path) => (looked.has(path) ? 'looked' : listed.has(path) ? 'unsure' : 'gone'),
          renames: new Map(
            source.change.files.flatMap((one) => (one.previousPath ? [[one.path, one.previousPath]] : [])),
          ),
          amendments: [],
          agent: reviewer.name,
          agents: [...loadAgents().keys()],
          link: (path, line) => github.linkTo(pull, path, line),
          policyOf: () => ({ off: false, reason: null }),
          commentAt: 'low',
          failAt: 'never',
          maxComments: 25,
          always: true,
          refused,
          canResolve: github.granted('contents', 'write'),
          notes: [],
          seconds,
        });
      const url = await post(github, pull, plan);
      process.stderr.write(`posted: ${url ?? pull.url}\n`);
    }
    return writeReport(
      { agent: reviewer.agent.name, base: pull.baseSha, head: pull.headSha, result, seconds },
      options,
    );
  } finally {
    progress.stop();
    await reviewer.close();
  }
}

/** Posts a plan. Without the comments that GitHub does not take it is made anew, from what stands there by then. */
async function post(
  github: GitHub,
  pull: PullRequest,
  make: (ledger: Ledger, refused: ReadonlySet<string>) => ReviewPlan,
): Promise<string | null> {
  const refused = new Set<string>();
  for (;;) {
    const { conversation } = await github.readContext(pull);
    const plan = make(rebuildLedger(conversation), refused);
    const posted = await github.publishReview(pull, plan, { reconcile: refused.size > 0 });
    if (posted?.kind !== 'refused') {
      await github.applyEdits(pull, plan, null);
      return posted?.url ?? null;
    }
    for (const comment of posted.comments) refused.add(keyOfComment(comment));
  }
}
