import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { urlOfProgram } from '../../src/built-files.ts';
import { readSystemPath } from '../../src/config/env.ts';
import type { Limits } from '../../src/limits.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { FROM_BUILD, SHORT_LIVED } from '../support/build.ts';
import { waitFor } from '../support/wait-for.ts';

export interface AppProcess {
  pid: number;
  port: number;
  /** Sets its clock so many seconds off. */
  setClock(seconds: number): void;
  readMemory(): Promise<Memory>;
  /** Warnings and errors that it logged, by message. */
  complaints: ReadonlyMap<string, number>;
  /** Its last lines, for a failure. */
  tail(): string;
  /** Why it is not running any more, or null. */
  ended(): string | null;
  stop(): Promise<void>;
}

export interface Memory {
  /** Of the process, in MB. */
  rss: number;
  /** What its JavaScript holds and cannot let go, in MB. */
  heap: number;
  /** Of its child processes together, in MB. */
  children: number;
}

interface Options {
  sandbox: Sandbox;
  dir: string;
  modelUrl: string;
  /** Null: as an operator starts it. */
  limits: Partial<Limits> | null;
  /** Another program than `app.ts`, in `test/`, with what it is told. */
  program?: readonly [path: string, ...args: string[]];
  /** More of the environment, or other values. */
  env?: Record<string, string>;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The App in a process of its own, with an embedded database, the sandbox for GitHub, and a clock that can be set. */
export async function startAppProcess({ sandbox, dir, modelUrl, limits, program, env }: Options): Promise<AppProcess> {
  const clock = join(dir, 'clock');
  writeFileSync(clock, '0');
  const liveHeap = join(dir, 'live-heap');
  const preloads = [
    ['clock.mjs', clock],
    ['live-heap.mjs', liveHeap],
  ].map(([name = '', file = '']) => {
    const url = new URL(name, import.meta.url);
    url.searchParams.set('file', file);
    return `--import=${url.href}`;
  });
  // One with limits of its own lives for a minute or two.
  const entry = limits
    ? [...SHORT_LIVED, FROM_BUILD, ...(program ?? ['test/soak/app.ts', JSON.stringify(limits)])]
    : [fileURLToPath(urlOfProgram('main'))];
  const child = spawn(process.execPath, [...preloads, ...entry], {
    cwd: ROOT,
    env: {
      PATH: readSystemPath(),
      APP_ID: String(sandbox.state.appId),
      PRIVATE_KEY: sandbox.privateKey,
      WEBHOOK_SECRET: sandbox.webhookSecret,
      GHE_HOST: sandbox.host,
      GHE_PROTOCOL: 'http',
      HOST: '127.0.0.1',
      PORT: '0',
      METRICS_PORT: '0',
      DATA_DIR: join(dir, 'data'),
      ANTHROPIC_API_KEY: 'sk-ant-soak',
      ANTHROPIC_BASE_URL: modelUrl,
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines: string[] = [];
  const complaints = new Map<string, number>();
  let ended: string | null = null;
  child.once('exit', (code, signal) => {
    ended = `the App ended with ${signal ?? code}`;
  });
  const ready = await new Promise<{ port: number; metricsPort: number }>((resolve, reject) => {
    let rest = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      const parts = `${rest}${text}`.split('\n');
      rest = parts.pop() ?? '';
      for (const line of parts) {
        lines.push(line);
        if (lines.length > 60) lines.shift();
        const entry = parseLine(line);
        if (entry.msg === 'ready') resolve(entry as unknown as { port: number; metricsPort: number });
        if ((entry.level ?? 60) >= 40) complaints.set(entry.msg, (complaints.get(entry.msg) ?? 0) + 1);
      }
    });
    child.once('exit', () => reject(new Error(`${ended}:\n${lines.join('\n')}`)));
  });
  return {
    pid: child.pid ?? 0,
    port: ready.port,
    setClock: (seconds) => writeFileSync(clock, String(seconds)),
    readMemory: () => readMemory(child, liveHeap),
    complaints,
    tail: () => lines.join('\n'),
    ended: () => ended,
    stop: () =>
      new Promise((resolve) => {
        if (ended !== null) return resolve();
        const kill = setTimeout(() => child.kill('SIGKILL'), 40_000);
        child.once('exit', () => {
          clearTimeout(kill);
          resolve();
        });
        child.kill('SIGTERM');
      }),
  };
}

function parseLine(line: string): { msg: string; level?: number } {
  try {
    return JSON.parse(line) as { msg: string; level?: number };
  } catch {
    // What is not its log is what Node itself says: a crash, a warning.
    return { msg: line.slice(0, 100), level: 60 };
  }
}

async function readMemory(child: ChildProcess, liveHeap: string): Promise<Memory> {
  rmSync(liveHeap, { force: true });
  child.kill('SIGUSR2');
  await waitFor('what its JavaScript holds', () => existsSync(liveHeap) || child.exitCode !== null);
  const heap = Number(readFileSync(liveHeap, 'utf8')) / 1_048_576;
  const own = readStatus(child.pid ?? 0);
  const children = listProcesses().filter((one) => one.parent === child.pid);
  return {
    rss: own.rss,
    heap: Math.round(heap),
    children: children.reduce((sum, { rss }) => sum + rss, 0),
  };
}

function listProcesses(): { parent: number; rss: number }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readStatus(Number(name)));
}

/** Zeros for a process that has ended meanwhile. Source: proc(5), status. */
function readStatus(pid: number): { parent: number; rss: number } {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const read = (field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    return { parent: read('PPid'), rss: Math.round(read('VmRSS') / 1024) };
  } catch {
    return { parent: 0, rss: 0 };
  }
}
