import { Router } from 'express';
import { pool } from '../db.js';
import { log } from '../log.js';

export const orders = Router();

const SORTS: Record<string, string> = { id: 'id', total: 'total', state: 'state' };
const STATES = new Set(['open', 'paid', 'cancelled']);

orders.get('/orders', async (req, res) => {
  const limit = Math.min(Number(req.query.limit ?? 50), 200);
  const sort = SORTS[String(req.query.sort)] ?? 'id';
  const { rows } = await pool.query(
    `select id, total, state from orders where owner = $1 order by ${sort} desc limit $2`,
    [req.user.id, limit],
  );
  res.json(rows);
});

orders.get('/orders/by-state', async (req, res) => {
  const state = String(req.query.state);
  if (!STATES.has(state)) return res.status(400).json({ code: 'unknown_state' });
  const { rows } = await pool.query(`select id, total from orders where owner = $1 and state = '${state}' limit 200`, [req.user.id]);
  res.json(rows);
});

orders.post('/orders/:id/cancel', async (req, res) => {
  const client = await pool.connect();
  await client.query('begin');
  const { rowCount } = await client.query(
    "update orders set state = 'cancelled' where id = $1 and owner = $2 and state = 'open'",
    [req.params.id, req.user.id],
  );
  await client.query("insert into order_events (order_id, kind) values ($1, 'cancelled')", [req.params.id]);
  await client.query('commit');
  if (rowCount === 0) return res.status(404).json({ code: 'order_not_found' });
  log.info({ order: req.params.id }, 'order cancelled');
  res.status(204).end();
});

orders.get('/orders/search', async (req, res) => {
  const { rows } = await pool.query(
    `select id, total from orders where owner = $1 and note ilike '%${req.query.text}%' limit 50`,
    [req.user.id],
  );
  res.json(rows);
});
