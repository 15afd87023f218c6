import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Query } from '../../src/change/repository.ts';
import type { Remote } from '../../src/change/repository-store.ts';
import { createObjectCache } from '../../src/git/create-object-cache.ts';
import { runGit } from '../../src/git/run-git.ts';
import { lockDataDir } from '../../src/queue/data-dir-lock.ts';
import { issueToken } from '../../src/sandbox/auth.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { waitFor } from '../support/stack.ts';
import { makeRepository, makeTempDir, pushTree, type Tree } from '../support/temp.ts';

const WORD: Query = { texts: ['word'], whole: true, most: 50, mostOfFile: 5 };

async function startServer(): Promise<Sandbox> {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  return sandbox;
}

const idOf = async (dir: string, ref: string) => (await runGit(dir, ['rev-parse', ref])).toString().trim();

/** A repository on the sandbox, and how it is fetched. */
async function serve(sandbox: Sandbox, base: Tree, change: Tree, installationId = 99) {
  const dir = await makeRepository(base, change);
  const repository = sandbox.addRepository('acme', `r${sandbox.state.repositories.length}`, dir);
  const { token } = issueToken(sandbox.state, [repository.id], { contents: 'read' });
  const refused: string[] = [];
  const remote: Remote = {
    installationId,
    repositoryId: repository.id,
    url: `${sandbox.url}/acme/${repository.name}.git`,
    token: { get: async () => token, refuse: (old) => refused.push(old) },
  };
  const sides = async () => ({ base: await idOf(dir, 'main'), head: await idOf(dir, 'feature') });
  return { dir, remote, sides, token, refused, name: repository.name };
}

function open(dir: string, options: Partial<Parameters<typeof createObjectCache>[0]> = {}) {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => lines.push(line) });
  const store = createObjectCache({ dir, mostBytes: 100_000_000, lock: lockDataDir, log, ...options });
  onTestFinished(() => store.close());
  return { store, lines };
}

const filesBelow = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(dir, path)).isFile());
const bytesServed = (sandbox: Sandbox): number => sandbox.fetches.reduce((sum, { bytes }) => sum + bytes, 0);
/** Text that does not compress. */
const noise = (seed: number, bytes: number): string => {
  let state = seed;
  const next = () => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 1);
  return Array.from({ length: bytes / 8 }, () => next().toString(36).padStart(7, '0').slice(0, 7)).join('\n');
};

