import type { PullRequest } from '../change/pull-request.ts';
import { type ConfigOutcome, parseRepositoryConfig } from '../config/repository-config.ts';
import { type Ledger, rebuildLedger } from '../ledger/ledger.ts';
import type { Forge, ReviewContext } from './forge.ts';

/** The state of a pull request before its review: what was said there, and the config by which it is reviewed. */
export interface Situation extends Omit<ReviewContext, 'config'> {
  config: ConfigOutcome;
  /** Where the config lies, for people. */
  source: string;
  ledger: Ledger;
}

/** The one way to read it: for a review, a command and the command line. */
export async function readSituation(github: Pick<Forge, 'readContext'>, pull: PullRequest): Promise<Situation> {
  const { config, ...context } = await github.readContext(pull);
  return {
    ...context,
    config: parseRepositoryConfig(config.text, config.source),
    source: config.source,
    ledger: rebuildLedger(context.conversation),
  };
}
