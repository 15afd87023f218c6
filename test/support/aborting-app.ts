import { appendFileSync } from 'node:fs';
import type { Analysis } from '../../src/analysis/analysis.ts';
import { createAnalysisPool } from '../../src/analysis/process/pool.ts';
import { readCredentials, readEnvironment } from '../../src/config/env.ts';
import { createLog } from '../../src/log.ts';
import { runService } from '../../src/run-service.ts';

/** The App, whose own process really aborts over a file of a certain path, each time; what it died of stands in a file. */
const [deadly = '', deaths = ''] = process.argv.slice(2);
const env = readEnvironment();
const credentials = readCredentials(env);
if (!credentials) throw new Error('no credentials');
const pool = createAnalysisPool();
const dieOf = (files: readonly { path: string }[]): void => {
  if (!files.some(({ path }) => path === deadly)) return;
  appendFileSync(deaths, `${deadly}\n`);
  process.abort();
};
const over = (analysis: Analysis): Analysis => ({
  analyse: async (files, onDone) => {
    dieOf(files);
    return await analysis.analyse(files, onDone);
  },
  compare: async (pairs) => {
    dieOf(pairs);
    return await analysis.compare(pairs);
  },
  outline: async (files) => {
    dieOf(files);
    return await analysis.outline(files);
  },
  within: (ms) => over(analysis.within?.(ms) ?? analysis),
});
const open: typeof pool.open = (agent, client) => over(pool.open(agent, client));
await runService(env, credentials, createLog(env), 'all', { pool: { ...pool, open }, limits: { writePause: 50 } });
