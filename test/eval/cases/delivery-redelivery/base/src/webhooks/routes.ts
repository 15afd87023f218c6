import { randomBytes } from 'node:crypto';
import { Router } from 'express';
import { z } from 'zod';
import { requireRole } from '../auth/require-role.js';
import { pool } from '../db.js';
import { notFound } from '../errors.js';
import { assertPublicUrl } from '../http/public-url.js';
import { deliver } from './deliver.js';
import { findEndpoint } from './endpoints.js';

export const webhookRoutes = Router();

webhookRoutes.use(requireRole('admin'));

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
