import { AppError } from '../../errors.ts';

/** After so many failures in a row, a model is not asked for so long (in milliseconds). */
const FAILURES = 3;
const PAUSE_MS = 60_000;

/** Keeps every review from waiting for a model that has just failed the others: one try a minute, until it answers again. */
export interface Breaker {
  /**
   * Before a request.
   * @throws AppError MODEL_OVERLOADED while the model is left alone, MODEL_SPEND_LIMIT while the account is
   */
  check(model: string): void;
  /** Of a request that was sent. Null: it was answered. Only what may pass by itself counts as a failure. */
  note(model: string, failure: AppError | null): void;
  /** After a request that was not sent, or of which nothing was learned: whoever comes next may try. */
  release(model: string): void;
}

interface State {
  failures: number;
  until: number;
  /** The one try of this minute is under way. */
  trying?: boolean;
}

/** Every model of an account has one spend limit: the first answer that says so is enough for all. */
const ACCOUNT = '';

export function createBreaker(now: () => number): Breaker {
  const states = new Map<string, State>();
  const checkOne = (who: string, most: number, explain: (state: State, left: number) => AppError) => {
    const state = states.get(who);
    if (!state || state.failures < most) return;
    const left = state.until - now();
    if (left > 0) throw explain(state, Math.ceil(left / 1000));
    // The others wait for how this try ends.
    state.until = now() + PAUSE_MS;
    state.trying = true;
  };
  const fail = (who: string): void => {
    states.set(who, { failures: (states.get(who)?.failures ?? 0) + 1, until: now() + PAUSE_MS });
  };
  return {
    check: (model) => {
      checkOne(
        ACCOUNT,
        1,
        (_, left) =>
          new AppError(
            'MODEL_SPEND_LIMIT',
            `the account’s spend limit was reached a moment ago; Claude is asked again in ${left} s`,
          ),
      );
      checkOne(
        model,
        FAILURES,
        ({ failures }, left) =>
          new AppError(
            'MODEL_OVERLOADED',
            `${model} failed ${failures} times in a row and is left alone for another ${left} s`,
          ),
      );
    },
    note: (model, failure) => {
      if (failure === null) for (const who of [model, ACCOUNT]) states.delete(who);
      else if (failure.code === 'MODEL_SPEND_LIMIT') fail(ACCOUNT);
      else if (failure.code === 'MODEL_OVERLOADED' || failure.code === 'MODEL_TIMEOUT') fail(model);
    },
    release: (model) => {
      for (const who of [model, ACCOUNT]) {
        const state = states.get(who);
        if (state?.trying) states.set(who, { failures: state.failures, until: now() });
      }
    },
  };
}
