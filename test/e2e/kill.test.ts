import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { urlOfProgram } from '../../src/built-files.ts';
import type { OwnFolder } from '../../src/git/make-own-folder.ts';
import type { Fault, Sandbox } from '../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { SHORT_LIVED } from '../support/build.ts';
import { claudeStream } from '../support/claude-stream.ts';
import { FLAWED, WATCHED, waitFor, waitForCheck, waitForQuiet } from '../support/stack.ts';
import { keepDataDir, keepTempDir, makePostgresDatabase, makeRepository } from '../support/temp.ts';

const ROOT = new URL('../../', import.meta.url).pathname;

/** Apps of a file: who is still there at its end. */
const started = new Set<ChildProcess>();
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
});

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
  const child = spawn(process.execPath, [...SHORT_LIVED, fileURLToPath(urlOfProgram('main'))], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own: the kernel hangs up a group that has a stopped process in it, tests and all.
    detached: true,
  });
  started.add(child);
  child.once('exit', () => started.delete(child));
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

/** A Messages API without findings; counts what it is asked, and answers nothing while it is silent. */
async function startModel() {
  const model = { url: '', asked: 0, silent: false, close: (): void => undefined };
  const server: Server = createServer((request, response) => {
    request.resume().on('end', () => {
      model.asked += 1;
      if (model.silent) return;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(claudeStream('{"findings":[],"verdicts":[]}'));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  model.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  model.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return model;
}

/** GitHub, and the one App on its data that a test leaves to the next one: each start of it takes seconds of processor. */
async function openStage(own: () => Promise<Record<string, string>>) {
  const sandbox = await startSandbox();
  const env = await own();
  let app: ChildProcess | null = null;
  let repositories = 0;
  return {
    sandbox,
    start: async () => (app = await startProcess(sandbox, env)),
    running: async () =>
      app !== null && app.exitCode === null && app.signalCode === null ? app : (app = await startProcess(sandbox, env)),
    open: async () => {
      const dir = await makeRepository(FLAWED.base, FLAWED.change);
      const repository = sandbox.addRepository('acme', `shop${++repositories}`, dir);
      const pull = await sandbox.openPullRequest(repository, {
        base: 'main',
        head: 'feature',
        title: `Sort ${repositories}`,
      });
      return { repository, pull };
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
  let stage: Awaited<ReturnType<typeof openStage>>;
  let model: Awaited<ReturnType<typeof startModel>>;
  let data: OwnFolder;
  beforeAll(async () => {
    model = await startModel();
    data = keepDataDir();
    stage = await openStage(async () => ({
      DATA_DIR: data.path,
      ANTHROPIC_API_KEY: 'sk-ant-test',
      ANTHROPIC_BASE_URL: model.url,
    }));
  });
  afterAll(async () => {
    await Promise.all([...started].map(kill));
    await stage.sandbox.close();
    model.close();
    data.remove();
  });

  it.each(POINTS)('at "$stage" gives one review within 10 s of being ready again', async (point) => {
    const { sandbox } = stage;
    // A committed answer must not arrive: the process is killed in the same moment.
    const first = await stage.running();
    const { repository, pull } = await stage.open();
    let reached = false;
    let seen = 0;
    const fault: Fault = (method, path, body) => {
      if (path.endsWith('/pulls/1')) seen += 1;
      if (!point.hangs?.(method, path, seen, typeof body.query === 'string' ? body.query : '')) return null;
      reached = true;
      return point.commits ? { status: 502, commit: true } : 'hang';
    };
    sandbox.setFault((method, path, body) => {
      const outcome = fault(method, path, body);
      if (outcome && outcome !== 'hang') setImmediate(() => first.kill('SIGKILL'));
      return outcome;
    });
    model.silent = point.model === true;
    const asked = model.asked;
    expect(await sandbox.sendPullRequest(repository, pull, 'opened')).toBe(200);
    await waitFor('the stage', () => reached || (point.model === true && model.asked > asked));
    if (point.commits) await waitFor('the created review', () => pull.reviews.length === 1);
    await kill(first);
    sandbox.setFault(null);
    model.silent = false;
    await stage.start();
    await waitForCheck(repository, pull, 10_000);
    await waitForQuiet(sandbox);
    expect(pull.reviews).toHaveLength(1);
    expect(pull.comments).toHaveLength(1);
    expect(repository.checks.filter((check) => check.status !== 'completed')).toEqual([]);
  });

  it('does not pay the model again for what was judged', async () => {
    const { sandbox } = stage;
    const first = await stage.running();
    const { repository, pull } = await stage.open();
    let reached = false;
    sandbox.setFault((method, path) => {
      if (method !== 'POST' || !path.endsWith('/reviews')) return null;
      reached = true;
      return 'hang';
    });
    const asked = model.asked;
    await sandbox.sendPullRequest(repository, pull, 'opened');
    await waitFor('posting', () => reached);
    await kill(first);
    sandbox.setFault(null);
    await stage.start();
    await waitForCheck(repository, pull, 10_000);
    expect(pull.reviews).toHaveLength(1);
    expect(model.asked - asked).toBe(1);
    expect(pull.reviews[0]?.body).toContain('model complete');
  });
});

describe('two processes on PostgreSQL', () => {
  let stage: Awaited<ReturnType<typeof openStage>>;
  let data: OwnFolder;
  beforeAll(async () => {
    data = keepTempDir();
    stage = await openStage(async () => ({ DATABASE_URL: await makePostgresDatabase(), DATA_DIR: data.path }));
  });
  afterAll(async () => {
    await Promise.all([...started].map(kill));
    await stage.sandbox.close();
    data.remove();
  });

  it('hand the job of the one that is killed to the other one within 30 s', async () => {
    const { sandbox } = stage;
    const first = await stage.running();
    const { repository, pull } = await stage.open();
    let reached = false;
    sandbox.setFault((method, path) => {
      if (method !== 'GET' || !path.endsWith('/files')) return null;
      reached = true;
      return 'hang';
    });
    await sandbox.sendPullRequest(repository, pull, 'opened');
    await waitFor('the first process at work', () => reached);
    await stage.start();
    await kill(first);
    sandbox.setFault(null);
    await waitForCheck(repository, pull, 30_000);
    await waitForQuiet(sandbox);
    expect(pull.reviews).toHaveLength(1);
  });

  it('take a pull request from the one that is suspended, which says nothing when it goes on', async () => {
    const { sandbox } = stage;
    const first = await stage.running();
    const { repository, pull } = await stage.open();
    let suspended = false;
    sandbox.setFault((method, path) => {
      if (!suspended && method === 'GET' && path.endsWith('/files')) suspended = first.kill('SIGSTOP');
      return null;
    });
    await sandbox.sendPullRequest(repository, pull, 'opened');
    await waitFor('the first process suspended', () => suspended);
    await stage.start();
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
});
