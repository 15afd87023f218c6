import type { Octokit } from '@octokit/rest';
import { cleanValue } from '../text/clean-value.ts';
import { translateGitHubError } from './translate-error.ts';

/** What an authenticated Octokit is used for here; Probot's and @octokit/rest's both offer it. */
export type Requests = Pick<Octokit, 'request' | 'graphql'>;

/** What a token allows, as GitHub names it: `checks: write`. */
export type Permissions = Readonly<Record<string, string>>;

/** GitHub's API as of this day: a later change of theirs does not change our answers. Source: docs.github.com, API versions. */
export const API_HEADERS = { 'x-github-api-version': '2022-11-28' };

/** Runs a request and translates its error. `what` stands in the message: "reading the pull request". */
export async function attempt<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translateGitHubError(error, what);
  }
}

/** What is sent holds whole characters only: GitHub answers 400 to half of one. `request` is Octokit's own, and no content. */
export function sendCleanText({ hook }: Pick<Octokit, 'hook'>): void {
  hook.before('request', (options) => {
    const { request: _, headers: __, ...content } = options;
    Object.assign(options, cleanValue(content));
  });
}
