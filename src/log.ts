import { type DestinationStream, type Logger, pino } from 'pino';
import type { Environment } from './config/env.ts';
import { maskText } from './secrets/mask-text.ts';
import { escapeInvisibleInJson } from './text/invisible.ts';

export type { Logger };

/**
 * Structured logs on standard error. Fields that hold credentials are left out, and each line is masked as a whole: a message of
 * an error may quote what a stranger wrote, with escape sequences for the terminal.
 */
export function createLog(env: Pick<Environment, 'LOG_LEVEL' | 'LOG_FORMAT'>, to?: DestinationStream): Logger {
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
  const options = {
    level: env.LOG_LEVEL,
    redact,
    hooks: { streamWrite: (line: string): string => escapeInvisibleInJson(maskText(line)) },
  };
  if (to === undefined && env.LOG_FORMAT === 'pretty') return pino({ ...options, transport: pretty });
  return pino(options, to ?? pino.destination(2));
}
