// --- a part of a list
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const param = req.query.p;
  const l = ['a', 'b', param];
  const bar = l.slice(1)[1];
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows)); // ! critical sql-injection
});

// --- a part of a list, the other one
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const param = req.query.p;
  const l = ['a', 'b', param];
  const bar = l.slice(0, 2)[1];
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows));
});

// --- a list that items were taken out of
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const param = req.query.p;
  const l = ['a', param];
  l.splice(0, 1, 'c');
  const bar = l[1];
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows)); // ! critical sql-injection
});

// --- a list that items were taken out of, the other one
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const param = req.query.p;
  const l = ['a', param];
  l.splice(0, 1, 'c');
  const bar = l[0];
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows));
});

// --- an item from the end
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const param = req.query.p;
  const l = ['a', param];
  const bar = l.at(-1);
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows)); // ! critical sql-injection
});

// --- an item from the end, the other one
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const param = req.query.p;
  const l = ['a', param];
  const bar = l.at(0);
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows));
});

// --- two lists in one
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const param = req.query.p;
  const l = ['a'].concat([param]);
  const bar = l[1];
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows)); // ! critical sql-injection
});

// --- two lists in one, the other one
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const param = req.query.p;
  const l = ['a'].concat([param]);
  const bar = l[0];
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows));
});

// --- lists that are spread into one
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const param = req.query.p;
  const l = [...['a'], ...[param]];
  const bar = l[1];
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows)); // ! critical sql-injection
});

// --- lists that are spread into one, the other one
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const param = req.query.p;
  const l = [...['a'], ...[param]];
  const bar = l[0];
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows));
});

// --- the values of an object
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const param = req.query.p;
  const bar = Object.values({ a: 'x', b: param })[1];
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows)); // ! critical sql-injection
});

// --- the values of an object, the other one
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const param = req.query.p;
  const bar = Object.values({ a: 'x', b: param })[0];
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows));
});

// --- names and values of an object
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const param = req.query.p;
  let bar = '';
  for (const [k, v] of Object.entries({ a: 'x', b: param })) if (k === 'b') bar = v;
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows)); // ! critical sql-injection
});

// --- names and values of an object, the other one
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const param = req.query.p;
  let bar = '';
  for (const [k, v] of Object.entries({ a: 'x', b: param })) if (k === 'a') bar = v;
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows));
});

// --- an object of names and values
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const param = req.query.p;
  const o = Object.fromEntries([['a', 'x'], ['b', param]]);
  const bar = o.b;
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows)); // ! critical sql-injection
});

// --- an object of names and values, the other one
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const param = req.query.p;
  const o = Object.fromEntries([['a', 'x'], ['b', param]]);
  const bar = o.a;
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows));
});

// --- objects that are put into a new one
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const param = req.query.p;
  const o = Object.assign({}, { a: param }, { b: 'x' });
  const bar = o.a;
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows)); // ! critical sql-injection
});

// --- objects that are put into a new one, the other one
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const param = req.query.p;
  const o = Object.assign({}, { a: param }, { b: 'x' });
  const bar = o.b;
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows));
});

// --- a function with a bound argument
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const param = req.query.p;
  function pick(a, b) { return b; }
  const bar = pick.bind(null, 'x')(param);
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows)); // ! critical sql-injection
});

// --- a function with a bound argument, the other one
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const param = req.query.p;
  function pick(a, b) { return a; }
  const bar = pick.bind(null, 'x')(param);
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows));
});

// --- a switch over a letter of a constant
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const param = req.query.p;
  let bar;
  switch ('ABC'.charAt(0)) {
    case 'A': bar = param; break;
    case 'B': bar = 'x'; break;
    default: bar = 'y';
  }
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows)); // ! critical sql-injection
});

// --- a switch over a letter of a constant, the other one
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const param = req.query.p;
  let bar;
  switch ('ABC'.charAt(1)) {
    case 'A': bar = param; break;
    case 'B': bar = 'x'; break;
    default: bar = 'y';
  }
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows));
});

// --- a loop that ends with the first item
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const param = req.query.p;
  let bar = '';
  for (const v of [param, 'x']) { bar = v; break; }
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows)); // ! critical sql-injection
});

// --- a loop that ends with the first item, the other one
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const param = req.query.p;
  let bar = '';
  for (const v of ['x', param]) { bar = v; break; }
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows));
});

