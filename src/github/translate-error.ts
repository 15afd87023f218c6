import { RequestError } from '@octokit/request-error';
import { AppError } from '../errors.ts';
import { cutText } from '../text/cut-text.ts';

const MINUTE = 60_000;

/**
 * An Octokit error as ours, once, here. Rate limits by GitHub's documented order: Retry-After, then the reset time, else a
 * minute. Source: docs.github.com, "Best practices for using the REST API", handle rate limit errors.
 */
export function translateGitHubError(error: unknown, what: string): AppError {
  if (error instanceof AppError) return error;
  if (!(error instanceof RequestError)) {
    const message = error instanceof Error ? error.message : String(error);
    // GraphQL answers 200 with errors; a missing object is not a fault of the network.
    if (/NOT_FOUND|Could not resolve to/.test(message))
      return new AppError('GITHUB_NOT_FOUND', `${what}: ${message}`, { cause: error });
    if (/rate limit/i.test(message))
      return new AppError('GITHUB_RATE_LIMITED', `${what}: ${message}`, {
        retry: { afterMs: MINUTE },
        cause: error,
      });
    return new AppError('GITHUB_UNAVAILABLE', `${what}: ${message}`, { retry: 'backoff', cause: error });
  }
  const { status, message } = error;
  const headers = error.response?.headers ?? {};
  // Octokit tells a failure of the network as a 500 without an answer.
  const told = error.response ? `GitHub answered ${status}` : 'GitHub did not answer';
  const text = `${what}: ${told}${message ? ` (${cutText(message, 300)})` : ''}`;
  if ((status === 403 || status === 429) && isRateLimit(headers, message, status)) {
    const now = readDate(headers);
    const afterMs = decidePause(headers, now);
    return new AppError('GITHUB_RATE_LIMITED', `${text}; goes on after ${new Date(now + afterMs).toISOString()}`, {
      retry: { afterMs },
      cause: error,
    });
  }
  if (status === 403 && /suspended/i.test(message)) return new AppError('GITHUB_SUSPENDED', text, { cause: error });
  if (status === 401) return new AppError('GITHUB_FORBIDDEN', text, { retry: 'backoff', cause: error });
  if (status === 403 || status === 451) return new AppError('GITHUB_FORBIDDEN', text, { cause: error });
  if (status === 404 || status === 410) return new AppError('GITHUB_NOT_FOUND', text, { cause: error });
  if (status >= 500 || status === 408)
    return new AppError('GITHUB_UNAVAILABLE', text, { retry: 'backoff', cause: error });
  return new AppError('GITHUB_REFUSED', text, { cause: error });
}

type Headers = Record<string, string | number | undefined>;

function isRateLimit(headers: Headers, message: string, status: number): boolean {
  return (
    status === 429 ||
    headers['retry-after'] !== undefined ||
    String(headers['x-ratelimit-remaining']) === '0' ||
    /rate limit|abuse/i.test(message)
  );
}

/** GitHub's clock, which tells its reset times as well: ours may be wrong. */
function readDate(headers: Headers): number {
  const date = Date.parse(String(headers.date));
  return Number.isNaN(date) ? Date.now() : date;
}

/** In milliseconds. */
function decidePause(headers: Headers, now: number): number {
  const after = Number(headers['retry-after']);
  if (Number.isFinite(after) && after > 0) return Math.min(after, 3600) * 1000;
  const reset = Number(headers['x-ratelimit-reset']);
  if (String(headers['x-ratelimit-remaining']) === '0' && Number.isFinite(reset))
    return Math.min(Math.max(reset * 1000 - now, 1000), 2 * 60 * MINUTE);
  return MINUTE;
}

/** Whether a write may have been done although its answer did not arrive. */
export function isUncertain(error: unknown): boolean {
  return !(error instanceof RequestError) || error.status >= 500 || error.status === 408;
}
