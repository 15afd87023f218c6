import { fork } from 'node:child_process';
import type { Socket } from 'node:net';
import { urlOfProgram } from '../../built-files.ts';
import type { Message, Task } from './task.ts';

export interface Limits {
  /** Time for one task, in milliseconds, once the process is ready for it. */
  limitMs: number;
  /** The JavaScript heap of a process, in MB. */
  heapMb: number;
  /** All memory of a process, that of native code included, in MB. */
  rssMb: number;
  /** Whose analysers are made ready before the first task. */
  agent?: string;
}

/** How a process came to its end during a task. */
export interface Ended {
  kind: 'ended';
  /** In words for a person. */
  reason: string;
  /** The analyser that was at work; null: the process never became ready. */
  step: string | null;
  /** The process had done other tasks before: this one may not be to blame. */
  warm: boolean;
  slow: boolean;
}

export interface Done {
  kind: 'done';
  answer: unknown;
  cpuMs: number;
  rssMb: number;
}

export interface Child {
  /** @param onBegin the process is ready, and begins */
  run(task: Task, onBegin?: () => void): Promise<Done | Ended>;
  /** Whether it has begun its first task. */
  isReady(): boolean;
  /** Ends the process and whatever it started. */
  stop(): void;
}

/** Files of one program have more time together, but not each its own. */
const MOST_SHARES = 3;

function shareOf(task: Task): number {
  return task.kind === 'analyse' ? Math.min(MOST_SHARES, task.files.length) : 1;
}

/** Loading the grammars takes a second; on a crowded machine many. */
const START_MS = 60_000;

/**
 * A process that runs analysers on a stranger's text. tree-sitter aborts its whole process on an assertion, so a thread would be
 * no boundary. It has no environment, so no secret of the App is in reach; a heap limit; a watchdog over all of its memory; and
 * a process group of its own, so that what it started ends with it. It does not keep the App alive while it has no task.
 */
export function startChild(dir: string, { limitMs, heapMb, rssMb, agent = '' }: Limits, onExit: () => void): Child {
  const grouped = process.platform !== 'win32';
  const child = fork(urlOfProgram('analysis/process/child'), [dir, String(process.pid), String(rssMb), agent], {
    cwd: '/',
    env: {},
    // What is made for one file is short-lived: with room for it less is looked over again and again.
    execArgv: [`--max-old-space-size=${heapMb}`, '--max-semi-space-size=64'],
    serialization: 'advanced',
    detached: grouped,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    words = (words + chunk).slice(-4000);
  });
  const hold = (on: boolean): void => {
    const way = on ? 'ref' : 'unref';
    child[way]();
    child.channel?.[way]();
    (child.stderr as Socket | null)?.[way]();
  };
  hold(false);
  const stop = (): void => {
    // Without a pid it never started. The group can outlive its leader.
    if (child.pid === undefined) return;
    try {
      process.kill(grouped ? -child.pid : child.pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  };
  let gone: { code: number | null; signal: NodeJS.Signals | null } | null = null;
  let onGone: (() => void) | undefined;
  const leave = (code: number | null, signal: NodeJS.Signals | null): void => {
    if (gone) return;
    gone = { code, signal };
    stop();
    onExit();
    onGone?.();
  };
  child.once('exit', leave);
  child.once('error', () => leave(null, null));
  let tasks = 0;
  let ready = false;
  return {
    stop,
    isReady: () => ready,
    run: (task, onBegin) =>
      new Promise((resolve) => {
        const warm = tasks++ > 0;
        let step: string | null = null;
        let timer: NodeJS.Timeout;
        const finish = (outcome: Done | Ended): void => {
          clearTimeout(timer);
          child.removeAllListeners('message');
          onGone = undefined;
          hold(false);
          resolve(outcome);
        };
        const end = (reason: string, slow = false): void => {
          finish({ kind: 'ended', reason, step, warm, slow });
          stop();
        };
        const giveUp = (ms: number): NodeJS.Timeout =>
          setTimeout(() => end(step === null ? 'the process did not start' : `stopped after ${ms / 1000} s`, true), ms);
        timer = giveUp(START_MS);
        // Before its first step it has seen nothing of a stranger: its own words tell the operator why it does not start.
        onGone = () => end(step === null ? describeStart(words) : describeEnd(gone, words, rssMb));
        if (gone) return onGone();
        hold(true);
        child.on('message', (message: Message) => {
          ready = true;
          if (message.kind === 'done') return finish(message);
          if (step === null) {
            clearTimeout(timer);
            timer = giveUp(limitMs * shareOf(task));
            onBegin?.();
          }
          step = message.step;
        });
        // What could not be sent is told by the exit that follows.
        child.send(task, () => undefined);
      }),
  };
}

function describeStart(words: string): string {
  const error = /^(?:\w*Error|FATAL ERROR): .*/m.exec(words)?.[0] ?? 'it said nothing';
  return `the process did not start: ${error.slice(0, 300)}`;
}

function describeEnd(
  gone: { code: number | null; signal: NodeJS.Signals | null } | null,
  words: string,
  rssMb: number,
): string {
  if (/heap out of memory|allocation failed/i.test(words)) return 'its process ran out of memory';
  if (gone?.signal === 'SIGKILL')
    return `its process was ended: it took more than ${rssMb} MB, or the system needed it`;
  return `its process crashed (${gone?.signal ?? `exit code ${gone?.code ?? 'unknown'}`})`;
}
