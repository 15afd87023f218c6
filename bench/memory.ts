import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSystemPath } from '../src/config/env.ts';
import { startSandbox } from '../src/sandbox/start-sandbox.ts';
import type { Figure } from './figure.ts';
import { makeLargeRepository } from './review.ts';

/** Peak resident memory of the App's own process (VmHWM), idle and with ten reviews of the large pull request at once. */
export async function benchMemory(dir: string): Promise<Figure[]> {
  const sandbox = await startSandbox();
  const where = join(dir, 'memory');
  await makeLargeRepository(where);
  const env = {
    PATH: readSystemPath(),
    APP_ID: String(sandbox.state.appId),
    PRIVATE_KEY: sandbox.privateKey,
    WEBHOOK_SECRET: sandbox.webhookSecret,
    GHE_HOST: sandbox.host,
    GHE_PROTOCOL: 'http',
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_DIR: join(dir, 'memory-data'),
  };
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const port = await readPort(child);
  sandbox.setWebhook(`http://127.0.0.1:${port}/api/github/webhooks`);
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const idle = readMegabytes(child, 'VmRSS');
  // From here on VmHWM counts anew (proc(5), clear_refs): the peak of the reviews, not of the first start.
  writeFileSync(`/proc/${child.pid}/clear_refs`, '5');
  const repositories = Array.from({ length: 10 }, (_, index) => sandbox.addRepository('acme', `m${index}`, where));
  await Promise.all(
    repositories.map(async (repository) => {
      const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Large' });
      await sandbox.sendPullRequest(repository, pull, 'opened');
    }),
  );
  while (repositories.some((repository) => !repository.checks.some((check) => check.status === 'completed')))
    await new Promise((resolve) => setTimeout(resolve, 50));
  const peak = readMegabytes(child, 'VmHWM');
  child.kill('SIGKILL');
  await sandbox.close();
  return [
    { what: 'memory of the App, idle', value: `${idle} MB`, beside: '-', aim: 'under 600 MB' },
    {
      what: 'memory of the App, peak with 10 reviews',
      value: `${peak} MB`,
      beside: `x${(peak / idle).toFixed(1)} of idle`,
      aim: 'under 1,200 MB',
    },
  ];
}

function readPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let log = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString('utf8');
      const ready = /"port":(\d+).*"msg":"ready"/.exec(log);
      if (ready) resolve(Number(ready[1]));
    });
    child.once('exit', () => reject(new Error(log)));
  });
}

function readMegabytes(child: ChildProcess, field: string): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Math.round(Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
}
