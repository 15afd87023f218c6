import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Claude } from '../../../src/model/claude/claude.ts';
import { createClaude } from '../../../src/model/claude/create-claude.ts';
import type { ModelUsage } from '../../../src/scope/coverage.ts';
import { claudeStream } from '../../support/claude-stream.ts';
import { endpointAt } from '../../support/endpoint-at.ts';

const URL = 'https://claude.test';
const schema = z.object({ findings: z.array(z.string()) });
const charged: ModelUsage[] = [];
const USAGE = { input_tokens: 1, output_tokens: 1, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 };
const request = {
  model: 'claude-sonnet-5-5',
  system: 'You review.',
  prompt: [{ text: 'files' }],
  schema,
  account: {
    admit: async () => ({
      settle: async (answer: { usage: ModelUsage } | null) => {
        if (answer) charged.push(answer.usage);
      },
    }),
  },
};
const waits: number[] = [];
const open = (): Claude =>
  createClaude({
    endpoint: endpointAt(URL, 'sk-ant-canary'),
    sleep: async (ms) => {
      waits.push(ms);
    },
  });
let claude = open();

const answer = (text: string, stop?: string) =>
  nock(URL).post('/v1/messages').reply(200, claudeStream(text, stop), { 'content-type': 'text/event-stream' });
const failure = (status: number, headers: Record<string, string> = {}) =>
  nock(URL)
    .post('/v1/messages')
    .reply(status, { type: 'error', error: { type: 'api_error', message: 'no' } }, headers);

beforeEach(() => {
  nock.disableNetConnect();
  claude = open();
  waits.length = 0;
  charged.length = 0;
});
afterEach(() => {
  // A recording that was not used is a request that was not made.
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  nock.enableNetConnect();
});

