import { Router } from 'express';
import { z } from 'zod';
import { requireRole } from '../auth/require-role.js';
import { conflict, notFound } from '../errors.js';
import { emit } from '../webhooks/emit.js';
import { closeReturn, listReturns, openReturn } from './repository.js';

export const returnRoutes = Router({ mergeParams: true });

type Params = { shipmentId: string; returnId: string };

const openSchema = z.object({
  itemReference: z.string().min(1).max(64),
  reason: z.enum(['damaged', 'wrong_item', 'unwanted', 'refused']),
});

returnRoutes.get<Params>('/', async (req, res) => {
  res.json({ returns: await listReturns(req.params.shipmentId) });
});

returnRoutes.post<Params>('/', requireRole('operator'), async (req, res) => {
  const { itemReference, reason } = openSchema.parse(req.body);
  if (req.shipment.status !== 'delivered') throw conflict('Only a delivered shipment can come back');
  const opened = await openReturn(req.params.shipmentId, itemReference, reason);
  if (!opened) throw conflict(`A return of ${itemReference} is open`);
  await emit(req.caller.accountId, 'return.opened', { id: opened.id, shipment: opened.shipment_id });
  res.status(201).json(opened);
});

returnRoutes.post<Params>('/:returnId/close', requireRole('operator'), async (req, res) => {
  const closed = await closeReturn(req.params.shipmentId, req.params.returnId);
  if (!closed) throw notFound('Open return');
  await emit(req.caller.accountId, 'return.closed', { id: closed.id, shipment: closed.shipment_id });
  res.json(closed);
});
