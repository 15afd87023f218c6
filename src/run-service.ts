import { randomBytes } from 'node:crypto';
import { composeService, type Role, type ServiceOptions } from './compose.ts';
import { type AppCredentials, type Environment, isProduction } from './config/env.ts';
import type { Logger } from './log.ts';
import { openEndpoint } from './model/claude/open-endpoint.ts';

/** The App as the one thing that this process does: it says when it is ready, and ends in order on SIGTERM and SIGINT. */
export async function runService(
  env: Environment,
  credentials: AppCredentials,
  log: Logger,
  role: Role,
  options: ServiceOptions = {},
): Promise<void> {
  // Where nobody sits before it, no log shall hold a way in: METRICS_TOKEN and METRICS_PORT are ways in there.
  const session = options.session ?? (isProduction() ? null : randomBytes(24).toString('base64url'));
  const service = await composeService(env, credentials, log, role, { ...options, session });
  const endpoint = openEndpoint(env);
  log.info(
    {
      port: service.port,
      ...(service.metricsPort !== null && { metricsPort: service.metricsPort }),
      role,
      database: env.DATABASE_URL ? 'postgres' : 'embedded',
      model: 'off' in endpoint ? `off: ${endpoint.off}` : endpoint.name,
    },
    'ready',
  );
  // Not through the log, which masks whatever looks like a credential.
  if (session !== null)
    process.stderr.write(`how far the set-up is: http://${env.HOST}:${service.port}/setup?token=${session}\n`);
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
