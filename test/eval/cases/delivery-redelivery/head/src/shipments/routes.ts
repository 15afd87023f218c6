import { Router } from 'express';
import { requireRole } from '../auth/require-role.js';
import { withTransaction } from '../db.js';
import { conflict, notFound } from '../errors.js';
import { emit } from '../webhooks/emit.js';
import { addEvent, findShipment, insertShipment, listShipments, lockShipment, setStatus } from './repository.js';
import { createShipmentSchema, listShipmentsSchema } from './schema.js';

export const shipmentRoutes = Router();

shipmentRoutes.get('/', async (req, res) => {
  const query = listShipmentsSchema.parse(req.query);
  res.json({ shipments: await listShipments(req.caller.accountId, query) });
});

shipmentRoutes.get('/:shipmentId', async (req, res) => {
  const shipment = await findShipment(req.caller.accountId, req.params.shipmentId);
  if (!shipment) throw notFound('Shipment');
  res.json(shipment);
});

shipmentRoutes.post('/', requireRole('operator'), async (req, res) => {
  const input = createShipmentSchema.parse(req.body);
  const shipment = await insertShipment(req.caller.accountId, input);
  if (!shipment) throw conflict(`Reference ${input.reference} is taken`);
  await emit(req.caller.accountId, 'shipment.created', { id: shipment.id, reference: shipment.reference });
  res.status(201).json(shipment);
});

shipmentRoutes.post('/:shipmentId/cancel', requireRole('operator'), async (req, res) => {
  const { accountId } = req.caller;
  await withTransaction(async (tx) => {
    const shipment = await lockShipment(tx, accountId, req.params.shipmentId);
    if (!shipment) throw notFound('Shipment');
    if (shipment.status !== 'draft') throw conflict(`A shipment that is ${shipment.status} cannot be cancelled`);
    await setStatus(tx, shipment.id, 'cancelled');
    await addEvent(tx, shipment.id, 'cancelled', { by: req.caller.userId });
  });
  await emit(accountId, 'shipment.cancelled', { id: req.params.shipmentId });
  res.status(204).end();
});
