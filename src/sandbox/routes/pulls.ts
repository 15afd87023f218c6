import { parsePatch } from '../../diff/patch.ts';
import { runGit } from '../../git/run-git.ts';
import { pullRequestAnswer, reviewAnswer, reviewCommentAnswer } from '../answers.ts';
import { findCommit, findMergeBase } from '../compare.ts';
import { findPullRequest, findRepository, route, SandboxError, type SandboxRoute, textOf } from '../http.ts';
import { remember } from '../remember.ts';
import { type SandboxComment, type SandboxPullRequest, type SandboxState, takeId } from '../state.ts';

const READ = { pull_requests: 'read' } as const;

/** GitHub's largest patch in a list of files is not documented; this is the order of what was seen. */
const MAX_PATCH = 400_000;

export const pullRoutes: SandboxRoute[] = [
  route('GET', '/repos/{owner}/{repo}/pulls/{pull_number}', READ, ({ state, url, params }) => {
    const repository = findRepository(state, params[0], params[1]);
    return { status: 200, body: pullRequestAnswer(url, repository, findPullRequest(repository, params[2])) };
  }),
  route('GET', '/repos/{owner}/{repo}/pulls/{pull_number}/files', READ, ({ state, url, params, query }) => {
    const repository = findRepository(state, params[0], params[1]);
    const pull = findPullRequest(repository, params[2]);
    const perPage = Math.min(100, Number(query.get('per_page') ?? 30));
    const page = Number(query.get('page') ?? 1);
    const base = `${url}/repos/${repository.owner}/${repository.name}`;
    const files = pull.diff.slice(0, 3000).slice((page - 1) * perPage, page * perPage);
    return { status: 200, body: files.map((file) => fileAnswer(base, pull, file, state.omitPatch)) };
  }),
  route('GET', '/repos/{owner}/{repo}/git/blobs/{file_sha}', { contents: 'read' }, async ({ state, url, params }) => {
    const repository = findRepository(state, params[0], params[1]);
    const sha = params[2] ?? '';
    if (!/^[0-9a-f]{40}$/.test(sha)) throw new SandboxError(404, 'Not Found');
    const content = await runGit(repository.dir, ['cat-file', 'blob', sha]);
    const api = `${url}/repos/${repository.owner}/${repository.name}/git/blobs/${sha}`;
    return {
      status: 200,
      body: {
        sha,
        node_id: 'B',
        size: content.length,
        url: api,
        content: content.toString('base64'),
        encoding: 'base64',
      },
    };
  }),
  route(
    'POST',
    '/repos/{owner}/{repo}/pulls/{pull_number}/reviews',
    { pull_requests: 'write' },
    async ({ state, viewer, url, params, body }) => {
      const repository = findRepository(state, params[0], params[1]);
      const pull = findPullRequest(repository, params[2]);
      const id = takeId(state);
      const text = textOf(body.body);
      if (text.length > 65_536)
        throw new SandboxError(422, 'Validation Failed', ['Body is too long (maximum is 65536 characters)']);
      const pending = body.event === undefined;
      if (!pending && body.event !== 'COMMENT')
        throw new SandboxError(422, 'Unprocessable Entity', ['the sandbox takes event COMMENT, or none']);
      if (pull.reviews.some((one) => one.pending && one.author.login === viewer.login))
        throw new SandboxError(422, 'Unprocessable Entity', ['User can only have one pending review per pull request']);
      if (text === '' && !pending) throw new SandboxError(422, 'Unprocessable Entity', ['Body can not be blank']);
      const commit = textOf(body.commit_id) || pull.headSha;
      await requireCommit(repository.dir, pull, commit);
      const drafts = (Array.isArray(body.comments) ? body.comments : []) as Record<string, unknown>[];
      // All or nothing, and GitHub does not say which comment is at fault.
      const problems = drafts
        .map((draft) => findProblem(pull, draft, state.refuseComment))
        .filter((problem) => problem !== null);
      if (problems.length > 0) throw new SandboxError(422, 'Unprocessable Entity', [...new Set(problems)]);
      const submittedAt = new Date().toISOString();
      const review = { id, body: text, commitId: commit, author: viewer, pending, submittedAt };
      pull.reviews.push(review);
      pull.comments.push(...drafts.map((draft): SandboxComment => toComment(draft, takeId(state), id, viewer)));
      return { status: 200, body: reviewAnswer(url, repository, pull, review) };
    },
  ),
  route('GET', '/repos/{owner}/{repo}/pulls/{pull_number}/comments', READ, ({ state, url, params, query }) => {
    const repository = findRepository(state, params[0], params[1]);
    const pull = findPullRequest(repository, params[2]);
    const sorted = query.get('direction') === 'desc' ? pull.comments.toReversed() : pull.comments;
    const page = sorted.slice(0, Math.min(100, Number(query.get('per_page') ?? 30)));
    return { status: 200, body: page.map((comment) => reviewCommentAnswer(url, repository, pull, comment)) };
  }),
  route(
    'POST',
    '/repos/{owner}/{repo}/pulls/{pull_number}/comments',
    { pull_requests: 'write' },
    async ({ state, viewer, url, params, body }) => {
      const repository = findRepository(state, params[0], params[1]);
      const pull = findPullRequest(repository, params[2]);
      if (body.subject_type !== 'file')
        throw new SandboxError(422, 'Unprocessable Entity', ['the sandbox takes comments on files here']);
      await requireCommit(repository.dir, pull, textOf(body.commit_id));
      const path = textOf(body.path);
      const known = pull.diff.some((file) => file.path === path) && !state.refuseComment({ path, line: null });
      if (!known) throw new SandboxError(422, 'Unprocessable Entity', ['Path could not be resolved']);
      if (textOf(body.body) === '') throw new SandboxError(422, 'Unprocessable Entity', ['Body can not be blank']);
      const draft = { path, body: body.body, side: 'RIGHT' };
      const comment = { ...toComment(draft, takeId(state), takeId(state), viewer), line: null, now: null };
      pull.comments.push(comment);
      return { status: 201, body: reviewCommentAnswer(url, repository, pull, comment) };
    },
  ),
  route(
    'POST',
    '/repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies',
    { pull_requests: 'write' },
    ({ state, viewer, url, params, body }) => {
      const repository = findRepository(state, params[0], params[1]);
      const pull = findPullRequest(repository, params[2]);
      const root = pull.comments.find((one) => one.id === Number(params[3]) && one.root === one.id);
      if (!root || textOf(body.body) === '') throw new SandboxError(404, 'Not Found');
      const comment = { ...root, id: takeId(state), body: textOf(body.body), author: viewer, root: root.id };
      pull.comments.push(comment);
      return { status: 201, body: reviewCommentAnswer(url, repository, pull, comment) };
    },
  ),
  route('GET', '/repos/{owner}/{repo}/git/trees/{tree_sha}', { contents: 'read' }, async ({ state, url, params }) => {
    const repository = findRepository(state, params[0], params[1]);
    const commit = await findCommit(repository, params[2] ?? '');
    const listed = await remember(repository, ['files', commit], () =>
      runGit(repository.dir, ['ls-tree', '-r', '-l', '-z', '--full-tree', commit]),
    );
    const api = `${url}/repos/${repository.owner}/${repository.name}`;
    const tree = listed
      .toString('utf8')
      .split('\0')
      .filter((entry) => entry !== '')
      .map((entry) => {
        const [mode = '', type = '', sha = '', size] = entry.slice(0, entry.indexOf('\t')).split(/ +/);
        const path = entry.slice(entry.indexOf('\t') + 1);
        return { path, mode, type, sha, size: Number(size) || 0, url: `${api}/git/blobs/${sha}` };
      });
    return { status: 200, body: { sha: commit, url: `${api}/git/trees/${commit}`, tree, truncated: false } };
  }),
  route('GET', '/repos/{owner}/{repo}/compare/{basehead}', { contents: 'read' }, async ({ state, url, params }) => {
    const repository = findRepository(state, params[0], params[1]);
    const [base = '', head = ''] = decodeURIComponent(params[2] ?? '').split('...');
    const sha = await findMergeBase(repository, await findCommit(repository, base), await findCommit(repository, head));
    const api = `${url}/repos/${repository.owner}/${repository.name}`;
    const person = { name: 'Sandbox', email: 'sandbox@example.com', date: '2026-01-05T09:00:00Z' };
    const commit = (id: string) => ({
      url: `${api}/commits/${id}`,
      sha: id,
      node_id: Buffer.from(id).toString('base64url'),
      html_url: `${api}/commit/${id}`,
      comments_url: `${api}/commits/${id}/comments`,
      commit: {
        url: `${api}/git/commits/${id}`,
        author: person,
        committer: person,
        message: '',
        comment_count: 0,
        tree: { sha: id, url: `${api}/git/trees/${id}` },
      },
      author: null,
      committer: null,
      parents: [],
    });
    const links = {
      url: `${api}/compare`,
      html_url: `${api}/compare`,
      permalink_url: `${api}/compare`,
      diff_url: `${api}/compare.diff`,
      patch_url: `${api}/compare.patch`,
    };
    return {
      status: 200,
      body: {
        ...links,
        base_commit: commit(base),
        merge_base_commit: commit(sha),
        status: 'ahead',
        ahead_by: 1,
        behind_by: 0,
        total_commits: 1,
        commits: [],
      },
    };
  }),
];

