import { composeService, type Role, type ServiceOptions } from './compose.ts';
import type { AppCredentials, Environment } from './config/env.ts';
import type { Logger } from './log.ts';
import { openEndpoint } from './model/claude/open-endpoint.ts';

/** The App as the one thing that this process does: it says when it is ready, and ends in order on SIGTERM and SIGINT. */
export async function runService(
  env: Environment,
  credentials: AppCredentials,
  log: Logger,
  role: Role,
  options?: ServiceOptions,
): Promise<void> {
  const service = await composeService(env, credentials, log, role, options);
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
