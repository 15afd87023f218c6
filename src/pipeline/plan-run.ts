import type { PullRequest } from '../change/pull-request.ts';
import type { ConfigOutcome, RepositoryConfig } from '../config/repository-config.ts';
import type { FileStanding } from '../ledger/compare-with-ledger.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Precedents } from '../ledger/precedent.ts';
import { type PlanInput, planReview, type ReviewPlan } from '../plan/plan.ts';
import { describeAgent, describeConfig, describeUnknownRules } from '../render/describe-config.ts';
import { describeReason } from '../render/describe-reason.ts';
import type { Coverage } from '../scope/coverage.ts';
import { because } from '../scope/reasons.ts';
import type { Cost } from './purse.ts';
import type { ReviewDeps, ReviewRequest } from './review-deps.ts';
import type { ChosenModel, Reviewer } from './reviewer.ts';
import type { Judged, Run } from './run.ts';

/** Everything that a plan is made from, besides what the run remembers. */
export interface Planning {
  deps: Pick<ReviewDeps, 'github' | 'reviewers' | 'now' | 'commands'>;
  reviewer: Reviewer;
  pull: PullRequest;
  run: Pick<Run, 'headSha' | 'data'>;
  /** Names what is posted, so that it is found again after a crash. */
  runId: string;
  judged: Judged;
  outcome: ConfigOutcome;
  ledger: Ledger;
  chosen: ChosenModel;
  request: ReviewRequest;
  precedents: Precedents;
  /** What Claude cost for this pull request until now; null: it is still asked. */
  spent: Cost | null;
}

/** The plan of a run, from what was judged, what stands there and what people decided. */
export function planRun({
  deps,
  reviewer,
  pull,
  run,
  runId,
  judged,
  outcome,
  ledger,
  chosen,
  request,
  precedents,
  spent,
}: Planning): ReviewPlan {
  const { config } = outcome;
  const asked = judged.coverage.files.some((file) => file.status !== 'skipped');
  return planReview({
    run: runId,
    head: run.headSha,
    findings: judged.findings,
    disproved: judged.disproved,
    coverage: judged.coverage,
    scope: judged.scope,
    hunks: new Map(Object.entries(judged.hunks)),
    ledger,
    standingOf: createStanding(judged),
    renames: new Map(Object.entries(judged.renames)),
    amendments: request.amendments,
    agent: reviewer.name,
    agents: deps.reviewers.names,
    commands: deps.commands,
    link: (path, line) => deps.github.linkTo(pull, path, line),
    policyOf: createPolicy(config, judged.coverage),
    commentAt: config.comment_at,
    failAt: config.fail_at,
    maxComments: config.max_comments,
    always: request.forced || asked || outcome.kind === 'invalid',
    refused: new Set(run.data.refused),
    forge: deps.github.traits(),
    notes: [
      describeConfig(outcome),
      describeAgent(config, deps.reviewers.names),
      ...describeUnknownRules(deps.reviewers.listUnknownRules(Object.keys(config.rules))),
      chosen.note,
      ...judged.notes,
    ].filter((note) => note !== null),
    learning: {
      number: pull.number,
      author: pull.author,
      fork: pull.fork,
      precedents,
      configured: new Set(Object.keys(config.rules)),
    },
    seconds: (deps.now() - run.data.startedAt) / 1000,
    spent,
  });
}

/** A rule that is off, and any rule in a file that the config leaves out. */
function createPolicy({ rules }: RepositoryConfig, { files }: Coverage): PlanInput['policyOf'] {
  const left = new Set(files.filter((file) => file.reasonCode === 'LEFT_OUT').map((file) => file.path));
  return (rule, path) =>
    left.has(path)
      ? { off: true, reason: describeReason(because('LEFT_OUT')) }
      : { off: rules[rule]?.severity === 'off', reason: rules[rule]?.reason ?? null };
}

function createStanding({ carried, coverage, reviewed }: Judged): (path: string) => FileStanding {
  const kept = new Set(carried);
  const byPath = new Map(coverage.files.map((file) => [file.path, file]));
  return (path) => {
    if (!Object.hasOwn(reviewed.files, path)) return coverage.unlisted > 0 ? 'unsure' : 'gone';
    if (kept.has(path)) return 'carried';
    const file = byPath.get(path);
    if (file?.status === 'reviewed') return 'looked';
    return file?.reasonCode === 'REMOVED' || file?.reasonCode === 'RENAMED_ONLY' ? 'gone' : 'unsure';
  };
}
