import { existsSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runGit } from '../../src/git/run-git.ts';
import { findRoot } from '../../src/mcp/find-root.ts';
import { openMcp } from '../support/open-mcp.ts';
import { FLAWED } from '../support/stack.ts';
import { makeRepository, makeTempDir } from '../support/temp.ts';

const flawed = FLAWED.change['src/orders.ts'];

describe('backend-dev mcp is confined to its repository', () => {
  it('refuses paths that lie outside, and says nothing of what is there', async () => {
    const outside = makeTempDir();
    writeFileSync(join(outside, 'secret.ts'), flawed);
    const repo = await makeRepository(FLAWED.base);
    mkdirSync(join(repo, 'sub'));
    writeFileSync(join(repo, 'sub/own.ts'), flawed);
    symlinkSync(outside, join(repo, 'folder'));
    symlinkSync(join(outside, 'secret.ts'), join(repo, 'file.ts'));
    symlinkSync('../..', join(repo, 'sub/up'));
    symlinkSync('sub', join(repo, 'inside'));
    const { call } = await openMcp(join(repo, 'sub'));
    for (const path of [
      outside,
      join(outside, 'secret.ts'),
      join(outside, 'nothing.ts'),
      '/',
      '/etc/passwd',
      '..',
      '../..',
      `../${outside.split('/').at(-1)}/secret.ts`,
      'sub/../../x',
      'folder',
      'folder/secret.ts',
      'folder/nothing.ts/..',
      'file.ts',
      'sub/up',
      'sub/up/etc',
      `${repo}-twin`,
      '.git',
      '.git/config',
      '.GIT/config',
      'sub/../.git',
      '~',
      '~/.ssh',
      '//etc/passwd',
      'file:///etc/passwd',
    ]) {
      const { isError, text, structured } = await call('scan', { paths: ['sub/own.ts', path] });
      const refused = expect.stringMatching(/^(OUTSIDE_REPOSITORY|ARGUMENT_INVALID): paths: /);
      expect({ path, isError, text, structured }).toEqual({ path, isError: true, text: refused, structured: {} });
      // Of what lies outside it is not said whether it is there.
      if (path.startsWith(outside)) expect(text).toContain('lies outside');
    }
    // What links inside is followed there, an absolute path inside is one of the repository, and links are not walked into.
    for (const paths of [['inside/own.ts'], [join(repo, 'sub')], ['.']]) {
      const { structured } = await call('scan', { paths });
      expect({ paths, structured }).toMatchObject({ structured: { findings: [{ path: 'sub/own.ts' }] } });
      expect(JSON.stringify(structured)).not.toContain('secret.ts');
    }
  });

  it('refuses refs that are options, paths or searches', async () => {
    const repo = await makeRepository(FLAWED.base, FLAWED.change);
    const mark = join(makeTempDir(), 'written');
    const { call } = await openMcp(repo);
    for (const ref of [
      '--output=/tmp/x',
      `--output=${mark}`,
      '-h',
      '--help',
      '--upload-pack=touch',
      'main:src/orders.ts',
      ':/base',
      'HEAD^{/base}',
      'main..feature x',
      'main\n--help',
      '$(touch x)',
      '',
      'a'.repeat(300),
    ])
      for (const which of ['base', 'head']) {
        const { isError, text } = await call('review', { base: 'main', [which]: ref });
        const says = expect.stringContaining('expected a branch, tag or commit');
        expect({ ref, isError, text }).toEqual({ ref, isError: true, text: says });
      }
    for (const base of ['main', 'HEAD~1', 'HEAD^{commit}', 'feature@{0}'])
      expect({ base, ...(await call('review', { base })) }).toMatchObject({ isError: false });
    expect(existsSync(mark)).toBe(false);
  });

  it('runs nothing that the repository configures', async () => {
    const repo = await makeRepository({ ...FLAWED.base, '.gitattributes': '* filter=evil diff=evil text\n' });
    const mark = join(makeTempDir(), 'ran');
    const run = `sh -c 'touch ${mark}; cat'`;
    for (const name of [
      'filter.evil.clean',
      'filter.evil.process',
      'diff.evil.textconv',
      'diff.external',
      'core.fsmonitor',
    ])
      await runGit(repo, ['config', name, run]);
    mkdirSync(join(repo, 'hooks'));
    writeFileSync(join(repo, 'hooks/post-index-change'), `#!/bin/sh\ntouch ${mark}\n`, { mode: 0o755 });
    await runGit(repo, ['config', 'core.hooksPath', join(repo, 'hooks')]);
    writeFileSync(join(repo, 'src/orders.ts'), flawed);
    const { call } = await openMcp(repo);
    expect((await call('review')).structured).toMatchObject({ findings: [{ ruleId: 'sql-injection' }] });
    expect((await call('scan')).structured).toMatchObject({ findings: [{ ruleId: 'sql-injection' }] });
    expect(existsSync(mark)).toBe(false);
  });
});

