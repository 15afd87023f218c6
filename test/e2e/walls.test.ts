import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { readSystemPath } from '../../src/config/env.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { startAppProcess } from '../soak/app-process.ts';
import { answerReview, CANDIDATE } from '../support/claude-answers.ts';
import { FLAWED, waitForCheck } from '../support/stack.ts';
import { startModel } from '../support/start-model.ts';
import { startWalls } from '../support/start-walls.ts';
import { makeDataDir, makeRepository, makeTempDir } from '../support/temp.ts';

const GITHUB = 'github.corp.example';
const CLAUDE = 'claude.corp.example';

it('reviews on a GitHub Enterprise Server and with a Claude that only a proxy finds and a private authority vouches for', async () => {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const model = await startModel(answerReview([CANDIDATE]));
  const walls = await startWalls({ [GITHUB]: sandbox.url, [CLAUDE]: model.url });
  const dir = makeTempDir();
  const authority = join(dir, 'authority.pem');
  writeFileSync(authority, walls.authority);
  const app = await startAppProcess({
    sandbox,
    dir,
    modelUrl: `https://${CLAUDE}`,
    limits: null,
    env: {
      GHE_HOST: GITHUB,
      GHE_PROTOCOL: 'https',
      HTTPS_PROXY: walls.proxy,
      NODE_EXTRA_CA_CERTS: authority,
      DATA_DIR: makeDataDir(),
    },
  });
  onTestFinished(() => app.stop());
  sandbox.setWebhook(`http://127.0.0.1:${app.port}/api/github/webhooks`);
  const repository = sandbox.addRepository('acme', 'shop', await makeRepository(FLAWED.base, FLAWED.change));
  const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'x' });
  await sandbox.sendPullRequest(repository, pull, 'opened');
  await waitForCheck(repository, pull);
  expect(pull.comments.length).toBeGreaterThan(0);
  expect(model.sent.length).toBeGreaterThan(0);
  expect(sandbox.fetches.map(({ status }) => status)).toContain(200);
  // Nothing else is asked of anyone: no telemetry, nothing that is loaded while it runs.
  expect(new Set(walls.asked)).toEqual(new Set([`${GITHUB}:443`, `${CLAUDE}:443`]));
});

const run = promisify(execFile);
const ASK = `
  const { readEnvironment } = await import('./src/config/env.ts');
  const { joinNetwork } = await import('./src/network.ts');
  joinNetwork(readEnvironment());
  for (const url of process.argv.slice(1)) {
    try { process.stdout.write((await fetch(url)).status + ' '); }
    catch (error) { process.stdout.write(error.cause?.code + ' '); }
  }`;

async function ask(env: Record<string, string>, ...urls: string[]): Promise<string> {
  const args = ['--input-type=module', '-e', ASK, ...urls];
  const { stdout } = await run(process.execPath, args, { env: { PATH: readSystemPath(), ...env } });
  return stdout.trim();
}

it('asks hosts of NO_PROXY itself, believes no authority that is not named, and reads the names in small letters', async () => {
  const model = await startModel(() => ({ status: 404, text: '' }));
  const walls = await startWalls({ [CLAUDE]: model.url });
  const authority = join(makeTempDir(), 'authority.pem');
  writeFileSync(authority, walls.authority);
  const trusted = { NODE_EXTRA_CA_CERTS: authority };
  expect(await ask({ HTTPS_PROXY: walls.proxy }, `https://${CLAUDE}/`)).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  expect(await ask({ https_proxy: walls.proxy, ...trusted }, `https://${CLAUDE}/`)).toBe('404');
  const before = walls.asked.length;
  const past = { HTTPS_PROXY: walls.proxy, HTTP_PROXY: walls.proxy, NO_PROXY: `${CLAUDE},127.0.0.1`, ...trusted };
  expect(await ask(past, `https://${CLAUDE}/`, model.url)).toBe('ENOTFOUND 404');
  expect(walls.asked).toHaveLength(before);
});

it.each([
  [{ HTTPS_PROXY: 'proxy:3128' }, 'HTTPS_PROXY: an address such as http://proxy.example:3128'],
  [{ NODE_EXTRA_CA_CERTS: '/nowhere.pem' }, 'NODE_EXTRA_CA_CERTS /nowhere.pem: there is no such file'],
  [{ NODE_EXTRA_CA_CERTS: 'package.json' }, 'package.json holds no certificate in PEM format'],
])('says what is wrong with %j', async (env, message) => {
  await expect(ask(env)).rejects.toThrow(message);
});
