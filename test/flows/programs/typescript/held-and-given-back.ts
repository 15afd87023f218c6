// --- what was put under a key of an address, and what each item of a list becomes
import express from 'express';
import { Pool } from 'pg';

const app = express();
const pool = new Pool();

app.get('/keys', async (req, res) => {
  const sent = new URLSearchParams();
  sent.append('kind', 'x');
  sent.set('name', req.query.name as string);
  await pool.query(`select * from a where b = '${sent.get('kind')}'`);
  await pool.query(`select * from a where b = '${sent.get('name')}'`); // ! critical sql-injection
  res.json([]);
});

app.get('/others', async (req, res) => {
  const asked = new URLSearchParams(req.originalUrl);
  asked.set('kind', 'x');
  await pool.query(`select * from a where b = '${asked.get('kind')}'`);
  if (!['a', 'b'].includes(asked.get('sort') ?? '')) return res.sendStatus(400);
  await pool.query(`select * from a order by ${asked.get('sort')}`);
  await pool.query(`select * from a order by ${asked.get('other')}`); // ! critical sql-injection
  res.json([]);
});

app.get('/items', async (req, res) => {
  const [kind, name] = ['x', req.query.name as string].map((one) => one.trim());
  await pool.query(`select * from a where b = '${kind}'`);
  await pool.query(`select * from a where b = '${name}'`); // ! critical sql-injection
  await pool.query(`select * from a where b = '${req.rawHeaders[1]}'`); // ! critical sql-injection
  res.json([]);
});

// --- the request below that of Fastify
import Fastify from 'fastify';
import { Pool } from 'pg';

const fastify = Fastify();
const pool = new Pool();

fastify.get('/raw', async (request) => {
  await pool.query(`select * from a where b = '${request.raw.method}'`);
  await pool.query(`select * from a where b = '${request.raw.url}'`); // ! critical sql-injection
  return [];
});
