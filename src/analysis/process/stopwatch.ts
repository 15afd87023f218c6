import { performance } from 'node:perf_hooks';

export interface Stopwatch {
  /** Aborted when the time is over. */
  signal: AbortSignal;
  /** … and what is said then. */
  reason: string;
  /** Something begins; what is given back is called when it ends. What runs at the same time is counted once. */
  start(): () => void;
}

/** The time in which something runs; to wait for a turn, or for a process to start, costs none of it. */
export function createStopwatch(ms: number): Stopwatch {
  const over = new AbortController();
  let left = ms;
  let running = 0;
  let began = 0;
  let timer: NodeJS.Timeout | undefined;
  return {
    signal: over.signal,
    reason: `stopped after ${ms / 1000} s`,
    start: () => {
      if (running++ === 0) {
        began = performance.now();
        timer = setTimeout(() => over.abort(), left);
      }
      return () => {
        if (--running > 0) return;
        clearTimeout(timer);
        left = Math.max(0, left - (performance.now() - began));
      };
    },
  };
}
