import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeRepository, makeTempDir } from '../support/temp.ts';

interface Program {
  child: ChildProcess;
  /** Where its folder lies. */
  path: string;
}

/** A program that reads a working tree as a review does, says where its objects lie, and does then what it is told. */
async function start(tmp: string, then: string): Promise<Program> {
  const repository = await makeRepository({ 'a.ts': 'const a = 1;\n' });
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `
        const { writeWorkTree } = await import('./src/git/write-work-tree.ts');
        const { env, remove } = await writeWorkTree(${JSON.stringify(repository)});
        process.stdout.write(env.GIT_OBJECT_DIRECTORY);
        ${then}
      `,
    ],
    { env: { PATH: process.env.PATH, TMPDIR: tmp }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  const [path] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, path: String(path) };
}

const WAIT = 'setInterval(() => undefined, 1000);';

async function endBy(child: ChildProcess, signal?: NodeJS.Signals): Promise<unknown[]> {
  const ended = once(child, 'exit');
  if (signal) child.kill(signal);
  return await ended;
}

it('what was killed leaves its folder to the next start, which takes nothing of a process that lives', async () => {
  const tmp = makeTempDir();
  const living = await start(tmp, WAIT);
  const killed = await start(tmp, WAIT);
  expect(await endBy(killed.child, 'SIGKILL')).toEqual([null, 'SIGKILL']);
  expect(existsSync(killed.path)).toBe(true);
  const again = await start(tmp, 'remove();');
  expect(await endBy(again.child)).toEqual([0, null]);
  expect(readdirSync(tmp)).toEqual([basename(living.path)]);
});

it.each(['SIGHUP', 'SIGINT', 'SIGTERM'] as const)(
  '%s ends a process as before, and its folder with it',
  async (signal) => {
    const tmp = makeTempDir();
    const { child, path } = await start(tmp, WAIT);
    expect(existsSync(path)).toBe(true);
    expect(await endBy(child, signal)).toEqual([null, signal]);
    expect(readdirSync(tmp)).toEqual([]);
  },
);

it('who ends in order by a signal has it to the end', async () => {
  const tmp = makeTempDir();
  const then = `
    const { existsSync } = await import('node:fs');
    const alive = ${WAIT.slice(0, -1)};
    process.once('SIGTERM', () => setImmediate(() => process.exit(existsSync(env.GIT_OBJECT_DIRECTORY) ? 0 : 1)));
  `;
  const { child } = await start(tmp, then);
  expect(await endBy(child, 'SIGTERM')).toEqual([0, null]);
  expect(readdirSync(tmp)).toEqual([]);
});

it.each(['process.exit(3);', 'setImmediate(() => { throw new Error("a mistake"); });'])(
  'it does not outlive %s',
  async (then) => {
    const tmp = makeTempDir();
    await endBy((await start(tmp, then)).child);
    expect(readdirSync(tmp)).toEqual([]);
  },
);

it('what another machine left on the same disk is old before it is removed, and what is called otherwise never is', async () => {
  const tmp = makeTempDir();
  const old = new Date(Date.now() - 8 * 24 * 3_600_000);
  const fresh = 'backend-dev-objects-00000000-1-aaaaaa';
  const names = { [fresh]: false, 'backend-dev-objects-00000000-1-bbbbbb': true, 'backend-dev-notes': true };
  for (const [name, isOld] of Object.entries(names)) {
    mkdirSync(join(tmp, name));
    if (isOld) utimesSync(join(tmp, name), old, old);
  }
  await endBy((await start(tmp, 'remove();')).child);
  expect(readdirSync(tmp)).toEqual(['backend-dev-notes', fresh]);
});

it.runIf(process.getuid?.() === 0)('a folder for temporary files that cannot be read serves as well', async () => {
  const tmp = makeTempDir();
  const closed = join(tmp, 'closed');
  mkdirSync(closed);
  chmodSync(closed, 0o333);
  chmodSync(tmp, 0o755);
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `
        const { makeOwnFolder } = await import('./src/git/make-own-folder.ts');
        process.setgid(65534);
        process.setuid(65534);
        makeOwnFolder('objects').remove();
      `,
    ],
    { env: { PATH: process.env.PATH, TMPDIR: closed }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  expect(await endBy(child)).toEqual([0, null]);
});
