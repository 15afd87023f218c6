import { z } from 'zod';
import type { PullRequestRef } from '../change/pull-request.ts';
import { API_HEADERS, attempt, type Requests } from './octokit.ts';

const Answer = z.object({
  tree: z.array(z.object({ path: z.string(), type: z.string(), mode: z.string(), size: z.number() }).partial()),
  truncated: z.boolean().optional(),
});

export interface ApiTree {
  files: { path: string; size: number }[];
  complete: boolean;
}

/**
 * Regular files of a commit's tree. Links and submodules are left out: they are never followed. GitHub gives at most 100,000
 * entries or 7 MB and says so. Source: docs.github.com, "Get a tree".
 */
export async function readTree(
  octokit: Requests,
  { owner, repo }: Omit<PullRequestRef, 'number'>,
  commit: string,
): Promise<ApiTree> {
  const { data } = await attempt('listing the tree', () =>
    octokit.request('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', {
      owner,
      repo,
      tree_sha: commit,
      recursive: '1',
      headers: API_HEADERS,
    }),
  );
  const { tree, truncated } = Answer.parse(data);
  const files = tree.flatMap(({ path, type, mode, size }) =>
    path !== undefined && type === 'blob' && mode !== '120000' ? [{ path, size: size ?? 0 }] : [],
  );
  return { files, complete: truncated !== true };
}
