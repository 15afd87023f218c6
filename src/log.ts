import { type Logger, pino } from 'pino';
import type { Environment } from './config/env.ts';

export type { Logger };

/** Structured logs on standard error; what could be a credential is cut out wherever it stands. */
export function createLog(env: Pick<Environment, 'LOG_LEVEL' | 'LOG_FORMAT'>): Logger {
  const redact = {
    paths: [
      'privateKey',
      'webhookSecret',
      'token',
      'apiKey',
      'authorization',
      '*.authorization',
      '*.token',
      'err.request',
      'err.response',
      'err.event',
      'err.cause.request',
      'err.cause.response',
      'err.cause.headers',
    ],
    remove: true,
  };
  const pretty = { target: 'pino-pretty', options: { destination: 2, ignore: 'pid,hostname' } };
  return env.LOG_FORMAT === 'pretty'
    ? pino({ level: env.LOG_LEVEL, redact, transport: pretty })
    : pino({ level: env.LOG_LEVEL, redact }, pino.destination(2));
}
