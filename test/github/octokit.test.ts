import { Octokit } from '@octokit/rest';
import { expect, it } from 'vitest';
import { sendCleanText } from '../../src/github/octokit.ts';

it('sends GitHub whole characters only, by REST and by GraphQL, and leaves the request itself alone', async () => {
  const sent: { body: string; signal: unknown }[] = [];
  const { signal } = new AbortController();
  const octokit = new Octokit({
    request: {
      signal,
      fetch: async (_: string, init: { body: string; signal: unknown }) => {
        sent.push(init);
        return new Response('{"data": {}}', { headers: { 'content-type': 'application/json' } });
      },
    },
  });
  sendCleanText(octokit);
  await octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
    owner: 'acme',
    repo: 'shop',
    issue_number: 1,
    body: 'cut 😀 \ud83d\0',
  });
  await octokit.graphql('mutation M($input: I!) { m(input: $input) { id } }', {
    input: { body: 'cut \ud83d', list: ['\ude00'] },
  });
  expect(sent.map((one) => JSON.parse(one.body))).toMatchObject([
    { body: 'cut 😀 \ufffd' },
    { variables: { input: { body: 'cut \ufffd', list: ['\ufffd'] } } },
  ]);
  expect(sent.map((one) => one.signal)).toEqual([signal, signal]);
});
