import { Octokit } from '@octokit/rest';
import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGitHub } from '../../src/github/create-github.ts';
import { AppOctokit } from '../../src/github/installations.ts';
import { toRecord } from '../../src/ledger/ledger.ts';
import { formatFindingMarker } from '../../src/ledger/marker.ts';
import type { ReviewPlan } from '../../src/plan/plan.ts';
import { finding } from '../support/finding.ts';
import { makePullRequest } from '../support/pull-request.ts';

const URL = 'https://api.github.test';
// Retry and throttling as in production.
const github = createGitHub(new AppOctokit({ auth: { token: 'ghs_canary' }, baseUrl: URL }));
const HEAD = 'b'.repeat(40);
const PULL = makePullRequest({
  number: 7,
  headSha: HEAD,
  changedFiles: 2,
  url: 'https://github.test/acme/shop/pull/7',
});
const RUN = '11111111-2222-4333-8444-555555555555';
const MARKER = `<!-- backend-dev:review run=${RUN} head=${HEAD} -->`;
const PLAN: ReviewPlan = {
  run: RUN,
  head: HEAD,
  review: {
    body: `found\n\n${MARKER}`,
    comments: [{ path: 'a.ts', side: 'RIGHT', line: 3, startLine: 1, body: 'bad', fingerprint: 'f' }],
  },
  fileComments: [],
  summary: null,
  edits: [],
  resolve: [],
  unresolve: [],
  check: { conclusion: 'neutral', title: '', summary: '', annotations: [] },
  settled: [],
  proposed: [],
  ignored: [],
};
const NO_MORE = { hasNextPage: false, endCursor: null, hasPreviousPage: false, startCursor: null };
const REVIEWS = '/repos/acme/shop/pulls/7/reviews';

const reviews = (...bodies: { body: string; mine?: boolean }[]) =>
  nock(URL)
    .post('/graphql')
    .reply(200, {
      data: {
        repository: {
          pullRequest: {
            reviews: {
              pageInfo: NO_MORE,
              nodes: bodies.map(({ body, mine = true }) => ({
                id: 'PRR_1',
                body,
                viewerDidAuthor: mine,
                url: 'https://github.test/r/1',
              })),
            },
          },
        },
      },
    });

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  nock.enableNetConnect();
});

