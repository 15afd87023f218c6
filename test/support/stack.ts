import { onTestFinished } from 'vitest';
import { createAnalysisPool } from '../../src/analysis/process/pool.ts';
import type { Service, ServiceOptions } from '../../src/compose.ts';
import { type Environment, readEnvironment } from '../../src/config/env.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { startApp } from '../../src/sandbox/start-app.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import type { SandboxPullRequest, SandboxRepository } from '../../src/sandbox/state.ts';
import { keepDataDir, keepTempDir, makeDataDir, makePostgresDatabase, makeTempDir } from './temp.ts';
import { waitFor } from './wait-for.ts';

export { waitFor };

export interface Stack {
  sandbox: Sandbox;
  service: Service;
  url: string;
}

/**
 * A second between two writes is GitHub's wish; where many pull requests are reviewed it is most of the time. What a test leaves
 * under way is of no use to it.
 */
export const QUICK = { writePause: 50, drain: 2000 };

/** Processes that analyse, for all Apps that this worker starts: each anew would read rules and grammars for its one review. */
const pool = createAnalysisPool();
export const SHARED: ServiceOptions = { pool, limits: QUICK };

/** The real App in this process, on either database, against a sandbox of its own. */
export async function startStack(
  database: 'pglite' | 'postgres',
  own: Partial<Record<keyof Environment, string>> = {},
  options: ServiceOptions = {},
): Promise<Stack> {
  const sandbox = await startSandbox();
  const where =
    database === 'postgres'
      ? { DATABASE_URL: await makePostgresDatabase(), DATA_DIR: makeTempDir() }
      : { DATA_DIR: makeDataDir() };
  const service = await startApp(sandbox, readEnvironment({ LOG_LEVEL: 'fatal', ...WATCHED, ...where, ...own }), {
    ...SHARED,
    ...options,
    limits: { ...QUICK, ...options.limits },
  });
  const url = `http://127.0.0.1:${service.port}`;
  onTestFinished(async () => {
    await service.stop();
    await sandbox.close();
  });
  return { sandbox, service, url };
}

/** The same for a whole file of tests, which closes it itself. */
export async function keepStack(
  database: 'pglite' | 'postgres',
  own: Partial<Record<keyof Environment, string>> = {},
  options: ServiceOptions = {},
): Promise<Stack & { databaseUrl: string; close: () => Promise<void> }> {
  const sandbox = await startSandbox();
  const dir = database === 'postgres' ? keepTempDir() : keepDataDir();
  const databaseUrl = database === 'postgres' ? await makePostgresDatabase() : '';
  const where = { DATA_DIR: dir.path, ...(databaseUrl !== '' && { DATABASE_URL: databaseUrl }) };
  const env = { LOG_LEVEL: 'fatal', ...WATCHED, ...where, ...own };
  const service = await startApp(sandbox, readEnvironment(env), { ...SHARED, ...options });
  return {
    sandbox,
    service,
    url: `http://127.0.0.1:${service.port}`,
    databaseUrl,
    close: async () => {
      await service.stop();
      await sandbox.close();
      dir.remove();
    },
  };
}

/** A whole review, with the start of its processes: on a machine that does other things as well it takes a minute. */
export async function waitForCheck(
  repository: SandboxRepository,
  pull: SandboxPullRequest,
  ms = 120_000,
): Promise<void> {
  await waitFor(
    'a completed check',
    () => repository.checks.some((check) => check.headSha === pull.headSha && check.status === 'completed'),
    ms,
  );
}

/** Opens `/metrics` of an App that runs with it. */
export const WATCHED = { METRICS_TOKEN: 'a-token-for-the-tests' };

/** Waits until the App has nothing left to do, a second review of what is reviewed included. It must run with WATCHED. */
export async function waitForQuiet(sandbox: Sandbox): Promise<void> {
  const url = new URL('/metrics', sandbox.webhook() ?? '');
  const headers = { authorization: `Bearer ${WATCHED.METRICS_TOKEN}` };
  await waitFor(
    'an empty queue',
    async () => /^backend_dev_queue_jobs 0$/m.test(await (await fetch(url, { headers })).text()),
    120_000,
    // Each question is a request and a query on the App's only session.
    100,
  );
}

/** A pull request with one flaw on line 3 of src/orders.ts, for tests that are not about analysers. */
export const FLAWED = {
  base: {
    'src/orders.ts':
      "import { pool } from './db.js';\nexport async function list(req) {\n  return pool.query('select 1');\n}\n",
  },
  change: {
    'src/orders.ts':
      "import { pool } from './db.js';\nexport async function list(req) {\n  return pool.query(`select * from orders order by ${req.query.sort}`);\n}\n",
  },
};
