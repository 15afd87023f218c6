import { readCredentials, readEnvironment } from '../../src/config/env.ts';
import type { Limits } from '../../src/limits.ts';
import { createLog } from '../../src/log.ts';
import { runService } from '../../src/run-service.ts';

/** The App as src/main.ts starts it, with the limits of its first argument in place of its own. */
const env = readEnvironment();
const credentials = readCredentials(env);
if (!credentials) throw new Error('no credentials');
const limits = JSON.parse(process.argv[2] ?? '{}') as Partial<Limits>;
await runService(env, credentials, createLog(env), 'all', { limits });
