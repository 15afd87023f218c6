import { existsSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Query } from '../../src/change/repository.ts';
import { createGitRepository } from '../../src/git/create-git-repository.ts';
import { readRange } from '../../src/git/read-range.ts';
import { runGit } from '../../src/git/run-git.ts';
import { makeRepository, makeTempDir, pushTree, type Tree } from '../support/temp.ts';

const query = (texts: string[], more: Partial<Query> = {}): Query => ({
  texts,
  whole: false,
  most: 100,
  mostOfFile: 10,
  ...more,
});
const open = async (base: Tree, change: Tree = {}) => {
  const dir = await makeRepository(base, change);
  return createGitRepository({ dir, sides: { base: 'main', head: 'feature' } });
};
const commit = (dir: string) =>
  runGit(dir, ['-c', 'user.name=D', '-c', 'user.email=d@x.y', 'commit', '--quiet', '--allow-empty', '-m', 'x']);

describe('a repository of git objects', () => {
  it('lists and searches both sides', async () => {
    const repository = await open(
      { 'src/a.ts': 'pay();\n', 'src/b.ts': 'x\npayment();\npay();\n' },
      { 'src/a.ts': null, 'c.py': 'pay()\n' },
    );
    expect(await repository.listFiles('base')).toEqual({ paths: ['src/a.ts', 'src/b.ts'], complete: true });
    expect(await repository.listFiles('head')).toEqual({ paths: ['c.py', 'src/b.ts'], complete: true });
    expect(await repository.search('head', query(['payment', 'pay'], { whole: true }))).toEqual({
      hits: [
        { path: 'c.py', line: 1, texts: [1] },
        { path: 'src/b.ts', line: 2, texts: [0] },
        { path: 'src/b.ts', line: 3, texts: [1] },
      ],
      missing: null,
    });
    expect((await repository.search('base', query(['pay'], { globs: ['*.py', 'src/a*'] }))).hits).toEqual([
      { path: 'src/a.ts', line: 1, texts: [0] },
    ]);
  });

  it('runs nothing that the repository configures, and lets no attribute hide a file', async () => {
    const dir = await makeRepository(
      { '.gitattributes': '* filter=evil diff=evil -text\n*.ts binary -diff export-ignore\n', 'a.ts': 'pay\n' },
      { 'a.ts': 'pay\npay\n' },
    );
    const mark = join(makeTempDir(), 'ran');
    const run = `sh -c 'touch ${mark}; cat'`;
    for (const name of [
      'filter.evil.smudge',
      'filter.evil.process',
      'diff.evil.textconv',
      'core.fsmonitor',
      'core.pager',
    ])
      await runGit(dir, ['config', name, run]);
    await runGit(dir, ['config', 'grep.fallbackToNoIndex', 'true']);
    const repository = createGitRepository({ dir, sides: { base: 'main', head: 'feature' } });
    expect((await repository.search('head', query(['pay']))).hits.map(({ line }) => line)).toEqual([1, 2]);
    expect((await repository.readHead(['a.ts'])).get('a.ts')).toEqual({ kind: 'text', text: 'pay\npay\n' });
    expect(existsSync(mark)).toBe(false);
  });

  it('follows no link and no submodule, and reads odd names literally', async () => {
    const odd = ['-rf.ts', ':(glob)*.ts', 'new\nline.ts', 'sp ace "q".ts', '*.ts', 'tab\t.ts', 'ü.ts', '--help'];
    const dir = await makeRepository(Object.fromEntries(odd.map((name) => [name, `pay ${name.length}\n`])));
    symlinkSync('/etc/passwd', join(dir, 'link.ts'));
    await runGit(dir, ['add', '.']);
    await runGit(dir, ['update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},lib`]);
    await commit(dir);
    const repository = createGitRepository({ dir, sides: { base: 'main', head: 'feature' } });
    expect((await repository.listFiles('head')).paths.toSorted()).toEqual(odd.toSorted());
    const { hits } = await repository.search('head', query(['pay', 'root']));
    expect(hits.map(({ path }) => path).toSorted()).toEqual(odd.toSorted());
    const wanted = [...odd, 'link.ts', 'lib', '../etc/passwd', '/etc/passwd', '', 'no\0pe', 'lib/', '.git/config'];
    const contents = await repository.readHead(wanted);
    expect([...contents.keys()]).toEqual(wanted);
    for (const name of odd) expect(contents.get(name)).toEqual({ kind: 'text', text: `pay ${name.length}\n` });
    expect(wanted.slice(odd.length).map((path) => contents.get(path)?.kind)).toEqual([
      'symlink',
      'submodule',
      ...Array.from({ length: 6 }, () => 'absent'),
    ]);
    expect((await repository.search('head', query(['pay'], { globs: ['-rf.ts', '--help'] }))).hits).toHaveLength(2);
  });

  it('says what it leaves out: giant files, and hits beyond what is wanted', async () => {
    const repository = await open({
      'a.ts': 'word\n'.repeat(200_000),
      'b.ts': 'word\n'.repeat(3),
      'giant.ts': `${'x'.repeat(2_000_001)} word\n`,
      'logo.png': Buffer.from([0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7, ...Buffer.from('word')]),
      'wide.sql': Buffer.from('\ufeffdrop word', 'utf16le'),
    });
    const found = await repository.search('head', query(['word'], { mostOfFile: 2 }));
    expect(found.hits.map(({ path, line }) => `${path}:${line}`)).toEqual([
      'a.ts:1',
      'a.ts:2',
      'b.ts:1',
      'b.ts:2',
      'wide.sql:1',
    ]);
    expect(found.missing).toBe('of 2 files only the first 2 lines with a hit are told; one file over 2 MB');
    const few = await repository.search('head', query(['word'], { most: 3, mostOfFile: 2 }));
    expect(few.hits).toHaveLength(3);
    expect(few.missing).toContain('the search ended after 3 lines with a hit');
    expect((await repository.readHead(['giant.ts'])).get('giant.ts')).toEqual({ kind: 'too-large' });
  });

  it('says that time was over', async () => {
    const dir = await makeRepository({ 'a.ts': 'word\n' });
    const repository = createGitRepository({ dir, sides: { base: 'main', head: 'feature' }, searchMs: 0 });
    expect((await repository.search('head', query(['word']))).missing).toMatch(/time was over after \d of 1 files/);
  });

  it('comes to an end in a tree of a few objects and billions of paths', async () => {
    const dir = await makeRepository({ 'a.ts': 'word\n' });
    const blob = (await runGit(dir, ['rev-parse', 'feature:a.ts'])).toString().trim();
    const makeTree = async (line: string) => (await runGit(dir, ['mktree'], { input: line })).toString().trim();
    const ten = (entry: (index: number) => string) => Array.from({ length: 10 }, (_, index) => entry(index)).join('');
    let tree = await makeTree(ten((index) => `100644 blob ${blob}\tf${index}\n`));
    for (let depth = 0; depth < 9; depth++) {
      const inner = tree;
      tree = await makeTree(ten((index) => `040000 tree ${inner}\td${index}\n`));
    }
    const repository = createGitRepository({ dir, sides: { base: 'main', head: tree }, mostEntries: 500 });
    const { paths, complete } = await repository.listFiles('head');
    expect([paths.length, complete]).toEqual([500, false]);
    const { missing } = await repository.search('head', query(['nothing']));
    expect(missing).toBe('the tree was read no further than 500 files');
    const deep = `${'d7/'.repeat(9)}f3`;
    expect((await repository.readHead([deep])).get(deep)).toEqual({ kind: 'text', text: 'word\n' });
  });

  it('fails where objects are missing or broken, and never finds nothing instead', async () => {
    const dir = await makeRepository({ 'a.ts': 'word\n' });
    const tree = (await runGit(dir, ['rev-parse', 'feature^{tree}'])).toString().trim();
    rmSync(join(dir, '.git/objects', tree.slice(0, 2), tree.slice(2)));
    const repository = createGitRepository({ dir, sides: { base: 'main', head: 'feature' } });
    await expect(repository.search('head', query(['word']))).rejects.toMatchObject({ code: 'GIT_FAILED' });
    await expect(repository.listFiles('head')).rejects.toMatchObject({ code: 'GIT_FAILED' });
    await expect(repository.readHead(['a.ts'])).rejects.toMatchObject({ code: 'GIT_FAILED' });
  });
});

describe('a working tree', () => {
  it('is read as it was at the start, until it is closed', async () => {
    const dir = await makeRepository({ 'a.ts': 'one\n', 'gone.ts': 'word\n', '.gitignore': 'out/\n' });
    writeFileSync(join(dir, 'a.ts'), 'word\n');
    writeFileSync(join(dir, 'new.ts'), 'new word\n');
    rmSync(join(dir, 'gone.ts'));
    const { snapshot, close } = await readRange(dir, 'main');
    writeFileSync(join(dir, 'a.ts'), 'later\n');
    expect((await snapshot.readHead(['a.ts'])).get('a.ts')).toEqual({ kind: 'text', text: 'word\n' });
    expect((await snapshot.search('head', query(['word']))).hits.map(({ path }) => path)).toEqual(['a.ts', 'new.ts']);
    expect((await snapshot.search('base', query(['word']))).hits.map(({ path }) => path)).toEqual(['gone.ts']);
    expect((await snapshot.listFiles('head')).paths).toEqual(['.gitignore', 'a.ts', 'new.ts']);
    close();
    await expect(snapshot.readHead(['a.ts'])).rejects.toMatchObject({ code: 'GIT_FAILED' });
  });

  it('does not take a submodule or a nested repository for a folder of its own', async () => {
    const dir = await makeRepository({ 'a.ts': 'x\n' });
    await pushTree(dir, { 'b.ts': 'y\n' });
    const inner = join(dir, 'inner');
    await runGit(dir, ['init', '--quiet', inner]);
    writeFileSync(join(inner, 'secret.ts'), 'word\n');
    const { snapshot, close } = await readRange(dir, 'main');
    expect((await snapshot.search('head', query(['word']))).hits).toEqual([]);
    close();
  });
});