describe('the root', () => {
  it('is the nearest repository, from whatever folder of it', async () => {
    const repo = await makeRepository(FLAWED.base);
    expect(await findRoot(join(repo, 'src'))).toBe(repo);
    const linked = join(makeTempDir(), 'linked');
    await runGit(repo, ['worktree', 'add', '--quiet', linked, 'main']);
    expect(await findRoot(linked)).toBe(linked);
  });

  it('is no other repository that the files of this one name', async () => {
    const theirs = await makeRepository(FLAWED.base, FLAWED.change);
    const lured = async (make: (dir: string) => Promise<void> | void): Promise<string> => {
      const dir = makeTempDir();
      await make(dir);
      return await findRoot(dir).then(
        (root) => root,
        (error: Error) => error.message,
      );
    };
    const initAt = (dir: string) => runGit(dir, ['init', '--quiet']);
    const gitDir = join(theirs, '.git');
    expect(await lured((dir) => writeFileSync(join(dir, '.git'), `gitdir: ${gitDir}\n`))).toContain('lies elsewhere');
    expect(await lured((dir) => symlinkSync(gitDir, join(dir, '.git')))).toContain('lies elsewhere');
    expect(
      await lured(async (dir) => {
        await initAt(dir);
        await runGit(dir, ['config', 'core.worktree', theirs]);
      }),
    ).toContain('names another folder');
    expect(
      await lured(async (dir) => {
        await initAt(dir);
        writeFileSync(join(dir, '.git/commondir'), gitDir);
      }),
    ).toContain('lies elsewhere');
    // A linked working tree of theirs, copied: it names the folder where theirs is.
    await runGit(theirs, ['worktree', 'add', '--quiet', join(makeTempDir(), 'w'), 'main']);
    const pointer = `gitdir: ${join(gitDir, 'worktrees/w')}\n`;
    expect(await lured((dir) => writeFileSync(join(dir, '.git'), pointer))).toContain('lies elsewhere');
    // Their own files, moved elsewhere and named by core.worktree, are theirs all the same.
    const apart = join(makeTempDir(), 'apart.git');
    renameSync(gitDir, apart);
    writeFileSync(join(theirs, '.git'), `gitdir: ${apart}\n`);
    await expect(findRoot(theirs)).rejects.toThrow(`git -C ${theirs} config core.worktree ${theirs}`);
    await runGit(theirs, ['config', 'core.worktree', theirs]);
    expect(await findRoot(theirs)).toBe(theirs);
    expect(readFileSync(join(theirs, '.git'), 'utf8')).toContain(apart);
  });

  it('stays the one that the server was started in', async () => {
    const parent = await makeRepository(FLAWED.base);
    const dir = join(parent, 'nested');
    mkdirSync(dir);
    await runGit(dir, ['init', '--quiet']);
    writeFileSync(join(dir, 'a.ts'), 'const a = 1;\n');
    const { call } = await openMcp(dir);
    expect((await call('scan')).isError).toBe(false);
    renameSync(join(dir, '.git'), join(dir, 'gone'));
    expect(await call('scan')).toMatchObject({
      isError: true,
      text: expect.stringContaining('no repository any more'),
    });
  });
});
