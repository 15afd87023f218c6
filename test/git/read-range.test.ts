import { existsSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readRange } from '../../src/git/read-range.ts';
import { runGit } from '../../src/git/run-git.ts';
import { makeDubious, makeRunning } from '../support/run-nothing.ts';
import { makeRepository, makeTempDir } from '../support/temp.ts';

const put = (dir: string, path: string, text: string): void => {
  mkdirSync(join(dir, path, '..'), { recursive: true });
  writeFileSync(join(dir, path), text);
};

describe('a repository that is not ours', () => {
  it.each([
    { head: undefined, owner: 'mine' },
    { head: 'feature', owner: 'mine' },
    { head: undefined, owner: 'somebody else’s, so that git itself refuses it' },
    { head: 'feature', owner: 'somebody else’s, so that git itself refuses it' },
  ])('runs nothing that it configures (head $head, $owner)', async ({ head, owner }) => {
    const dir = await makeRepository({ 'a.ts': 'one\n', 'b.ts': 'x\n' }, { 'a.ts': 'two\n', 'c.ts': 'y\n' });
    const mark = await makeRunning(dir);
    const path = process.env.PATH;
    onTestFinished(() => {
      process.env.PATH = path;
    });
    if (owner !== 'mine') process.env.PATH = makeDubious(dir);
    put(dir, 'a.ts', 'three\n');
    const later = new Date(Date.now() + 60_000);
    utimesSync(join(dir, 'b.ts'), later, later);
    const { change, snapshot } = await readRange(dir, 'main', head);
    await snapshot.readHead(['a.ts']);
    expect(change.files.map((file) => file.path)).toContain('a.ts');
    expect(existsSync(mark)).toBe(false);
  });

  it('reaches no remote for an object that it lacks, also with a git that is older than the switch for it', async () => {
    const dir = await makeRepository({ 'a.ts': 'one\n' }, { 'a.ts': 'two\n' });
    const mark = join(makeTempDir(), 'ran');
    for (const [name, value] of [
      ['core.repositoryFormatVersion', '1'],
      ['extensions.partialClone', 'origin'],
      ['remote.origin.promisor', 'true'],
      ['remote.origin.url', dir],
      ['remote.origin.uploadpack', `touch ${mark};`],
      ['protocol.file.allow', 'always'],
    ] as const)
      await runGit(dir, ['config', name, value]);
    const blob = (await runGit(dir, ['rev-parse', 'feature:a.ts'])).toString().trim();
    rmSync(join(dir, '.git/objects', blob.slice(0, 2), blob.slice(2)));
    const bin = makeTempDir();
    const path = process.env.PATH;
    writeFileSync(join(bin, 'git'), `#!/bin/sh\nunset GIT_NO_LAZY_FETCH\nPATH='${path}' exec git "$@"\n`, {
      mode: 0o755,
    });
    process.env.PATH = `${bin}:${path}`;
    try {
      await readRange(dir, 'main', 'feature').catch(() => null);
      await runGit(dir, ['cat-file', '-p', blob]).catch(() => null);
    } finally {
      process.env.PATH = path;
    }
    expect(existsSync(mark)).toBe(false);
  });

  it('reads no working tree but its own', async () => {
    const dir = await makeRepository({ 'a.ts': 'one\n' });
    const other = makeTempDir();
    put(other, 'secret.ts', 'key\n');
    await runGit(dir, ['config', 'core.worktree', other]);
    await expect(readRange(dir, 'main')).rejects.toThrow('is the working tree that the configuration names');
  });

  it('follows no folder that is a link', async () => {
    const dir = await makeRepository({ 'cfg/key.ts': 'one\n' });
    const other = makeTempDir();
    put(other, 'key.ts', 'their key\n');
    rmSync(join(dir, 'cfg'), { recursive: true });
    symlinkSync(other, join(dir, 'cfg'));
    const { change, snapshot } = await readRange(dir, 'main');
    expect(change.files.map(({ path, status }) => [path, status])).toEqual([
      ['cfg', 'added'],
      ['cfg/key.ts', 'removed'],
    ]);
    expect((await snapshot.readHead(['cfg/key.ts'])).get('cfg/key.ts')).toEqual({ kind: 'absent' });
  });

  it('prints a diff as we read it, whatever it configures', async () => {
    const lines = Array.from({ length: 30 }, (_, index) => `line ${index}\n`).join('');
    const dir = await makeRepository({ 'a.txt': 'x\n', 'z.py': lines }, { 'z.py': `${lines}new\n`, 'ü "q".py': 'y\n' });
    for (const setting of [
      'diff.noprefix=true',
      'diff.mnemonicPrefix=true',
      'diff.submodule=log',
      'diff.context=0',
      'diff.wordRegex=.',
      'diff.colorMoved=zebra',
      'color.ui=always',
      'core.quotePath=true',
      'diff.renames=false',
      'diff.algorithm=minimal',
      'diff.relative=true',
    ])
      await runGit(dir, ['config', ...(setting.split('=') as [string, string])]);
    const { change } = await readRange(dir, 'main', 'feature');
    expect(change.files.map(({ path, hunks }) => [path, hunks?.[0]?.lines.length])).toEqual([
      ['z.py', 4],
      ['ü "q".py', 1],
    ]);
  });
});