function fileAnswer(
  base: string,
  pull: SandboxPullRequest,
  file: SandboxPullRequest['diff'][number],
  omitPatch: (path: string) => boolean,
) {
  const lines = file.patch?.split('\n') ?? [];
  const additions = lines.filter((line) => line.startsWith('+')).length;
  const deletions = lines.filter((line) => line.startsWith('-')).length;
  const shown = file.patch !== null && file.patch.length <= MAX_PATCH && !omitPatch(file.path);
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  return {
    sha: file.blob,
    filename: file.path,
    status: file.status,
    additions,
    deletions,
    changes: file.binary ? 0 : additions + deletions,
    blob_url: `${base}/blob/${pull.headSha}/${path}`,
    raw_url: `${base}/raw/${pull.headSha}/${path}`,
    contents_url: `${base}/contents/${path}?ref=${pull.headSha}`,
    ...(shown && { patch: file.patch }),
    ...(file.previousPath !== null && { previous_filename: file.previousPath }),
  };
}

async function requireCommit(dir: string, pull: SandboxPullRequest, commit: string): Promise<void> {
  const known =
    commit === pull.headSha ||
    (await runGit(dir, ['merge-base', '--is-ancestor', commit, pull.headSha]).then(
      () => true,
      () => false,
    ));
  if (!known) throw new SandboxError(422, 'Unprocessable Entity', ['commit_id is not part of the pull request']);
}