describe('publishing', () => {
  it('sends one review with its comments, pinned to the reviewed commit', async () => {
    reviews();
    nock(URL, { reqheaders: { 'x-github-api-version': '2022-11-28' } })
      .post(REVIEWS, {
        commit_id: HEAD,
        event: 'COMMENT',
        body: PLAN.review?.body,
        comments: [{ path: 'a.ts', body: 'bad', side: 'RIGHT', line: 3, start_line: 1, start_side: 'RIGHT' }],
      })
      .reply(200, { html_url: 'https://github.test/r/1', node_id: 'PRR_1' });
    expect(await github.publishReview(PULL, PLAN)).toMatchObject({
      url: 'https://github.test/r/1',
    });
  });

  it('looks for what an earlier try sent before it sends anything, and adopts it', async () => {
    reviews({ body: `x ${MARKER}` });
    expect(await github.publishReview(PULL, PLAN)).toMatchObject({ url: 'https://github.test/r/1', adopted: true });
  });

  it('after a 502 looks again, and adopts what stands there', async () => {
    reviews();
    nock(URL).post(REVIEWS).reply(502);
    reviews({ body: `x ${MARKER}` });
    expect(await github.publishReview(PULL, PLAN)).toMatchObject({
      url: 'https://github.test/r/1',
    });
  });

  it('after a 502 that did nothing asks to be called again, and does not send twice itself', async () => {
    reviews();
    nock(URL).post(REVIEWS).reply(502);
    reviews();
    await expect(github.publishReview(PULL, PLAN)).rejects.toMatchObject({
      code: 'GITHUB_UNAVAILABLE',
      retry: 'backoff',
    });
  });

  it('does not take a marker that somebody else copied for its own', async () => {
    reviews({ body: `x ${MARKER}`, mine: false });
    nock(URL).post(REVIEWS).reply(200, { html_url: 'https://github.test/r/2', node_id: 'PRR_2' });
    expect(await github.publishReview(PULL, PLAN)).toMatchObject({
      url: 'https://github.test/r/2',
      adopted: false,
    });
  });

  const many = Array.from({ length: 2 }, (_, index) => ({
    path: 'a.ts',
    side: 'RIGHT' as const,
    line: index + 1,
    startLine: null,
    body: 'bad',
    fingerprint: `f${index + 1}`,
  }));
  const manyPlan = { ...PLAN, review: { body: `found\n\n${MARKER}`, comments: many } };

  /** A GitHub that refuses some lines, and the drafts that it was sent. */
  function refusing(isRefused: (lines: number[]) => boolean, drafts: string[] = []) {
    const posted: { event?: string; lines: number[] }[] = [];
    const deleted: string[] = [];
    nock(URL)
      .persist()
      .post(REVIEWS)
      .reply(async (request: Request) => {
        const { event, comments } = (await request.json()) as { event?: string; comments: { line: number }[] };
        const lines = comments.map((one) => one.line);
        if (drafts.length > 0 || isRefused(lines)) return [422, { message: 'Unprocessable Entity' }];
        posted.push({ ...(event !== undefined && { event }), lines });
        return [200, { html_url: 'u', node_id: `PRR_${posted.length}` }];
      });
    nock(URL)
      .persist()
      .post('/graphql')
      .reply(async (request: Request) => {
        const { query, variables } = (await request.json()) as {
          query: string;
          variables: { i0?: { pullRequestReviewId: string } };
        };
        if (query.includes('deletePullRequestReview')) {
          deleted.push(variables.i0?.pullRequestReviewId ?? '');
          drafts.splice(0);
          return [200, { data: {} }];
        }
        const nodes = drafts.map((text) => ({ id: 'PRR_left', body: text, viewerDidAuthor: true, url: '' }));
        return [200, { data: { repository: { pullRequest: { reviews: { pageInfo: NO_MORE, nodes } } } } }];
      });
    return { posted, deleted };
  }
  const publish = () => github.publishReview(PULL, manyPlan);
  const stop = () => nock.cleanAll();

  it('finds the line that GitHub refuses by drafts that it takes back, and posts nothing', async () => {
    const { posted, deleted } = refusing((lines) => lines.includes(2));
    const result = await publish();
    stop();
    expect(result).toMatchObject({ kind: 'refused', comments: [{ line: 2 }] });
    expect(posted).toEqual([{ lines: [] }, { lines: [1] }]);
    expect(deleted).toEqual(['PRR_1', 'PRR_2']);
  }, 60_000);

  it('comments on files one by one after the review, and after a crash only what is not there', async () => {
    const onFile = (path: string) => ({ ...many[0], path, line: null }) as (typeof PLAN.fileComments)[number];
    const plan = { ...PLAN, review: null, fileComments: [onFile('a.ts'), onFile('b.ts')] };
    const sent: unknown[] = [];
    const comments = (status: number) =>
      nock(URL)
        .post('/repos/acme/shop/pulls/7/comments', (body) => sent.push(body) > 0)
        .reply(status, {});
    const threads = (nodes: object[]) =>
      nock(URL)
        .post('/graphql')
        .reply(200, { data: { repository: { pullRequest: { reviewThreads: { pageInfo: NO_MORE, nodes } } } } });
    threads([]);
    comments(201);
    comments(502);
    await expect(github.publishReview(PULL, plan)).rejects.toMatchObject({ retry: 'backoff' });
    expect(sent[0]).toEqual({ commit_id: HEAD, path: 'a.ts', body: 'bad', subject_type: 'file' });
    const marker = formatFindingMarker(toRecord(finding({ fingerprint: 'f'.repeat(20) }), 'backend-dev'));
    const known = { ...plan, fileComments: plan.fileComments.map((one) => ({ ...one, fingerprint: 'f'.repeat(20) })) };
    const thread = (path: string, mine: boolean) => ({
      id: path,
      isResolved: false,
      resolvedBy: null,
      isOutdated: false,
      subjectType: 'FILE',
      path,
      line: null,
      startLine: null,
      diffSide: 'RIGHT',
      comments: {
        nodes: [
          {
            id: 'C',
            fullDatabaseId: '1',
            state: 'SUBMITTED',
            body: marker,
            viewerDidAuthor: mine,
            url: '',
            author: null,
          },
        ],
      },
    });
    threads([thread('a.ts', true), thread('b.ts', false)]);
    comments(422);
    expect(await github.publishReview(PULL, known)).toMatchObject({
      kind: 'refused',
      comments: [{ path: 'b.ts' }],
    });
  }, 60_000);

  it('makes no storm of a refusal that no comment explains', async () => {
    const { posted } = refusing(() => true);
    await expect(publish()).rejects.toMatchObject({ code: 'GITHUB_REFUSED', retry: 'never' });
    stop();
    expect(posted).toEqual([]);
  }, 60_000);

  it('tries again when the refusal was a whim', async () => {
    let refusals = 0;
    const { posted } = refusing((lines) => lines.length > 0 && refusals++ === 0);
    expect(await publish()).toMatchObject({ kind: 'posted' });
    stop();
    expect(posted.map((one) => one.event)).toEqual([undefined, 'COMMENT']);
  }, 60_000);

  it('clears away a draft that a search left, and never a person’s', async () => {
    const { deleted } = refusing(
      () => false,
      ['Looking for the comment that GitHub refuses. <!-- backend-dev:trial -->'],
    );
    expect(await publish()).toMatchObject({ kind: 'posted' });
    expect(deleted).toEqual(['PRR_left']);
    stop();
    const own = refusing(() => false, ['I was about to say']);
    await expect(publish()).rejects.toMatchObject({ code: 'GITHUB_REFUSED' });
    stop();
    expect(own.deleted).toEqual([]);
  }, 60_000);
});

