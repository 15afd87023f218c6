import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lockDataDir } from '../../src/queue/data-dir-lock.ts';
import { waitFor } from '../support/stack.ts';
import { makeTempDir } from '../support/temp.ts';

const SCRIPT = fileURLToPath(new URL('../support/hold-lock.ts', import.meta.url));

/** Not everywhere is a process allowed to. */
const canUnshare = spawnSync('unshare', ['--pid', '--fork', '--mount-proc', 'true']).status === 0;

interface Starter {
  pid: number;
  /** Tells it what to do; its answer. */
  tell: (what: 'take' | 'free' | 'beget') => Promise<string>;
  kill: () => Promise<void>;
}

/** A real process that stands before the lock. `wrap`: a command that starts it. */
async function start(dir: string, wrap: readonly string[] = []): Promise<Starter> {
  const [command, ...args] = [...wrap, process.execPath, SCRIPT, dir];
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const say = async (): Promise<string> => (await lines.next()).value ?? '';
  expect(await say()).toBe('ready');
  return {
    pid: child.pid ?? 0,
    tell: (what) => {
      child.stdin.write(`${what}\n`);
      return say();
    },
    kill: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** A process that was told to end may take a moment: its threads end one by one. */
function canLock(dir: string): boolean {
  try {
    lockDataDir(dir)();
    return true;
  } catch {
    return false;
  }
}

describe('the lock on the embedded database', () => {
  it('goes to exactly one of many that start at once over a stale file, round after round', async () => {
    const dir = makeTempDir();
    const starters = await Promise.all(Array.from({ length: 5 }, () => start(dir)));
    for (let round = 0; round < 100; round++) {
      // What a process that was killed left, and what an older version wrote.
      writeFileSync(join(dir, 'backend-dev.lock'), JSON.stringify({ pid: 999_999, started: '1' }));
      const said = await Promise.all(starters.map((one) => one.tell('take')));
      expect(said.filter((line) => line === 'held')).toHaveLength(1);
      expect(said.filter((line) => line.startsWith('DATA_DIR_LOCKED'))).toHaveLength(4);
      await starters[said.indexOf('held')]?.tell('free');
    }
    // And once more over what a killed holder left.
    const said = await Promise.all(starters.map((one) => one.tell('take')));
    const holder = said.indexOf('held');
    await starters[holder]?.kill();
    const again = await Promise.all(starters.toSpliced(holder, 1).map((one) => one.tell('take')));
    expect(again.filter((line) => line === 'held')).toHaveLength(1);
  });

  it('is never taken from a live holder, whatever its file says, and its PID is named', async () => {
    const dir = makeTempDir();
    const path = join(dir, 'backend-dev.lock');
    const holder = await start(dir);
    expect(await holder.tell('take')).toBe('held');
    const refused = { code: 'DATA_DIR_LOCKED', message: expect.stringContaining(`process ${holder.pid};`) };
    expect(() => lockDataDir(dir)).toThrow(expect.objectContaining(refused));
    for (const content of ['', '{', JSON.stringify({ pid: 999_999 }), JSON.stringify({ pid: process.pid })]) {
      writeFileSync(path, content);
      expect(() => lockDataDir(dir)).toThrow(expect.objectContaining({ code: 'DATA_DIR_LOCKED' }));
    }
  });

  it('ends with its process when that is killed, though its child lives on', async () => {
    const dir = makeTempDir();
    const holder = await start(dir);
    expect(await holder.tell('take')).toBe('held');
    const child = Number(await holder.tell('beget'));
    onTestFinished(() => void process.kill(child, 'SIGKILL'));
    await holder.kill();
    expect(process.kill(child, 0)).toBe(true);
    await waitFor('the lock', () => canLock(dir));
  });

  it.runIf(process.platform === 'linux')('ends with a process that nobody reaps', async () => {
    const dir = makeTempDir();
    // The shell starts the holder and then becomes a program that never asks how it ended.
    const parent = await start(dir, ['sh', '-c', 'exec 3<&0; "$@" <&3 & exec sleep 60', 'sh']);
    expect(await parent.tell('take')).toBe('held');
    const { pid } = JSON.parse(readFileSync(join(dir, 'backend-dev.lock'), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    await waitFor('the lock', () => canLock(dir));
    expect(readFileSync(`/proc/${pid}/stat`, 'utf8')).toMatch(/ Z /);
  });

  it.runIf(canUnshare)('holds against a process in another PID namespace', async () => {
    const dir = makeTempDir();
    const inside = await start(dir, ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc']);
    expect(await inside.tell('take')).toBe('held');
    // Its PID there is a small number, which here is somebody else or nobody.
    expect(() => lockDataDir(dir)).toThrow(expect.objectContaining({ code: 'DATA_DIR_LOCKED' }));
    await inside.kill();
    await waitFor('the lock', () => canLock(dir));
  });

  it('is kept while in use, free after release, and not held twice by one process', () => {
    const dir = makeTempDir();
    const unlock = lockDataDir(dir);
    expect(JSON.parse(readFileSync(join(dir, 'backend-dev.lock'), 'utf8'))).toEqual({ pid: process.pid });
    expect(() => lockDataDir(dir)).toThrow(expect.objectContaining({ code: 'DATA_DIR_LOCKED' }));
    unlock();
    lockDataDir(dir)();
    expect(existsSync(join(dir, 'backend-dev.lock'))).toBe(true);
  });

  it('says what is wrong with a folder that cannot be locked', () => {
    const dir = makeTempDir();
    writeFileSync(join(dir, 'file'), '');
    expect(() => lockDataDir(join(dir, 'file'))).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });
});
