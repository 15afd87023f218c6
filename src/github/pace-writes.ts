import type { Octokit } from '@octokit/rest';

/** Runs tasks one after the other, with a pause from one start to the next. */
export type Lane = <T>(work: () => Promise<T>) => Promise<T>;

/** Pauses are timers, not times of day: a clock that is set back by ten minutes does not hold the writes for ten minutes. */
export function createLane(pauseMs: number): Lane {
  let free: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = free.then(work);
    const paused = free.then(() => new Promise((resolve) => setTimeout(resolve, pauseMs)));
    free = Promise.all([result.catch(() => undefined), paused]);
    return result;
  };
}

/**
 * Sends the REST writes of a client through a lane. GraphQL is not held: ours reads, or edits many things in one request.
 * Source: docs.github.com, "Best practices for using the REST API", "Pause between mutative requests": a second.
 */
export function paceWrites(octokit: Pick<Octokit, 'hook'>, lane: Lane): void {
  octokit.hook.wrap('request', (request, options) => {
    const reads = options.method === 'GET' || options.method === 'HEAD' || options.url.endsWith('/graphql');
    return reads ? request(options) : lane(async () => await request(options));
  });
}
