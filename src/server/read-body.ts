import type { IncomingMessage } from 'node:http';
import type { SignatureCheck } from './verify-signature.ts';

/** GitHub sends no larger payload. Source: docs.github.com, "Webhook events and payloads", payload cap. */
const BODY_BYTES = 25 * 1024 * 1024;

export type Refusal = 'too-large' | 'timeout' | 'broken' | 'busy' | 'signature';

export type BodyOutcome =
  /** Signed; its bytes count against the cap of all until `release`. */
  { kind: 'body'; bytes: Buffer; release: () => void } | { kind: Refusal };

export type ReadBody = (request: IncomingMessage, check: SignatureCheck) => Promise<BodyOutcome>;

interface Options {
  /** For one body, in milliseconds. */
  deadlineMs: number;
  /** Of all bodies that are held at once. */
  allBytes: number;
  /** Milliseconds that do not jump with the system's clock. */
  now?: () => number;
}

interface Reading {
  size: number;
  since: number;
  finish(outcome: BodyOutcome): void;
}

/**
 * Reads raw bodies, which are what is signed. Anyone can send one, so all of them together have a cap: beyond it the unsigned
 * body that took most memory for longest is refused. Neither large bodies nor many slow ones keep out what GitHub sends, which
 * is small and there at once. The signature is computed as the bytes come, so a forged body is never put together.
 */
export function createBodyReader({ deadlineMs, allBytes, now = () => performance.now() }: Options): ReadBody {
  const unsigned = new Set<Reading>();
  let held = 0;
  const makeRoom = (): void => {
    if (held <= allBytes || unsigned.size === 0) return;
    findCostliest(unsigned, now())?.finish({ kind: 'busy' });
    makeRoom();
  };
  return (request, check) => {
    if (isTooLarge(request)) return Promise.resolve({ kind: 'too-large' });
    return new Promise((resolve) => {
      let chunks: Buffer[] = [];
      const reading: Reading = {
        size: 0,
        since: now(),
        finish: (outcome) => {
          if (!unsigned.delete(reading)) return;
          clearTimeout(timer);
          request.removeListener('data', take);
          chunks = [];
          if (outcome.kind !== 'body') held -= reading.size;
          resolve(outcome);
        },
      };
      const take = (chunk: Buffer): void => {
        reading.size += chunk.length;
        held += chunk.length;
        if (reading.size > BODY_BYTES) return reading.finish({ kind: 'too-large' });
        chunks.push(chunk);
        check.update(chunk);
        makeRoom();
      };
      const end = (): void => {
        if (!unsigned.has(reading)) return;
        if (!check.isValid()) return reading.finish({ kind: 'signature' });
        const release = once(() => {
          held -= reading.size;
        });
        reading.finish({ kind: 'body', bytes: Buffer.concat(chunks), release });
      };
      const timer = setTimeout(() => reading.finish({ kind: 'timeout' }), deadlineMs);
      unsigned.add(reading);
      request.on('data', take).on('end', end);
      for (const event of ['error', 'close']) request.on(event, () => reading.finish({ kind: 'broken' }));
    });
  };
}

/** What it announces is enough to refuse it. */
export function isTooLarge({ headers }: IncomingMessage): boolean {
  return Number(headers['content-length'] ?? 0) > BODY_BYTES;
}

function findCostliest(readings: Iterable<Reading>, at: number): Reading | null {
  let most: Reading | null = null;
  const cost = ({ size, since }: Reading): number => size * (at - since + 1);
  for (const reading of readings) if (!most || cost(reading) > cost(most)) most = reading;
  return most;
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}
