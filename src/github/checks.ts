import { z } from 'zod';
import type { CheckResult, PullRequest } from './github.ts';
import { API_HEADERS, attempt, type Requests } from './octokit.ts';

export const CHECK_NAME = 'backend-dev';
const Check = z.object({ id: z.number() });

/**
 * One check run a head. GitHub replaces an older run of the same name and App in what it shows, so creating needs no look
 * for an earlier one; a resumed job remembers its id.
 */
export async function startCheck(octokit: Requests, { owner, repo, headSha }: PullRequest): Promise<number> {
  const { data } = await attempt('starting the check', () =>
    octokit.request('POST /repos/{owner}/{repo}/check-runs', {
      owner,
      repo,
      name: CHECK_NAME,
      head_sha: headSha,
      status: 'in_progress',
      output: { title: 'Reviewing', summary: 'The review is under way.' },
      headers: API_HEADERS,
      request: { retries: 0 },
    }),
  );
  return Check.parse(data).id;
}

export async function finishCheck(
  octokit: Requests,
  { owner, repo }: PullRequest,
  id: number,
  { conclusion, title, summary }: CheckResult,
): Promise<void> {
  await attempt('finishing the check', () =>
    octokit.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
      owner,
      repo,
      check_run_id: id,
      status: 'completed',
      conclusion,
      output: { title: title.slice(0, 255), summary: summary.slice(0, 65_000) },
      headers: API_HEADERS,
    }),
  );
}
