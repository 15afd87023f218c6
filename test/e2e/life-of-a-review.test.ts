import { chmodSync, symlinkSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Service } from '../../src/compose.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { runGit } from '../../src/git/run-git.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { startApp } from '../../src/sandbox/start-app.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { bad, good, type LivePull, openPull } from '../support/live-pull.ts';
import { viewPull } from '../support/pull-view.ts';
import { SHARED, WATCHED, waitFor, waitForQuiet } from '../support/stack.ts';
import { keepTempDir, makePostgresDatabase, makeRepository, pushTree, type Tree } from '../support/temp.ts';

let sandbox: Sandbox;
let service: Service;

const folders: ReturnType<typeof keepTempDir>[] = [];

/** Each time on an empty database, and a folder that stays as long as the tests run. */
const startAnew = async (): Promise<Service> => {
  const folder = keepTempDir();
  folders.push(folder);
  const where = { DATABASE_URL: await makePostgresDatabase(), DATA_DIR: folder.path };
  return await startApp(sandbox, readEnvironment({ ...WATCHED, LOG_LEVEL: 'fatal', ...where }), SHARED);
};

beforeAll(async () => {
  sandbox = await startSandbox();
  service = await startAnew();
  return async () => {
    await service.stop();
    await sandbox.close();
    for (const folder of folders) folder.remove();
  };
});

const BASE = { 'src/a.ts': 'export const a = 1;\n' };

const open = (base: Tree, change: Tree): Promise<LivePull> => openPull(sandbox, base, change);

