import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Probot } from 'probot';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTokenGitHub } from '../../src/github/create-token-github.ts';
import { AppOctokit, createInstallations } from '../../src/github/installations.ts';
import { createLimitedFetch } from '../../src/github/limited-fetch.ts';
import { createSeal } from '../../src/github/seal.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { FLAWED } from '../support/stack.ts';
import { makeRepository } from '../support/temp.ts';

/** Octokit, Probot and GitHub's side as in production, with a limit of two seconds for a request. */
const LIMIT = 2000;
const REF = { owner: 'acme', repo: 'shop', number: 1 };

async function open() {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const repository = sandbox.addRepository('acme', 'shop', await makeRepository(FLAWED.base, FLAWED.change));
  await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Sort' });
  const baseUrl = `${sandbox.url}/api/v3`;
  const probot = new Probot({
    appId: sandbox.state.appId,
    privateKey: sandbox.privateKey,
    secret: sandbox.webhookSecret,
    baseUrl,
    logLevel: 'fatal',
    Octokit: AppOctokit,
    request: { fetch: createLimitedFetch(LIMIT) },
  });
  const installations = createInstallations({
    app: () => probot.auth(),
    baseUrl,
    seal: createSeal([sandbox.privateKey]),
    requestMs: LIMIT,
    writePauseMs: 1000,
  });
  const get = () => installations.forRepository(sandbox.state.installationId, repository.id);
  return { sandbox, repository, installations, get, baseUrl };
}

/** A GitHub that misbehaves. */
async function listen(handler: RequestListener): Promise<string> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const asked = (sandbox: Sandbox): number =>
  sandbox.requests.filter(({ path }) => path.endsWith('/access_tokens')).length;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

afterEach(() => {
  vi.useRealTimers();
});

describe('a time limit', () => {
  it('is one for each request: a client that is older than it goes on', async () => {
    const { get } = await open();
    const github = await get();
    await github.readPullRequest(REF);
    await pause(LIMIT + 100);
    await github.readPullRequest(REF);
    await pause(LIMIT + 100);
    await github.readChange(await github.readPullRequest(REF));
  });

  it('ends each try of a request by itself', async () => {
    const { sandbox, get } = await open();
    const github = await get();
    let tries = 0;
    sandbox.setFault((_, path) => (path.endsWith('/pulls/1') && ++tries <= 2 ? 'hang' : null));
    await expect(github.readPullRequest(REF)).resolves.toMatchObject({ title: 'Sort' });
    expect(tries).toBe(3);
  });

  it('ends a request for a token, and the next one is asked anew', async () => {
    const { sandbox, get } = await open();
    let tries = 0;
    sandbox.setFault((_, path) => (path.endsWith('/access_tokens') && ++tries <= 1 ? 'hang' : null));
    await expect(get()).resolves.toBeDefined();
    expect(tries).toBe(2);
  });

  it('holds on the command line', async () => {
    const url = await listen(() => undefined);
    await expect(createTokenGitHub('ghp_x', url, LIMIT).readPullRequest(REF)).rejects.toMatchObject({
      code: 'GITHUB_UNAVAILABLE',
    });
  });

  it.each([
    ['stays away', (socket: { destroy(): void }) => void socket],
    ['breaks off', (socket: { destroy(): void }) => void setTimeout(() => socket.destroy(), 20)],
  ])('holds to the last byte: an answer whose end %s is not an empty one', async (_, end) => {
    const url = await listen((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' }).write('{"title":');
      end(response);
    });
    await expect(createLimitedFetch(LIMIT)(url)).rejects.toThrow();
    await expect(createTokenGitHub('ghp_x', url, LIMIT).readPullRequest(REF)).rejects.toMatchObject({
      code: 'GITHUB_UNAVAILABLE',
    });
  });
});

describe('the pauses of a request that is tried again', () => {
  it('do not lengthen those of the next one', async () => {
    const { sandbox, get } = await open();
    const github = await get();
    const times: number[] = [];
    let fails = 2;
    sandbox.setFault((_, path) => {
      if (!path.endsWith('/pulls/1')) return null;
      times.push(performance.now());
      return fails-- > 0 ? { status: 502, commit: false } : null;
    });
    await github.readPullRequest(REF);
    fails = 1;
    times.length = 0;
    await github.readPullRequest(REF);
    // One second for the first try again; nine after two earlier ones, when Octokit counts on.
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeLessThan(3000);
  }, 60_000);
});

describe('a clock that is set back while a request is made', () => {
  it('holds it for no moment, whenever that is', async () => {
    const { get } = await open();
    const github = await get();
    const real = Date.now;
    onTestFinished(() => {
      Date.now = real;
    });
    for (const reads of [1, 2, 3, 4, 5, 6, 7, 8]) {
      // So many times it is read, then it is set back by ten minutes.
      let left = reads;
      Date.now = () => real() + (left-- > 0 ? 600_000 : 0);
      await expect(github.readPullRequest(REF), `set back after ${reads} reads`).resolves.toBeDefined();
    }
  }, 60_000);
});

describe('a query that ran too long', () => {
  it('is asked again', async () => {
    let tries = 0;
    const url = await listen((_, response) => {
      tries += 1;
      const late = {
        data: null,
        errors: [{ message: 'Something went wrong while executing your query on 2026-11-26.' }],
      };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(tries === 1 ? late : { data: { viewer: { login: 'wes' } } }));
    });
    const octokit = new AppOctokit({ baseUrl: url, auth: 'x' });
    await expect(octokit.graphql('{ viewer { login } }')).resolves.toEqual({ viewer: { login: 'wes' } });
    expect(tries).toBe(2);
  }, 60_000);
});

