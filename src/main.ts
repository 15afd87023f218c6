import { parseArgs } from 'node:util';
import { composeSetup, type Role } from './compose.ts';
import { checkCredentials, loadEnvFile, readCredentials, readEnvironment } from './config/env.ts';
import { AppError, describeError } from './errors.ts';
import { createLog } from './log.ts';
import { joinNetwork } from './network.ts';
import { runService } from './run-service.ts';

function readRole(): Role {
  const only = 'the only option is --role all, --role web or --role worker';
  try {
    const { values } = parseArgs({ options: { role: { type: 'string', default: 'all' } } });
    if (['all', 'web', 'worker'].includes(values.role)) return values.role as Role;
  } catch (error) {
    throw new AppError('ARGUMENT_INVALID', `${(error as Error).message.split('.')[0]}: ${only}`, { cause: error });
  }
  throw new AppError('ARGUMENT_INVALID', `the role is unknown: ${only}`);
}

/** Starts the App, or, on a machine without credentials, the page that leads to registering it. */
async function main(): Promise<void> {
  const role = readRole();
  loadEnvFile();
  const env = readEnvironment();
  joinNetwork(env);
  const log = createLog(env);
  const credentials = readCredentials(env);
  if (!credentials) {
    await composeSetup(env, log, async (written, server, session) => {
      loadEnvFile();
      const next = readEnvironment();
      await runService(next, checkCredentials(next, written), log, role, { server, session });
    });
    return;
  }
  await runService(env, credentials, log, role);
}

main().catch((error: unknown) => {
  process.stderr.write(`${describeError(error)}\n`);
  process.exit(error instanceof AppError ? 2 : 1);
});
