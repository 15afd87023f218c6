import { Worker } from 'node:worker_threads';
import { AGENTS_DIR } from '../agents/load-agents.ts';
import type { SourceFile } from '../review/source-file.ts';
import type { FileAnalysis } from './analyse-file.ts';

export interface AnalysisPool {
  /** Analyses files side by side. Never rejects for a file: one that cannot be analysed comes back as failed. */
  analyse(files: readonly SourceFile[], onDone?: (path: string) => void): Promise<FileAnalysis[]>;
  close(): Promise<void>;
}

interface Options {
  agent: string;
  principles: ReadonlySet<string>;
  /** Where the agents lie. */
  dir?: string;
  /** Threads; each costs about 60 MB once used. */
  size?: number;
  /** Time for one file, in milliseconds, and memory of one thread, in MB. */
  limitMs?: number;
  memoryMb?: number;
}

interface Task {
  file: SourceFile;
  resolve: (analysis: FileAnalysis) => void;
}

/**
 * Worker threads that run the analysers: a file that hangs or eats memory costs its thread, not the process. Threads start
 * on first use, have no environment (so no secret of the server is in reach) and end after half a minute without work.
 */
export function createAnalysisPool({
  agent,
  principles,
  dir = AGENTS_DIR,
  size = 2,
  limitMs = 20_000,
  memoryMb = 512,
}: Options): AnalysisPool {
  const script = new URL(import.meta.url.endsWith('.ts') ? './thread.ts' : './thread.js', import.meta.url);
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const waiting: Task[] = [];
  let sleep: NodeJS.Timeout | undefined;

  const start = (): Worker => {
    const worker = new Worker(script, {
      workerData: { agent, principles: [...principles], dir },
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    worker.unref();
    all.add(worker);
    worker.once('exit', () => all.delete(worker));
    return worker;
  };

  const stop = (worker: Worker): void => {
    all.delete(worker);
    void worker.terminate();
  };

  const next = (): void => {
    clearTimeout(sleep);
    while (waiting.length > 0 && (idle.length > 0 || all.size < size)) {
      const task = waiting.shift();
      if (task) run(idle.pop() ?? start(), task);
    }
    sleep = setTimeout(() => idle.splice(0).forEach(stop), 30_000).unref();
  };

  const run = (worker: Worker, { file, resolve }: Task): void => {
    worker.ref();
    const finish = (analysis: FileAnalysis, alive: boolean): void => {
      clearTimeout(timer);
      worker.removeAllListeners('message');
      worker.removeAllListeners('error');
      worker.unref();
      if (alive) idle.push(worker);
      else stop(worker);
      resolve(analysis);
      next();
    };
    const timer = setTimeout(() => finish(fail(file, `stopped after ${limitMs / 1000} s`), false), limitMs);
    worker.once('message', (analysis: FileAnalysis) => finish(analysis, true));
    worker.once('error', (error) => finish(fail(file, `the analysis thread died: ${error.message}`), false));
    worker.postMessage(file);
  };

  return {
    analyse: (files, onDone) =>
      Promise.all(
        files.map(
          (file) =>
            new Promise<FileAnalysis>((resolve) => {
              const done = (analysis: FileAnalysis): void => {
                onDone?.(file.path);
                resolve(analysis);
              };
              waiting.push({ file, resolve: done });
              next();
            }),
        ),
      ),
    close: async () => {
      clearTimeout(sleep);
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

function fail(file: SourceFile, reason: string): FileAnalysis {
  return {
    path: file.path,
    outcomes: [{ analyser: 'all', outcome: { status: 'failed', reason } }],
    before: [],
    secrets: [],
    syntaxErrors: null,
  };
}
