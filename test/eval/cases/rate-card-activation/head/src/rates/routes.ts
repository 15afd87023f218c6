import { Router } from 'express';
import { requireRole } from '../auth/require-role.js';
import { pool, withTransaction } from '../db.js';
import { conflict, notFound } from '../errors.js';
import {
  activate,
  archive,
  findRateCard,
  insertLines,
  insertRateCard,
  listLines,
  listRateCards,
  lockRateCard,
  recordChange,
  replaceLines,
} from './repository.js';
import { createSchema, duplicateSchema, replaceLinesSchema } from './schema.js';

export const rateRoutes = Router();

rateRoutes.get('/', async (req, res) => {
  res.json({ rateCards: await listRateCards(req.caller.accountId) });
});

rateRoutes.get('/:cardId', async (req, res) => {
  const card = await findRateCard(pool, req.caller.accountId, req.params.cardId);
  if (!card) throw notFound('Rate card');
  res.json({ ...card, lines: await listLines(pool, card.id) });
});

rateRoutes.post('/', requireRole('admin'), async (req, res) => {
  const { name, lines } = createSchema.parse(req.body);
  const card = await withTransaction(async (tx) => {
    const created = await insertRateCard(tx, req.caller.accountId, name);
    await insertLines(tx, created.id, lines);
    await recordChange(tx, created.id, 'created', req.caller.userId);
    return created;
  });
  res.status(201).json(card);
});

rateRoutes.put('/:cardId/lines', requireRole('admin'), async (req, res) => {
  const { lines } = replaceLinesSchema.parse(req.body);
  await withTransaction(async (tx) => {
    const card = await lockRateCard(tx, req.caller.accountId, req.params.cardId);
    if (!card) throw notFound('Rate card');
    await replaceLines(tx, card.id, lines);
    await recordChange(tx, card.id, 'lines_replaced', req.caller.userId);
  });
  res.status(204).end();
});

rateRoutes.post('/:cardId/activate', async (req, res) => {
  const { accountId, userId } = req.caller;
  await withTransaction(async (tx) => {
    const card = await lockRateCard(tx, accountId, req.params.cardId);
    if (!card) throw notFound('Rate card');
    if (card.active) return;
    await activate(tx, accountId, card.id);
    await recordChange(tx, card.id, 'activated', userId);
  });
  res.status(204).end();
});

rateRoutes.post('/:cardId/duplicate', requireRole('admin'), async (req, res) => {
  const { name } = duplicateSchema.parse(req.body);
  const { accountId, userId } = req.caller;
  const copy = await withTransaction(async (tx) => {
    const card = await findRateCard(tx, accountId, req.params.cardId);
    if (!card) throw notFound('Rate card');
    const created = await insertRateCard(tx, accountId, name);
    const lines = await listLines(tx, card.id);
    if (lines.length > 0) await insertLines(tx, created.id, lines);
    await recordChange(tx, created.id, 'duplicated', userId);
    return created;
  });
  res.status(201).json(copy);
});

rateRoutes.delete('/:cardId', requireRole('admin'), async (req, res) => {
  await withTransaction(async (tx) => {
    const card = await lockRateCard(tx, req.caller.accountId, req.params.cardId);
    if (!card) throw notFound('Rate card');
    if (card.active) throw conflict('Activate another card first');
    await archive(tx, card.id);
    await recordChange(tx, card.id, 'archived', req.caller.userId);
  });
  res.status(204).end();
});
