import type { PullRequest, PullRequestRef } from '../change/pull-request.ts';
import type { Environment } from '../config/env.ts';
import { describeError } from '../errors.ts';
import { groupSaid } from '../findings/merge.ts';
import type { Forge } from '../pipeline/forge.ts';
import type { Reviewers } from '../pipeline/reviewer.ts';
import type { Run } from '../pipeline/run.ts';
import { decideAnnotations } from '../plan/check.ts';
import { describeRefusal } from '../render/describe-refusal.ts';
import { reviewByToken, type TokenReviewed } from '../review-by-token.ts';
import { escapeMarkdown, link as toLink } from '../text/markdown.ts';
import type { JobResult } from './job-result.ts';

interface Options {
  github: Forge;
  reviewers: Reviewers;
  env: Environment;
  agent: string | null;
  forced: boolean;
  /** Post a review. */
  comment: boolean;
  onBegin: (pull: PullRequest, run: Run) => void;
  /** The token had a check run. */
  hasCheck: () => boolean;
  /** Where the workflow says that the config lies. */
  configPath: string | null;
}

/** Reviews a pull request in a job, and says what became of it. */
export async function reviewPull(ref: PullRequestRef, options: Options): Promise<JobResult> {
  const { comment, hasCheck, configPath, ...rest } = options;
  const done = await reviewByToken(ref, { ...rest, post: comment, commands: false });
  const { end, plan, report, config } = done;
  if (end.kind === 'ignored') return notReviewed(describeRefusal(end.refusal));
  if (end.kind === 'closed' && !report) return notReviewed('the pull request is closed');
  const posted = comment && (end.kind === 'posted' || end.kind === 'checked');
  const missing =
    configPath !== null && config.kind === 'absent'
      ? [`${configPath} is not there on the base branch; defaults were used.`]
      : [];
  return {
    title: plan?.check.title ?? 'no result',
    report,
    notes: [...describeEnd(done, comment), ...missing.map((text) => `**Config:** ${escapeMarkdown(text)}`)],
    summary: plan?.check.summary ?? null,
    inFull: !posted,
    annotations: [
      ...(posted
        ? // Those without a comment stand at the check, where there is one.
          hasCheck()
          ? []
          : (plan?.check.annotations ?? [])
        : decideAnnotations(groupSaid(report?.result.findings ?? []).said)),
      ...missing.map((message) => ({ level: 'warning' as const, title: 'No config', message })),
    ],
  };
}

export function notReviewed(reason: string): JobResult {
  const title = `Not reviewed: ${reason}`;
  return {
    title,
    report: null,
    notes: [],
    summary: escapeMarkdown(title),
    inFull: false,
    annotations: [{ level: 'notice', title: 'Not reviewed', message: reason }],
  };
}

function describeEnd({ end, pull }: TokenReviewed, comment: boolean): string[] {
  if (!comment) return ['Nothing was posted, as the workflow asks (`comment: false`).'];
  switch (end.kind) {
    case 'posted':
    case 'checked':
      return [`On the pull request: ${toLink('the review', (end.kind === 'posted' ? end.url : null) ?? pull.url)}.`];
    case 'refused':
      return [
        `**Nothing was posted**, because GitHub lets this job’s token not write to the pull request. ${
          pull.fork
            ? 'It comes from a fork, whose jobs get a token that may only read'
            : 'The job needs `permissions: pull-requests: write` (Dependabot’s jobs get a token that may only read)'
        }. What was found stands here and at the changed lines. (${escapeMarkdown(describeError(end.error))})`,
      ];
    case 'superseded':
      return ['Nothing was posted: the branch moved meanwhile, and the newer commit has a run of its own.'];
    case 'closed':
      return ['Nothing was posted: the pull request was closed meanwhile.'];
    default:
      return [];
  }
}
