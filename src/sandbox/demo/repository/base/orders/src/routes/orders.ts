import { Router } from 'express';
import { pool } from '../db.js';
import { log } from '../log.js';

export const orders = Router();

orders.get('/orders', async (req, res) => {
  const limit = Math.min(Number(req.query.limit ?? 50), 200);
  const { rows } = await pool.query(
    'select id, total, state from orders where owner = $1 order by id desc limit $2',
    [req.user.id, limit],
  );
  res.json(rows);
});

orders.post('/orders/:id/cancel', async (req, res) => {
  const { rowCount } = await pool.query(
    "update orders set state = 'cancelled' where id = $1 and owner = $2 and state = 'open'",
    [req.params.id, req.user.id],
  );
  if (rowCount === 0) return res.status(404).json({ code: 'order_not_found' });
  log.info({ order: req.params.id }, 'order cancelled');
  res.status(204).end();
});
