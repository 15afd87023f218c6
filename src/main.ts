import { parseArgs } from 'node:util';
import { composeService, composeSetup, type Role } from './compose.ts';
import { loadEnvFile, readCredentials, readEnvironment } from './config/env.ts';
import { AppError, describeError } from './errors.ts';
import { createLog } from './log.ts';

/** Starts the App, or, on a machine without credentials, the page that leads to registering it. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { role: { type: 'string', default: 'all' } } });
  const role = values.role as Role;
  if (!['all', 'web', 'worker'].includes(role)) throw new AppError('CONFIG_INVALID', '--role is all, web or worker');
  loadEnvFile();
  const env = readEnvironment();
  const log = createLog(env);
  const credentials = readCredentials(env);
  if (!credentials) {
    await composeSetup(env, log);
    return;
  }
  const service = await composeService(env, credentials, log, role);
  log.info(
    {
      port: service.port,
      ...(service.metricsPort !== null && { metricsPort: service.metricsPort }),
      role,
      database: env.DATABASE_URL ? 'postgres' : 'embedded',
      model: env.ANTHROPIC_API_KEY ? 'on' : 'off',
    },
    'ready',
  );
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    service.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stop failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${describeError(error)}\n`);
  process.exit(error instanceof AppError ? 2 : 1);
});