describe('pushes', () => {
  it('says nothing twice, names what was fixed, and re-opens what comes back', async () => {
    const it = await open(BASE, { 'src/a.ts': bad('one') + bad('two'), 'src/b.ts': bad('three') });
    expect(it.see()).toEqual([
      'src/a.ts:2 sql-injection open',
      'src/a.ts:5 sql-injection open',
      'src/b.ts:2 sql-injection open',
      '1 review',
      'check failure: 3 findings: 3 critical',
    ]);
    // Lines move, the code is reformatted: still the same findings. One is fixed.
    expect(
      await it.push({
        'src/a.ts': `// moved\n// down\n${bad('one').replace('return pool.query(', 'return pool.query(\n    ').replace(');\n}', ',\n  );\n}')}${good('two')}`,
      }),
    ).toEqual([
      '[src/a.ts:outdated sql-injection fixed]',
      'src/a.ts:outdated sql-injection open',
      'src/b.ts:2 sql-injection open',
      '1 review',
      'check failure: 2 findings: 2 critical',
    ]);
    expect(it.pull.comments.find((one) => one.body.includes('"state":"fixed"'))?.body).toMatch(
      new RegExp(`^<!-- backend-dev:status -->\\n\\*\\*Fixed in ${it.pull.headSha.slice(0, 7)}\\.\\*\\*`),
    );
    expect(it.summary()).toContain('1 fixed');
    expect(it.summary()).toContain('reviewed what changed since');
    // It comes back: its own thread is opened again, and nothing is said twice.
    expect(await it.push({ 'src/a.ts': `// moved\n// down\n${bad('one')}${bad('two')}` })).toEqual([
      'src/a.ts:outdated sql-injection open',
      'src/a.ts:outdated sql-injection regressed',
      'src/b.ts:2 sql-injection open',
      '1 review',
      'check failure: 3 findings: 3 critical',
    ]);
    // Everything is fixed.
    expect(await it.push({ 'src/a.ts': good('one') + good('two'), 'src/b.ts': good('three') })).toEqual([
      '[src/a.ts:outdated sql-injection fixed]',
      '[src/a.ts:outdated sql-injection fixed]',
      '[src/b.ts:outdated sql-injection fixed]',
      '1 review',
      'check success: No findings',
    ]);
    // Something new needs a review of its own, and the summary stays where it was.
    expect(await it.push({ 'src/c.ts': bad('four') })).toContain('2 reviews');
    expect(it.pull.reviews[1]?.body).toMatch(/^1 new finding in [0-9a-f]{7}; the \[summary\]/);
    expect(it.summary()).toContain('1 finding: 1 critical');
  });

  it('knows a finding whose file was renamed, whether the file is new or not', async () => {
    const long = Array.from({ length: 30 }, (_, index) => `export const v${index} = ${index};\n`).join('');
    const it = await open({ 'src/a.ts': long }, { 'src/a.ts': long + bad('one'), 'src/n.ts': bad('two') + long });
    await it.push({
      'src/a.ts': null,
      'src/moved.ts': `${long}${bad('one')}`,
      'src/n.ts': null,
      'src/new-name.ts': bad('two') + long,
    });
    const open2 = [
      'src/a.ts:outdated sql-injection open',
      'src/n.ts:outdated sql-injection open',
      '1 review',
      'check failure: 2 findings: 2 critical',
    ];
    expect(it.see()).toEqual(open2);
    expect(it.summary()).toContain('src/moved.ts');
    // A push that leaves these files alone does not look at them again, and does not call anything fixed for that.
    expect(await it.push({ 'src/else.ts': 'export const e = 1;\n' })).toEqual(open2);
    expect(it.summary()).toContain('src/new-name.ts:2');
    // Without its flaw one file is renamed and nothing else.
    expect(await it.push({ 'src/moved.ts': long })).toEqual([
      '[src/a.ts:outdated sql-injection fixed]',
      'src/n.ts:outdated sql-injection open',
      '1 review',
      'check failure: 1 finding: 1 critical',
    ]);
  });

  it('does not say again what a person deleted, and does not forget it either', async () => {
    const it = await open(BASE, { 'src/a.ts': bad('one'), 'src/b.ts': bad('two') });
    it.pull.comments.splice(0, 1);
    expect(await it.push({ 'src/else.ts': 'export const e = 1;\n' })).toEqual([
      'src/b.ts:2 sql-injection open',
      '1 review',
      'check failure: 2 findings: 2 critical',
    ]);
    expect(it.summary()).toContain('a comment of this review was deleted');
    expect(it.summary()).toMatch(/src\/a\.ts:2.* · its comment was deleted/);
    expect(await it.push({ 'src/a.ts': good('one'), 'src/b.ts': good('two') })).toEqual([
      '[src/b.ts:outdated sql-injection fixed]',
      '1 review',
      'check success: No findings',
    ]);
  });

  it.each([
    {
      what: 'a force-push to another commit with the same flaw',
      act: async (dir: string) => {
        await runGit(dir, ['reset', '--quiet', '--hard', 'main']);
        await pushTree(dir, { 'src/a.ts': `\n${bad('one')}`, 'src/z.ts': 'export const z = 1;\n' });
      },
      sees: ['src/a.ts:3 sql-injection open', '1 review', 'check failure: 1 finding: 1 critical'],
      says: 'is not part of this branch any more',
    },
    {
      what: 'a rebase on a newer base',
      act: async (dir: string) => {
        await runGit(dir, ['checkout', '--quiet', 'main']);
        await pushTree(dir, { 'src/other.ts': 'export const o = 1;\n' });
        await runGit(dir, ['checkout', '--quiet', 'feature']);
        await runGit(dir, ['-c', 'user.name=D', '-c', 'user.email=d@x.y', 'rebase', '--quiet', 'main']);
      },
      sees: ['src/a.ts:2 sql-injection open', '1 review', 'check failure: 1 finding: 1 critical'],
      says: 'the base changed',
    },
    {
      what: 'a revert of everything',
      act: (dir: string) => pushTree(dir, BASE),
      sees: ['[src/a.ts:outdated sql-injection fixed]', '1 review', 'check neutral: No backend file in this change'],
      says: '1 fixed',
    },
  ])(
    'survives $what',
    async ({ act, sees, says }) => {
      const it = await open(BASE, { 'src/a.ts': bad('one') });
      await act(it.dir);
      expect(await it.sync()).toEqual(sees);
      expect(it.summary()).toContain(says);
    },
    60_000,
  );

  it('survives another base branch and a pull request that is closed and opened again', async () => {
    const it = await open(BASE, { 'src/a.ts': bad('one') });
    await runGit(it.dir, ['branch', 'release', 'main']);
    it.pull.baseRef = 'release';
    await pushTree(it.dir, { 'src/b.ts': 'export const b = 1;\n' });
    expect((await it.sync()).slice(0, 2)).toEqual(['src/a.ts:2 sql-injection open', '1 review']);
    it.pull.state = 'closed';
    await sandbox.sendPullRequest(it.repository, it.pull, 'closed');
    it.pull.state = 'open';
    const checks = it.repository.checks.length;
    await it.sync('reopened');
    await waitForQuiet(sandbox);
    expect(it.pull.comments).toHaveLength(1);
    expect(it.pull.reviews).toHaveLength(1);
    expect(it.repository.checks).toHaveLength(checks);
  });

  it('reviews the newest of ten pushes in a minute, once, and posts nothing as current for an old head', async () => {
    const it = await open(BASE, { 'src/a.ts': bad('one') });
    for (let round = 0; round < 10; round++) {
      await pushTree(it.dir, { 'src/a.ts': bad('one') + (round % 2 === 0 ? bad(`n${round}`) : good(`n${round}`)) });
      await sandbox.refresh(it.repository, it.pull);
      void sandbox.sendPullRequest(it.repository, it.pull, 'synchronize');
    }
    await it.sync();
    await waitForQuiet(sandbox);
    expect(it.see().at(-1)).toBe('check failure: 1 finding: 1 critical');
    const finished = it.repository.checks.filter((check) => check.status !== 'completed');
    expect(finished).toEqual([]);
    const heads = it.repository.checks.map((check) => check.headSha);
    expect(new Set(heads).size).toBe(heads.length);
  });

  it('edits its own comment when it may not resolve threads', async () => {
    sandbox.state.permissions.contents = 'read';
    const it = await open(BASE, { 'src/a.ts': bad('one') });
    // Tokens are asked for once an hour: the permission is that of the token.
    await it.push({ 'src/a.ts': good('one') });
    sandbox.state.permissions.contents = 'write';
    expect(it.see()[0]).toBe('src/a.ts:outdated sql-injection fixed');
    expect(it.pull.comments[0]?.body).toContain('**Fixed in ');
  });

  it('takes the ledger from GitHub alone: another App with an empty database says nothing again', async () => {
    const it = await open(BASE, { 'src/a.ts': bad('one') + bad('two') });
    await it.push({ 'src/a.ts': bad('one') + good('two') });
    await it.say('wes', '/backend-dev ignore only used in scripts', 0);
    const before = it.see();
    await service.stop();
    service = await startAnew();
    await it.push({ 'src/z.ts': 'export const z = 1;\n' });
    expect(it.see().slice(0, -1)).toEqual(before.slice(0, -1));
    expect(it.summary()).toContain('only used in scripts');
    expect(it.pull.comments.filter((one) => one.author.type === 'Bot')).toHaveLength(2);
  });

  it('does not say what a person or another bot has said on the same lines', async () => {
    const it = await open(BASE, { 'src/a.ts': 'export const a = 2;\n' });
    await pushTree(it.dir, { 'src/a.ts': `${bad('one')}${bad('two')}${bad('three')}` });
    await sandbox.refresh(it.repository, it.pull);
    const say = (line: number, body: string, type: 'User' | 'Bot' = 'User') =>
      sandbox.commentInline(it.repository, it.pull, 'ann', { path: 'src/a.ts', line, body, type });
    await say(2, 'This is open to SQL injection.');
    await say(5, 'Security: CWE-89 in this statement', 'Bot');
    await say(8, 'Please rename this.');
    await it.sync();
    expect(it.pull.comments.filter((one) => one.author.login !== 'ann').map((one) => one.line)).toEqual([8]);
    expect(it.summary().match(/\(said by ann\)/g)).toHaveLength(2);
    // A comment settles nothing: the check still counts what is there.
    expect(it.see().at(-1)).toBe('check failure: 3 findings: 3 critical');
    // Nor does a push elsewhere make it go away.
    await it.push({ 'src/z.ts': 'export const z = 1;\n' });
    expect(it.see().at(-1)).toBe('check failure: 3 findings: 3 critical');
    await it.push({ 'src/a.ts': good('one') + good('two') + bad('three') });
    expect(it.see().at(-1)).toBe('check failure: 1 finding: 1 critical');
  });
});

