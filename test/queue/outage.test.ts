import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openPostgres } from '../../src/queue/open-postgres.ts';
import { FLAWED, startStack, waitFor, waitForCheck } from '../support/stack.ts';
import { openPostgresServer, type PostgresServer } from '../support/start-databases.ts';
import { makeRepository } from '../support/temp.ts';

/** A server of its own, which the others of this run do not miss. An `error` without a listener would end the whole run. */
let server: PostgresServer;
beforeAll(async () => {
  server = await openPostgresServer();
}, 120_000);
afterAll(() => server.close());

describe('PostgreSQL that stops during a transaction', () => {
  it('fails the transaction, and the next one goes on when it is back', async () => {
    const database = openPostgres(server.url);
    onTestFinished(() => database.close());
    const open = database.transaction(async (tx) => {
      await tx.query('create table half (id integer)');
      await server.stop();
      // The connection says so by itself, while nothing is asked of it.
      await new Promise((resolve) => setTimeout(resolve, 500));
      await tx.query('insert into half values (1)');
    });
    await expect(open).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE', retry: 'backoff' });
    await expect(database.transaction((tx) => tx.query('select 1'))).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
    });
    await server.start();
    expect(await database.query("select to_regclass('half')::text as name")).toEqual([{ name: null }]);
    // All of the pool's places are free again.
    const all = Array.from({ length: 20 }, () => database.transaction((tx) => tx.query('select 1 as one')));
    expect(await Promise.all(all)).toHaveLength(20);
  });

  it('leaves the App alive: deliveries are answered with 503, and the review is done when it is back', async () => {
    const { sandbox, url } = await startStack('postgres', { DATABASE_URL: server.url });
    const repository = sandbox.addRepository('acme', 'shop', await makeRepository(FLAWED.base, FLAWED.change));
    const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Sort' });
    const stops: Promise<void>[] = [];
    sandbox.setFault((method, path) => {
      if (method === 'GET' && path.endsWith('/files') && stops.length === 0) stops.push(server.stop());
      return null;
    });
    expect(await sandbox.sendPullRequest(repository, pull, 'opened')).toBe(200);
    await waitFor('the review under way', () => stops.length > 0);
    await stops[0];
    expect(await sandbox.sendPullRequest(repository, pull, 'synchronize')).toBe(503);
    await waitFor('not ready', async () => (await fetch(`${url}/readyz`)).status === 503);
    await server.start();
    await waitFor('ready', async () => (await fetch(`${url}/readyz`)).status === 200);
    await waitForCheck(repository, pull, 120_000);
    expect(pull.reviews).toHaveLength(1);
  }, 240_000);
});
