import { parseArgs } from 'node:util';
import { composeSetup, type Role } from './compose.ts';
import { checkCredentials, loadEnvFile, readCredentials, readEnvironment } from './config/env.ts';
import { AppError, describeError } from './errors.ts';
import { createLog } from './log.ts';
import { joinNetwork } from './network.ts';
import { runService } from './run-service.ts';

/** Starts the App, or, on a machine without credentials, the page that leads to registering it. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { role: { type: 'string', default: 'all' } } });
  const role = values.role as Role;
  if (!['all', 'web', 'worker'].includes(role)) throw new AppError('CONFIG_INVALID', '--role is all, web or worker');
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
