import { AppError, describeError, ERROR_CODES } from '../errors.ts';
import { type ActionDeps, runAction } from './run-action.ts';

/**
 * The Action as the job sees it: what went wrong is said in its log, and at the change.
 *
 * @returns the exit code: 0 done, 1 a finding at or above `fail-on`, 2 usage, configuration or GitHub, 3 not all could be reviewed
 */
export async function runJob(deps: ActionDeps): Promise<number> {
  const { log } = deps;
  try {
    return await runAction(deps);
  } catch (error) {
    const advice = error instanceof AppError ? ` ${ERROR_CODES[error.code].do}` : '';
    log.say(describeError(error));
    if (!(error instanceof AppError) && error instanceof Error)
      for (const line of (error.stack ?? '').split('\n')) log.say(line);
    log.annotate([{ level: 'failure', title: 'backend-dev', message: `${describeError(error)}.${advice}` }]);
    return 2;
  } finally {
    log.end();
  }
}