describe('editing in place', () => {
  const graphql = (reply: object, sent: { query: string; variables: Record<string, unknown> }[] = []) =>
    nock(URL)
      .post('/graphql', (body: { query: string; variables: Record<string, unknown> }) => {
        sent.push(body);
        return true;
      })
      .reply(200, reply);
  const EDITS: ReviewPlan = {
    ...PLAN,
    review: null,
    summary: { reviewId: 'PRR_1', body: 'now' },
    edits: [{ commentId: 'PRRC_1', body: 'fixed' }],
    resolve: ['PRRT_1'],
    unresolve: ['PRRT_2'],
  };

  it('writes everything in one request, the summary last, and no text into the query', async () => {
    const sent: { query: string; variables: Record<string, unknown> }[] = [];
    graphql({ data: {} }, sent);
    await github.applyEdits(PULL, EDITS, 'CR_5');
    expect(sent[0]?.query.match(/m\d: (\w+)/g)).toEqual([
      'm0: updatePullRequestReviewComment',
      'm1: resolveReviewThread',
      'm2: unresolveReviewThread',
      'm3: updatePullRequestReview',
      'm4: updateCheckRun',
    ]);
    expect(sent[0]?.variables.i3).toEqual({ pullRequestReviewId: 'PRR_1', body: 'now' });
    expect(sent[0]?.query).not.toContain('fixed');
  });

  it('bears a comment that was deleted and a thread that it may not resolve, and nothing else', async () => {
    const errors = (type: string) => ({ data: { m0: null }, errors: [{ type, message: 'no', path: ['m0'] }] });
    graphql(errors('NOT_FOUND'));
    await github.applyEdits(PULL, EDITS, null);
    graphql(errors('FORBIDDEN'));
    await github.resolveThreads(['PRRT_1']);
    graphql(errors('INTERNAL'));
    await expect(github.applyEdits(PULL, EDITS, null)).rejects.toMatchObject({
      retry: 'backoff',
    });
  });

  it('shows what nobody sees in the plain texts of a check', async () => {
    const place = { path: 'a.ts', startLine: 1, endLine: 1, level: 'notice' as const };
    const annotations = [{ ...place, title: 'a\u202eb', message: 'c\u2066d\u{e0041}' }];
    const sent: { query: string; variables: Record<string, unknown> }[] = [];
    graphql({ data: {} }, sent);
    await github.finishCheck(PULL, 'CR_5', {
      conclusion: 'neutral',
      title: 'Not: \u202egnp',
      summary: 's',
      annotations,
    });
    expect(sent[0]?.variables.i0).toMatchObject({
      output: {
        title: 'Not: \\u{202E}gnp',
        annotations: [{ title: 'a\\u{202E}b', message: 'c\\u{2066}d\\u{E0041}' }],
      },
    });
  });

  it('sends annotations 50 at a time, and completes the check with the last of them', async () => {
    const annotations = Array.from({ length: 120 }, (_, index) => ({
      path: 'a.ts',
      startLine: index + 1,
      endLine: index + 1,
      level: 'warning' as const,
      title: 't',
      message: 'm',
    }));
    const sent: { query: string; variables: Record<string, unknown> }[] = [];
    graphql({ data: {} }, sent);
    await github.finishCheck(PULL, 'CR_5', { conclusion: 'neutral', title: 't', summary: 's', annotations });
    const inputs = Object.values(sent[0]?.variables ?? {}) as { status?: string; output: { annotations: object[] } }[];
    expect(inputs.map((input) => [input.output.annotations.length, input.status])).toEqual([
      [50, undefined],
      [50, undefined],
      [20, 'COMPLETED'],
    ]);
    expect(inputs[0]).toMatchObject({ checkRunId: 'CR_5', repositoryId: PULL.repositoryNodeId });
  });

  it('commits on exactly the head that was read, and takes a refusal for an answer', async () => {
    const sent: { query: string; variables: Record<string, unknown> }[] = [];
    const commit = { message: 'fix: x', body: 'y', files: [{ path: 'a.ts', text: 'é' }] };
    graphql({ data: { createCommitOnBranch: { commit: { oid: 'c'.repeat(40) } } } }, sent);
    expect(await github.commitFiles(PULL, commit)).toBe('c'.repeat(40));
    expect(sent[0]?.variables.input).toMatchObject({
      expectedHeadOid: HEAD,
      fileChanges: { additions: [{ path: 'a.ts', contents: 'w6k=' }] },
    });
    graphql({ data: { createCommitOnBranch: null }, errors: [{ type: 'STALE_DATA', message: 'moved' }] });
    await expect(github.commitFiles(PULL, commit)).rejects.toMatchObject({ code: 'GITHUB_REFUSED', retry: 'never' });
  });

  it('replies in a thread once, whatever others copied', async () => {
    const list = (...comments: object[]) =>
      nock(URL).get('/repos/acme/shop/pulls/7/comments').query(true).reply(200, comments);
    list({ id: 5, body: 'x MARK', user: { type: 'User' } });
    nock(URL).post('/repos/acme/shop/pulls/7/comments/4/replies', { body: 'hello\n\nMARK' }).reply(201, {});
    await github.replyInThread(PULL, 4, 'hello', 'MARK', 4);
    list({ id: 5, body: 'x MARK', user: { type: 'Bot' } });
    await github.replyInThread(PULL, 4, 'hello', 'MARK', 4);
  });
});

