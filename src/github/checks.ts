import { z } from 'zod';
import type { CheckResult, PullRequest } from './github.ts';
import { API_HEADERS, attempt, type Requests } from './octokit.ts';

export const CHECK_NAME = 'backend-dev';
const Check = z.object({ id: z.number() });

/** GitHub takes at most 50 annotations a request and appends those of later ones. Source: docs.github.com, "Update a check run". */
const ANNOTATIONS = 50;

const UNDER_WAY = { title: 'Reviewing', summary: 'The review is under way.' };

/** Buttons on the finished check. Label, identifier: at most 20 characters; description: 40. */
const ACTIONS = [
  { label: 'Review again', description: 'Reviews every file of this change', identifier: 'review' },
  { label: 'Fix', description: 'Commits all exact fixes', identifier: 'fix' },
];

/**
 * One check run a head: the one that is known is set back to "in progress", and a new head gets a new one. GitHub shows the
 * newest of a name and App, so creating needs no look for an earlier one.
 */
export async function startCheck(
  octokit: Requests,
  { owner, repo, headSha }: PullRequest,
  known: number | null,
): Promise<number> {
  const common = { owner, repo, output: UNDER_WAY, status: 'in_progress' as const, headers: API_HEADERS };
  const { data }: { data: unknown } = await attempt('starting the check', async () =>
    known === null
      ? await octokit.request('POST /repos/{owner}/{repo}/check-runs', {
          ...common,
          name: CHECK_NAME,
          head_sha: headSha,
          request: { retries: 0 },
        })
      : await octokit.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
          ...common,
          check_run_id: known,
        }),
  );
  return Check.parse(data).id;
}

export async function finishCheck(
  octokit: Requests,
  { owner, repo }: PullRequest,
  id: number,
  { conclusion, title, summary, annotations }: CheckResult,
): Promise<void> {
  const batches = Math.max(1, Math.ceil(annotations.length / ANNOTATIONS));
  for (let batch = 0; batch < batches; batch++) {
    const part = annotations.slice(batch * ANNOTATIONS, (batch + 1) * ANNOTATIONS);
    await attempt('finishing the check', () =>
      octokit.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
        owner,
        repo,
        check_run_id: id,
        // Only the last request completes it: a person never sees a finished check that lacks a part.
        ...(batch === batches - 1 && { status: 'completed' as const, conclusion, actions: ACTIONS }),
        output: {
          title: title.slice(0, 255),
          summary: summary.slice(0, 65_000),
          annotations: part.map(({ path, startLine, endLine, level, title: heading, message }) => ({
            path,
            start_line: startLine,
            end_line: endLine,
            annotation_level: level,
            title: heading,
            message,
          })),
        },
        headers: API_HEADERS,
      }),
    );
  }
}
