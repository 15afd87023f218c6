/**
 * A `fetch` that gives every request a time limit of its own: each retry, each redirect's end, each request for a token. The
 * limit is made here and not in an Octokit hook, because Octokit hands one `options.request` to all requests of a client, and
 * what is put there stays. The answer is read to its end within the limit: Octokit itself takes one that broke off for an
 * empty one.
 *
 * @param ms for one request, until the last byte of its answer
 * @throws TimeoutError (DOMException), TypeError when the connection fails or breaks off
 */
export function createLimitedFetch(ms: number): typeof fetch {
  return async (input, init) => {
    const limit = AbortSignal.timeout(ms);
    const signal = init?.signal ? AbortSignal.any([init.signal, limit]) : limit;
    const answer = await globalThis.fetch(input, { ...init, signal });
    const body = answer.body === null ? null : await answer.arrayBuffer();
    const { status, statusText, headers } = answer;
    return Object.defineProperty(new Response(body, { status, statusText, headers }), 'url', { value: answer.url });
  };
}