describe('limits and refusals', () => {
  const get = () => nock(URL).get('/repos/acme/shop/pulls/7');
  it.each([
    {
      what: 'the primary limit',
      status: 403,
      headers: () => ({
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 900),
      }),
      seconds: [800, 901],
    },
    {
      what: 'the primary limit, told by a clock that is an hour off ours,',
      status: 403,
      headers: () => ({
        date: new Date(Date.now() + 3_600_000).toUTCString(),
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3600 + 900),
      }),
      seconds: [800, 901],
    },
    {
      what: 'a secondary limit with Retry-After',
      status: 403,
      headers: () => ({ 'retry-after': '30' }),
      seconds: [25, 31],
    },
    { what: 'a 429 that says nothing', status: 429, headers: () => ({}), seconds: [55, 61] },
  ])('$what puts the job back instead of waiting', async ({ status, headers, seconds: [least = 0, most = 0] }) => {
    get().reply(status, { message: 'API rate limit exceeded' }, headers());
    const error = await github.readPullRequest(PULL).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'GITHUB_RATE_LIMITED' });
    const wait = (error as { retry: { afterMs: number } }).retry.afterMs / 1000;
    expect(wait).toBeGreaterThanOrEqual(least);
    expect(wait).toBeLessThanOrEqual(most);
  });

  it.each([
    [404, 'GITHUB_NOT_FOUND', 'never'],
    [403, 'GITHUB_FORBIDDEN', 'never'],
    [401, 'GITHUB_FORBIDDEN', 'backoff'],
  ])('%i is %s, retry %s', async (status, code, retry) => {
    get().reply(status, { message: 'no' });
    await expect(github.readPullRequest(PULL)).rejects.toMatchObject({ code, retry });
  });

  it('an unknown right is no right', async () => {
    nock(URL).get('/repos/acme/shop/collaborators/eve/permission').reply(404, { message: 'Not Found' });
    expect(await github.readPermission(PULL, 'eve')).toBe('none');
    nock(URL)
      .get('/repos/acme/shop/collaborators/tim/permission')
      .reply(200, { permission: 'read', role_name: 'triage' });
    expect(await github.readPermission(PULL, 'tim')).toBe('triage');
  });
});

