import { setTimeout as pause } from 'node:timers/promises';
import { HttpError } from '../errors.js';
import { logger } from '../logger.js';

export interface RetryOptions {
  /** Shown in the log. */
  name: string;
  /** How many calls at most, the first included. */
  attempts?: number;
  /** Pause before the second call; doubles from then on. */
  pauseMs?: number;
}

/** An answer of ours or the carrier's that another try may change. */
export function isTransient(error: unknown): boolean {
  if (error instanceof HttpError) return error.status === 502;
  return error instanceof Error && (error.name === 'TimeoutError' || error.name === 'TypeError');
}

export async function withRetry<T>(call: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { name, attempts = 3, pauseMs = 200 } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (attempt >= attempts || !isTransient(error)) throw error;
      logger.info({ name, attempt, err: error }, 'carrier call is retried');
      await pause(pauseMs * 2 ** (attempt - 1) * (0.75 + Math.random() / 2));
    }
  }
}
