import type { Request, Response } from 'express';
import { Pool } from 'pg';

const pool = new Pool({ max: 10, connectionString: process.env.DATABASE_URL });

export async function listOrders(request: Request, response: Response): Promise<void> {
  const sort = String(request.query.sort ?? 'id');
  const { rows } = await pool.query(`SELECT id, total FROM orders ORDER BY ${sort} LIMIT 50`); // ! critical sql-injection
  response.json(rows);
}

export async function findOrder(request: Request, response: Response): Promise<void> {
  const { rows } = await pool.query('SELECT id, total FROM orders WHERE id = $1', [request.params.id]);
  response.json(rows[0] ?? null);
}

export async function cancelOrder(id: number): Promise<void> {
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query('UPDATE orders SET cancelled = true WHERE id = $1', [id]);
  await client.query('COMMIT');
  client.release();
}
