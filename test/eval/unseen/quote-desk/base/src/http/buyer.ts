import { z } from 'zod';

export const buyerSchema = z.object({
  userId: z.string(),
  accountId: z.string(),
  region: z.enum(['dach', 'benelux', 'nordics']),
  currency: z.enum(['EUR', 'CHF', 'DKK', 'SEK']),
  mayOrder: z.boolean(),
});

/** Who asks. `accountId` is the company; several users share it. */
export type Buyer = z.infer<typeof buyerSchema>;
