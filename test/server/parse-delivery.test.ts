import { describe, expect, it } from 'vitest';
import { parseDelivery } from '../../src/server/parse-delivery.ts';

const EVENTS = new Set(['pull_request']);
const HEADERS = { 'x-github-event': 'pull_request', 'x-github-delivery': '7c2c5b0e-0000-4000-8000-000000000001' };
const parse = (body: string, headers: object = HEADERS) =>
  parseDelivery(headers as Record<string, string>, Buffer.from(body), EVENTS).kind;

describe('a signed delivery', () => {
  it('goes to Probot when it is an event with a handler', () => {
    expect(parse('{"action":"opened"}')).toBe('event');
    expect(parse('{"action":null}')).toBe('event');
    expect(parse('{}')).toBe('event');
  });

  it.each([
    'null',
    'true',
    '7',
    '"text"',
    '[]',
    '[{"action":"opened"}]',
    '{"action":{"toString":1}}',
    '{"action":["opened"]}',
    '{"action":7}',
  ])('%s is ignored', (body) => {
    expect(parse(body)).toBe('ignored');
  });

  it.each([
    'ping',
    'made_up_event',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '*',
    'error',
    '',
    'pull_request.opened',
    'PULL_REQUEST',
    'x'.repeat(10_000),
  ])('an event called %j is ignored', (event) => {
    expect(parse('{"action":"opened"}', { ...HEADERS, 'x-github-event': event })).toBe('ignored');
  });

  it.each([
    { 'x-github-delivery': HEADERS['x-github-delivery'] },
    { 'x-github-event': 'pull_request' },
    { ...HEADERS, 'x-github-delivery': '' },
    { ...HEADERS, 'x-github-delivery': 'a b' },
    { ...HEADERS, 'x-github-delivery': 'x'.repeat(101) },
  ])('without a usable header it is ignored: %j', (headers) => {
    expect(parse('{"action":"opened"}', headers)).toBe('ignored');
  });

  it.each(['', '{', '{"a":}', '\u0000', '['.repeat(100_000)])('that is no JSON is malformed', (body) => {
    expect(parse(body)).toBe('malformed');
  });
});
