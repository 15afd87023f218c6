import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { urlOfProgram } from '../../src/built-files.ts';
import type { Fault, Sandbox } from '../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { claudeStream } from '../support/claude-stream.ts';
import { FLAWED, WATCHED, waitFor, waitForCheck, waitForQuiet } from '../support/stack.ts';
import { makeDataDir, makePostgresDatabase, makeRepository, makeTempDir } from '../support/temp.ts';

const ROOT = new URL('../../', import.meta.url).pathname;

/** The App as an operator runs it, in a process of its own, so that it can be killed. */
async function startProcess(sandbox: Sandbox, own: Record<string, string>): Promise<ChildProcess> {
  const env = {
    PATH: process.env.PATH ?? '',
    APP_ID: String(sandbox.state.appId),
    PRIVATE_KEY: sandbox.privateKey,
    WEBHOOK_SECRET: sandbox.webhookSecret,
    GHE_HOST: sandbox.host,
    GHE_PROTOCOL: 'http',
    HOST: '127.0.0.1',
    PORT: '0',
    ...WATCHED,
    ...own,
  };
  // It lives for seconds: to optimise the database's WebAssembly takes as long as all that it does.
  const child = spawn(process.execPath, ['--liftoff-only', fileURLToPath(urlOfProgram('main'))], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own: the kernel hangs up a group that has a stopped process in it, tests and all.
    detached: true,
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const port = await new Promise<number>((resolve, reject) => {
    let log = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString('utf8');
      const ready = /"port":(\d+).*"msg":"ready"/.exec(log);
      if (ready) resolve(Number(ready[1]));
    });
    child.once('exit', (code) => reject(new Error(`the App ended with ${code}: ${log}`)));
  });
  sandbox.setWebhook(`http://127.0.0.1:${port}/api/github/webhooks`);
  return child;
}

