import { z } from 'zod';
import type { PullRequest } from '../change/pull-request.ts';
import { AppError } from '../errors.ts';
import { cutText } from '../text/cut-text.ts';
import { readGraphqlErrors } from './graphql-errors.ts';
import { attempt, type Requests } from './octokit.ts';

const MUTATION = `mutation Commit($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}`;
const Answer = z.object({ createCommitOnBranch: z.object({ commit: z.object({ oid: z.string() }) }) });

/**
 * GitHub makes the commit, signs it, and refuses it when the branch is not at the expected head: nothing is overwritten, and a
 * second try after a lost answer is refused. Source: docs.github.com, GraphQL `createCommitOnBranch`.
 */
export async function commitFiles(
  octokit: Requests,
  { owner, repo, headRef, headSha }: PullRequest,
  { message, body, files }: { message: string; body: string; files: readonly { path: string; text: string }[] },
): Promise<string> {
  const input = {
    branch: { repositoryNameWithOwner: `${owner}/${repo}`, branchName: headRef },
    expectedHeadOid: headSha,
    message: { headline: cutText(message, 72), body },
    fileChanges: {
      additions: files.map(({ path, text }) => ({ path, contents: Buffer.from(text, 'utf8').toString('base64') })),
    },
  };
  const answer = await attempt('committing', async () => {
    try {
      return await octokit.graphql(MUTATION, { input, request: { retries: 0 } });
    } catch (error) {
      if (!readGraphqlErrors(error)) throw error;
      throw new AppError('GITHUB_REFUSED', `the commit was refused: ${cutText((error as Error).message, 200)}`, {
        cause: error,
      });
    }
  });
  return Answer.parse(answer).createCommitOnBranch.commit.oid;
}
