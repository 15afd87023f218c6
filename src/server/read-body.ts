import type { IncomingMessage } from 'node:http';

/** GitHub sends no larger payload. Source: docs.github.com, "Webhook events and payloads", payload cap. */
export const MAX_BODY_BYTES = 25 * 1024 * 1024;

export type BodyOutcome = { kind: 'body'; bytes: Buffer } | { kind: 'too-large' | 'timeout' | 'broken' };

/** The raw bytes of a request, which are what is signed, up to a cap and a deadline: memory stays flat whatever is sent. */
export function readBody(request: IncomingMessage, deadlineMs = 10_000): Promise<BodyOutcome> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > MAX_BODY_BYTES) return Promise.resolve({ kind: 'too-large' });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (outcome: BodyOutcome): void => {
      clearTimeout(timer);
      request.removeAllListeners('data');
      resolve(outcome);
    };
    const timer = setTimeout(() => finish({ kind: 'timeout' }), deadlineMs);
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) finish({ kind: 'too-large' });
      else chunks.push(chunk);
    });
    request.on('end', () => finish({ kind: 'body', bytes: Buffer.concat(chunks) }));
    request.on('error', () => finish({ kind: 'broken' }));
    request.on('close', () => finish({ kind: 'broken' }));
  });
}
