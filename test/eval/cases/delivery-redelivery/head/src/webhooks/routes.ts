import { randomBytes } from 'node:crypto';
import { Router } from 'express';
import { z } from 'zod';
import { requireRole } from '../auth/require-role.js';
import { pool } from '../db.js';
import { conflict, notFound } from '../errors.js';
import { assertPublicUrl } from '../http/public-url.js';
import { deliver } from './deliver.js';
import { findDelivery, type StoredDelivery } from './deliveries.js';
import { findEndpoint } from './endpoints.js';

export const webhookRoutes = Router();

webhookRoutes.use(requireRole('admin'));

const deliveryIdSchema = z.string().regex(/^\d{1,18}$/);

const showDelivery = ({ id, event, payload, status, error, response_excerpt, created_at }: StoredDelivery) => ({
  id,
  event,
  payload,
  status,
  error,
  responseExcerpt: response_excerpt,
  createdAt: created_at,
});

webhookRoutes.get('/', async (req, res) => {
  const { rows } = await pool.query(
    'select id, url, disabled_at, created_at from webhook_endpoints where account_id = $1 order by created_at limit 20',
    [req.caller.accountId],
  );
  res.json({ endpoints: rows });
});

webhookRoutes.post('/', async (req, res) => {
  const { url } = z.object({ url: z.string().url().max(500) }).parse(req.body);
  await assertPublicUrl(url);
  const secret = randomBytes(24).toString('base64url');
  const { rows } = await pool.query(
    'insert into webhook_endpoints (account_id, url, secret) values ($1, $2, $3) returning id, url, created_at',
    [req.caller.accountId, url, secret],
  );
  res.status(201).json({ ...rows[0], secret });
});

webhookRoutes.get('/:endpointId/deliveries', async (req, res) => {
  const { rows } = await pool.query(
    `select d.id, d.event, d.status, d.error, d.response_excerpt, d.created_at
       from webhook_deliveries d join webhook_endpoints e on e.id = d.endpoint_id
      where e.id = $1 and e.account_id = $2 order by d.id desc limit 100`,
    [req.params.endpointId, req.caller.accountId],
  );
  res.json({ deliveries: rows });
});

webhookRoutes.get('/:endpointId/deliveries/:deliveryId', async (req, res) => {
  const endpoint = await findEndpoint(req.caller.accountId, req.params.endpointId);
  if (!endpoint) throw notFound('Endpoint');
  const delivery = await findDelivery(deliveryIdSchema.parse(req.params.deliveryId));
  if (!delivery) throw notFound('Delivery');
  res.json(showDelivery(delivery));
});

webhookRoutes.post('/:endpointId/deliveries/:deliveryId/redeliver', async (req, res) => {
  const endpoint = await findEndpoint(req.caller.accountId, req.params.endpointId);
  if (!endpoint) throw notFound('Endpoint');
  if (endpoint.disabled_at) throw conflict('This endpoint is disabled');
  const delivery = await findDelivery(deliveryIdSchema.parse(req.params.deliveryId));
  if (!delivery) throw notFound('Delivery');
  const { status, error, excerpt } = await deliver(endpoint, delivery.event, delivery.payload);
  req.log.info({ delivery: delivery.id, status }, 'delivered again by hand');
  res.json({ status, error, excerpt });
});

webhookRoutes.post('/:endpointId/test', async (req, res) => {
  const endpoint = await findEndpoint(req.caller.accountId, req.params.endpointId);
  if (!endpoint) throw notFound('Endpoint');
  res.json(await deliver(endpoint, 'ping', {}));
});

webhookRoutes.delete('/:endpointId', async (req, res) => {
  await pool.query('update webhook_endpoints set disabled_at = now() where id = $1 and account_id = $2', [
    req.params.endpointId,
    req.caller.accountId,
  ]);
  res.status(204).end();
});
