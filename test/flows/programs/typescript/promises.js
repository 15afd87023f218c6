// --- what a promise was given
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.post('/t', async (req, res) => {
  const bar = await new Promise((resolve) => resolve(req.query.p));
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows)); // ! critical sql-injection
});

// --- what a promise was given later
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.post('/t', async (req, res) => {
  const bar = await new Promise((resolve) => {
    setTimeout(() => resolve(req.query.p), 10);
  });
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows)); // ! critical sql-injection
});

// --- a body that is read piece by piece
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.post('/t', async (req, res) => {
  const bar = await new Promise((resolve, reject) => {
    let text = '';
    req.on('data', (chunk) => {
      text += chunk; // ! critical sql-injection
    });
    req.on('end', () => resolve(text));
    req.on('error', reject);
  });
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows));
});

// --- a promise of something else
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.post('/t', async (req, res) => {
  const bar = await new Promise((resolve) => {
    setTimeout(() => resolve('x'), req.query.wait);
  });
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows));
});

// --- a promise of a number
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.post('/t', async (req, res) => {
  const bar = await new Promise((resolve) => resolve(Number(req.query.p)));
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows));
});

// --- a promise that is refused with it
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.post('/t', async (req, res) => {
  const bar = await new Promise((resolve, reject) => {
    if (!req.query.p) reject(new Error(req.query.p));
    resolve('x');
  });
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows));
});