describe('commands', () => {
  const TLS = {
    'src/a.ts':
      "import https from 'node:https';\nexport const agent = new https.Agent({ rejectUnauthorized: false });\n",
  };

  it('ignores a finding over pushes, with who and why, and lets the check pass by an override for one commit', async () => {
    const it = await open(BASE, { 'src/a.ts': bad('one') + bad('two') });
    await it.say('wes', '/backend-dev ignore the state comes from an enum', 0);
    expect(it.see()).toEqual([
      '[src/a.ts:2 sql-injection ignored]',
      'src/a.ts:5 sql-injection open',
      '1 review',
      'check failure: 1 finding: 1 critical',
    ]);
    expect(it.summary()).toMatch(/1 ignored[\s\S]*by `wes`: the state comes from an enum/);
    expect(it.repository.checks.filter((check) => check.headSha === it.pull.headSha)).toHaveLength(1);
    await it.say('wes', '/backend-dev override hotfix, see OPS-7');
    expect(it.see().at(-1)).toBe('check success: Overridden by wes: hotfix, see OPS-7 · 1 finding: 1 critical');
    await it.push({ 'src/a.ts': `${bad('one')}\n${bad('two')}` });
    expect(it.see().at(-1)).toBe('check failure: 1 finding: 1 critical');
    expect(it.see()[0]).toBe('[src/a.ts:2 sql-injection ignored]');
    expect(it.summary()).toContain('by `wes`: hotfix, see OPS-7');
  });

  it('pauses and resumes', async () => {
    const it = await open(BASE, { 'src/a.ts': bad('one') });
    await it.say('wes', '/backend-dev pause');
    expect(it.summary()).toContain('paused by `wes`');
    await pushTree(it.dir, { 'src/b.ts': bad('two') });
    await sandbox.refresh(it.repository, it.pull);
    await sandbox.sendPullRequest(it.repository, it.pull, 'synchronize');
    await waitForQuiet(sandbox);
    expect(it.see()).toEqual(['src/a.ts:2 sql-injection open', '1 review', 'check none: ']);
    await it.say('wes', '/backend-dev resume');
    expect(it.see()).toEqual([
      'src/a.ts:2 sql-injection open',
      'src/b.ts:2 sql-injection open',
      '2 reviews',
      'check failure: 2 findings: 2 critical',
    ]);
    expect(it.summary()).not.toContain('paused by');
  });

  it('commits an exact fix where agent, branch and person allow it, and else shows it', async () => {
    const it = await open(BASE, TLS);
    expect(it.see()[0]).toBe('src/a.ts:2 tls-verification-off open');
    await it.say('wes', '/backend-dev fix', 0);
    await waitFor('the review of the fix', () => it.see()[0] === '[src/a.ts:outdated tls-verification-off fixed]');
    const message = (await runGit(it.dir, ['log', '-1', '--format=%B', 'feature'])).toString('utf8');
    expect(message).toMatch(/^fix: TLS certificate/);
    expect(message).toContain('Asked for by wes.');
    expect((await runGit(it.dir, ['show', 'feature:src/a.ts'])).toString('utf8')).toContain('rejectUnauthorized: true');

    const fork = await open(BASE, TLS);
    fork.pull.fork = 'fork';
    const head = fork.pull.headSha;
    await fork.say('wes', '/backend-dev fix', 0);
    expect(fork.pull.comments.at(-1)?.body).toMatch(/never push there[\s\S]*```suggestion\n.*rejectUnauthorized: true/);
    await sandbox.refresh(fork.repository, fork.pull);
    expect(fork.pull.headSha).toBe(head);

    const words = await open(BASE, { 'src/a.ts': bad('one') });
    await words.say('wes', '/backend-dev fix');
    expect(words.pull.conversation.at(-1)?.body).toContain('No exact fix is known');
  });

  it('fixes everything that has an exact fix in one commit, also by the button on the check', async () => {
    const it = await open(BASE, { ...TLS, 'src/b.ts': (TLS['src/a.ts'] ?? '').replaceAll('\n', '\r\n') });
    const check = it.repository.checks.at(-1);
    expect(check?.actions.map((action) => action.identifier)).toEqual(['review', 'fix']);
    await sandbox.pressButton(it.repository, it.pull, 'eve', 'fix');
    await waitForQuiet(sandbox);
    expect(it.see()).toContain('src/a.ts:2 tls-verification-off open');
    await sandbox.pressButton(it.repository, it.pull, 'wes', 'fix');
    await waitFor('the review of the fixes', () => it.see().at(-1)?.startsWith('check success') === true);
    expect((await runGit(it.dir, ['rev-list', '--count', 'main..feature'])).toString('utf8').trim()).toBe('2');
    const text = (await runGit(it.dir, ['show', 'feature:src/b.ts'])).toString('utf8');
    expect(text.match(/\r\n/g)).toHaveLength(2);
    expect(text).toContain('rejectUnauthorized: true');
  });

  it('explains from the rule without a key, says what ask lacks, shows the settings, closes threads', async () => {
    const it = await open({ ...BASE, '.github/backend-dev.yml': 'fail_at: never\n' }, { 'src/a.ts': bad('one') });
    const last = (): string => it.pull.comments.at(-1)?.body ?? '';
    await it.say('dana', '/backend-dev explain', 0);
    expect(last()).toContain('A bind parameter travels beside the statement');
    await it.say('dana', '/backend-dev ask is this safe?', 0);
    expect(last()).toContain('no ANTHROPIC_API_KEY is set');
    await it.say('dana', '/backend-dev config');
    expect(it.pull.conversation.at(-1)?.body).toMatch(/From `.github\/backend-dev.yml`[\s\S]*"fail_at": "never"/);
    await it.say('wes', '/backend-dev resolve', 0);
    expect(it.see()[0]).toBe('[src/a.ts:2 sql-injection open]');
    expect(it.see().at(-1)).toBe('check neutral: 1 finding: 1 critical');
  });

  it('refuses people without the right, quietly, and does nothing', async () => {
    const it = await open(BASE, { 'src/a.ts': bad('one') });
    const before = it.see();
    const root = it.pull.comments[0]?.id ?? 0;
    for (const login of ['eve', 'dana']) await it.say(login, '/backend-dev ignore', 0);
    // Said once to each: what they try after that gets nothing.
    for (const [login, command] of [
      ['eve', 'ask why?'],
      ['eve', 'fix'],
      ['dana', 'override please'],
      ['eve', 'pause'],
    ] as const)
      await sandbox.commentInline(it.repository, it.pull, login, { root, body: `/backend-dev ${command}` });
    await waitForQuiet(sandbox);
    expect(it.see()).toEqual(before);
    expect(it.repository.reactions.map((one) => one.content)).toEqual(['confused', 'confused']);
    expect(it.pull.comments.filter((one) => one.author.type === 'Bot')).toHaveLength(1);
  });

  it('answers a reply that disputes a finding once, and no other reply', async () => {
    const it = await open(BASE, { 'src/a.ts': bad('one') });
    const root = it.pull.comments[0]?.id ?? 0;
    const reply = (login: string, body: string) => sandbox.commentInline(it.repository, it.pull, login, { root, body });
    const ours = (): string[] =>
      it.pull.comments.filter((one) => one.author.type === 'Bot' && one.id !== root).map((one) => one.body);
    await reply('dana', 'Thanks, will look.');
    await reply('eve', 'This is a false positive.');
    await waitForQuiet(sandbox);
    expect(ours()).toEqual([]);
    await reply('dana', 'This is a false positive: the value is validated.');
    await waitFor('an answer', () => ours().length > 0);
    await waitFor('the state', () => it.see()[0] === 'src/a.ts:2 sql-injection disputed');
    expect(ours()[0]).toContain('It is a false alarm if');
    expect(it.summary()).toContain('disputed by dana');
    await reply('dana', 'No, you are wrong.');
    await waitForQuiet(sandbox);
    expect(ours()).toHaveLength(1);
  });
});

describe('the config', () => {
  it('switches rules off, changes severities, skips by label, and reports its own change with the effect', async () => {
    const config = [
      'fail_at: never',
      'labels: { skip: [wip], force: [review-me] }',
      'base_branches: [main]',
      'rules:',
      '  sql-injection: { severity: low, reason: legacy module }',
      '  missing-request-timeout: { severity: "off", reason: our client has one }',
      '',
    ].join('\n');
    const it = await open(
      { ...BASE, '.github/backend-dev.yml': config },
      {
        'src/a.ts': bad('one'),
        'src/b.py': 'import requests\nr = requests.get(url)\n',
        '.github/backend-dev.yml': config.replace('fail_at: never', 'fail_at: high'),
      },
    );
    expect(it.see()).toEqual(['src/a.ts:2 sql-injection open', '1 review', 'check neutral: 1 finding: 1 low']);
    expect(it.summary()).toContain('`fail_at` `"never"` → `"high"`. It takes effect after the merge');
    it.pull.labels = ['wip'];
    await pushTree(it.dir, { 'src/c.ts': bad('three') });
    await sandbox.refresh(it.repository, it.pull);
    await sandbox.sendPullRequest(it.repository, it.pull, 'synchronize');
    await waitForQuiet(sandbox);
    expect(it.see().at(-1)).toBe('check none: ');
  });

  it('ignores what it leaves out from now on, and takes it up again when it no longer does', async () => {
    const it = await open(BASE, { 'src/a.ts': bad('one') });
    const onMain = async (config: string): Promise<string[]> => {
      await runGit(it.dir, ['checkout', '--quiet', 'main']);
      await pushTree(it.dir, { '.github/backend-dev.yml': config });
      await runGit(it.dir, ['checkout', '--quiet', 'feature']);
      await pushTree(it.dir, { 'src/else.ts': `// ${config.length}\n` });
      return it.sync();
    };
    expect(await onMain('paths: { exclude: ["src/a.*"] }\n')).toEqual([
      '[src/a.ts:2 sql-injection ignored]',
      '1 review',
      'check success: No findings',
    ]);
    expect(it.summary()).toContain('by `.github/backend-dev.yml`: left out by .github/backend-dev.yml');
    expect(await onMain('fail_at: never\n')).toEqual([
      'src/a.ts:2 sql-injection open',
      '1 review',
      'check neutral: 1 finding: 1 critical',
    ]);
  });

  it('comes from the owner’s .github repository where the repository has none', async () => {
    const shared = await makeRepository({ '.github/backend-dev.yml': 'fail_at: never\n' });
    sandbox.addRepository('acme', '.github', shared);
    const it = await open(BASE, { 'src/a.ts': bad('one') });
    sandbox.state.repositories = sandbox.state.repositories.filter((one) => one.name !== '.github');
    expect(it.see().at(-1)).toBe('check neutral: 1 finding: 1 critical');
  });
});

