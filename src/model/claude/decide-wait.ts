import Anthropic, { APIConnectionError, APIError } from '@anthropic-ai/sdk';
import { AppError } from '../../errors.ts';
import { cutText } from '../../review/cut-text.ts';
import type { Endpoint } from './endpoint.ts';

const TRIES = 5;

/**
 * Milliseconds to wait before the next try of a request that failed.
 * @throws AppError when there is no next try: what became of it, in our words
 */
export function decideWait(
  error: unknown,
  attempt: number,
  deadlineMs: number,
  { hasSpendLimit }: Pick<Endpoint, 'hasSpendLimit'>,
): number {
  const pause = Math.min(30_000, 1000 * 2 ** (attempt - 1)) * (0.75 + Math.random() / 2);
  if (error instanceof Anthropic.APIUserAbortError || (error instanceof Error && error.name === 'TimeoutError')) {
    throw new AppError('MODEL_TIMEOUT', `Claude did not finish within ${deadlineMs / 1000} s`, { cause: error });
  }
  if (error instanceof Anthropic.APIConnectionTimeoutError)
    throw new AppError('MODEL_TIMEOUT', `Claude did not answer within ${deadlineMs / 1000} s`, { cause: error });
  if (error instanceof APIConnectionError) {
    if (attempt >= TRIES)
      throw new AppError('MODEL_OVERLOADED', `Claude could not be reached ${TRIES} times: ${error.message}`, {
        cause: error,
      });
    return pause;
  }
  if (!(error instanceof APIError))
    throw new AppError('MODEL_OVERLOADED', 'the answer broke off while it was read', { cause: error });
  const status = typeof error.status === 'number' ? error.status : 500;
  if (status === 429) {
    const said = Number(error.headers?.get('retry-after'));
    const isSaid = Number.isFinite(said) && said > 0;
    if (!isSaid && hasSpendLimit)
      throw new AppError(
        'MODEL_SPEND_LIMIT',
        'Claude answered 429 without retry-after: the account’s spend limit is likely reached',
        { cause: error },
      );
    const after = isSaid ? said * 1000 : pause;
    if (attempt >= TRIES || after > 120_000)
      throw new AppError('MODEL_OVERLOADED', `Claude answered 429 (rate limit) ${attempt} times`, { cause: error });
    return after;
  }
  if (status >= 500) {
    if (attempt >= TRIES)
      throw new AppError('MODEL_OVERLOADED', `Claude answered ${status} ${TRIES} times`, { cause: error });
    return pause;
  }
  throw new AppError('MODEL_REJECTED', `Claude answered ${status}: ${cutText(error.message, 200)}`, { cause: error });
}
