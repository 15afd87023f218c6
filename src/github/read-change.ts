import { z } from 'zod';
import type { Change, ChangedFile } from '../change/change.ts';
import type { PullRequest } from '../change/pull-request.ts';
import type { Repository, Side } from '../change/repository.ts';
import { parsePatch } from '../diff/patch.ts';
import { maskName } from '../secrets/mask-text.ts';
import { createApiRepository } from './create-api-repository.ts';
import { API_HEADERS, attempt, type Requests } from './octokit.ts';
import { preferFetched } from './prefer-fetched.ts';

const PAGE = 100;
/** GitHub lists no more, whatever the pull request holds. Source: docs.github.com, "List pull requests files". */
const MOST = 3000;

const FileAnswer = z.object({
  sha: z.string().nullable(),
  filename: z.string(),
  previous_filename: z.string().optional(),
  status: z.enum(['added', 'removed', 'modified', 'renamed', 'copied', 'changed', 'unchanged']),
  patch: z.string().optional(),
  changes: z.number().int(),
});

/** The commits of a pull request, fetched by git. @throws AppError */
export type OpenFetched = (pull: PullRequest, sides: Readonly<Record<Side, string>>) => Promise<Repository>;

/** The changed files, all pages, and read access to head and base. */
export async function readChange(
  octokit: Requests,
  pull: PullRequest,
  fetched: OpenFetched | null = null,
): Promise<{ change: Change; snapshot: Repository }> {
  const { owner, repo, number } = pull;
  const files: ChangedFile[] = [];
  for (let page = 1; files.length < MOST; page++) {
    const { data } = await attempt('listing the changed files', () =>
      octokit.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', {
        owner,
        repo,
        pull_number: number,
        per_page: PAGE,
        page,
        headers: API_HEADERS,
      }),
    );
    files.push(...z.array(FileAnswer).parse(data).map(toChangedFile));
    if (data.length < PAGE) break;
  }
  const change: Change = {
    title: pull.title,
    description: pull.description,
    base: pull.baseSha,
    head: pull.headSha,
    files,
    unlisted: Math.max(0, pull.changedFiles - files.length),
  };
  let mergeBase: Promise<string> | undefined;
  const sides = {
    head: async () => pull.headSha,
    // A pull request's diff starts at the merge base, not at the base branch's newest commit.
    base: () => (mergeBase ??= readMergeBase(octokit, pull)),
  };
  const api = createApiRepository({ octokit, pull, sides, changed: files.map((file) => file.path) });
  const open = fetched && (async () => fetched(pull, { base: await sides.base(), head: pull.headSha }));
  return { change, snapshot: open ? preferFetched(api, open) : api };
}

function toChangedFile(file: z.infer<typeof FileAnswer>): ChangedFile {
  const status =
    file.status === 'copied'
      ? 'added'
      : file.status === 'changed' || file.status === 'unchanged'
        ? 'modified'
        : file.status;
  // No patch: binary, too large, or nothing but a rename or a mode. Only `changes` tells the last from the others.
  const hunks =
    file.patch === undefined ? (file.changes === 0 && status === 'renamed' ? [] : null) : readHunks(file.patch);
  return {
    // A name that holds a token is not passed on; nothing is found under what is left of it, so the file counts as not read.
    path: maskName(file.filename),
    previousPath: file.previous_filename === undefined ? null : maskName(file.previous_filename),
    status,
    hunks,
    binary: false,
    blob: file.sha,
  };
}

/** A patch that GitHub cut short is as good as none: the contents decide. */
function readHunks(patch: string): ChangedFile['hunks'] {
  try {
    return parsePatch(patch);
  } catch {
    return null;
  }
}

async function readMergeBase(octokit: Requests, { owner, repo, baseSha, headSha }: PullRequest): Promise<string> {
  const { data } = await attempt('reading the merge base', () =>
    octokit.request('GET /repos/{owner}/{repo}/compare/{basehead}', {
      owner,
      repo,
      basehead: `${baseSha}...${headSha}`,
      per_page: 1,
      headers: API_HEADERS,
    }),
  );
  return z.object({ merge_base_commit: z.object({ sha: z.string() }) }).parse(data).merge_base_commit.sha;
}