describe('what a change holds', () => {
  it('takes new files of the working tree, and leaves out what is ignored', async () => {
    const dir = await makeRepository({ 'a.ts': 'one\n', '.gitignore': 'out/\n', 'sub/gone.ts': 'x\n' });
    put(dir, 'new/b.ts', 'two\n');
    put(dir, 'out/c.ts', 'three\n');
    rmSync(join(dir, 'sub/gone.ts'));
    const { change } = await readRange(dir, 'main');
    expect(change.files.map(({ path, status }) => [path, status])).toEqual([
      ['new/b.ts', 'added'],
      ['sub/gone.ts', 'removed'],
    ]);
  });

  it('says of a file whose name is no UTF-8 that it was not looked at, not that it was removed', async () => {
    const dir = await makeRepository({ 'a.ts': 'one\n' });
    const name = Buffer.concat([Buffer.from(`${dir}/caf`), Buffer.from([0xe9]), Buffer.from('.ts')]);
    writeFileSync(name, 'one\n');
    await runGit(dir, ['add', '--all']);
    await runGit(dir, ['-c', 'user.name=D', '-c', 'user.email=d@x.y', 'commit', '--quiet', '-m', 'x']);
    await runGit(dir, ['branch', '--force', 'main', 'HEAD']);
    writeFileSync(name, 'two\n');
    put(dir, 'a.ts', 'two\n');
    const { change } = await readRange(dir, 'main');
    expect(change.files.map(({ path, status }) => [path, status])).toEqual([['a.ts', 'modified']]);
    expect(change.unlisted).toBe(1);
  });

  it('sees a change that has the old size and time', async () => {
    const dir = await makeRepository({ 'a.ts': 'one\n' });
    put(dir, 'a.ts', 'two\n');
    const { change } = await readRange(dir, 'main');
    expect(change.files.map((file) => file.path)).toEqual(['a.ts']);
  });

  it('leaves nothing in the repository and nothing in its index', async () => {
    const dir = await makeRepository({ 'a.ts': 'one\n' });
    put(dir, 'b.ts', 'two\n');
    const before = await runGit(dir, ['count-objects', '-v']);
    await readRange(dir, 'main');
    expect(await runGit(dir, ['count-objects', '-v'])).toEqual(before);
    expect((await runGit(dir, ['ls-files'])).toString()).toBe('a.ts\n');
  });

  it.each(['\r', '\u2028', '\u2029', '\u0085', '\v', '\f'])(
    'takes %j in a line for text, not for the end of one',
    async (mark) => {
      const evil = `const a = 1; // ${mark}diff --git a/x b/x${mark}@@ -1 +1 @@\n`;
      const dir = await makeRepository({ 'a.ts': 'x\n', 'b.ts': 'x\n' }, { 'a.ts': evil, 'b.ts': 'flaw\n' });
      const { change } = await readRange(dir, 'main', 'feature');
      expect(change.files.map(({ path, hunks }) => [path, hunks?.[0]?.lines.at(-1)?.text])).toEqual([
        ['a.ts', evil.slice(0, -1)],
        ['b.ts', 'flaw'],
      ]);
    },
  );

  it('keeps files and patches together beside a submodule that moved', async () => {
    const dir = await makeRepository({ 'a.ts': 'x\n', 'z.ts': 'x\n' });
    const link = (id: string) => runGit(dir, ['update-index', '--add', '--cacheinfo', `160000,${id.repeat(40)},lib`]);
    const commit = () => runGit(dir, ['-c', 'user.name=D', '-c', 'user.email=d@x.y', 'commit', '--quiet', '-m', 'x']);
    await link('1');
    await commit();
    await runGit(dir, ['branch', '--force', 'main', 'feature']);
    await link('2');
    await runGit(dir, ['config', 'diff.submodule', 'log']);
    put(dir, 'z.ts', 'flaw\n');
    await runGit(dir, ['add', 'z.ts']);
    await commit();
    const { change } = await readRange(dir, 'main', 'feature');
    expect(change.files.map(({ path, hunks }) => [path, hunks?.[0]?.lines.at(-1)?.text])).toEqual([
      ['lib', `Subproject commit ${'2'.repeat(40)}`],
      ['z.ts', 'flaw'],
    ]);
  });
});
