import { expect, it } from 'vitest';
import { readEnvironment } from '../../src/config/env.ts';
import { AppError } from '../../src/errors.ts';
import type { AppReader } from '../../src/github/read-app.ts';
import { ok } from '../../src/status/check.ts';
import { lookAround, type Sources } from '../../src/status/look-around.ts';

const URL = 'https://github.test/apps/mine';
const READER: AppReader = {
  readApp: async () => ({ id: 7, slug: 'mine', owner: 'acme', url: URL, settings: `${URL}/settings`, missing: [] }),
  readHook: async () => ({
    url: 'https://review.acme.dev/hook',
    deliveries: [{ id: 1, at: '2026-11-26T12:00:00Z', event: 'ping', code: 200, status: 'OK' }],
  }),
  readInstallations: async () => [],
  redeliver: async () => undefined,
};

async function look(own: Partial<Sources>) {
  const sources: Sources = {
    env: readEnvironment({}),
    app: () => READER,
    database: async () => 'a database',
    progress: async () => ({ webhook: null, review: null }),
    model: async () => ok('a model'),
    port: null,
    limitMs: 60_000,
    ...own,
  };
  const checks = await Promise.all(lookAround(sources).map(({ check }) => check));
  return (name: string) => checks.find((check) => check.name === name);
}

it('takes a database that the App has open for what it is, and asks GitHub instead', async () => {
  const locked = async () => {
    throw new AppError('DATA_DIR_LOCKED', './data is in use by process 7; stop it, or set DATABASE_URL');
  };
  const find = await look({ database: locked, progress: locked });
  expect(find('database')).toMatchObject({
    status: 'ok',
    text: './data is in use by process 7, as it is while the App runs',
  });
  expect(find('webhook')).toMatchObject({ status: 'ok', text: expect.stringContaining('got 200') });
  expect(find('pull request')).toMatchObject({ status: 'off' });
});

it('is off without an App, and fails with wrong credentials, by the advice of the code', async () => {
  const none = await look({ app: () => null });
  expect(none('github app')).toMatchObject({ status: 'off', todo: '`npm start` opens a page that registers the App.' });
  for (const name of ['webhook', 'permissions', 'installed on', 'pull request']) expect(none(name)?.status).toBe('off');
  const wrong = await look({
    app: () => {
      throw new AppError('CONFIG_INVALID', 'APP_ID must be the App’s numeric id');
    },
  });
  expect(wrong('github app')).toMatchObject({ status: 'fail', todo: expect.stringContaining('docs/configuration.md') });
});

it('waits for nobody, and shows neither a credential nor what a terminal obeys', async () => {
  const find = await look({
    limitMs: 20,
    model: () => new Promise(() => undefined),
    database: async () => {
      throw new Error('postgres://app:pw-of-the-database@db/app \u001b[2J');
    },
  });
  expect(find('model')).toMatchObject({ status: 'fail', text: 'no answer within 0.02 s' });
  expect(find('database')?.text).not.toContain('pw-of-the-database');
  expect(find('database')?.text).toContain('\\u{1B}[2J');
});
