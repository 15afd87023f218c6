import Anthropic, { APIConnectionError, APIError } from '@anthropic-ai/sdk';
import { AppError } from '../../errors.ts';
import { cutText } from '../../text/cut-text.ts';
import type { Endpoint } from './endpoint.ts';

const TRIES = 5;
/** The longest wait, in milliseconds. If the endpoint asks for more, it is not asked again. */
const MOST_WAIT = 120_000;
/** Besides 5xx: what the same request may not meet the next time. Source: docs.claude.com, errors. */
const PASSING = new Set([408, 409]);

/**
 * Milliseconds to wait before the next try of a request that failed.
 * @throws AppError when there is no next try: what became of it, in our words
 */
export function decideWait(
  error: unknown,
  attempt: number,
  deadlineMs: number,
  endpoint: Pick<Endpoint, 'hasSpendLimit'>,
): number {
  if (error instanceof Anthropic.APIUserAbortError || (error instanceof Error && error.name === 'TimeoutError'))
    throw new AppError('MODEL_TIMEOUT', `Claude did not finish within ${deadlineMs / 1000} s`, { cause: error });
  if (error instanceof Anthropic.APIConnectionTimeoutError)
    throw new AppError('MODEL_TIMEOUT', `Claude did not answer within ${deadlineMs / 1000} s`, { cause: error });
  if (error instanceof APIError && isSpendLimit(error, endpoint))
    throw new AppError(
      'MODEL_SPEND_LIMIT',
      `Claude answered ${error.status}: the account’s spend limit is reached, or its credit used up`,
      { cause: error },
    );
  const status = error instanceof APIError ? (error.status ?? null) : null;
  if (status !== null && status < 500 && status !== 429 && !PASSING.has(status)) {
    const said = cutText((error as APIError).message, 200);
    throw new AppError('MODEL_REJECTED', `Claude answered ${status}: ${said}`, { cause: error });
  }
  const asked = status === 429 ? readRetryAfter((error as APIError).headers?.get('retry-after') ?? null) : null;
  if (asked !== null && asked > MOST_WAIT)
    throw new AppError(
      'MODEL_OVERLOADED',
      `Claude answered 429 (rate limit): not before ${Math.ceil(asked / 1000)} s`,
      {
        cause: error,
      },
    );
  if (attempt >= TRIES)
    throw new AppError('MODEL_OVERLOADED', `${describeFailure(error)} ${TRIES} times`, { cause: error });
  return asked ?? Math.min(30_000, 1000 * 2 ** (attempt - 1)) * (0.75 + Math.random() / 2);
}

/**
 * Anthropic says it in four ways: 402; a 429 with a code, or one that does not say when to come back; a 400 in words. Elsewhere a
 * 429 is a rate limit like any other. Source: docs.claude.com, errors and rate limits; the codes as the SDK declares them.
 */
function isSpendLimit(error: APIError, { hasSpendLimit }: Pick<Endpoint, 'hasSpendLimit'>): boolean {
  if (error.status === 402) return true;
  if (error.status === 429)
    return error.errorCode?.endsWith('spend_limit_reached') || (hasSpendLimit && !error.headers?.has('retry-after'));
  return (
    error.status === 400 && /specified (workspace )?API usage limits|credit balance is too low/i.test(error.message)
  );
}

/** Seconds, or a date; null where it says nothing that can be waited for. Source: RFC 9110, 10.2.3. */
function readRetryAfter(said: string | null): number | null {
  if (said === null) return null;
  const ms = /^\s*[\d.]+\s*$/.test(said) ? Number(said) * 1000 : Date.parse(said) - Date.now();
  return ms > 0 ? ms : null;
}

function describeFailure(error: unknown): string {
  if (error instanceof APIConnectionError) return `Claude could not be reached (${error.message})`;
  if (!(error instanceof APIError)) return 'Claude’s answer broke off while it was read';
  if (error.status === 429) return 'Claude answered 429 (rate limit)';
  // Behind the head of an answer an error has no status, only a name.
  return `Claude answered ${error.status ?? error.type ?? 'an error'}`;
}
