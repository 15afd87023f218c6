import { describe, expect, it } from 'vitest';
import type { HookDelivery } from '../../src/github/read-app.ts';
import { decideWebhook, type Seen } from '../../src/status/decide-webhook.ts';

const URL = 'https://review.acme.dev/api/github/webhooks';
const NOON: Seen = { event: 'ping', at: '2026-11-26T12:00:00Z' };

function sent(code: number, at = '2026-11-26T12:00:05Z', status = code === 200 ? 'OK' : ''): HookDelivery {
  return { id: 1, at, event: 'ping', code, status };
}

function decide(url: string | null, deliveries: HookDelivery[], seen: Seen | null | 'unknown' = null) {
  return decideWebhook({
    hook: { url, deliveries },
    seen,
    webhookPath: '/api/github/webhooks',
    settings: 'https://github.test/settings/apps/mine',
    port: 3100,
  });
}

describe('whether webhooks come here', () => {
  it('is so when one came, whatever GitHub still knows of it', () => {
    expect(decide(URL, [], NOON)).toMatchObject({
      status: 'ok',
      text: 'a signed webhook (ping) came at 2026-11-26 12:00 UTC',
      todo: null,
    });
    const text = (...deliveries: HookDelivery[]): string => decide(URL, deliveries, NOON).text;
    expect(text(sent(200), sent(502), sent(200))).toContain('of the last 2 that GitHub sent, 1 failed');
    // Of the registration, before its secret was known here.
    expect(text(sent(200), sent(401))).not.toContain('failed');
  });

  it('is so by GitHub’s word where nothing else can be asked', () => {
    expect(decide(URL, [sent(200)], 'unknown')).toMatchObject({
      status: 'ok',
      text: expect.stringContaining('got 200'),
    });
  });

  it('is not believed of an answer of 200 that something else gave', () => {
    expect(decide(URL, [sent(200)])).toMatchObject({
      status: 'waiting',
      text: expect.stringContaining('nothing came here'),
    });
    expect(decide('https://smee.io/abc', [sent(200)])).toMatchObject({
      status: 'waiting',
      todo: expect.stringContaining(
        'npx smee-client --url https://smee.io/abc --target http://localhost:3100/api/github/webhooks',
      ),
    });
  });

  it.each([
    [
      'a gateway',
      sent(502, undefined, 'Invalid HTTP Response: 502'),
      /got 502 \(Invalid/,
      /Nothing answered behind.*smee\.io.*tunnel/s,
    ],
    ['nobody', sent(0, undefined, 'failed to connect to host'), /got failed to connect/, /Nothing answered behind/],
    ['another secret', sent(401), /got 401/, /secret was not the same/],
    ['another path', sent(404), /got 404/, /path of the address is `\/api\/github\/webhooks`/],
    ['a redirect', sent(301), /got 301/, /follows no redirect/],
    ['an overloaded App', sent(503), /got 503/, /overloaded/],
    ['a certificate', sent(0, undefined, 'SSL certificate problem'), /SSL/, /certificate/],
    ['a refusal', sent(413), /got 413/, /shows the answer/],
  ])('says what GitHub got, and what to do: %s', (_, last, text, todo) => {
    const found = decide(URL, [last]);
    expect(found.status).toBe('fail');
    expect(found.text).toMatch(text);
    expect(found.todo).toMatch(todo);
    expect(found.links?.map(({ url }) => url)).toContain('https://github.test/settings/apps/mine/advanced');
  });

  it('forgets a failure that something later made good, and not one that came after', () => {
    expect(decide(URL, [sent(401, '2026-11-26T11:59:00Z')], NOON).status).toBe('ok');
    expect(decide(URL, [sent(502, '2026-11-26T12:01:00Z')], NOON).status).toBe('fail');
  });

  it('waits for the ping where it can come', () => {
    expect(decide(URL, [])).toMatchObject({ status: 'waiting', text: `GitHub’s ping to ${URL} has not come yet` });
  });

  it.each([
    null,
    '',
    'no address',
    'https://example.com/api/github/webhooks',
    'http://localhost:3000/api/github/webhooks',
    'http://127.0.0.1:3000/',
    'http://10.1.2.3/',
    'http://172.20.0.1/',
    'http://192.168.1.5/',
    'http://[fd00::1]/',
    'https://box.local/',
  ])('explains a way in where GitHub has no address of this server: %s', (url) => {
    const found = decide(url, []);
    expect(found).toMatchObject({ status: 'waiting', text: expect.stringContaining('GitHub knows no address') });
    expect(found.todo).toMatch(/For trying: .*smee.*For real: .*tunnel.*ingress/s);
  });
});