function kill(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

/** A Messages API that answers nothing at first, then no findings; counts what it is asked. */
async function startModel(): Promise<{ url: string; asked: () => number; answer: () => void }> {
  let asked = 0;
  let silent = true;
  const server: Server = createServer((request, response) => {
    request.resume().on('end', () => {
      asked += 1;
      if (silent) return;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(claudeStream('{"findings":[],"verdicts":[]}'));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    answer: () => {
      silent = false;
    },
  };
}

interface Point {
  stage: string;
  /** Where GitHub never answers; `commits` does what was asked all the same. */
  hangs?: (method: string, path: string, seen: number, query: string) => boolean;
  commits?: boolean;
  model?: boolean;
}

const POINTS: Point[] = [
  { stage: 'started', hangs: (method, path) => method === 'GET' && path.endsWith('/files') },
  { stage: 'fetched and analysed', model: true },
  {
    stage: 'saved, before posting',
    hangs: (method, path, seen) => method === 'GET' && path.endsWith('/pulls/1') && seen === 2,
  },
  {
    stage: 'posted, before it was recorded',
    hangs: (method, path) => method === 'POST' && path.endsWith('/reviews'),
    commits: true,
  },
  { stage: 'recorded, before the check', hangs: (_, __, ___, query) => query.startsWith('mutation') },
];

describe('kill -9 and a restart on the embedded database', () => {
  it.each(POINTS)('at "$stage" gives one review within 10 s of being ready again', async (point) => {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.close());
    const model = point.model ? await startModel() : null;
    const own = {
      DATA_DIR: makeDataDir(),
      ...(model && { ANTHROPIC_API_KEY: 'sk-ant-test', ANTHROPIC_BASE_URL: model.url }),
    };
    const repository = sandbox.addRepository('acme', 'shop', await makeRepository(FLAWED.base, FLAWED.change));
    const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Sort' });
    let reached = false;
    let seen = 0;
    const fault: Fault = (method, path, body) => {
      if (path.endsWith('/pulls/1')) seen += 1;
      if (!point.hangs?.(method, path, seen, typeof body.query === 'string' ? body.query : '')) return null;
      reached = true;
      return point.commits ? { status: 502, commit: true } : 'hang';
    };
    // A committed answer must not arrive: the process is killed in the same moment.
    const first = await startProcess(sandbox, own);
    sandbox.setFault((method, path, body) => {
      const outcome = fault(method, path, body);
      if (outcome && outcome !== 'hang') setImmediate(() => first.kill('SIGKILL'));
      return outcome;
    });
    expect(await sandbox.sendPullRequest(repository, pull, 'opened')).toBe(200);
    await waitFor('the stage', () => reached || (model?.asked() ?? 0) > 0);
    if (point.commits) await waitFor('the created review', () => pull.reviews.length === 1);
    await kill(first);
    sandbox.setFault(null);
    model?.answer();
    await startProcess(sandbox, own);
    await waitForCheck(repository, pull, 10_000);
    await waitForQuiet(sandbox);
    expect(pull.reviews).toHaveLength(1);
    expect(pull.comments).toHaveLength(1);
    expect(repository.checks.filter((check) => check.status !== 'completed')).toEqual([]);
  });

  it('does not pay the model again for what was judged', async () => {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.close());
    const model = await startModel();
    model.answer();
    const own = { DATA_DIR: makeDataDir(), ANTHROPIC_API_KEY: 'sk-ant-test', ANTHROPIC_BASE_URL: model.url };
    const repository = sandbox.addRepository('acme', 'shop', await makeRepository(FLAWED.base, FLAWED.change));
    const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Sort' });
    let reached = false;
    sandbox.setFault((method, path) => {
      if (method !== 'POST' || !path.endsWith('/reviews')) return null;
      reached = true;
      return 'hang';
    });
    const first = await startProcess(sandbox, own);
    await sandbox.sendPullRequest(repository, pull, 'opened');
    await waitFor('posting', () => reached);
    await kill(first);
    sandbox.setFault(null);
    await startProcess(sandbox, own);
    await waitForCheck(repository, pull, 10_000);
    expect(pull.reviews).toHaveLength(1);
    expect(model.asked()).toBe(1);
    expect(pull.reviews[0]?.body).toContain('model complete');
  });
});

it('hands the job of a killed process to another one on PostgreSQL within 30 s', async () => {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const own = { DATABASE_URL: await makePostgresDatabase(), DATA_DIR: makeTempDir() };
  const repository = sandbox.addRepository('acme', 'shop', await makeRepository(FLAWED.base, FLAWED.change));
  const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Sort' });
  let reached = false;
  sandbox.setFault((method, path) => {
    if (method !== 'GET' || !path.endsWith('/files')) return null;
    reached = true;
    return 'hang';
  });
  const first = await startProcess(sandbox, own);
  await sandbox.sendPullRequest(repository, pull, 'opened');
  await waitFor('the first process at work', () => reached);
  await startProcess(sandbox, own);
  await kill(first);
  sandbox.setFault(null);
  await waitForCheck(repository, pull, 30_000);
  await waitForQuiet(sandbox);
  expect(pull.reviews).toHaveLength(1);
});

it('on PostgreSQL a suspended process loses its pull request to another one, and says nothing when it goes on', async () => {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const own = { DATABASE_URL: await makePostgresDatabase(), DATA_DIR: makeTempDir() };
  const repository = sandbox.addRepository('acme', 'shop', await makeRepository(FLAWED.base, FLAWED.change));
  const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Sort' });
  const first = await startProcess(sandbox, own);
  let suspended = false;
  sandbox.setFault((method, path) => {
    if (!suspended && method === 'GET' && path.endsWith('/files')) suspended = first.kill('SIGSTOP');
    return null;
  });
  await sandbox.sendPullRequest(repository, pull, 'opened');
  await waitFor('the first process suspended', () => suspended);
  await startProcess(sandbox, own);
  await waitForCheck(repository, pull, 180_000);
  const asked = sandbox.requests.length;
  first.kill('SIGCONT');
  // It says nothing of its own, so that there is nothing to wait for.
  await setTimeout(10_000);
  expect(pull.reviews).toHaveLength(1);
  expect(pull.comments).toHaveLength(1);
  expect(repository.checks).toMatchObject([{ status: 'completed' }]);
  const writes = sandbox.requests.slice(asked).filter(({ method, path, body }) => {
    const query = (body as { query?: string } | undefined)?.query ?? '';
    return path.endsWith('/graphql')
      ? query.startsWith('mutation')
      : method !== 'GET' && !path.endsWith('/access_tokens');
  });
  expect(writes).toEqual([]);
}, 400_000);
