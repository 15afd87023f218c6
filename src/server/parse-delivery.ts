import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';

/** What a handler is given at most: whatever else a payload holds is the decoder's to judge. */
const Payload = z.looseObject({ action: z.string().nullish() });
const Headers = z.object({
  'x-github-event': z.string(),
  'x-github-delivery': z.string().regex(/^[\w-]{1,100}$/),
});

export type DeliveryOutcome =
  /** Worth Probot's while. */
  | { kind: 'event' }
  /** Signed, and nothing that the App knows: an answer of 2xx, so that GitHub does not show it as failed. */
  | { kind: 'ignored'; reason: string }
  | { kind: 'malformed' };

/** Decides about a signed delivery before any library looks at it: they take `null`, or an event called `__proto__`, for a fault. */
export function parseDelivery(
  headers: IncomingHttpHeaders,
  bytes: Buffer,
  events: ReadonlySet<string>,
): DeliveryOutcome {
  let payload: unknown;
  try {
    payload = JSON.parse(bytes.toString('utf8'));
  } catch {
    return { kind: 'malformed' };
  }
  const known = Headers.safeParse(headers);
  if (!known.success) return ignore(`no usable ${known.error.issues[0]?.path.join('.')} header`);
  const event = known.data['x-github-event'];
  if (!events.has(event)) return ignore(`no handler for ${JSON.stringify(event.slice(0, 100))}`);
  if (!Payload.safeParse(payload).success) return ignore('a payload of another shape than any event’s');
  return { kind: 'event' };
}

function ignore(reason: string): DeliveryOutcome {
  return { kind: 'ignored', reason };
}
