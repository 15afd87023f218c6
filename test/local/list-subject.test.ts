import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { listSubject } from '../../src/local/list-subject.ts';
import { seenFrom } from '../../src/report/seen-from.ts';
import { makeTempDir } from '../support/temp.ts';

const FILES = ['.github/workflows/ci.yml', 'docs/a.py', 'src/main.py'];

function makeTree(files: readonly string[]): string {
  const dir = makeTempDir();
  for (const file of files) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), '');
  }
  return dir;
}

async function list(from: string, ...paths: string[]) {
  const { change, below } = await listSubject(from, paths);
  const listed = change.files.map(({ path }) => path);
  return { listed, seen: listed.map((path) => seenFrom(below, path)) };
}

it.each([
  { from: 'shop', path: '.', seen: '' },
  { from: '.', path: 'shop', seen: 'shop/' },
  { from: 'other', path: '../shop', seen: '../shop/' },
  { from: 'shop/src', path: '..', seen: '../' },
])('the paths of a folder without git are its own: $path from $from', async ({ from, path, seen }) => {
  const dir = makeTree([...FILES.map((file) => `shop/${file}`), 'other/a']);
  const found = await list(join(dir, from), path);
  expect(found.listed).toEqual(FILES);
  expect(found.seen).toEqual(
    FILES.map((file) => (from === 'shop/src' && file.startsWith('src/') ? 'main.py' : `${seen}${file}`)),
  );
});

it('they are those of the program that the folder belongs to, and of the repository, if there is one', async () => {
  const dir = makeTree(['shop/package.json', 'shop/api/src/a.ts', 'shop/api/src/b.ts']);
  const src = join(dir, 'shop/api/src');
  const whole = { listed: ['api/src/a.ts', 'api/src/b.ts'], seen: ['a.ts', 'b.ts'] };
  expect(await list(src, '.')).toEqual(whole);
  expect(await list(src, 'a.ts', 'b.ts')).toEqual(whole);
  await promisify(execFile)('git', ['-C', dir, 'init', '-q']);
  expect((await list(src, '.')).listed).toEqual(['shop/api/src/a.ts', 'shop/api/src/b.ts']);
});

it('what a repository ignores is none of it; several folders have the one around them', async () => {
  const dir = makeTree(['out/one/a.py', 'out/two/a.py', 'here/a']);
  await promisify(execFile)('git', ['-C', dir, 'init', '-q']);
  writeFileSync(join(dir, '.gitignore'), 'out/\n');
  expect((await list(join(dir, 'out/one'), '.')).listed).toEqual(['a.py']);
  const both = await list(join(dir, 'here'), '../out/one', '../out/two');
  expect(both).toEqual({ listed: ['one/a.py', 'two/a.py'], seen: ['../out/one/a.py', '../out/two/a.py'] });
});

it('the root is not above what may be read', async () => {
  const dir = makeTree(['package.json', 'api/src/a.ts']);
  const api = join(dir, 'api');
  expect((await listSubject(api, ['src'], api)).change.files.map(({ path }) => path)).toEqual(['src/a.ts']);
});