describe('a fetched repository', () => {
  it('is searched and read on both sides, and a push brings only what is new', async () => {
    const sandbox = await startServer();
    const { dir, remote, sides } = await serve(
      sandbox,
      { 'a.ts': 'word\n', 'b.ts': 'x\n', 'noise.txt': noise(1, 400_000) },
      { 'a.ts': null, 'c.ts': 'a word\n' },
    );
    const { store } = open(makeTempDir());
    const repository = await store.open(remote, await sides());
    expect((await repository.search('base', WORD)).hits).toEqual([{ path: 'a.ts', line: 1, texts: [0] }]);
    expect((await repository.search('head', WORD)).hits).toEqual([{ path: 'c.ts', line: 1, texts: [0] }]);
    expect((await repository.readHead(['c.ts', 'a.ts'])).get('c.ts')).toEqual({ kind: 'text', text: 'a word\n' });
    expect((await repository.listFiles('head')).paths).toEqual(['b.ts', 'c.ts', 'noise.txt']);
    const first = bytesServed(sandbox);
    await pushTree(dir, { 'd.ts': 'word\nword\n' });
    const second = await store.open(remote, await sides());
    expect((await second.search('head', WORD)).hits.map(({ path }) => path)).toEqual(['c.ts', 'd.ts', 'd.ts']);
    expect(bytesServed(sandbox) - first).toBeLessThan(first / 20);
    // Nothing is asked twice.
    const requests = sandbox.fetches.length;
    await store.open(remote, await sides());
    expect(sandbox.fetches).toHaveLength(requests);
  });

  it('follows a force-push to a commit of another history, and a head that only a fork has', async () => {
    const sandbox = await startServer();
    const { dir, remote, sides } = await serve(sandbox, { 'a.ts': 'x\n' }, { 'a.ts': 'word\n' });
    const { store } = open(makeTempDir());
    const before = await store.open(remote, await sides());
    await runGit(dir, ['checkout', '--quiet', '--orphan', 'other']);
    await pushTree(dir, { 'z.ts': 'word\n' });
    await runGit(dir, ['update-ref', 'refs/pull/1/head', 'other']);
    const head = await idOf(dir, 'other');
    await runGit(dir, ['checkout', '--quiet', 'main']);
    await runGit(dir, ['branch', '-D', 'other', 'feature']);
    const after = await store.open(remote, { base: await idOf(dir, 'main'), head });
    expect((await after.search('head', WORD)).hits.map(({ path }) => path)).toEqual(['a.ts', 'z.ts']);
    // Who began with the old one goes on with it.
    expect((await before.search('head', WORD)).hits).toHaveLength(1);
  });

  it('holds no token: on no disk, in no argument, in no line of the log, in no error', async () => {
    const sandbox = await startServer();
    const { remote, sides, token, refused } = await serve(sandbox, { 'a.ts': 'x\n' }, { 'a.ts': 'word\n' });
    const dir = makeTempDir();
    const { store, lines } = open(dir);
    let arguments_ = '';
    sandbox.setFetchFault(() => {
      arguments_ += execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
      return null;
    });
    await store.open(remote, await sides());
    const failures: unknown[] = [];
    for (const status of [401, 403, 404, 500, 301]) {
      sandbox.setFetchFault(() => status);
      const sidesNow = { base: (await sides()).base, head: '1'.repeat(40) };
      failures.push(await store.open(remote, sidesNow).catch((error: Error) => `${error.message}\n${error.stack}`));
    }
    expect(refused).toHaveLength(5);
    expect(arguments_).toContain('fetch --quiet --depth=1');
    const encoded = Buffer.from(`x-access-token:${token}`).toString('base64');
    for (const secret of [token, encoded, token.slice(-40), encoded.slice(40, 80)]) {
      expect(arguments_).not.toContain(secret);
      expect(lines.join('')).not.toContain(secret);
      expect(failures.join('')).not.toContain(secret);
      for (const file of filesBelow(dir)) expect(readFileSync(join(dir, file)).includes(secret), file).toBe(false);
    }
    expect(lines.length).toBeGreaterThan(0);
  });

  it('sends the token to no other host, wherever the server points', async () => {
    const sandbox = await startServer();
    const stranger = await startServer();
    const { remote, sides } = await serve(sandbox, { 'a.ts': 'x\n' }, { 'a.ts': 'word\n' });
    const { store } = open(makeTempDir());
    let asked = 0;
    stranger.setFetchFault(() => {
      asked += 1;
      return 404;
    });
    sandbox.setFetchFault(() => ({
      status: 302,
      location: `${stranger.url}/acme/r0.git/info/refs?service=git-upload-pack`,
    }));
    await expect(store.open(remote, await sides())).rejects.toMatchObject({ code: 'GIT_FAILED' });
    expect(asked).toBe(0);
  });

  it('has no hooks, no submodules, no filters, nothing checked out, and leaves giant files where they are', async () => {
    const sandbox = await startServer();
    const giant = noise(7, 3_000_000);
    const { dir, remote, sides } = await serve(
      sandbox,
      {
        '.gitattributes': '* filter=lfs diff=lfs\n',
        '.lfsconfig': `[lfs]\n\turl = ${sandbox.url}/lfs\n`,
        'giant.sql': giant,
      },
      { 'a.ts': 'word\n', '.gitmodules': `[submodule "x"]\n\tpath = x\n\turl = ${sandbox.url}/acme/secret.git\n` },
    );
    await runGit(dir, ['update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},x`]);
    await runGit(dir, ['-c', 'user.name=D', '-c', 'user.email=d@x.y', 'commit', '--quiet', '-m', 'x']);
    const root = makeTempDir();
    const { store } = open(root);
    const repository = await store.open(remote, await sides());
    const found = await repository.search('head', WORD);
    expect(found).toEqual({ hits: [{ path: 'a.ts', line: 1, texts: [0] }], missing: 'one file over 2 MB' });
    expect((await repository.readHead(['giant.sql', 'x'])).get('giant.sql')).toEqual({ kind: 'too-large' });
    expect(bytesServed(sandbox)).toBeLessThan(100_000);
    const files = filesBelow(root);
    expect(files.filter((file) => /hooks|a\.ts|modules/.test(file))).toEqual([]);
    expect(new Set(sandbox.fetches.map(({ path }) => path))).toEqual(
      new Set(['/acme/r0.git/info/refs', '/acme/r0.git/git-upload-pack']),
    );
  });

  it('is fetched once for all who ask at once', async () => {
    const sandbox = await startServer();
    const { remote, sides } = await serve(sandbox, { 'a.ts': 'x\n' }, { 'a.ts': 'word\n' });
    const { store } = open(makeTempDir());
    const both = await sides();
    const found = await Promise.all(
      Array.from({ length: 6 }, async () => (await (await store.open(remote, both)).search('head', WORD)).hits.length),
    );
    expect(found).toEqual([1, 1, 1, 1, 1, 1]);
    expect(sandbox.fetches.filter(({ path }) => path.endsWith('/info/refs'))).toHaveLength(1);
  });

  it('belongs to one installation', async () => {
    const sandbox = await startServer();
    const { remote, sides } = await serve(sandbox, { 'a.ts': 'x\n' }, { 'a.ts': 'word\n' });
    const { store } = open(makeTempDir());
    await store.open(remote, await sides());
    const stranger: Remote = {
      ...remote,
      installationId: 100,
      token: { get: async () => issueToken(sandbox.state, [], { contents: 'read' }).token, refuse: () => undefined },
    };
    await expect(store.open(stranger, await sides())).rejects.toThrow('could not be fetched');
  });

  it.each(['--upload-pack=touch /tmp/x', 'main', '../../x', 'HEAD', `${'a'.repeat(40)}:refs/heads/x`])(
    'takes no commit that is called %s',
    async (head) => {
      const sandbox = await startServer();
      const { remote, sides } = await serve(sandbox, { 'a.ts': 'x\n' }, { 'a.ts': 'word\n' });
      const { store } = open(makeTempDir());
      await expect(store.open(remote, { ...(await sides()), head })).rejects.toThrow('is not a commit');
      expect(sandbox.fetches).toEqual([]);
    },
  );
});

describe('the cache', () => {
  it('refuses a repository that is too large, and remembers it beyond a restart', async () => {
    const sandbox = await startServer();
    const { remote, sides } = await serve(sandbox, { 'a.txt': noise(3, 1_200_000) }, { 'a.ts': 'word\n' });
    const dir = makeTempDir();
    const small = { mostBytes: 1_000_000 };
    const first = open(dir, small);
    await expect(first.store.open(remote, await sides())).rejects.toThrow('it is larger than 0 MB without its history');
    const asked = sandbox.fetches.length;
    await expect(first.store.open(remote, await sides())).rejects.toThrow('it is larger');
    first.store.close();
    const second = open(dir, small);
    await expect(second.store.open(remote, await sides())).rejects.toThrow('it is larger');
    expect(sandbox.fetches).toHaveLength(asked);
    expect(filesBelow(dir).filter((file) => file.includes('pack'))).toEqual([]);
    const week = open(dir, { ...small, mostBytes: 50_000_000, now: () => Date.now() + 8 * 24 * 3_600_000 });
    expect((await (await week.store.open(remote, await sides())).search('head', WORD)).hits).toHaveLength(1);
  });

  it('ends a fetch that takes too long, with all that it started', async () => {
    const sandbox = await startServer();
    const { remote, sides, name } = await serve(sandbox, { 'a.ts': 'x\n' }, { 'a.ts': 'word\n' });
    const { store } = open(makeTempDir(), { fetchMs: 300 });
    let release = (): void => undefined;
    sandbox.setFetchFault(() => new Promise((resolve) => (release = () => resolve(503))));
    await expect(store.open(remote, await sides())).rejects.toThrow('takes longer than');
    release();
    const left = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n');
    expect(left.filter((line) => line.includes('git') && line.includes(`${sandbox.url}/acme/${name}.git`))).toEqual([]);
  });

  it('evicts what was not used for the longest time, and fetches it again when it is asked for', async () => {
    const sandbox = await startServer();
    const all = [];
    for (let index = 0; index < 6; index++)
      all.push(await serve(sandbox, { 'n.txt': noise(index + 10, 400_000) }, { 'a.ts': 'word\n' }));
    const dir = makeTempDir();
    let time = 1_000_000;
    const { store } = open(dir, { mostBytes: 1_200_000, now: () => (time += 1000) });
    const opened = [];
    for (const { remote, sides } of all) opened.push(await store.open(remote, await sides()));
    const packs = filesBelow(dir).filter((file) => file.endsWith('.pack'));
    const total = packs.reduce((sum, file) => sum + statSync(join(dir, file)).size, 0);
    expect(total).toBeLessThan(1_200_000);
    const asked = sandbox.fetches.length;
    expect((await opened.at(-1)?.search('head', WORD))?.hits).toHaveLength(1);
    expect(sandbox.fetches).toHaveLength(asked);
    expect((await opened[0]?.search('head', WORD))?.hits).toHaveLength(1);
    expect(sandbox.fetches.length).toBeGreaterThan(asked);
  });

  it('forgets within a week what a process fetched that is gone, and nothing of one that lives', async () => {
    const sandbox = await startServer();
    const { remote, sides } = await serve(sandbox, { 'a.ts': 'x\n' }, { 'a.ts': 'word\n' });
    const dir = makeTempDir();
    const read = async (days: number) => {
      const { store } = open(dir, { now: () => Date.now() + days * 24 * 3_600_000 });
      const repository = await store.open(remote, await sides());
      expect((await repository.search('head', WORD)).hits).toHaveLength(1);
      return store;
    };
    const first = await read(0);
    const second = await read(0);
    second.close();
    const roots = () => new Set(filesBelow(dir).flatMap((file) => /^(process-\d)\/.*\.pack$/.exec(file)?.[1] ?? []));
    await vi.waitFor(() => lockDataDir(join(dir, 'process-2'))());
    const third = await read(6);
    third.close();
    expect(roots()).toEqual(new Set(['process-1', 'process-2']));
    await vi.waitFor(() => lockDataDir(join(dir, 'process-2'))());
    first.close();
    await vi.waitFor(() => lockDataDir(join(dir, 'process-1'))());
    await read(8);
    expect(roots()).toEqual(new Set(['process-1']));
  });

  it('throws away what does not read as it should, says so, and fetches it anew', async () => {
    const sandbox = await startServer();
    const { remote, sides } = await serve(sandbox, { 'a.ts': noise(5, 100_000) }, { 'b.ts': 'word\n' });
    const dir = makeTempDir();
    const { store } = open(dir);
    const repository = await store.open(remote, await sides());
    for (const file of filesBelow(dir).filter((name) => name.endsWith('.pack'))) {
      execFileSync('chmod', ['u+w', join(dir, file)]);
      truncateSync(join(dir, file), 40);
    }
    await expect(repository.search('head', WORD)).rejects.toMatchObject({ code: 'GIT_FAILED' });
    expect((await repository.search('head', WORD)).hits).toHaveLength(1);
  });

  it('claims its folder anew when somebody removed it while the App runs', async () => {
    const sandbox = await startServer();
    const { remote, sides } = await serve(sandbox, { 'a.ts': 'x\n' }, { 'a.ts': 'word\n' });
    const dir = join(makeTempDir(), 'repositories');
    const { store } = open(dir);
    const before = await store.open(remote, await sides());
    const requests = sandbox.fetches.length;
    rmSync(dir, { recursive: true });
    const opened = await Promise.all([store.open(remote, await sides()), store.open(remote, await sides())]);
    for (const repository of [before, ...opened]) expect((await repository.search('head', WORD)).hits).toHaveLength(1);
    expect(sandbox.fetches).toHaveLength(2 * requests);
    // It is held again: another process does not get it.
    const other = open(dir).store;
    await other.open(remote, await sides());
    expect(readdirSync(dir)).toEqual(['process-1', 'process-2']);
  });

  it('is given up, and nothing else, where the disk refuses: the review reads through the API', async () => {
    const sandbox = await startServer();
    const { remote, sides } = await serve(sandbox, { 'a.ts': 'x\n' }, { 'a.ts': 'word\n' });
    const dir = makeTempDir();
    mkdirSync(join(dir, 'process-1'));
    const inTheWay = join(dir, 'process-1', '99');
    writeFileSync(inTheWay, '');
    const { store, lines } = open(dir);
    await expect(store.open(remote, await sides())).rejects.toMatchObject({
      code: 'GIT_FAILED',
      message: 'its folder cannot be used (ENOTDIR)',
    });
    expect(lines.join('')).toContain('the folder of fetched repositories cannot be used');
    rmSync(inTheWay);
    expect((await (await store.open(remote, await sides())).search('head', WORD)).hits).toHaveLength(1);
  });

  it('goes on after a process that was killed in the middle of a fetch', async () => {
    const sandbox = await startServer();
    const { remote, sides, token } = await serve(sandbox, { 'a.ts': noise(9, 400_000) }, { 'b.ts': 'word\n' });
    const dir = makeTempDir();
    let held = 0;
    sandbox.setFetchFault((path) =>
      path.endsWith('git-upload-pack') && ++held > 0 ? new Promise(() => undefined) : null,
    );
    const script = fileURLToPath(new URL('../support/fetch-once.ts', import.meta.url));
    const input = JSON.stringify({ dir, remote: { ...remote, token }, sides: await sides() });
    const child = spawn(process.execPath, [script, input], { stdio: 'ignore' });
    await waitFor('the fetch', () => held > 0);
    child.kill('SIGKILL');
    await once(child, 'close');
    sandbox.setFetchFault(null);
    const [root = ''] = readdirSync(dir);
    const folder = join(dir, root, String(remote.installationId), String(remote.repositoryId));
    // And all that git can leave.
    for (const name of [
      'shallow.lock',
      'config.lock',
      'objects/pack/tmp_pack_abc',
      `refs/wanted/${'2'.repeat(40)}.lock`,
    ])
      if (existsSync(join(folder, name, '..'))) writeFileSync(join(folder, name), 'left');
    const { store } = open(dir);
    expect((await (await store.open(remote, await sides())).search('head', WORD)).hits).toHaveLength(1);
    expect(readdirSync(dir)).toEqual([root]);
    expect(filesBelow(dir).filter((file) => /tmp_|\.lock$/.test(file) && !file.endsWith('backend-dev.lock'))).toEqual(
      [],
    );
  });

  it('gives each process a folder of its own', async () => {
    const sandbox = await startServer();
    const { remote, sides } = await serve(sandbox, { 'a.ts': 'x\n' }, { 'b.ts': 'word\n' });
    const dir = makeTempDir();
    const both = [open(dir), open(dir)];
    for (const { store } of both) await store.open(remote, await sides());
    expect(readdirSync(dir).toSorted()).toEqual(['process-1', 'process-2']);
  });

  it('deletes what was fetched when the App is uninstalled or a repository is removed', async () => {
    const sandbox = await startServer();
    const one = await serve(sandbox, { 'a.ts': 'x\n' }, { 'b.ts': 'word\n' });
    const other = await serve(sandbox, { 'a.ts': 'x\n' }, { 'b.ts': 'word\n' });
    const dir = makeTempDir();
    const { store } = open(dir);
    for (const { remote, sides } of [one, other]) await store.open(remote, await sides());
    const packs = () => filesBelow(dir).filter((file) => file.endsWith('.pack')).length;
    await store.forget(100, null);
    expect(packs()).toBe(2);
    await store.forget(99, [one.remote.repositoryId]);
    expect(packs()).toBe(1);
    await store.forget(99, null);
    expect(packs()).toBe(0);
  });
});
