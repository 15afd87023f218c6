import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { checkAnswer } from '../support/openapi.ts';
import { viewPull } from '../support/pull-view.ts';
import { BUILT, LAUNCH, makeJobToken, READ, runStep, stepFor, WRITE } from '../support/run-action.ts';
import { FLAWED } from '../support/stack.ts';
import { makeRepository, pushTree, type Tree } from '../support/temp.ts';

async function open(
  base: Tree = FLAWED.base,
  change: Tree = FLAWED.change,
  own: { fork?: 'fork'; draft?: boolean } = {},
) {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const dir = await makeRepository(base, change);
  const repository = sandbox.addRepository('acme', 'shop', dir);
  const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Sort', ...own });
  return { sandbox, dir, repository, pull, see: () => viewPull(repository, pull) };
}

describe('a pull request', () => {
  it('gets one review, a check, SARIF, a job summary and outputs', async () => {
    const { sandbox, pull, repository, see } = await open();
    const step = { ...stepFor(sandbox, pull), file: LAUNCH };
    const { code, outputs, summary, commands, stderr, stdout } = await runStep(sandbox, step);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(see()).toEqual(['src/orders.ts:3 sql-injection open', '1 review', 'check failure: 1 finding: 1 critical']);
    expect(pull.comments[0]?.author.login).toBe('github-actions[bot]');
    expect(outputs).toMatchObject({ findings: '1', critical: '1' });
    expect(JSON.parse(readFileSync(outputs.sarif ?? '', 'utf8'))).toMatchObject({
      runs: [{ results: [{ ruleId: 'sql-injection' }] }],
    });
    expect(summary).toContain('1 finding: 1 critical');
    expect(summary).toContain(`/acme/shop/pull/1`);
    // It stands on the line already.
    expect(commands).toEqual([]);
    expect(stdout).toContain('critical src/orders.ts:3 Request input becomes SQL text');
    // Against GitHub's own description.
    const rest = sandbox.requests.filter(({ template }) => template !== '/graphql');
    expect(rest.map(checkAnswer).filter((problem) => problem !== null)).toEqual([]);
    // What stands on the pull request is read once before the review, and once more before the plan.
    expect(sandbox.requests.length).toBeLessThanOrEqual(11);
    // Nobody answers to commands and buttons.
    expect(repository.checks[0]?.actions).toEqual([]);
    expect(`${pull.reviews[0]?.body}${pull.comments[0]?.body}${summary}`).not.toContain('/backend-dev ');
  });
});

it('a second run says nothing twice, and follows a push', async () => {
  const { sandbox, dir, repository, pull, see } = await open();
  await runStep(sandbox, stepFor(sandbox, pull));
  const again = await runStep(sandbox, stepFor(sandbox, pull));
  expect(again.code).toBe(0);
  expect(see()).toEqual(['src/orders.ts:3 sql-injection open', '1 review', 'check failure: 1 finding: 1 critical']);
  await pushTree(dir, {
    'src/orders.ts': `// moved\n${FLAWED.change['src/orders.ts']}`,
    'src/more.ts': FLAWED.change['src/orders.ts'],
  });
  await sandbox.refresh(repository, pull);
  const { outputs } = await runStep(sandbox, stepFor(sandbox, pull));
  expect(outputs.findings).toBe('2');
  expect(see()).toEqual([
    'src/more.ts:3 sql-injection open',
    'src/orders.ts:4 sql-injection open',
    '2 reviews',
    'check failure: 2 findings: 2 critical',
  ]);
  await pushTree(dir, { ...FLAWED.base, 'src/more.ts': null });
  await sandbox.refresh(repository, pull);
  const clean = await runStep(sandbox, stepFor(sandbox, pull, { inputs: { 'fail-on': 'low' } }));
  expect([clean.code, clean.outputs]).toMatchObject([0, { findings: '0', critical: '0' }]);
  expect(pull.comments.map(({ body }) => body.split('\n')[1])).toEqual([
    expect.stringContaining('**Fixed in '),
    expect.stringContaining('**Fixed in '),
  ]);
});

