import { z } from 'zod';
import type { PullRequest } from '../change/pull-request.ts';
import type { CheckResult } from '../pipeline/forge.ts';
import { cutText } from '../text/cut-text.ts';
import { escapeInvisible } from '../text/invisible.ts';
import { type Mutation, sendMutations } from './mutations.ts';
import { API_HEADERS, attempt, type Requests } from './octokit.ts';

export const CHECK_NAME = 'backend-dev';
const Check = z.object({
  id: z.number(),
  node_id: z.string(),
  started_at: z.string().nullable(),
  app: z.object({ id: z.number() }).nullable(),
});
export type Check = z.infer<typeof Check>;

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
 *
 * @returns its GraphQL node id
 */
export async function startCheck(octokit: Requests, pull: PullRequest, known: string | null): Promise<string> {
  if (known !== null) {
    await sendMutations(octokit, 'starting the check', [
      update(pull, known, { status: 'IN_PROGRESS', output: UNDER_WAY }),
    ]);
    return known;
  }
  return (await createCheck(octokit, pull)).node_id;
}

export async function createCheck(octokit: Requests, pull: PullRequest): Promise<Check> {
  const { owner, repo, headSha } = pull;
  const { data } = await attempt('starting the check', () =>
    octokit.request('POST /repos/{owner}/{repo}/check-runs', {
      owner,
      repo,
      name: CHECK_NAME,
      head_sha: headSha,
      status: 'in_progress',
      output: UNDER_WAY,
      headers: API_HEADERS,
      request: { retries: 0 },
    }),
  );
  return Check.parse(data);
}

/**
 * The last of them completes it: a person never sees a finished check that lacks a part.
 *
 * @param buttons somebody answers to them
 */
export function listCheckMutations(
  pull: PullRequest,
  id: string,
  { conclusion, title, summary, annotations }: CheckResult,
  buttons: boolean,
): Mutation[] {
  const batches = Math.max(1, Math.ceil(annotations.length / ANNOTATIONS));
  return Array.from({ length: batches }, (_, batch) => {
    const part = annotations.slice(batch * ANNOTATIONS, (batch + 1) * ANNOTATIONS);
    return update(pull, id, {
      ...(conclusion === null && { status: 'IN_PROGRESS' }),
      ...(conclusion !== null &&
        batch === batches - 1 && {
          status: 'COMPLETED',
          conclusion: conclusion.toUpperCase(),
          actions: buttons ? ACTIONS : [],
        }),
      output: {
        // Plain texts, unlike the summary: an error or a branch's name stands in them as it is.
        title: cutText(escapeInvisible(title), 255),
        summary: cutText(summary, 65_000),
        annotations: part.map(({ path, startLine, endLine, level, title: heading, message }) => ({
          path,
          location: { startLine, endLine },
          annotationLevel: level.toUpperCase(),
          title: cutText(escapeInvisible(heading), 255),
          message: escapeInvisible(message),
        })),
      },
    });
  });
}

export async function finishCheck(
  octokit: Requests,
  pull: PullRequest,
  id: string,
  result: CheckResult,
  buttons: boolean,
): Promise<void> {
  await sendMutations(octokit, 'finishing the check', listCheckMutations(pull, id, result, buttons));
}

function update(pull: PullRequest, checkRunId: string, value: Record<string, unknown>): Mutation {
  return {
    field: 'updateCheckRun',
    input: 'UpdateCheckRunInput',
    value: { repositoryId: pull.repositoryNodeId, checkRunId, ...value },
  };
}
