import { Octokit } from '@octokit/rest';
import type { Forge } from '../pipeline/forge.ts';
import { createGitHub } from './create-github.ts';
import { createLimitedFetch } from './limited-fetch.ts';
import { sendCleanText } from './octokit.ts';

const silence = (): void => undefined;

/** GitHub with a person's token, for the command line. */
export function createTokenGitHub(token: string, baseUrl: string, requestMs: number): Forge {
  // Its plug-in that logs each request would write beside the messages of the command line.
  const log = { debug: silence, info: silence, warn: silence, error: silence };
  const octokit = new Octokit({ auth: token, baseUrl, log, request: { fetch: createLimitedFetch(requestMs) } });
  sendCleanText(octokit);
  // Only an App may have a check run.
  return { ...createGitHub(octokit), startCheck: async () => null };
}
