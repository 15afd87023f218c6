import { Octokit } from '@octokit/rest';
import type { Forge } from '../pipeline/forge.ts';
import { createGitHub } from './create-github.ts';
import { createLimitedFetch } from './limited-fetch.ts';
import { sendCleanText } from './octokit.ts';

/** GitHub with a person's token, for the command line. */
export function createTokenGitHub(token: string, baseUrl: string, requestMs: number): Forge {
  const octokit = new Octokit({ auth: token, baseUrl, request: { fetch: createLimitedFetch(requestMs) } });
  sendCleanText(octokit);
  // Only an App may have a check run.
  return { ...createGitHub(octokit), startCheck: async () => null };
}
