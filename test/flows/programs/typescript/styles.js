// --- controllers of CommonJS, a router that is required where it is used
// file: app.js
const express = require('express');
const app = express();
app.use(express.json());
app.use('/users', require('./routes/users'));
module.exports = app;
// file: routes/users.js
const router = require('express').Router();
const controller = require('../controllers/users');
router.get('/', controller.list);
router.route('/:id').get(controller.show).delete(controller.remove);
module.exports = router;
// file: controllers/users.js
const db = require('../db');
exports.list = async (request, response) => {
  const rows = await db.query("SELECT * FROM users WHERE name = '" + request.query.name + "'");
  response.json(rows);
};
exports.show = async function (q, s) {
  const rows = await db.query('SELECT * FROM users WHERE id = ' + q.params.id);
  s.json(rows);
};
exports.remove = async function (q, s) {
  await db.query('DELETE FROM users WHERE id = ?', [q.params.id]);
  s.sendStatus(204);
};
// file: db.js
const mysql = require('mysql2/promise');
const pool = mysql.createPool({ host: 'db' });
module.exports = {
  async query(sql, values) {
    const [rows] = await pool.query(sql, values); // ! critical sql-injection, critical sql-injection
    return rows;
  },
};

// --- a class whose methods are bound
const express = require('express');
const { exec } = require('child_process');
class Server {
  constructor() {
    this.app = express();
    this.app.get('/ping', this.ping.bind(this));
    this.app.get('/pong', (req, res) => this.pong(req, res));
  }
  ping(req, res) {
    this.run(`ping -c 1 ${req.query.host}`, res); // ! critical command-injection
  }
  pong(req, res) {
    this.run('uptime', res);
  }
  run(command, res) {
    exec(command, (error, out) => res.json({ out }));
  }
}
module.exports = new Server();

// --- the body is read by hand
const http = require('http');
const { exec } = require('child_process');
http
  .createServer(function (req, res) {
    let body = '';
    req.on('data', (chunk) => {
      body += chunk;
    });
    req.on('end', () => {
      const data = JSON.parse(body);
      exec('tar xf ' + data.file); // ! critical command-injection
      res.end();
    });
  })
  .listen(80);

// --- middleware that moves the input
const express = require('express');
const fs = require('fs');
const app = express();
app.use((req, res, next) => {
  req.wanted = req.query.file;
  next();
});
const load = (name) => fs.promises.readFile('/srv/' + name); // ! high path-traversal
app.get('/x', async (req, res, next) => {
  try {
    const { file: name = 'index' } = req.query;
    const data = await load(name);
    res.type('text').send(data);
  } catch (error) {
    next(error);
  }
});

// --- promises in a chain
const express = require('express');
const axios = require('axios').default;
const app = express();
app.post('/hook', (req, res) => {
  Promise.resolve(req.body)
    .then((body) => body.target)
    .then((target) => axios.post(target, { ok: true })) // ! medium server-side-request-forgery
    .then(() => res.sendStatus(204))
    .catch(() => res.sendStatus(500));
});

// --- destructured arguments, defaults, spread, optional chains
const express = require('express');
const { Pool } = require('pg');
const pool = new Pool();
const app = express();
const build = ({ table = 'users', where, ...rest }) => `SELECT * FROM ${table} WHERE ${where}`; // ! critical sql-injection
app.get('/x', ({ query: { filter } }, res) => pool.query(build({ where: filter })).then((r) => res.json(r.rows)));
app.get('/y', async (req, res) => {
  const options = { ...req.query, table: 'a' };
  res.json(await pool.query(`SELECT * FROM ${options.table} WHERE id = $1`, [options?.id]));
});
app.get('/z', async (req, res) => {
  const sort = req.query?.sort ?? 'id';
  res.json(await pool.query('SELECT * FROM t ORDER BY ' + sort)); // ! critical sql-injection
});

// --- a route that Remix loads, a worker's queue
import { json } from '@remix-run/node';
import { exec } from 'node:child_process';
export async function loader({ request, params }) {
  exec(`ls ${params.folder}`); // ! critical command-injection
  return json({ ok: true });
}
export async function other({ request, params }) {
  return json({ name: params.name });
}

// --- lists, loops and maps of input
const express = require('express');
const { Pool } = require('pg');
const fs = require('fs');
const pool = new Pool();
const app = express();
app.post('/a', async (req, res) => {
  for (const name of req.body.files) fs.unlinkSync(`/tmp/${name}`); // ! high path-traversal
  await Promise.all(req.body.ids.map((id) => pool.query(`DELETE FROM t WHERE id = ${id}`))); // ! critical sql-injection
  const list = req.body.names.map((one) => `'${one}'`).join(', '); // ! critical sql-injection
  await pool.query(`SELECT * FROM t WHERE name IN (${list})`);
  res.sendStatus(204);
});
app.post('/b', async (req, res) => {
  const marks = req.body.ids.map((_, index) => `$${index + 1}`).join(', ');
  await pool.query(`SELECT * FROM t WHERE id IN (${marks})`, req.body.ids);
  const numbers = req.body.ids.map(Number).join(',');
  await pool.query(`SELECT * FROM t WHERE id IN (${numbers})`);
  const columns = Object.keys({ a: 1, b: 2 }).join(', ');
  await pool.query(`SELECT ${columns} FROM t`);
  res.sendStatus(204);
});
app.post('/c', async (req, res) => {
  const sets = Object.keys(req.body).map((key, index) => `${key} = $${index + 1}`); // ! critical sql-injection
  await pool.query(`UPDATE t SET ${sets.join(', ')}`, Object.values(req.body));
  res.sendStatus(204);
});

// --- numbers by arithmetic and comparison
const express = require('express');
const { Pool } = require('pg');
const pool = new Pool();
const app = express();
app.get('/x', async (req, res) => {
  const page = Math.max(1, +req.query.page || 1);
  const size = req.query.size | 0;
  const id = parseInt(req.params.id, 10);
  if (isNaN(req.query.year)) return res.sendStatus(400);
  const order = req.query.order === 'desc' ? 'DESC' : 'ASC';
  let column = 'id';
  switch (req.query.by) {
    case 'name':
      column = 'name';
      break;
    case 'age':
      column = 'age';
      break;
  }
  const { rows } = await pool.query(
    `SELECT * FROM t WHERE id > ${id} AND year = ${req.query.year} ORDER BY ${column} ${order} LIMIT ${size} OFFSET ${(page - 1) * size}`,
  );
  res.json(rows);
});

// --- a part of a handler that stands alone
const needle = require('needle');
needle.get(req.body.address, done); // ! medium server-side-request-forgery

// --- `req` is something else
const needle = require('needle');
const req = require('./settings');
needle.get(req.body.address, done);
