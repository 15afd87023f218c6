import { Router } from 'express';
import { z } from 'zod';
import { requireRole } from '../auth/require-role.js';
import { withTransaction } from '../db.js';
import { insertLines, insertRateCard, listRateCards } from './repository.js';

export const rateRoutes = Router();

const lineSchema = z.object({
  country: z.string().length(2),
  maxGrams: z.number().int().positive(),
  priceCents: z.number().int().nonnegative(),
});
const createSchema = z.object({ name: z.string().min(1).max(80), lines: z.array(lineSchema).min(1).max(2_000) });

rateRoutes.get('/', async (req, res) => {
  res.json({ rateCards: await listRateCards(req.caller.accountId) });
});

rateRoutes.post('/', requireRole('admin'), async (req, res) => {
  const { name, lines } = createSchema.parse(req.body);
  const card = await withTransaction(async (tx) => {
    const created = await insertRateCard(tx, req.caller.accountId, name);
    await insertLines(tx, created.id, lines);
    return created;
  });
  res.status(201).json(card);
});
