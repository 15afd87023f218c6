import express from 'express';
import pg from 'pg';
import pino from 'pino';

const logger = pino();
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] });
const app = express();
app.use(express.json({ limit: '100kb' }));

async function takeFromStock(id: number, count: number): Promise<boolean> {
  const { rows } = await pool.query('SELECT stock FROM items WHERE id = $1', [id]);
  const item = rows[0];
  if (item.stock < count) return false;
  await pool.query('UPDATE items SET stock = $1 WHERE id = $2', [item.stock - count, id]); // ! medium lost-update
  return true;
}

app.post('/items/:id/reservations', async (request, response) => {
  logger.info({ authorization: request.headers.authorization }, 'reserving'); // ! high secret-in-log
  response.json({ done: await takeFromStock(Number(request.params.id), 1) });
});

app.listen(Number(process.env['PORT'] ?? 3000)); // ! low no-graceful-shutdown
