import { randomBytes } from 'node:crypto';
import { readVariables } from '../config/env.ts';
import { createJobLog } from './job-log.ts';
import { runJob } from './run-job.ts';

const makeToken = (): string => randomBytes(24).toString('hex');
const log = createJobLog((text) => void process.stdout.write(text), makeToken);
const onCancel = (close: () => Promise<void>): void => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      log.say('cancelled');
      void close()
        .catch(() => undefined)
        .finally(() => process.exit(130));
    });
};

process.exitCode = await runJob({ variables: readVariables(), log, makeToken, onCancel });
