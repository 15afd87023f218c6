import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OwnFolder } from '../../src/git/make-own-folder.ts';
import { CLI, listChildren, openMcp } from '../support/open-mcp.ts';
import { FLAWED, waitFor } from '../support/stack.ts';
import { startModel } from '../support/start-model.ts';
import { keepRepository, makeRepository } from '../support/temp.ts';

/** More new files than any machine analyses while a test looks. */
let large: OwnFolder;
beforeAll(async () => {
  large = await keepRepository(FLAWED.base);
  for (let at = 0; at < 1500; at++)
    writeFileSync(join(large.path, `f${at}.py`), `import requests\nrequests.get(url)\n# ${at}\n`);
});
afterAll(() => large.remove());

const isGone = (pid: number): boolean => !existsSync(`/proc/${pid}`);

/** A client that writes what it wants to standard input, with a review under way. */
async function startReview(repo: string, env: Record<string, string> = {}, args = {}) {
  const child = spawn(process.execPath, [CLI, 'mcp'], {
    cwd: repo,
    env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'fatal', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const send = (message: object): unknown => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const clientInfo = { name: 'test', version: '1' };
  send({ id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo } });
  send({ method: 'notifications/initialized' });
  const params = { name: 'review', arguments: args, _meta: { progressToken: 'p' } };
  send({ id: 2, method: 'tools/call', params });
  return { child, ended, pid: child.pid ?? 0, said: () => said };
}

describe('the end of a call and of the server', () => {
  it('a call that is cancelled ends its processes, and the next one is answered', async () => {
    const { client, pid, call } = await openMcp(large.path);
    const stop = new AbortController();
    let children: number[] = [];
    const onprogress = (): void => {
      if (children.length > 0) return;
      children = listChildren(pid);
      stop.abort();
    };
    const review = client.callTool(
      { name: 'review', arguments: {} },
      { signal: stop.signal, onprogress, timeout: 120_000 },
    );
    await expect(review).rejects.toThrow();
    expect(children.length).toBeGreaterThan(0);
    await waitFor('the end of its processes', () => children.every(isGone), 20_000);
    expect((await call('scan', { paths: ['f1.py'] })).structured).toMatchObject({ findings: [{ path: 'f1.py' }] });
  });

  it.each(['the client closes standard input', 'SIGTERM', 'the client is gone'])(
    '%s: the server ends, its processes too',
    async (how) => {
      const { child, ended, pid, said } = await startReview(large.path);
      await waitFor('progress', () => said().includes('notifications/progress'), 150_000);
      const children = listChildren(pid);
      expect(children.length).toBeGreaterThan(0);
      if (how === 'SIGTERM') child.kill('SIGTERM');
      else if (how === 'the client is gone') child.stdout.destroy();
      else child.stdin.end();
      expect(await ended).toBe(0);
      await waitFor('the end of its processes', () => children.every(isGone), 20_000);
      // Each line is a message, and the call that was not finished is not answered.
      const messages = said().trim().split('\n');
      if (how !== 'the client is gone')
        expect(messages.map((line) => (JSON.parse(line) as { id?: number }).id)).not.toContain(2);
    },
  );

  it('does not wait for Claude when the client has gone', async () => {
    const model = await startModel(
      () => ({ status: 500, text: '' }),
      () => new Promise(() => undefined),
    );
    const repo = await makeRepository({ 'a.md': '' }, FLAWED.change);
    const env = { ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: model.url };
    const { child, ended } = await startReview(repo, env, { model: true });
    await waitFor('a question to Claude', () => model.sent.length > 0, 150_000);
    child.stdin.end();
    expect(await ended).toBe(0);
  });
});