it('a fork’s read-only token: nothing is posted, findings stand in the summary and at the lines, and both say so', async () => {
  const { sandbox, pull, repository } = await open(FLAWED.base, FLAWED.change, { fork: 'fork' });
  const inputs = { 'github-token': makeJobToken(sandbox, READ), 'fail-on': 'high' };
  const { code, summary, commands, outputs } = await runStep(sandbox, stepFor(sandbox, pull, { inputs }));
  expect(code).toBe(1);
  expect([pull.reviews, pull.comments, repository.checks]).toEqual([[], [], []]);
  expect(commands).toEqual([
    {
      name: 'error',
      properties: { file: 'src/orders.ts', line: '3', endLine: '3', title: 'Request input becomes SQL text' },
      data: expect.stringContaining('req.query.sort'),
    },
  ]);
  expect(summary).toContain('**Nothing was posted**');
  expect(summary).toContain('from a fork');
  expect(summary).toMatch(/#### .*src\/orders\.ts:3/);
  expect(outputs).toMatchObject({ findings: '1', critical: '1' });
});

it('without `checks: write` the review is posted, and what has no comment is annotated; `comment: false` posts nothing', async () => {
  const { sandbox, pull, repository } = await open();
  sandbox.state.refuseComment = () => true;
  const token = makeJobToken(sandbox, { contents: 'read', pull_requests: 'write', metadata: 'read' });
  const inputs = { 'github-token': token };
  const quiet = await runStep(sandbox, stepFor(sandbox, pull, { inputs: { ...inputs, comment: 'false' } }));
  expect(pull.reviews).toEqual([]);
  expect(quiet.summary).toContain('as the workflow asks');
  expect(quiet.commands.map((one) => one.name)).toEqual(['error']);
  const { code, commands } = await runStep(sandbox, stepFor(sandbox, pull, { inputs }));
  expect([code, pull.reviews.length, repository.checks]).toEqual([0, 1, []]);
  expect(commands).toMatchObject([{ name: 'error', properties: { file: 'src/orders.ts' } }]);
});

it('two runs at the same head take turns and say everything once', async () => {
  const { sandbox, pull, repository, see } = await open();
  const step = () => ({ ...stepFor(sandbox, pull), file: BUILT });
  const runs = await Promise.all([1, 2].map(() => runStep(sandbox, step())));
  expect(runs.map((one) => one.code)).toEqual([0, 0]);
  expect(see()).toEqual(['src/orders.ts:3 sql-injection open', '1 review', 'check failure: 1 finding: 1 critical']);
  expect(repository.checks.map((one) => one.status)).toEqual(['completed', 'completed']);
});

it('a job that is cancelled leaves no check in progress', async () => {
  const { sandbox, pull, repository } = await open();
  const older = { ...stepFor(sandbox, pull), file: BUILT };
  sandbox.setFault((method, path) => (method === 'GET' && path.endsWith('/files') ? 'hang' : null));
  const { code } = await runStep(sandbox, older, (child) => {
    const timer = setInterval(() => {
      if (repository.checks.length > 0 && sandbox.requests.at(-1)?.template.endsWith('check-runs')) {
        clearInterval(timer);
        setTimeout(() => child.kill('SIGTERM'), 500);
      }
    }, 50);
  });
  expect(code).toBe(130);
  expect(repository.checks).toMatchObject([
    { status: 'completed', conclusion: 'neutral', title: 'Not reviewed: the job was cancelled' },
  ]);
});

describe('a check', () => {
  it('tells what was found where the token may not write a review', async () => {
    const { sandbox, pull, repository } = await open();
    const inputs = { 'github-token': makeJobToken(sandbox, { ...WRITE, pull_requests: 'read' }) };
    const { code, summary, commands } = await runStep(sandbox, stepFor(sandbox, pull, { inputs }));
    expect([code, pull.reviews]).toEqual([0, []]);
    expect(summary).toContain('pull-requests: write');
    expect(commands.map(({ name }) => name)).toEqual(['error']);
    expect(repository.checks).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
  });

  it('is not left in progress by an error, which fails the step', async () => {
    const { sandbox, pull, repository } = await open();
    sandbox.setFault((method, path) =>
      method === 'POST' && path.endsWith('/reviews') ? { status: 404, commit: false } : null,
    );
    const { code, commands } = await runStep(sandbox, stepFor(sandbox, pull));
    expect([code, commands.map(({ name }) => name)]).toEqual([2, ['error']]);
    expect(repository.checks).toMatchObject([
      { status: 'completed', conclusion: 'neutral', title: expect.stringContaining('Not reviewed: GITHUB_NOT_FOUND') },
    ]);
  });
});

describe('the exit code', () => {
  it('tells of a finding at `fail-on`, and of what was not reviewed only where there is a gate', async () => {
    const large = { 'src/a.py': `x = 1\n${'# filler\n'.repeat(120_000)}` };
    const { sandbox, pull } = await open({ 'x.md': '' }, large);
    const open3 = await runStep(sandbox, stepFor(sandbox, pull, { inputs: { 'fail-on': 'low' } }));
    expect([open3.code, open3.commands.map(({ name }) => name)]).toEqual([3, ['error']]);
    const free = await runStep(sandbox, stepFor(sandbox, pull));
    expect([free.code, free.commands.map(({ name }) => name)]).toEqual([0, ['warning']]);
  });

  it.each<{ what: string; own: Parameters<typeof stepFor>[2]; says: string }>([
    { what: 'no token', own: { inputs: { 'github-token': '' } }, says: 'input github-token' },
    {
      what: 'a token that GitHub does not know',
      own: { inputs: { 'github-token': 'ghs_unknown' } },
      says: 'GITHUB_FORBIDDEN',
    },
    { what: 'an unknown severity', own: { inputs: { 'fail-on': 'severe' } }, says: 'input fail-on' },
    { what: 'a config outside', own: { inputs: { config: '../x.yml' } }, says: 'input config' },
    { what: 'an unknown agent', own: { inputs: { agent: 'nobody' } }, says: 'no agent nobody' },
    { what: 'a comment', own: { event: 'issue_comment' }, says: 'answered by the App' },
    { what: 'an event without a pull request', own: { event: 'schedule' }, says: 'pull-request: NUMBER' },
    {
      what: 'a push without a checkout',
      own: { event: 'push', payload: { before: 'a'.repeat(40), after: 'b'.repeat(40) } },
      says: 'actions/checkout',
    },
  ])('is 2 for $what, and says what to do', async ({ own, says }) => {
    const { sandbox, pull } = await open();
    const { code, commands } = await runStep(sandbox, stepFor(sandbox, pull, own));
    expect(code).toBe(2);
    expect(commands).toMatchObject([{ name: 'error', data: expect.stringContaining(says) }]);
    expect(pull.reviews).toEqual([]);
  });
});

it('a draft is not reviewed, unless the workflow names it; then by the config that it names', async () => {
  const base = {
    ...FLAWED.base,
    'ci/review.yml': 'rules: { sql-injection: { severity: low, reason: "internal tool" } }\n',
  };
  const { sandbox, pull, repository } = await open(base, FLAWED.change, { draft: true });
  const draft = await runStep(sandbox, stepFor(sandbox, pull, { inputs: { 'fail-on': 'low' } }));
  expect([draft.code, draft.outputs, repository.checks]).toEqual([0, { findings: '', critical: '', sarif: '' }, []]);
  expect(draft.summary).toContain('Not reviewed: draft');
  expect(draft.commands.map(({ name, data }) => [name, data.includes('`ready_for_review`')])).toEqual([
    ['warning', true],
    ['notice', false],
  ]);
  const free = await runStep(sandbox, stepFor(sandbox, pull));
  expect(free.commands.map(({ name }) => name)).toEqual(['notice']);
  const named = stepFor(sandbox, pull, {
    event: 'workflow_dispatch',
    payload: {},
    inputs: { 'pull-request': '1', config: 'ci/review.yml', 'fail-on': 'medium' },
  });
  expect((await runStep(sandbox, named)).code).toBe(0);
  expect(pull.comments[0]?.body).toContain('🔵');
});

it('a push is reviewed from the checkout, by the config of what was there before', async () => {
  const { sandbox, dir, pull } = await open(
    { ...FLAWED.base, '.github/backend-dev.yml': 'comment_at: high\n' },
    FLAWED.change,
  );
  const payload = { before: pull.baseSha, after: pull.headSha, ref: 'refs/heads/feature' };
  const step = stepFor(sandbox, pull, {
    event: 'push',
    payload,
    workspace: dir,
    inputs: { 'sarif-file': 'out.sarif', 'fail-on': 'critical' },
  });
  const { code, commands, summary, outputs } = await runStep(sandbox, step);
  expect([code, commands.length]).toEqual([1, 1]);
  expect(summary).toMatch(/#### .*src\/orders\.ts:3/);
  expect(readFileSync(outputs.sarif ?? '', 'utf8')).toContain('sql-injection');
  expect(pull.reviews).toEqual([]);
  const gone = { before: pull.headSha, after: '0'.repeat(40) };
  expect((await runStep(sandbox, { ...step, payload: gone })).code).toBe(0);
});

it('nothing that a stranger wrote is a command, an output or a line of its own', async () => {
  const name = 'src/a,line=9\n::warning::x %0A##[error]y.ts';
  const { sandbox, pull } = await open({ 'x.md': '' }, { [name]: FLAWED.change['src/orders.ts'] });
  const hostile = '::set-output name=a::b\n::error::pwned\n##[warning]x';
  Object.assign(pull, { title: hostile, body: hostile, author: { ...pull.author, login: '::error::me' } });
  const inputs = { 'github-token': makeJobToken(sandbox, { ...WRITE, pull_requests: 'read', checks: 'read' }) };
  const { code, commands, stdout, outputs } = await runStep(sandbox, stepFor(sandbox, pull, { inputs }));
  expect(code).toBe(0);
  expect(commands.map((one) => one.name)).toEqual(['error']);
  expect(commands[0]?.properties.line).toBe('3');
  expect(commands[0]?.properties.file).toContain('src/a,line=9');
  expect(stdout).not.toMatch(/^\s*::(warning|error|set-output)::/m);
  expect(stdout.replaceAll('## [', '')).not.toContain('##[');
  expect(Object.keys(outputs)).toEqual(['findings', 'critical', 'sarif']);
});