// --- a round that goes on with the loop by its name
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const q = req.query.p;
  let bar = 'x';
  outer: for (const x of ['a', q]) {
    if (x === 'a') continue outer;
    bar = x;
  }
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows)); // ! critical sql-injection
});

// --- a break that ends a switch, and no loop
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const q = req.query.p;
  let bar = 'x';
  for (const x of ['a', q]) {
    switch (x) { case 'a': { break; } default: bar = x; }
  }
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows)); // ! critical sql-injection
});

// --- a break that ends a block, and no loop
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const q = req.query.p;
  let bar = 'x';
  for (const x of ['a', q]) {
    skip: { if (x === 'a') break skip; bar = x; }
  }
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows)); // ! critical sql-injection
});

// --- a break that goes through finally
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const q = req.query.p;
  let bar = 'x';
  for (const x of ['a', 'b']) {
    try { break; } finally { bar = q; }
  }
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows)); // ! critical sql-injection
});

// --- a case that is left early
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const q = req.query.p;
  let bar = 'x';
  switch (req.query.mode) {
    case 'a':
      if (req.query.z) {
        bar = q;
        break;
      }
      bar = 'e';
  }
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows)); // ! critical sql-injection
});

// --- a case that is known and left early
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const q = req.query.p;
  let bar = 'x';
  const mode = 'a';
  switch (mode) {
    case 'a':
      if (req.query.z) {
        bar = q;
        break;
      }
      return;
  }
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows)); // ! critical sql-injection
});

// --- a case that is left either way
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const q = req.query.p;
  let bar = q;
  const mode = 'a';
  switch (mode) {
    case 'a':
      if (req.query.z) {
        break;
      } else {
        break;
      }
  }
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows)); // ! critical sql-injection
});

// --- a case that is left early, and sets right
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const q = req.query.p;
  let bar = q;
  switch (req.query.mode) {
    case 'a':
      if (req.query.z) {
        bar = 'a';
        break;
      }
      bar = 'e';
      break;
    default:
      bar = 'z';
  }
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows));
});

// --- a loop that a case goes on with
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const q = req.query.p;
  let bar = 'x';
  for (const x of ['b', q]) {
    switch (req.query.mode) {
      case 'a':
        bar = x;
        continue;
      default:
        break;
    }
    bar = 'y';
  }
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows)); // ! critical sql-injection
});

// --- a list that a function adds to
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });
function put(l, v) { l.push(v); }

app.get('/t', async (req, res) => {
  const q = req.query.p;
  const l = ['a'];
  put(l, q);
  let bar = 'x';
  for (const x of l) bar = x;
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows)); // ! critical sql-injection
});

// --- a list that a function adds to, by its copy
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });
function put(l, v) { [...l].push(v); }

app.get('/t', async (req, res) => {
  const q = req.query.p;
  const l = ['a'];
  put(l, q);
  let bar = 'x';
  for (const x of l) bar = x;
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows));
});

// --- a list that a function adds to, by a list of its own
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });
function put(l, v) { l = []; l.push(v); }

app.get('/t', async (req, res) => {
  const q = req.query.p;
  const l = ['a'];
  put(l, q);
  let bar = 'x';
  for (const x of l) bar = x;
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows));
});

// --- a list that a function sets an item of
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });
function put(l, v) { l[0] = v; }

app.get('/t', async (req, res) => {
  const q = req.query.p;
  const l = ['a'];
  put(l, q);
  let bar = l[0];
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows)); // ! critical sql-injection
});

// --- an object that a function sets a field of
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });
function set(o, v) { o.a = v; }

app.get('/t', async (req, res) => {
  const q = req.query.p;
  const o = { a: 'x' };
  set(o, q);
  const [bar] = Object.values(o);
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows)); // ! critical sql-injection
});

// --- a list that is put in order
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const q = req.query.p;
  const l = ['a', q];
  l.sort();
  const bar = l[0];
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows)); // ! critical sql-injection
});

// --- a list that is filled
const express = require('express');
const mysql = require('mysql2');
const app = express();
const pool = mysql.createPool({ host: 'db' });

app.get('/t', async (req, res) => {
  const q = req.query.p;
  const l = ['a', 'b'];
  l.fill(q);
  const bar = l[0];
  pool.query("SELECT a FROM t WHERE b = '" + bar + "'", (err, rows) => res.json(rows)); // ! critical sql-injection
});
