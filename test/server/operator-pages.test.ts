import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { answer } from '../../src/server/answer.ts';
import { type Confidence, createSparingProbe, serveOperator } from '../../src/server/operator-pages.ts';

const TOKEN = 'a-token-of-the-operator';

async function open(confidence: Confidence, obstacle: string | null = null) {
  const pages = {
    notReady: async () => obstacle,
    metrics: async () => ({ type: 'text/plain', text: 'queue_jobs 0' }),
  };
  const server = createServer((request, response) => {
    void serveOperator(pages, confidence, request, response).then((done) => done || answer(response, 404, 'not found'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return async (path: string, authorization?: string): Promise<string> => {
    const response = await fetch(url + path, { headers: authorization ? { authorization } : {} });
    return `${response.status} ${(await response.text()).trim()}`;
  };
}

const BROKEN = 'the database at db.internal does not answer';

describe('the port that everyone reaches', () => {
  it('says yes or no, never why, and has no metrics', async () => {
    const get = await open({ open: false, token: null }, BROKEN);
    expect(await get('/healthz')).toBe('200 ok');
    expect(await get('/readyz')).toBe('503 not ready');
    expect(await get('/metrics')).toBe('404 not found');
    expect(await get('/metrics', `Bearer ${TOKEN}`)).toBe('404 not found');
  });

  it('tells who knows the token', async () => {
    const get = await open({ open: false, token: TOKEN }, BROKEN);
    expect(await get('/metrics')).toBe('401 METRICS_TOKEN is needed');
    for (const wrong of [
      'Bearer',
      'Bearer ',
      'Bearer undefined',
      `Bearer ${TOKEN.slice(1)}`,
      `Basic ${TOKEN}`,
      `Bearer ${TOKEN}x`,
    ])
      expect(await get('/metrics', wrong)).toBe('401 METRICS_TOKEN is needed');
    expect(await get('/readyz')).toBe('503 not ready');
    expect(await get('/metrics', `Bearer ${TOKEN}`)).toBe('200 queue_jobs 0');
    expect(await get('/readyz', `bearer  ${TOKEN} `)).toBe(`503 ${BROKEN}`);
  });
});

describe('a port of its own', () => {
  it('tells everything', async () => {
    const get = await open({ open: true, token: null }, BROKEN);
    expect(await get('/metrics')).toBe('200 queue_jobs 0');
    expect(await get('/readyz')).toBe(`503 ${BROKEN}`);
  });
  it('asks for the token where one is set', async () => {
    const get = await open({ open: true, token: TOKEN });
    expect(await get('/metrics')).toBe('401 METRICS_TOKEN is needed');
  });
});

it('asks the database once, however many ask', async () => {
  let asked = 0;
  const probe = createSparingProbe(async () => {
    asked += 1;
    return null;
  }, 60_000);
  await Promise.all(Array.from({ length: 100 }, () => probe()));
  expect(asked).toBe(1);
});