describe('odd files', () => {
  it('says why what is no text is left out, follows nothing, and comments what a rename changed', async () => {
    const long = Array.from({ length: 30 }, (_, index) => `export const v${index} = ${index};\n`).join('');
    const dir = await makeRepository(
      { 'src/old.ts': long, 'src/mode.py': 'x = 1\n', 'src/gone.go': 'package gone\n' },
      {
        'src/old.ts': null,
        'src/renamed.ts': long + bad('renamed'),
        'src/gone.go': null,
        'src/lfs.sql': `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 1\n`,
        'src/utf16.ts': Buffer.from(`\uFEFF${bad('utf16')}`, 'utf16le'),
        'src/binary.go': Buffer.from([0, 1, 2, 3]),
        'src/bom.ts': `\uFEFF${bad('bom')}`,
        'src/crlf.ts': bad('crlf').replaceAll('\n', '\r\n'),
        'src/open-end.ts': bad('end').trimEnd(),
      },
    );
    symlinkSync('/etc/passwd', `${dir}/src/link.py`);
    chmodSync(`${dir}/src/mode.py`, 0o755);
    await runGit(dir, ['add', '--all']);
    await runGit(dir, ['update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},src/module.go`]);
    const who = ['-c', 'user.name=D', '-c', 'user.email=d@x.y'];
    await runGit(dir, [...who, 'commit', '--quiet', '-m', 'odd']);
    const repository = sandbox.addRepository('acme', 'shop-with-odd-files', dir);
    const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Odd' });
    await sandbox.sendPullRequest(repository, pull, 'opened');
    await waitFor('the check', () => repository.checks.some((check) => check.status === 'completed'));
    expect(viewPull(repository, pull)).toEqual([
      'src/bom.ts:2 sql-injection open',
      'src/crlf.ts:2 sql-injection open',
      'src/open-end.ts:2 sql-injection open',
      'src/renamed.ts:32 sql-injection open',
      'src/utf16.ts:file sql-injection open',
      '1 review',
      'check failure: 5 findings: 5 critical',
    ]);
    const left = pull.reviews[0]?.body ?? '';
    for (const [reason, path] of [
      ['symbolic link: not followed', 'src/link.py'],
      ['submodule: not followed', 'src/module.go'],
      ['Git LFS pointer', 'src/lfs.sql'],
      ['binary', 'src/binary.go'],
      ['removed', 'src/gone.go'],
    ] as const) {
      expect([path, left.split('\n').find((line) => line.includes(path)) ?? 'not named']).toEqual([
        path,
        expect.stringContaining(reason),
      ]);
    }
    expect(left).not.toContain('root:x:');
  });
});

describe('large changes', () => {
  it('reviews what GitHub lists of more than 3,000 files, and is not green about the rest', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 3020 }, (_, index) => [`notes/${String(index).padStart(4, '0')}.txt`, `${index}\n`]),
    );
    const it = await open({ 'a.md': 'x\n' }, { ...files, 'backend/a.ts': bad('one') });
    expect(it.see()).toEqual([
      'backend/a.ts:2 sql-injection open',
      '1 review',
      'check failure: 1 finding: 1 critical · 1 of 1 backend file reviewed, at least 21 more files not listed and not reviewed · model off',
    ]);
    expect(it.summary()).toContain('at least 21 files that could not be listed');
    expect(await it.push({ 'backend/a.ts': good('one') })).toContain(
      'check neutral: Partly reviewed · No findings · 1 of 1 backend file reviewed, at least 21 more files not listed and not reviewed · model off',
    );
    expect(it.summary()).toContain('the last review was not complete');
  });

  it('keeps 25 open comments, folds the rest with annotations, and remembers the folded', async () => {
    const many = (from: number) => Array.from({ length: 32 }, (_, index) => bad(`f${from + index}`)).join('');
    const trees = Object.fromEntries([0, 40, 80].map((from) => [`src/m${from}.ts`, many(from)]));
    // One comment for each rule and file lists the places; different files have comments of their own.
    const files = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`src/s${index}.ts`, bad('x')]));
    const it = await open(BASE, { ...trees, ...files });
    expect(it.pull.comments).toHaveLength(25);
    expect(it.repository.checks[0]?.annotations).toHaveLength(8);
    expect(it.summary()).toContain('8 without an inline comment');
    const before = it.pull.comments.map((comment) => comment.id);
    await it.push({ 'src/z.ts': 'export const z = 1;\n' });
    expect(it.pull.comments.map((comment) => comment.id)).toEqual(before);
    expect(it.pull.reviews).toHaveLength(1);
    expect(it.see().at(-1)).toBe('check failure: 33 findings: 33 critical');
    // What has no comment is still said in full, on the new head too.
    expect(it.summary()).toContain('8 without an inline comment');
    expect(it.repository.checks.at(-1)?.annotations).toHaveLength(8);
    // Such a one is ignored by its place.
    const [, place = ''] = /\*\*Request input becomes SQL text\*\* · \[(src\/\w+\.ts:2)\]/.exec(it.summary()) ?? [];
    await it.say('wes', `/backend-dev ignore ${place} legacy`);
    expect(it.see().at(-1)).toBe('check failure: 32 findings: 32 critical');
    expect(it.summary()).toMatch(/1 ignored[\s\S]*: legacy/);
  });
});
