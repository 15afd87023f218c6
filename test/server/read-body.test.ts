import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createBodyReader, type ReadBody } from '../../src/server/read-body.ts';
import { createSignatureCheck } from '../../src/server/verify-signature.ts';

const SECRET = 'a secret of the test';
const KB = 1024;

/** A request whose body the test writes; `signed` is what its signature is over. */
function send(read: ReadBody, signed: Buffer | string, headers: Record<string, string> = {}) {
  const stream = new PassThrough({ highWaterMark: 100 * KB * KB });
  const request = Object.assign(stream, { headers }) as unknown as IncomingMessage;
  const check = createSignatureCheck(SECRET, `sha256=${createHmac('sha256', SECRET).update(signed).digest('hex')}`);
  if (!check) throw new Error('no signature');
  return { stream, outcome: read(request, check) };
}

const next = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('reading a body', () => {
  it('gives the signed bytes, in the pieces in which they came', async () => {
    const read = createBodyReader({ deadlineMs: 10_000, allBytes: 100 * KB });
    const { stream, outcome } = send(read, '{"a":1}');
    stream.write('{"a"');
    await next();
    stream.end(':1}');
    expect(await outcome).toMatchObject({ kind: 'body', bytes: Buffer.from('{"a":1}') });
  });

  it('refuses a forged, a slow, a broken and an oversized one', async () => {
    const read = createBodyReader({ deadlineMs: 30, allBytes: 100 * KB });
    const forged = send(read, 'something else');
    forged.stream.end('{}');
    expect(await forged.outcome).toEqual({ kind: 'signature' });
    const slow = send(read, '{}');
    slow.stream.write('{');
    expect(await slow.outcome).toEqual({ kind: 'timeout' });
    const broken = send(read, '{}');
    broken.stream.destroy(new Error('reset'));
    expect(await broken.outcome).toEqual({ kind: 'broken' });
    const announced = send(read, '{}', { 'content-length': String(26 * KB * KB) });
    expect(await announced.outcome).toEqual({ kind: 'too-large' });
  });
});

describe('all bodies together', () => {
  it('stay under the cap: the largest of the unsigned goes, the small one that is signed is taken', async () => {
    const read = createBodyReader({ deadlineMs: 10_000, allBytes: 100 * KB, now: () => 0 });
    const large = send(read, 'x');
    large.stream.write(Buffer.alloc(90 * KB));
    const medium = send(read, 'x');
    medium.stream.write(Buffer.alloc(9 * KB));
    await next();
    const body = Buffer.alloc(5 * KB);
    const small = send(read, body);
    small.stream.end(body);
    expect(await large.outcome).toEqual({ kind: 'busy' });
    expect(await small.outcome).toMatchObject({ kind: 'body' });
    medium.stream.end();
    expect(await medium.outcome).toEqual({ kind: 'signature' });
  });

  it('many that drip do not keep out the one that is there at once, though it is larger', async () => {
    let now = 0;
    const read = createBodyReader({ deadlineMs: 10_000, allBytes: 100 * KB, now: () => now });
    const dripping = Array.from({ length: 99 }, () => send(read, 'x'));
    for (const { stream } of dripping) stream.write(Buffer.alloc(KB));
    await next();
    now = 5000;
    const body = Buffer.alloc(20 * KB);
    const good = send(read, body);
    good.stream.end(body);
    expect(await good.outcome).toMatchObject({ kind: 'body' });
    for (const { stream } of dripping) stream.end();
    const kinds = (await Promise.all(dripping.map((one) => one.outcome))).map((outcome) => outcome.kind);
    expect(kinds.filter((kind) => kind === 'busy')).toHaveLength(19);
  });

  it('count until they are let go, and once', async () => {
    const read = createBodyReader({ deadlineMs: 10_000, allBytes: 100 * KB, now: () => 0 });
    const body = Buffer.alloc(60 * KB);
    const first = send(read, body);
    first.stream.end(body);
    const held = await first.outcome;
    if (held.kind !== 'body') throw new Error(held.kind);
    const second = send(read, body);
    second.stream.end(body);
    expect(await second.outcome).toEqual({ kind: 'busy' });
    held.release();
    held.release();
    const third = send(read, body);
    third.stream.end(body);
    expect(await third.outcome).toMatchObject({ kind: 'body' });
    const fourth = send(read, body);
    fourth.stream.end(body);
    expect(await fourth.outcome).toEqual({ kind: 'busy' });
  });
});