describe('a token', () => {
  it('is renewed by a client that is at work when it runs out', async () => {
    const { sandbox, get } = await open();
    sandbox.state.tokenMs = 2000;
    const github = await get();
    await github.readPullRequest(REF);
    await pause(2100);
    await github.readPullRequest(REF);
    expect(asked(sandbox)).toBe(2);
  });

  it('that is refused in the middle is asked for anew once, by all requests together', async () => {
    const { sandbox, get } = await open();
    const github = await get();
    const pull = await github.readPullRequest(REF);
    sandbox.state.tokens.clear();
    await Promise.all([github.readPullRequest(REF), github.readChange(pull), github.readContext(pull)]);
    expect(asked(sandbox)).toBe(2);
  });

  it('that is refused again is not asked for without end', async () => {
    const { sandbox, get } = await open();
    const github = await get();
    sandbox.setFault((_, path) => (path.endsWith('/pulls/1') ? { status: 401, commit: false } : null));
    await expect(github.readPullRequest(REF)).rejects.toMatchObject({ code: 'GITHUB_FORBIDDEN' });
    expect(asked(sandbox)).toBe(2);
  });

  it.each([-86_400_000, -600_000, 600_000, 86_400_000])(
    'keeps its life when the clock is set by %i ms',
    async (jump) => {
      const { sandbox, get } = await open();
      await (await get()).readPullRequest(REF);
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + jump });
      // The sandbox tells the time by the same clock, so the token is good there for as long as it was.
      for (const token of sandbox.state.tokens.values()) token.expires += jump;
      await (await get()).readPullRequest(REF);
      expect(asked(sandbox)).toBe(1);
    },
  );
});

it('asks for tokens although the clock is set back meanwhile', async () => {
  const { installations, get, sandbox, repository } = await open();
  await get();
  const now = Date.now.bind(Date);
  vi.spyOn(Date, 'now').mockImplementation(() => now() - 600_000);
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
  installations.forget(sandbox.state.installationId, repository.id);
  await get();
  expect(asked(sandbox)).toBe(2);
});
