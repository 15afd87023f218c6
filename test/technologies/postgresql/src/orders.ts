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
  const client = await pool.connect(); // ! medium connection-lost-on-error
  await client.query('BEGIN');
  await client.query('UPDATE orders SET cancelled = true WHERE id = $1', [id]);
  await client.query('COMMIT');
  client.release();
}

export async function payOrder(id: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query('UPDATE orders SET paid = true WHERE id = $1 RETURNING customer', [id]);
    await fetch('https://pay.example.com/charges', { method: 'POST', body: rows[0].customer, signal: AbortSignal.timeout(5000) }); // ! medium request-in-transaction
    await pool.query('INSERT INTO charges (customer) VALUES ($1)', [rows[0].customer]); // ! medium query-beside-transaction
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

export async function takeFromStock(sku: string, count: number): Promise<boolean> {
  const { rows } = await pool.query('SELECT stock FROM products WHERE sku = $1', [sku]);
  const product = rows[0];
  if (product.stock < count) return false;
  await pool.query('UPDATE products SET stock = $1 WHERE sku = $2', [product.stock - count, sku]); // ! medium lost-update
  return true;
}

async function findCustomer(id: number): Promise<string> {
  const { rows } = await pool.query('SELECT name FROM customers WHERE id = $1', [id]);
  return rows[0].name;
}

export async function nameCustomers(shop: number): Promise<string[]> {
  const { rows: orders } = await pool.query('SELECT customer FROM orders WHERE shop = $1 LIMIT 100', [shop]);
  const names: string[] = [];
  for (const order of orders) {
    names.push(await findCustomer(order.customer)); // ! medium query-in-loop
  }
  return names;
}
