import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readPatch } from '../../src/git/read-patch.ts';
import { makeRepository } from '../support/temp.ts';

const OLD = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n';
const NEW = OLD.replace('three', 'THREE');

async function makeTree(): Promise<{ dir: string; git: (...args: string[]) => Buffer }> {
  const dir = await makeRepository({
    'src/a.ts': OLD,
    'src/old.ts': 'a\nb\nc\nd\ne\n',
    'logo.png': Buffer.from([0, 1, 2]),
  });
  return { dir, git: (...args) => execFileSync('git', args, { cwd: dir }) };
}

const list = (range: Awaited<ReturnType<typeof readPatch>>): string[] =>
  range.change.files.map(({ path, status }) => `${status} ${path}`);

it.each([
  ['as it is', []],
  ['without prefixes', ['--no-prefix']],
  ['without context', ['-U0']],
  ['without both', ['-U0', '--no-prefix']],
])('git diff, %s: the working tree is the head, and its base is what it was before', async (_, options) => {
  const { dir, git } = await makeTree();
  writeFileSync(join(dir, 'src/a.ts'), NEW);
  writeFileSync(join(dir, 'logo.png'), Buffer.from([0, 9]));
  writeFileSync(join(dir, 'untracked.ts'), 'x\n');
  const range = await readPatch(dir, git('diff', ...options));
  // What the patch does not tell counts as new.
  expect(list(range)).toEqual(['added logo.png', 'modified src/a.ts']);
  expect((await range.snapshot.readBase(['src/a.ts'])).get('src/a.ts')).toMatchObject({ text: OLD });
  expect((await range.snapshot.readHead(['src/a.ts'])).get('src/a.ts')).toMatchObject({ text: NEW });
  range.close();
  expect(readFileSync(join(dir, 'src/a.ts'), 'utf8')).toBe(NEW);
  expect(git('status', '--short').toString()).toBe(' M logo.png\n M src/a.ts\n?? untracked.ts\n');
});

it('knows renames, new and removed files, and names with any bytes', async () => {
  const { dir, git } = await makeTree();
  git('mv', 'src/old.ts', 'src/é "new".ts');
  git('rm', '-q', 'src/a.ts');
  writeFileSync(join(dir, 'b.ts'), 'const x = 1;\r\nno line feed at its end');
  git('add', '-A');
  const range = await readPatch(dir, git('diff', '--cached'));
  expect(list(range).sort()).toEqual(['added b.ts', 'removed src/a.ts', 'renamed src/é "new".ts']);
  range.close();
});

it.each([
  ['beside another', [], ['added .gitattributes', 'added src/é "a".ts', 'added src/a.ts']],
  ['alone', ['src'], ['added src/é "a".ts', 'added src/a.ts']],
  ['alone, without prefixes', ['--no-prefix', 'src'], ['added src/é "a".ts', 'added src/a.ts']],
])('a file that an attribute of the change calls binary is looked at whole, %s', async (_, options, files) => {
  const { dir, git } = await makeTree();
  writeFileSync(join(dir, '.gitattributes'), '*.ts -diff\n');
  writeFileSync(join(dir, 'src/a.ts'), NEW);
  git('mv', 'src/old.ts', 'src/é "a".ts');
  writeFileSync(join(dir, 'src/é "a".ts'), 'new\n');
  git('add', '-A');
  const range = await readPatch(dir, git('diff', '--cached', '--no-renames', ...options));
  expect(list(range).sort()).toEqual([...files].sort());
  range.close();
});

it('a message before a part without content is no part, and a line of another tool drops nothing', async () => {
  const { dir, git } = await makeTree();
  writeFileSync(join(dir, 'logo.png'), Buffer.from([0, 9]));
  const binary = Buffer.concat([Buffer.from('Author: a\n\n  a new logo\n\n'), git('diff')]);
  const range = await readPatch(dir, binary);
  expect(list(range)).toEqual(['added logo.png']);
  range.close();
  writeFileSync(join(dir, 'src/a.ts'), NEW);
  const plain = git('diff', '--', 'src')
    .toString()
    .replace(/^diff .*\nindex .*\n/, 'Binary files a/x and b/x differ\n');
  const other = await readPatch(dir, Buffer.from(plain));
  expect(list(other)).toEqual(['modified src/a.ts']);
  other.close();
});

it('an empty patch changed nothing', async () => {
  const range = await readPatch((await makeTree()).dir, Buffer.from('\n'));
  expect(range.change.files).toEqual([]);
  range.close();
});

const head = '--- a/src/a.ts\n+++ b/src/a.ts\n';
it.each([
  ['one that is not applied', `${head}@@ -1,2 +1,2 @@\n one\n-two\n+zwei\n`, 'src/a.ts'],
  ['one that is cut off', `${head}@@ -1,8 +1,8 @@\n one\n`, 'PATCH'],
  ['no patch', 'hello\n', 'what --diff was given is no patch'],
  ['bytes', Buffer.from([0, 255, 254, 27, 91, 50, 74]), 'what --diff was given is no patch'],
  ['a file outside the repository', '--- /dev/null\n+++ b/../../etc/x\n@@ -0,0 +1 @@\n+x\n', 'etc/x'],
  ['a file of git', '--- /dev/null\n+++ b/.git/config\n@@ -0,0 +1 @@\n+x\n', '.git/config'],
  ['a file that is not there', head.replaceAll('a.ts', 'no.ts') + '@@ -1 +1 @@\n-x\n+y\n', 'no.ts'],
])('refuses %s', async (_, patch, says) => {
  const { dir, git } = await makeTree();
  await expect(readPatch(dir, Buffer.from(patch))).rejects.toMatchObject({
    code: 'PATCH_INVALID',
    message: expect.stringContaining(says === 'PATCH' ? 'patch' : says),
  });
  expect(git('status', '--short').toString()).toBe('');
});
