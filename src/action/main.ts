import { randomBytes } from 'node:crypto';
import { readVariables } from '../config/env.ts';
import { AppError, describeError, ERROR_CODES } from '../errors.ts';
import { createJobLog } from './job-log.ts';
import { runAction } from './run-action.ts';

const makeToken = (): string => randomBytes(24).toString('hex');
const log = createJobLog((text) => void process.stdout.write(text), makeToken);

/** 0 done, 1 a finding at or above `fail-on`, 2 usage, configuration or GitHub, 3 not all could be reviewed. */
async function main(): Promise<number> {
  const onCancel = (close: () => Promise<void>): void => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        log.say('cancelled');
        void close()
          .catch(() => undefined)
          .finally(() => process.exit(130));
      });
  };
  try {
    return await runAction({ variables: readVariables(), log, makeToken, onCancel });
  } catch (error) {
    const advice = error instanceof AppError ? ` ${ERROR_CODES[error.code].do}` : '';
    log.say(describeError(error));
    if (!(error instanceof AppError) && error instanceof Error)
      for (const line of (error.stack ?? '').split('\n')) log.say(line);
    log.annotate([{ level: 'failure', title: 'backend-dev', message: `${describeError(error)}.${advice}` }]);
    return 2;
  }
}

process.exitCode = await main();
log.end();
