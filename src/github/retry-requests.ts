import { RequestError } from '@octokit/request-error';
import type { Octokit } from '@octokit/rest';
import { z } from 'zod';

const MOST_RETRIES = 3;

/** A query that ran too long is a 200. Source: docs.github.com, GraphQL, "Timeouts". */
const RanTooLong = z.object({
  errors: z.tuple(
    [z.object({ message: z.string().regex(/Something went wrong while executing your query/) })],
    z.unknown(),
  ),
});

/**
 * Tries again what failed on GitHub's side or on the way, after 1, 4 and 9 seconds; `request: { retries: 0 }` asks for one try.
 * In place of Octokit's plugin, which makes a Bottleneck for each request: that reads the time of day twice, and a clock that is
 * set back by ten minutes in between holds the request for ten minutes (seen in `npm run soak`: a review without an answer).
 */
export function retryRequests({ hook }: Pick<Octokit, 'hook'>): void {
  hook.wrap('request', async (request, options) => {
    const retries = Math.min(Number(options.request?.retries ?? MOST_RETRIES), MOST_RETRIES);
    for (let failed = 1; ; failed++) {
      try {
        const answer = await request(options);
        const late = RanTooLong.safeParse(answer.data);
        if (!late.success) return answer;
        throw new RequestError(late.data.errors[0].message, 500, { request: options, response: answer });
      } catch (error) {
        if (failed > retries || !isTransient(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, 1000 * failed ** 2));
      }
    }
  });
}

/** Octokit makes a 500 of a connection that fails. */
function isTransient(error: unknown): boolean {
  return error instanceof RequestError && error.status >= 500;
}
