import { z } from 'zod';
import type { ProviderEvent } from '../parse-event.js';

const TYPES = {
  PAID: 'payment.settled',
  REFUND: 'payment.refunded',
  DISPUTE: 'payment.charged_back',
} as const;

const payload = z.object({
  notification: z.string().min(1).max(64),
  event: z.enum(['PAID', 'REFUND', 'DISPUTE']),
  ts: z.coerce.number().int().positive(),
  payment: z.string().min(1).max(64),
  custom: z.string().uuid(),
  amount: z.string().regex(/^\d{1,9}\.\d{2}$/),
  fee: z
    .string()
    .regex(/^\d{1,9}\.\d{2}$/)
    .optional(),
});

/** Version 1: form-encoded, amounts as decimal text. */
export function parseV1(body: Buffer): ProviderEvent | undefined {
  const form = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
  const parsed = payload.safeParse(form);
  if (!parsed.success) return undefined;
  const { notification, event, ts, payment, custom, amount, fee } = parsed.data;
  return {
    apiVersion: 1,
    id: notification,
    type: TYPES[event],
    occurredAt: new Date(ts * 1000),
    paymentId: payment,
    familyId: custom,
    amountCents: toCents(amount),
    feeCents: fee ? toCents(fee) : 0,
  };
}

function toCents(text: string): number {
  const [units = '0', cents = '0'] = text.split('.');
  return Number(units) * 100 + Number(cents);
}
