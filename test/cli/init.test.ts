import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { runInit } from '../../src/cli/init.ts';
import { PRE_PUSH } from '../../src/cli/pre-push.ts';
import { DEFAULT_CONFIG, parseRepositoryConfig } from '../../src/config/repository-config.ts';
import { FLAWED } from '../support/stack.ts';
import { makeRepository, makeTempDir } from '../support/temp.ts';

const TREE = {
  'package.json': '{"dependencies": {"fastify": "5", "pg": "8"}}',
  'api/go.mod': 'require github.com/gin-gonic/gin v1.10.0\n',
  'src/a.ts': 'export const a = 1;\n',
  'src/b.ts': 'export const b = 1;\n',
  'db/migrations/001_init.sql': 'create table a (id int);\n',
  'README.md': '# Shop\n',
};

const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
afterEach(() => said.mockClear());
afterAll(() => said.mockRestore());
const output = (): string => said.mock.calls.map(([text]) => String(text)).join('');

describe('init', () => {
  it('writes a config that says what was found, is valid, and changes nothing of the defaults', async () => {
    const repo = await makeRepository(TREE);
    expect(await runInit({ repo })).toBe(0);
    const text = readFileSync(join(repo, '.github/backend-dev.yml'), 'utf8');
    expect(parseRepositoryConfig(text)).toEqual({ kind: 'ok', config: DEFAULT_CONFIG });
    expect(text).toContain('languages:   typescript (2 files), sql (1 file)');
    expect(text).toContain('frameworks:  Fastify, Gin');
    expect(text).toContain('migrations:  db/migrations');
    // Each example is valid, too.
    const all = text.replace(/^# (?=\s*(-|[\w-]+:(?! {2,})))/gm, '').replace(/^#.*\n/gm, '');
    expect(parseRepositoryConfig(all)).toMatchObject({ kind: 'ok', config: { budget_usd: 2, drafts: false } });
  });

  it('says what to do in a bare repository', async () => {
    const repo = makeTempDir();
    execFileSync('git', ['init', '-q', '--bare', repo]);
    await expect(runInit({ repo })).rejects.toThrow('is a bare repository, without files: clone it');
  });

  it('names the parent of migrations that have a folder each', async () => {
    const each = [1, 2, 3, 4, 5, 6].map((at) => [`prisma/migrations/0${at}_x/migration.sql`, 'select 1;\n']);
    const repo = await makeRepository({ ...TREE, ...Object.fromEntries(each) });
    expect(await runInit({ repo })).toBe(0);
    const text = readFileSync(join(repo, '.github/backend-dev.yml'), 'utf8');
    expect(text).toContain('migrations:  db/migrations, prisma/migrations/*\n');
  });

  it('overwrites nothing: a second run leaves what a person made of it, and says so', async () => {
    const repo = await makeRepository(TREE);
    mkdirSync(join(repo, '.github'));
    writeFileSync(join(repo, '.github/backend-dev.yml'), 'fail_at: high\n');
    expect(await runInit({ repo })).toBe(0);
    expect(readFileSync(join(repo, '.github/backend-dev.yml'), 'utf8')).toBe('fail_at: high\n');
    expect(output()).toContain('exists already and was not changed');
  });

  it('a folder’s name with a line feed writes no setting', async () => {
    const repo = await makeRepository({ 'x\nenabled: false\n/migrations/1.sql': 'select 1;\n' });
    await runInit({ repo });
    const text = readFileSync(join(repo, '.github/backend-dev.yml'), 'utf8');
    expect(parseRepositoryConfig(text)).toEqual({ kind: 'ok', config: DEFAULT_CONFIG });
    expect(text).toContain('x\\u{A}enabled: false');
  });

  it('refuses a folder that is no repository, and one that leads out of it', async () => {
    await expect(runInit({ repo: makeTempDir() })).rejects.toMatchObject({ code: 'GIT_FAILED' });
    const [repo, outside] = [await makeRepository(TREE), makeTempDir()];
    symlinkSync(outside, join(repo, '.github'));
    await expect(runInit({ repo })).rejects.toThrow('outside of the repository');
    expect(existsSync(join(outside, 'backend-dev.yml'))).toBe(false);
  });
});

describe('init --pre-push', () => {
  const configure = (repo: string, path: string) =>
    execFileSync('git', ['config', 'core.hooksPath', path], { cwd: repo });

  it('writes a hook that runs, once, and leaves another’s hook alone', async () => {
    const repo = await makeRepository(TREE);
    expect(await runInit({ repo, prePush: true })).toBe(0);
    const hook = join(repo, '.git/hooks/pre-push');
    expect(statSync(hook).mode & 0o111).toBe(0o111);
    expect(await runInit({ repo, prePush: true })).toBe(0);
    writeFileSync(hook, '#!/bin/sh\n# mine\n');
    expect(await runInit({ repo, prePush: true })).toBe(2);
    expect(readFileSync(hook, 'utf8')).toContain('# mine');
  });

  it('follows core.hooksPath within the repository, and nowhere else', async () => {
    const repo = await makeRepository(TREE);
    configure(repo, 'tools/hooks');
    expect(await runInit({ repo, prePush: true })).toBe(0);
    expect(readFileSync(join(repo, 'tools/hooks/pre-push'), 'utf8')).toBe(PRE_PUSH);
    const outside = makeTempDir();
    configure(repo, join(outside, 'deep/hooks'));
    await expect(runInit({ repo, prePush: true })).rejects.toThrow('core.hooksPath leads to');
    expect(existsSync(join(outside, 'deep'))).toBe(false);
  });

  it('stops a push for a critical finding and for nothing else', async () => {
    const repo = await makeRepository(FLAWED.base, FLAWED.change);
    const bin = join(repo, 'node_modules/.bin');
    mkdirSync(bin, { recursive: true });
    await runInit({ repo, prePush: true });
    const git = (...args: string[]): string => execFileSync('git', args, { cwd: repo }).toString().trim();
    const push = (): { status: number | null } => {
      try {
        const input = `refs/heads/feature ${git('rev-parse', 'feature')} refs/heads/feature ${'0'.repeat(40)}\n`;
        execFileSync(join(repo, '.git/hooks', 'pre-push'), ['origin', 'x'], {
          cwd: repo,
          input,
          stdio: ['pipe', 'ignore', 'ignore'],
        });
        return { status: 0 };
      } catch (error) {
        return error as { status: number };
      }
    };
    const note = join(repo, 'asked');
    for (const [code, stops] of [
      [0, 0],
      [1, 1],
      [2, 0],
      [3, 0],
    ] as const) {
      writeFileSync(join(bin, 'backend-dev'), `#!/bin/sh\necho "$@" > '${note}'\nexit ${code}\n`, { mode: 0o755 });
      expect(push().status).toBe(stops);
    }
    expect(readFileSync(note, 'utf8')).toBe(
      `review --quiet --no-model --fail-on critical --head ${git('rev-parse', 'feature')}\n`,
    );
  });
});
