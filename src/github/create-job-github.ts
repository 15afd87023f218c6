import { Octokit } from '@octokit/rest';
import { AppError } from '../errors.ts';
import type { Forge } from '../pipeline/forge.ts';
import { awaitTurn } from './await-turn.ts';
import { createCheck } from './checks.ts';
import { createGitHub } from './create-github.ts';
import { createLimitedFetch } from './limited-fetch.ts';
import { sendCleanText } from './octokit.ts';
import { createLane, paceWrites } from './pace-writes.ts';
import { retryRequests } from './retry-requests.ts';

const JobOctokit = Octokit.plugin(retryRequests);

interface Options {
  baseUrl: string;
  /** For one request, in milliseconds. */
  requestMs: number;
  /** Between the beginnings of two writes. */
  writePauseMs: number;
  /** Where the config lies on the base; null: at its usual place. */
  configPath: string | null;
  /** The App whose word on what people ignored counts; null: nobody's. */
  kin: string | null;
  /** Waits a while for a run that is ahead of this one; false: long enough. */
  wait: (tries: number) => Promise<boolean>;
  /** GitHub gives this token no check run. */
  onNoCheck: () => void;
}

/**
 * GitHub with the token of a job: it has a check run where it may, and nobody answers to buttons. Runs of one head take turns by
 * their checks, so that two that began at once do not say everything twice.
 */
export function createJobGitHub(
  token: string,
  { baseUrl, requestMs, writePauseMs, configPath, kin, wait, onNoCheck }: Options,
): Forge {
  const octokit = new JobOctokit({ auth: token, baseUrl, request: { fetch: createLimitedFetch(requestMs) } });
  sendCleanText(octokit);
  paceWrites(octokit, createLane(writePauseMs));
  return {
    ...createGitHub(octokit, { buttons: false, configPath, kin }),
    startCheck: async (pull) => {
      const check = await createCheck(octokit, pull).catch((error: unknown) => {
        // A read-only token, a job without `checks: write`, a person's token.
        if (error instanceof AppError && ['GITHUB_FORBIDDEN', 'GITHUB_NOT_FOUND'].includes(error.code)) return null;
        throw error;
      });
      if (check === null) onNoCheck();
      // Who cannot see the others goes first: a check that is there must be known, or nobody completes it.
      else
        await awaitTurn(octokit, pull, check, wait).catch((error: unknown) => {
          if (!(error instanceof AppError)) throw error;
        });
      return check?.node_id ?? null;
    },
  };
}
