import { expect, it } from 'vitest';
import { readEnvironment } from '../../src/config/env.ts';

it.each([
  [{ PORT: 'http' }, 'PORT: must be a number'],
  [{ PORT: '70000' }, 'PORT: must be 65535 or less'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL: must be one of trace, debug, info, warn, error, fatal'],
  [{ BACKEND_DEV_ENDPOINT: 'azure' }, 'BACKEND_DEV_ENDPOINT: must be one of anthropic, bedrock, vertex, foundry'],
  [{ DATABASE_URL: 'mysql://db/app' }, 'DATABASE_URL: must begin with postgres:// or postgresql://'],
])('%o: says in plain words what is wrong', (env, says) => {
  expect(() => readEnvironment(env)).toThrow(says);
});

it('takes an address of PostgreSQL, and the path of a socket', () => {
  for (const url of ['postgres://db/app', 'postgresql://db/app', '/var/run/postgresql app'])
    expect(readEnvironment({ DATABASE_URL: url }).DATABASE_URL).toBe(url);
});
