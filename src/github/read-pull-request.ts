import { z } from 'zod';
import type { PullRequest, PullRequestRef } from '../change/pull-request.ts';
import { maskName, maskProse } from '../secrets/mask-text.ts';
import { API_HEADERS, attempt, type Requests } from './octokit.ts';

const Repository = z.object({ id: z.number(), node_id: z.string() });
const Named = Repository.extend({ name: z.string(), owner: z.object({ login: z.string() }) });

/** The fields of GitHub's "Get a pull request" that are used. `head.repo` is null for a deleted fork. */
const Answer = z.object({
  title: z.string(),
  body: z.string().nullable(),
  state: z.enum(['open', 'closed']),
  draft: z.boolean().optional(),
  merged: z.boolean().optional(),
  user: z.object({ login: z.string(), type: z.string() }).nullable(),
  head: z.object({ sha: z.string(), ref: z.string(), repo: Repository.nullable() }),
  base: z.object({ sha: z.string(), ref: z.string(), repo: Named }),
  changed_files: z.number().int(),
  labels: z.array(z.object({ name: z.string() })),
  html_url: z.string(),
});

export async function readPullRequest(
  octokit: Requests,
  { owner, repo, number }: PullRequestRef,
): Promise<PullRequest> {
  const { data } = await attempt('reading the pull request', () =>
    octokit.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', {
      owner,
      repo,
      pull_number: number,
      headers: API_HEADERS,
    }),
  );
  const pull = Answer.parse(data);
  return {
    // GitHub answers under an old name by a redirect: what is written next goes to the new one.
    owner: pull.base.repo.owner.login,
    repo: pull.base.repo.name,
    repositoryId: pull.base.repo.id,
    number,
    title: maskProse(pull.title),
    description: maskProse(pull.body ?? ''),
    state: pull.state,
    merged: pull.merged ?? false,
    draft: pull.draft ?? false,
    byBot: pull.user?.type === 'Bot',
    author: pull.user?.login ?? 'ghost',
    headSha: pull.head.sha,
    headRef: pull.head.ref,
    baseSha: pull.base.sha,
    baseRef: maskName(pull.base.ref),
    fork: !pull.head.repo || pull.head.repo.id !== pull.base.repo.id,
    repositoryNodeId: pull.base.repo.node_id,
    changedFiles: pull.changed_files,
    labels: pull.labels.map((label) => label.name),
    url: pull.html_url,
  };
}
