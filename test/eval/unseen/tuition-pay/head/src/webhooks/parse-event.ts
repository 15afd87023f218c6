import { z } from 'zod';

const payload = z.object({
  id: z.string().min(1).max(64),
  type: z.enum(['payment.settled', 'payment.refunded', 'payment.charged_back']),
  occurred_at: z.string().datetime(),
  data: z.object({
    payment_id: z.string().min(1).max(64),
    reference: z.string().uuid(),
    amount_cents: z.number().int().positive(),
    fee_cents: z.number().int().nonnegative().default(0),
  }),
});

export interface ProviderEvent {
  id: string;
  type: z.infer<typeof payload>['type'];
  occurredAt: Date;
  paymentId: string;
  familyId: string;
  amountCents: number;
  feeCents: number;
}

export function parseEvent(body: Buffer): ProviderEvent | undefined {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
  const parsed = payload.safeParse(json);
  if (!parsed.success) return undefined;
  const { id, type, occurred_at, data } = parsed.data;
  return {
    id,
    type,
    occurredAt: new Date(occurred_at),
    paymentId: data.payment_id,
    familyId: data.reference,
    amountCents: data.amount_cents,
    feeCents: data.fee_cents,
  };
}
