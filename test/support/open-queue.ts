import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { Database } from '../../src/queue/database.ts';
import { createEnqueuer } from '../../src/queue/enqueue.ts';
import { openBoss } from '../../src/queue/open-boss.ts';
import { openPglite } from '../../src/queue/open-pglite.ts';
import { openPostgres } from '../../src/queue/open-postgres.ts';
import { createRunStore } from '../../src/queue/run-store.ts';
import type { Delivery } from '../../src/queue/trigger.ts';
import { makeDataDir, makePostgresDatabase } from './temp.ts';

/** A migrated database of its own with the queue on it; closed when the test ends. */
export async function openQueue(kind: 'pglite' | 'postgres', url?: string) {
  const database =
    kind === 'pglite' ? await openPglite(makeDataDir()) : openPostgres(url ?? (await makePostgresDatabase()));
  const boss = await openBoss(database, pino({ level: 'silent' }));
  onTestFinished(async () => {
    await boss.stop({ graceful: false });
    await database.close();
  });
  return { database, boss, store: createRunStore(database), enqueue: createEnqueuer(database, boss, () => undefined) };
}

/** A command in a comment on a pull request of acme/shop. */
export const makeDelivery = (guid: string, number = 1, login = 'a'): Delivery => ({
  guid,
  event: 'issue_comment',
  pullRequest: { installationId: 1, repositoryId: 2, number, owner: 'acme', repo: 'shop' },
  trigger: { kind: 'command', body: '/backend-dev', login, commentId: 1, commentKind: 'conversation', root: null },
});

export async function countRows(database: Database, table: string): Promise<number> {
  return Number((await database.query(`select count(*)::integer as n from ${table}`))[0]?.n);
}
