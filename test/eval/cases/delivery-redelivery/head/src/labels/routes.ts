import { Router } from 'express';
import { z } from 'zod';
import { requireRole } from '../auth/require-role.js';
import { withTransaction } from '../db.js';
import { conflict, notFound } from '../errors.js';
import { addEvent, findShipment, lockShipment, setStatus } from '../shipments/repository.js';
import { emit } from '../webhooks/emit.js';
import { buyLabel, quote, track, voidLabel } from './carrier.js';

export const labelRoutes = Router();

const buySchema = z.object({ carrier: z.enum(['dhl', 'dpd', 'gls', 'ups']) });

labelRoutes.get('/:shipmentId/quotes', async (req, res) => {
  const shipment = await findShipment(req.caller.accountId, req.params.shipmentId);
  if (!shipment) throw notFound('Shipment');
  res.json({ quotes: await quote(shipment) });
});

labelRoutes.post('/:shipmentId', requireRole('operator'), async (req, res) => {
  const { carrier } = buySchema.parse(req.body);
  const { accountId } = req.caller;
  const label = await withTransaction(async (tx) => {
    const shipment = await lockShipment(tx, accountId, req.params.shipmentId);
    if (!shipment) throw notFound('Shipment');
    if (shipment.label_id) throw conflict('This shipment has a label');
    const bought = await buyLabel(shipment, carrier);
    await tx.query('update shipments set carrier = $2, label_id = $3, tracking_number = $4 where id = $1', [
      shipment.id,
      carrier,
      bought.id,
      bought.trackingNumber,
    ]);
    await setStatus(tx, shipment.id, 'labelled');
    await addEvent(tx, shipment.id, 'labelled', { carrier, cost: bought.costCents });
    return bought;
  });
  await emit(accountId, 'shipment.labelled', { id: req.params.shipmentId, tracking: label.trackingNumber });
  res.status(201).json(label);
});

labelRoutes.get('/:shipmentId/tracking', async (req, res) => {
  const shipment = await findShipment(req.caller.accountId, req.params.shipmentId);
  if (!shipment?.tracking_number) throw notFound('Tracking');
  res.json(await track(shipment.tracking_number));
});

labelRoutes.delete('/:shipmentId', requireRole('operator'), async (req, res) => {
  const { accountId } = req.caller;
  await withTransaction(async (tx) => {
    const shipment = await lockShipment(tx, accountId, req.params.shipmentId);
    if (!shipment?.label_id) throw notFound('Label');
    if (shipment.status !== 'labelled') throw conflict('The parcel is on its way');
    await voidLabel(shipment.label_id);
    await tx.query('update shipments set label_id = null, tracking_number = null where id = $1', [shipment.id]);
    await setStatus(tx, shipment.id, 'draft');
    await addEvent(tx, shipment.id, 'label_voided', { by: req.caller.userId });
  });
  res.status(204).end();
});