describe('reading a change', () => {
  const file = (filename: string, own: object = {}) => ({
    filename,
    sha: 'b'.repeat(40),
    status: 'modified',
    changes: 2,
    patch: '@@ -1,1 +1,1 @@\n-a\n+b',
    ...own,
  });

  it('takes all pages, and says how many files GitHub did not list', async () => {
    nock(URL)
      .get('/repos/acme/shop/pulls/7/files')
      .query({ per_page: 100, page: 1 })
      .reply(
        200,
        Array.from({ length: 100 }, (_, index) => file(`src/${index}.ts`)),
      );
    nock(URL)
      .get('/repos/acme/shop/pulls/7/files')
      .query({ per_page: 100, page: 2 })
      .reply(200, [
        file('a.ts', { patch: undefined }),
        file('b.ts', { status: 'renamed', changes: 0, patch: undefined, previous_filename: 'c.ts' }),
        file('d.ts', { patch: '@@ -1,5 +1,5 @@\n cut' }),
      ]);
    const { change } = await github.readChange({ ...PULL, changedFiles: 110 });
    expect(change.files).toHaveLength(103);
    expect(change.unlisted).toBe(7);
    expect(change.files.slice(100).map((one) => [one.path, one.hunks])).toEqual([
      ['a.ts', null],
      ['b.ts', []],
      ['d.ts', null],
    ]);
  });

  const entry = (object: object | null, mode = 0o100644) => ({ mode, object });
  it('reads blobs in one request, never puts a path into the query, and reads a cut one raw', async () => {
    nock(URL)
      .get('/repos/acme/shop/pulls/7/files')
      .query(true)
      .reply(200, [file('a.ts')]);
    const { snapshot } = await github.readChange(PULL);
    let sent: { query: string; variables: Record<string, string> } = { query: '', variables: {} };
    nock(URL)
      .post('/graphql', (body: typeof sent) => {
        sent = body;
        return true;
      })
      .reply(200, {
        data: {
          repository: {
            object: {
              b0: entry({ oid: '0', text: 'x', isBinary: false, isTruncated: false, byteSize: 1 }),
              b1: null,
              b2: entry({ oid: '2', text: null, isBinary: true, isTruncated: false, byteSize: 9 }),
              b3: entry({ oid: '3', text: 'cut', isBinary: false, isTruncated: true, byteSize: 600_000 }),
              b4: entry({ text: '/etc/passwd', isBinary: false, isTruncated: false, byteSize: 11 }, 0o120000),
              b5: entry(null, 0o160000),
              b6: entry({ oid: '6', text: null, isBinary: true, isTruncated: false, byteSize: 14 }),
              b7: entry({ oid: '7', text: 'd\u00e9j\u00e0', isBinary: false, isTruncated: false, byteSize: 4 }),
            },
          },
        },
      });
    const blob = (oid: string, bytes: Buffer) =>
      nock(URL)
        .get(`/repos/acme/shop/git/blobs/${oid}`)
        .reply(200, { content: bytes.toString('base64'), encoding: 'base64' });
    blob('2', Buffer.from([0, 1, 2, 3, 0, 5, 6, 7, 8]));
    blob('3', Buffer.from('whole'));
    blob('6', Buffer.from('\ufeffdrop x', 'utf16le'));
    const odd = 'a") { evil } #.ts';
    const contents = await snapshot.readHead([
      odd,
      'gone.ts',
      'logo.ts',
      'big.sql',
      'link.ts',
      'sub.ts',
      'wide.sql',
      'latin.py',
    ]);
    expect([...contents.values()]).toEqual([
      { kind: 'text', text: 'x' },
      { kind: 'absent' },
      { kind: 'binary' },
      { kind: 'text', text: 'whole' },
      { kind: 'symlink' },
      { kind: 'submodule' },
      { kind: 'text', text: 'drop x', lossy: true },
      { kind: 'text', text: 'd\u00e9j\u00e0', lossy: true },
    ]);
    expect(sent.query).not.toContain('evil');
    expect(sent.variables).toMatchObject({ commit: HEAD, p0: odd });
  });

  it('works with a person’s token through @octokit/rest', async () => {
    const own = createGitHub(new Octokit({ auth: 'ghp_x', baseUrl: URL }));
    nock(URL)
      .get('/repos/acme/shop/pulls/7')
      .reply(200, {
        title: 'T',
        body: null,
        state: 'open',
        draft: false,
        user: null,
        head: { sha: HEAD, ref: 'f', repo: null },
        base: { sha: 'a', ref: 'main', repo: { id: 1, node_id: 'R_1', name: 'shop', owner: { login: 'acme' } } },
        changed_files: 1,
        labels: [],
        html_url: 'u',
      });
    expect(await own.readPullRequest(PULL)).toMatchObject({ fork: true, author: 'ghost', byBot: false });
  });
});
