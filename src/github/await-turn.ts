import { z } from 'zod';
import type { PullRequest } from '../change/pull-request.ts';
import type { Check } from './checks.ts';
import { CHECK_NAME } from './checks.ts';
import { API_HEADERS, attempt, type Requests } from './octokit.ts';

const Answer = z.object({
  check_runs: z.array(
    z.object({
      id: z.number(),
      status: z.string(),
      started_at: z.string().nullable(),
      app: z.object({ id: z.number() }).nullable(),
    }),
  ),
});

/** A check that has been open for so long belongs to a run that was cut off, in milliseconds. */
const ABANDONED = 30 * 60_000;

/**
 * Of runs that began at once, at the same head and under the same name, the one with the oldest check goes first: returns when no
 * other is ahead, or when `wait` has had enough. Times are GitHub's own.
 */
export async function awaitTurn(
  octokit: Requests,
  { owner, repo, headSha }: PullRequest,
  own: Check,
  wait: (tries: number) => Promise<boolean>,
): Promise<void> {
  const isAhead = ({ id, status, started_at: started, app }: z.infer<typeof Answer>['check_runs'][number]): boolean =>
    id < own.id &&
    status !== 'completed' &&
    app?.id === own.app?.id &&
    Date.parse(own.started_at ?? '') - Date.parse(started ?? '') < ABANDONED;
  for (let tries = 1; ; tries++) {
    const { data } = await attempt('looking for other runs', () =>
      octokit.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
        owner,
        repo,
        ref: headSha,
        check_name: CHECK_NAME,
        filter: 'all',
        per_page: 100,
        headers: API_HEADERS,
      }),
    );
    if (!Answer.parse(data).check_runs.some(isAhead) || !(await wait(tries))) return;
  }
}
