import { AppError } from '../../errors.ts';

/** Failures in a row, after which a model is left alone, and for how long, in milliseconds. */
const FAILURES = 3;
const PAUSE_MS = 60_000;

/** Keeps every review from waiting for a model that has just failed the others: one try a minute, until it answers again. */
export interface Breaker {
  /** @throws AppError MODEL_OVERLOADED while the model is left alone */
  check(model: string): void;
  note(model: string, worked: boolean): void;
}

export function createBreaker(now: () => number): Breaker {
  const states = new Map<string, { failures: number; until: number }>();
  return {
    check: (model) => {
      const state = states.get(model);
      if (!state || state.failures < FAILURES) return;
      const left = state.until - now();
      if (left > 0)
        throw new AppError(
          'MODEL_OVERLOADED',
          `${model} failed ${state.failures} times in a row and is left alone for another ${Math.ceil(left / 1000)} s`,
        );
      // The others wait for how this try ends.
      state.until = now() + PAUSE_MS;
    },
    note: (model, worked) => {
      if (worked) {
        states.delete(model);
        return;
      }
      const failures = (states.get(model)?.failures ?? 0) + 1;
      states.set(model, { failures, until: now() + PAUSE_MS });
    },
  };
}
