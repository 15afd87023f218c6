import { z } from 'zod';
import type { PullRequest } from './github.ts';
import { API_HEADERS, attempt, type Requests } from './octokit.ts';

const MOST = 20_000;
const Answer = z.object({
  tree: z.array(z.object({ path: z.string(), type: z.string(), mode: z.string() }).partial()),
});

/** Regular files of the head's tree. Links and submodules are left out: they are never followed. */
export async function listFiles(octokit: Requests, { owner, repo, headSha }: PullRequest): Promise<string[]> {
  const { data } = await attempt('listing the tree', () =>
    octokit.request('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', {
      owner,
      repo,
      tree_sha: headSha,
      recursive: '1',
      headers: API_HEADERS,
    }),
  );
  return Answer.parse(data)
    .tree.flatMap(({ path, type, mode }) => (path !== undefined && type === 'blob' && mode !== '120000' ? [path] : []))
    .slice(0, MOST);
}