/** What GitHub answers for a comment that is not on the diff; null when it is. */
function findProblem(
  pull: SandboxPullRequest,
  draft: Record<string, unknown>,
  refuse: SandboxState['refuseComment'],
): string | null {
  const file = pull.diff.find((one) => one.path === draft.path);
  if (!file) return 'Path could not be resolved';
  if (typeof draft.body !== 'string' || draft.body === '') return 'Body can not be blank';
  if (draft.body.length > 65_536) return 'Body is too long (maximum is 65536 characters)';
  if (file.patch === null || refuse({ path: file.path, line: Number(draft.line) })) return 'Line could not be resolved';
  const side = draft.side === 'LEFT' ? 'LEFT' : 'RIGHT';
  const hunks = parsePatch(file.patch).map((hunk) =>
    hunk.lines.map((line) => (side === 'LEFT' ? line.oldLine : line.newLine)),
  );
  const hunk = hunks.find((lines) => lines.includes(Number(draft.line)));
  if (!hunk) return 'Line could not be resolved';
  if (draft.start_line === undefined || draft.start_line === null) return null;
  if (Number(draft.start_line) >= Number(draft.line)) return 'Start line must precede the end line.';
  if (draft.start_side !== undefined && draft.start_side !== side) return 'Start side must be the same as side';
  return hunk.includes(Number(draft.start_line)) ? null : 'Start line must be part of the same hunk as the line.';
}

function toComment(
  draft: Record<string, unknown>,
  id: number,
  reviewId: number,
  author: SandboxComment['author'],
): SandboxComment {
  const startLine = draft.start_line === undefined || draft.start_line === null ? null : Number(draft.start_line);
  return {
    id,
    reviewId,
    author,
    path: String(draft.path),
    side: draft.side === 'LEFT' ? 'LEFT' : 'RIGHT',
    line: Number(draft.line),
    startLine,
    body: String(draft.body),
    root: id,
    now: { line: Number(draft.line), startLine },
  };
}
