import { AsyncLocalStorage } from 'node:async_hooks';

const scope = new AsyncLocalStorage<AbortSignal>();

/**
 * Whatever is started within `work` belongs to one request: when the signal aborts, git processes and analyses that were started
 * for it are ended, wherever in the code they were started.
 */
export function runUntil<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return scope.run(signal, work);
}

/** The signal of the request that this code works for; undefined: nobody can call it off. */
export function readCallOff(): AbortSignal | undefined {
  return scope.getStore();
}

/** For loops that start no process. @throws the signal's reason */
export function throwIfCalledOff(): void {
  scope.getStore()?.throwIfAborted();
}