describe('asking Claude', () => {
  it('sends whole characters only: Anthropic refuses a request with half of one', async () => {
    let sent = '';
    nock(URL)
      .post('/v1/messages', (body: Record<string, unknown>) => {
        sent = JSON.stringify(body);
        return true;
      })
      .reply(200, claudeStream('{"findings":[]}'), { 'content-type': 'text/event-stream' });
    await claude.converse({ ...request, system: 'You \ud83d review.', prompt: [{ text: 'cut 😀 \ud83d\0' }] });
    expect(sent).toContain('cut 😀 \ufffd');
    expect(sent).not.toMatch(/\\ud83d|\\u0000/);
  });

  it('sends the system prompt for the cache and the schema for the answer', async () => {
    let sent: Record<string, unknown> = {};
    nock(URL)
      .post('/v1/messages', (body: Record<string, unknown>) => {
        sent = body;
        return true;
      })
      .reply(200, claudeStream('{"findings":["a"]}'), { 'content-type': 'text/event-stream' });
    const result = await claude.converse(request);
    expect(result).toEqual({ kind: 'answer', value: { findings: ['a'] }, rounds: 1 });
    expect(charged).toEqual([
      { inputTokens: 100, cacheReadTokens: 900, outputTokens: 10, costUsd: expect.closeTo(0.00039, 8) },
    ]);
    expect(sent).toMatchObject({
      model: 'claude-sonnet-5-5',
      stream: true,
      system: [{ type: 'text', text: 'You review.', cache_control: { type: 'ephemeral' } }],
      output_config: {
        format: {
          type: 'json_schema',
          schema: { type: 'object', required: ['findings'], additionalProperties: false },
        },
      },
    });
    expect(JSON.stringify(sent)).not.toContain('sk-ant-canary');
  });

  it.each([
    ['claude-sonnet-5-5', 'high'],
    ['claude-haiku-4-5', undefined],
    ['anthropic.claude-sonnet-4-5-20250929-v1:0', undefined],
  ])('tells %s how hard to think where it can be told: others refuse the request', async (model, effort) => {
    let sent: { output_config?: { effort?: string; format?: unknown } } = {};
    nock(URL)
      .post('/v1/messages', (body) => {
        sent = body;
        return true;
      })
      .reply(200, claudeStream('{"findings":[]}'), { 'content-type': 'text/event-stream' });
    await claude.converse({ ...request, model, effort: 'high' });
    expect(sent.output_config?.effort).toBe(effort);
    expect(sent.output_config?.format).toBeDefined();
  });

  it('repairs an invalid answer once', async () => {
    answer('not json');
    answer('{"findings":[]}');
    expect(await claude.converse(request)).toMatchObject({ kind: 'answer', value: { findings: [] } });
  });

  it('gives up after one repair', async () => {
    answer('{"findings":1}');
    answer('{"findings":2}');
    await expect(claude.converse(request)).rejects.toMatchObject({ code: 'MODEL_INVALID' });
  });

  it.each(['max_tokens', 'model_context_window_exceeded'])('says that an answer was cut at %s', async (stop) => {
    answer('{"findings":["a', stop);
    expect(await claude.converse(request)).toMatchObject({ kind: 'truncated' });
  });

  it('takes a refusal for what it is', async () => {
    answer('', 'refusal');
    await expect(claude.converse(request)).rejects.toMatchObject({ code: 'MODEL_REFUSED' });
  });

  it.each([529, 500, 503])('waits longer each time after %i and then says so', async (status) => {
    for (let attempt = 0; attempt < 5; attempt++) failure(status);
    await expect(claude.converse(request)).rejects.toMatchObject({
      code: 'MODEL_OVERLOADED',
      message: `Claude answered ${status} 5 times`,
    });
    expect(waits).toHaveLength(4);
    expect(waits[3]).toBeGreaterThan((waits[0] ?? 0) * 3);
  });

  it('goes on after a passing overload', async () => {
    failure(529);
    answer('{"findings":[]}');
    expect(await claude.converse(request)).toMatchObject({ kind: 'answer' });
  });

  it('waits as long as a 429 asks', async () => {
    failure(429, { 'retry-after': '7' });
    answer('{"findings":[]}');
    await claude.converse(request);
    expect(waits).toEqual([7000]);
  });

  it('takes a date for a time to come back, and a time that has passed for none', async () => {
    failure(429, { 'retry-after': new Date(Date.now() + 60_000).toUTCString() });
    failure(429, { 'retry-after': '0' });
    answer('{"findings":[]}');
    await claude.converse(request);
    expect(waits[0]).toBeGreaterThan(50_000);
    expect(waits[1]).toBeLessThan(3000);
  });

  it.each([
    ['a 429 without retry-after', 429, {}, undefined],
    [
      'a 429 with its code',
      429,
      { 'retry-after': '5' },
      { message: 'no', details: { error_code: 'enforced_spend_limit_reached' } },
    ],
    ['a 402', 402, {}, undefined],
    ['a limit of the team’s own', 400, {}, { message: 'You have reached your specified workspace API usage limits.' }],
    ['no credit', 400, {}, { message: 'Your credit balance is too low to access the Anthropic API.' }],
  ])('does not repeat a spend limit, nor asks again for a minute: %s', async (_, status, headers, error) => {
    let ms = 0;
    const clocked = createClaude({ endpoint: endpointAt(URL), now: () => ms });
    const reply = { type: 'error', error: { type: 'api_error', message: 'no', ...error } };
    nock(URL).post('/v1/messages').reply(status, reply, headers);
    await expect(clocked.converse(request)).rejects.toMatchObject({ code: 'MODEL_SPEND_LIMIT' });
    // Of an account, whichever model is asked.
    await expect(clocked.converse({ ...request, model: 'claude-haiku-5-5' })).rejects.toMatchObject({
      code: 'MODEL_SPEND_LIMIT',
      message: expect.stringContaining('again in 60 s'),
    });
    ms = 60_000;
    answer('{"findings":[]}');
    expect(await clocked.converse(request)).toMatchObject({ kind: 'answer' });
  });

  it('asks a failing model once a minute, however many reviews come meanwhile', async () => {
    let ms = 0;
    const clocked = createClaude({ endpoint: endpointAt(URL), now: () => ms, sleep: async () => undefined });
    for (let attempt = 0; attempt < 15; attempt++) failure(529);
    for (let time = 0; time < 3; time++) await expect(clocked.converse(request)).rejects.toThrow('answered 529');
    for (ms = 1000; ms < 60_000; ms += 10_000)
      await expect(clocked.converse(request)).rejects.toThrow('left alone for another');
    ms = 60_000;
    answer('{"findings":[]}');
    expect(await clocked.converse(request)).toMatchObject({ kind: 'answer' });
    answer('{"findings":[]}');
    expect(await clocked.converse(request)).toMatchObject({ kind: 'answer' });
  });

  it.each([413, 400])('says of a request that is too long (%i) what it is', async (status) => {
    const error = { type: 'invalid_request_error', message: 'prompt is too long: 2 tokens > 1 maximum' };
    nock(URL).post('/v1/messages').reply(status, { type: 'error', error });
    expect(await claude.converse(request)).toEqual({ kind: 'truncated' });
  });

  it('takes a stream that ends before its end for cut, and asks again', async () => {
    const stream = claudeStream('{"findings":[]}');
    const start = stream.slice(0, stream.indexOf('event: message_delta'));
    nock(URL).post('/v1/messages').reply(200, start, { 'content-type': 'text/event-stream' });
    answer('{"findings":["whole"]}');
    expect(await claude.converse(request)).toMatchObject({ value: { findings: ['whole'] } });
    expect([waits.length, charged.length]).toEqual([1, 2]);
  });

  it('leaves a model alone that failed three reviews in a row, and asks the other one that the operator named', async () => {
    for (let attempt = 0; attempt < 15; attempt++) failure(529);
    for (let time = 0; time < 3; time++)
      await expect(claude.converse(request)).rejects.toMatchObject({ code: 'MODEL_OVERLOADED' });
    await expect(claude.converse(request)).rejects.toThrow('left alone for another');
    const models: unknown[] = [];
    const other = createClaude({ endpoint: endpointAt(URL), fallbackModel: 'claude-b', sleep: async () => undefined });
    for (let attempt = 0; attempt < 5; attempt++) failure(529);
    nock(URL)
      .post('/v1/messages', (body: { model: string }) => {
        models.push(body.model);
        return true;
      })
      .reply(200, claudeStream('{"findings":[]}'), { 'content-type': 'text/event-stream' });
    expect(await other.converse(request)).toMatchObject({ kind: 'answer' });
    expect(models).toEqual(['claude-b']);
  });

  it('one author’s questions that are never answered to their end do not stop the others’, and silence does', async () => {
    const late = (begins: boolean) => {
      const stream = {
        on: (_: string, hear: (event: unknown, message: unknown) => void) => begins && hear({}, { usage: USAGE }),
        once: () => undefined,
        finalMessage: async () => {
          throw new DOMException('late', 'TimeoutError');
        },
      };
      const messages = { stream: () => stream };
      return createClaude({ endpoint: { ...endpointAt(URL), connect: async () => ({ messages }) as never } });
    };
    for (const [begins, says] of [
      [true, 'did not finish'],
      [false, 'left alone'],
    ] as const) {
      const one = late(begins);
      for (let time = 0; time < 3; time++)
        await expect(one.converse(request)).rejects.toMatchObject({ code: 'MODEL_TIMEOUT' });
      await expect(one.converse(request)).rejects.toThrow(says);
    }
  });

  it('ends within a moment when its answer is not wanted any more', async () => {
    nock.enableNetConnect('127.0.0.1');
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const asking = new AbortController();
    const one = createClaude({ endpoint: endpointAt(baseUrl) });
    const end = expect(one.converse({ ...request, signal: asking.signal })).rejects.toMatchObject({
      code: 'MODEL_CANCELLED',
    });
    asking.abort();
    await end;
    silent.closeAllConnections();
    silent.close();
  });

  it.each([400, 401, 403, 404])('does not repeat a %i', async (status) => {
    failure(status);
    await expect(claude.converse(request)).rejects.toMatchObject({ code: 'MODEL_REJECTED' });
  });

  it.each([
    { what: 'a repaired one', answers: [['not json'], ['{"findings":[]}']], ends: 'kept', times: 2 },
    { what: 'one that is wrong twice', answers: [['x'], ['y']], ends: 'MODEL_INVALID', times: 2 },
    { what: 'a refused one', answers: [['', 'refusal']], ends: 'MODEL_REFUSED', times: 1 },
    { what: 'one that was cut', answers: [['{"findings":[', 'max_tokens']], ends: 'kept', times: 1 },
    { what: 'one that stopped for a tool', answers: [['', 'tool_use']], ends: 'MODEL_INVALID', times: 1 },
  ])('charges every answer that came: $what', async ({ answers, ends, times }) => {
    for (const [text = '', stop] of answers) answer(text, stop);
    const end = await claude.converse(request).then(
      () => 'kept',
      (error: { code: string }) => error.code,
    );
    expect([end, charged.length]).toEqual([ends, times]);
    expect(charged.every((usage) => usage.costUsd > 0)).toBe(true);
  });

  it('charges what came before the answer broke off', async () => {
    nock.enableNetConnect('127.0.0.1');
    const stream = claudeStream('{"findings":[');
    const cut = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(stream.slice(0, stream.indexOf('event: message_delta')), () => response.destroy());
    });
    await new Promise<void>((resolve) => cut.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(cut.address() as AddressInfo).port}`;
    const one = createClaude({ endpoint: endpointAt(baseUrl), sleep: async () => undefined });
    await expect(one.converse(request)).rejects.toMatchObject({ code: 'MODEL_OVERLOADED' });
    expect(charged.map((usage) => usage.inputTokens)).toContain(100);
    cut.close();
  });

  it('stops waiting at its deadline', async () => {
    nock.enableNetConnect('127.0.0.1');
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const hurried = createClaude({ endpoint: endpointAt(baseUrl), deadlineMs: 200 });
    await expect(hurried.converse(request)).rejects.toMatchObject({ code: 'MODEL_TIMEOUT' });
    silent.closeAllConnections();
    silent.close();
  });
});
