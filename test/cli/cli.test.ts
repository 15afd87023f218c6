import { exec, execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it, onTestFinished } from 'vitest';
import { urlOfProgram } from '../../src/built-files.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { hasInvisible } from '../../src/text/invisible.ts';
import { FLAWED } from '../support/stack.ts';
import { makeRepository, makeTempDir } from '../support/temp.ts';

const MAIN = fileURLToPath(urlOfProgram('cli/main'));

function run(
  args: string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH ?? '', ...options.env };
    execFile(
      process.execPath,
      [MAIN, ...args],
      { cwd: options.cwd ?? makeTempDir(), env, maxBuffer: 1e8 },
      (error, stdout, stderr) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}

describe('backend-dev', () => {
  it('ends in silence when whoever reads its output has read enough', async () => {
    const command = `"${process.execPath}" "${MAIN}" agents | head -n 1`;
    const { stdout, stderr } = await promisify(exec)(command, { shell: '/bin/bash' });
    expect([stdout.split('\n').length, stderr]).toEqual([2, '']);
  });

  it('explain-rule: which part of a rule holds in a file, and what is wrong with an id or a file', async () => {
    const cwd = makeTempDir();
    writeFileSync(join(cwd, 'a.ts'), "import c from 'crypto';\nc.createCipheriv('des', key, iv);\n");
    writeFileSync(join(cwd, 'yarn.lock'), '# yarn\n');
    const { code, stdout } = await run(['explain-rule', 'weak-cipher', 'a.ts'], { cwd });
    expect([code, stdout.includes('a.ts:2 high')]).toEqual([0, true]);
    const asData = await run(['explain-rule', 'weak-cipher', 'a.ts', '--format', 'json'], { cwd });
    expect(JSON.parse(asData.stdout)).toMatchObject({ id: 'weak-cipher', findings: [{ line: 2, severity: 'high' }] });
    const page = await run(['explain-rule', 'weak-cipher'], { cwd });
    expect(page).toMatchObject({ code: 0, stderr: '' });
    expect(page.stdout).toMatch(
      /^weak-cipher: .*\nhigh · .*\nFound by .*\n\nDES [^]*\n\nFix: [^]*\n\nA false alarm if: [^]*\n\nReported:\n\n {4}import[^]*\n\nNot reported:\n\n {4}\S[^]*\n\nhttps:/,
    );
    const pageAsData = await run(['explain-rule', 'weak-cipher', '--format', 'json'], { cwd });
    expect(JSON.parse(pageAsData.stdout)).toMatchObject({ id: 'weak-cipher', level: 'high' });
    const wrong = [['no-such-rule'], ['no-such-rule', 'a.ts'], ['weak-cipher', 'b.ts'], ['weak-cipher', 'yarn.lock']];
    for (const args of wrong)
      expect(await run(['explain-rule', ...args], { cwd })).toMatchObject({ code: 2, stdout: '' });
  });

  it('review: a local range as JSON of schemaVersion 1, with the result alone on standard output', async () => {
    const repo = await makeRepository(FLAWED.base, FLAWED.change);
    const { code, stdout, stderr } = await run([
      'review',
      '--repo',
      repo,
      '--base',
      'main',
      '--head',
      'feature',
      '--format',
      'json',
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const report = JSON.parse(stdout) as { findings: Record<string, unknown>[] };
    expect(report).toMatchObject({
      schemaVersion: 1,
      tool: { name: 'backend-dev' },
      agent: 'backend-dev',
      coverage: { model: { status: 'off' } },
    });
    expect(report.findings).toHaveLength(1);
    expect(report.findings[0]).toMatchObject({
      ruleId: 'sql-injection',
      path: 'src/orders.ts',
      side: 'RIGHT',
      startLine: 3,
      suggestion: null,
    });
    expect(Object.keys(report.findings[0] ?? {})).toEqual([
      'ruleId',
      'principle',
      'cwe',
      'severity',
      'confidence',
      'path',
      'side',
      'startLine',
      'endLine',
      'title',
      'explanation',
      'fix',
      'evidence',
      'pasted',
      'suggestion',
      'source',
      'fingerprint',
      'trace',
    ]);
  });

  it('review: the working tree when no head is named, and exit 1 at --fail-on', async () => {
    const repo = await makeRepository(FLAWED.base);
    writeFileSync(join(repo, 'src/orders.ts'), FLAWED.change['src/orders.ts']);
    expect((await run(['review', '--repo', repo, '--fail-on', 'high'])).code).toBe(1);
    expect((await run(['review', '--repo', repo])).code).toBe(0);
  });

  it('review: SARIF that validates', async () => {
    const repo = await makeRepository(FLAWED.base, {
      ...FLAWED.change,
      'src/a b#é.py': 'import requests\nrequests.get(url)\n',
    });
    const { stdout } = await run([
      'review',
      '--repo',
      repo,
      '--base',
      'main',
      '--head',
      'feature',
      '--format',
      'sarif',
    ]);
    const schema = JSON.parse(
      readFileSync(
        new URL('../../node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json', import.meta.url),
        'utf8',
      ),
    ) as Record<string, unknown>;
    delete schema.id;
    const ajv = new Ajv({ strict: false, validateSchema: false, unicodeRegExp: false });
    formats.default(ajv);
    const validate = ajv.compile(schema);
    validate(JSON.parse(stdout));
    expect(validate.errors).toBeNull();
    expect(stdout).toContain('src/a%20b%23%C3%A9.py');
  });

  it('review: Markdown, into a file', async () => {
    const repo = await makeRepository(FLAWED.base, FLAWED.change);
    const out = join(makeTempDir(), 'out.md');
    const { stdout } = await run([
      'review',
      '--repo',
      repo,
      '--base',
      'main',
      '--head',
      'feature',
      '--format',
      'markdown',
      '--output',
      out,
    ]);
    expect(stdout).toBe('');
    expect(readFileSync(out, 'utf8')).toContain('🔴 **Request input becomes SQL text**');
  });

  it('review URL: reads a pull request with a token, and posts only when asked', async () => {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.close());
    const repository = sandbox.addRepository('acme', 'shop', await makeRepository(FLAWED.base, FLAWED.change));
    const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Sort' });
    sandbox.state.tokens.set('ghp_person', { expires: Date.now() + 3_600_000, repositoryIds: null });
    const env = { GHE_HOST: sandbox.host, GHE_PROTOCOL: 'http', GITHUB_TOKEN: 'ghp_person' };
    const url = `${sandbox.url}/acme/shop/pull/1`;
    const read = await run(['review', url, '--format', 'json'], { env });
    expect(JSON.parse(read.stdout)).toMatchObject({ head: pull.headSha, findings: [{ ruleId: 'sql-injection' }] });
    expect(pull.reviews).toEqual([]);
    const posted = await run(['review', url, '--post'], { env });
    expect(posted.stderr).toContain('posted: http');
    expect(pull.comments).toHaveLength(1);
    expect((await run(['review', url])).stderr).toContain('GITHUB_TOKEN');
  });

  it('review URL: obeys the config of the base as the App does, posted or not', async () => {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.close());
    const { 'src/orders.ts': flawed } = FLAWED.change;
    const config = [
      'comment_at: high',
      'paths: { exclude: ["legacy/**"] }',
      'rules: { sql-injection: { severity: high, reason: "internal tool" }, weak-hash: { severity: "off", reason: "old" } }',
      'budget_usd: 0',
    ].join('\n');
    const base = { '.github/backend-dev.yml': config };
    const change = {
      // What the change says of itself counts for nothing.
      '.github/backend-dev.yml': 'enabled: false\n',
      'legacy/a.ts': flawed,
      'src/b.ts': flawed,
    };
    const repository = sandbox.addRepository('acme', 'shop', await makeRepository(base, change));
    const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Sort' });
    sandbox.state.tokens.set('ghp_person', { expires: Date.now() + 600_000, repositoryIds: null });
    const env = { GHE_HOST: sandbox.host, GHE_PROTOCOL: 'http', GITHUB_TOKEN: 'ghp_person', ANTHROPIC_API_KEY: 'k' };
    const { stdout } = await run(
      ['review', `${sandbox.url}/acme/shop/pull/1`, '--post', '--format', 'json', '--fail-on', 'critical'],
      { env },
    );
    expect(JSON.parse(stdout)).toMatchObject({
      findings: [{ path: 'src/b.ts', severity: 'high' }],
      coverage: { model: { status: 'off', reason: expect.stringContaining('budget_usd') } },
    });
    expect(pull.comments.map((comment) => comment.path)).toEqual(['src/b.ts']);
    expect(pull.comments[0]?.body).toContain('🟠');
    expect(pull.reviews[0]?.body).toContain('left out by .github/backend-dev.yml');
    expect(repository.checks).toEqual([]);
  });

  it('review URL --post: posts one review, whatever GitHub refuses of it', async () => {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.close());
    const { 'src/orders.ts': flawed } = FLAWED.change;
    const dir = await makeRepository(
      { 'x.md': '' },
      { 'src/a.ts': flawed, 'src/b.ts': flawed.replace('list', 'other') },
    );
    const repository = sandbox.addRepository('acme', 'shop', dir);
    const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Sort' });
    sandbox.state.tokens.set('ghp_person', { expires: Date.now() + 600_000, repositoryIds: null });
    sandbox.state.refuseComment = ({ path }) => path === 'src/b.ts';
    const env = { GHE_HOST: sandbox.host, GHE_PROTOCOL: 'http', GITHUB_TOKEN: 'ghp_person' };
    await run(['review', `${sandbox.url}/acme/shop/pull/1`, '--post'], { env });
    expect(pull.reviews).toHaveLength(1);
    expect(pull.comments.map((comment) => comment.path)).toEqual(['src/a.ts']);
    expect(pull.reviews[0]?.body).toMatch(/src\/b\.ts:3.* · GitHub refused the inline comment/);
  });

  it('review: says so where nothing changed, and what to do where a shallow clone lacks the base', async () => {
    const repo = await makeRepository(FLAWED.base, FLAWED.change);
    const nothing = await run(['review', '--repo', repo, '--base', 'feature', '--head', 'feature']);
    expect(nothing.stderr).toMatch(/^Nothing changed from [0-9a-f]{7} to [0-9a-f]{7}, so nothing was reviewed\. Name /);
    const unknown = await run(['review', '--repo', repo, '--base', 'nothing']);
    expect(unknown.stderr).toContain(
      '"nothing" names no commit of this repository. If only the server has it, `git fetch`',
    );
    const git = (...args: string[]) => promisify(execFile)('git', ['-C', repo, ...args]);
    const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
    const { stdout: tree } = await git('rev-parse', 'feature^{tree}');
    const { stdout: alone } = await git(...identity, 'commit-tree', '-m', 'alone', tree.trim());
    const apart = await run(['review', '--repo', repo, '--base', 'main', '--head', alone.trim()]);
    expect(apart).toMatchObject({ code: 2, stderr: expect.stringContaining('`git fetch --unshallow`') });
  });

  it('scan: every line, as if new; exit 3 when not all could be read', async () => {
    const dir = makeTempDir();
    writeFileSync(join(dir, 'a.py'), 'import requests\nrequests.get(url)\n');
    expect((await run(['scan', 'a.py', '--format', 'json'], { cwd: dir })).stdout).toContain(
      '"missing-request-timeout"',
    );
    mkdirSync(join(dir, 'tests'));
    writeFileSync(join(dir, 'tests/test_a.py'), 'import requests\nrequests.get(url)\n');
    expect((await run(['scan', 'tests'], { cwd: dir })).stdout).toContain('No findings');
    expect((await run(['scan', 'tests/test_a.py'], { cwd: dir })).stdout).toContain('missing-request-timeout');
    writeFileSync(join(dir, 'b.py'), `x = 1\n${'# filler\n'.repeat(120_000)}`);
    const { code, stdout, stderr } = await run(['scan'], { cwd: dir });
    expect(code).toBe(3);
    expect(stderr).toBe('Exit code 3: not everything could be reviewed. The report says what is missing, and why.\n');
    expect(stdout).toContain('Not reviewed:\n  b.py: larger than 1 MB');
  });

  it('scan: what lies where in a folder beside the current one is judged from there', async () => {
    const dir = makeTempDir();
    for (const folder of ['here', 'service/src', 'service/integration'])
      mkdirSync(join(dir, folder), { recursive: true });
    for (const file of ['service/src/a.py', 'service/integration/a.py'])
      writeFileSync(join(dir, file), 'import requests\nrequests.get(url)\n');
    const { stdout, stderr } = await run(['scan', '../service'], { cwd: join(dir, 'here') });
    expect(stdout).toContain('  src/a.py:2');
    expect(stdout).not.toContain('integration/a.py:2');
    expect(`${stdout}${stderr}`).toContain('Paths are those below ../service.');
    const json = JSON.parse((await run(['scan', '../service', '--format', 'json'], { cwd: join(dir, 'here') })).stdout);
    expect(json.findings.map((one: { path: string }) => one.path)).toContain('../service/src/a.py');
    expect(json.coverage.files.map((one: { path: string }) => one.path)).toContain('../service/integration/a.py');
  });

  it('scan: workflows lie at the top of a repository, and where none is around, of any folder', async () => {
    const dir = makeTempDir();
    mkdirSync(join(dir, 'shop/.github/workflows'), { recursive: true });
    writeFileSync(
      join(dir, 'shop/.github/workflows/ci.yml'),
      'on: issues\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: echo "${{ github.event.issue.title }}"\n',
    );
    expect((await run(['scan'], { cwd: dir })).stdout).toContain('workflow-script-injection');
    await promisify(execFile)('git', ['-C', dir, 'init', '-q']);
    expect((await run(['scan'], { cwd: dir })).stdout).not.toContain('workflow-script-injection');
  });

  it.each([
    { args: ['reveiw'], says: "unknown command 'reveiw'" },
    { args: ['help', 'reveiw'], says: 'reveiw: no such command' },
    { args: ['review', 'https://example.com/x'], says: 'Write https://github.com/OWNER/REPO/pull/NUMBER' },
    { args: ['review', 'main..topic'], says: 'For a range of commits: --base main --head topic' },
    { args: ['review', '--format', 'xml'], says: 'Allowed choices are text, json, sarif, markdown, rdjson, gitlab' },
    { args: ['review'], says: 'is not in a git repository: go to one, or name one with `--repo DIR`' },
    { args: ['review', '--repo', '/nowhere'], says: '/nowhere: there is no such folder' },
    { args: ['review', '--staged'], says: '`backend-dev review --help` lists its arguments and options' },
    { args: ['review', '--output', '/nowhere/a.json'], says: '--output /nowhere/a.json: the folder /nowhere is not' },
    { args: ['review', '--output', '/'], says: '--output /: it is a folder' },
    { args: ['review', '--record', '/nowhere/a.json'], says: '--record /nowhere/a.json: the folder /nowhere is not' },
    { args: ['review', '--replay', 'nothing'], says: '--replay nothing: there is no such file' },
    { args: ['review', '--diff', 'nothing'], says: '--diff nothing: there is no such file' },
    { args: ['agents', 'nothing'], says: 'nothing: there is no such file' },
    { args: ['review', '--post'], says: '--post needs the address' },
    { args: ['scan', 'nothing'], says: 'no such file' },
    { args: ['scan', '--agent', 'nobody'], says: 'no agent nobody; there are: backend-dev' },
    { args: ['config', 'nothing.yml'], says: 'nothing.yml' },
  ])('$args ends with exit 2 and says what to do', async ({ args, says }) => {
    const { code, stdout, stderr } = await run(args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(says);
  });

  it('config: names an agent and a rule that are not there, and what was meant', async () => {
    const cwd = makeTempDir();
    writeFileSync(
      join(cwd, 'c.yml'),
      'agent: dba\nrules:\n  sql-injecton: { severity: "off", reason: "we take that risk here" }\n  query-in-loop: { severity: low, reason: "small tables" }\n',
    );
    const { stderr, code } = await run(['config', 'c.yml'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('c.yml: agent: no agent dba; there are: backend-dev');
    expect(stderr).toMatch(/c\.yml: rules: sql-injecton: no such rule\. Like it: [^\n]*sql-injection/);
    expect(stderr).not.toContain('query-in-loop');
  });

  it('config: prints the effective config, and what is wrong with file and line', async () => {
    const cwd = makeTempDir();
    writeFileSync(join(cwd, 'c.yml'), 'fail_at: high\n');
    expect((await run(['config', 'c.yml'], { cwd })).stdout).toContain('fail_at: high');
    writeFileSync(join(cwd, 'c.yml'), 'fail_at: high\nnope: 1\n');
    expect(await run(['config', 'c.yml'], { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('c.yml:2: there is no setting "nope" here'),
    });
  });

  it.each([
    { what: 'config', args: ['config'], text: '"k\\e[31m\\u202E": 1\n' },
    { what: 'config that is in order', args: ['config'], text: 'guidance: [{paths: ["a"], text: "b\\e[2J\\u202E"}]\n' },
    {
      what: 'agents',
      args: ['agents'],
      text: '---\nname: a\ndescription: "b\\e[31m\\u202E"\n---\n**Security:**\n- c\n',
    },
  ])('$what: nothing of a file of strangers reaches the terminal as more than text', async ({ args, text }) => {
    const file = join(makeTempDir(), 'theirs.md');
    writeFileSync(file, text);
    const { stdout, stderr } = await run([...args, file]);
    expect(stdout + stderr).toContain('\\u{202E}');
    expect(hasInvisible(stdout + stderr)).toBe(false);
  });

  it('agents: prints effective permissions, and doctor what works', async () => {
    expect((await run(['agents'])).stdout).toMatch(/Bash\s+refused: code from a pull request is hostile/);
    const { code, stdout } = await run(['doctor']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/ok {4}database\s+embedded: the first start makes it in /);
  });
});
