// --- reading files of a request
const express = require('express');
const fs = require('fs');
const path = require('path');
const { exec } = require('child_process');
const app = express();
const ALLOWED = ['a', 'b'];
app.get('/file', (req, res) => {
  res.send(fs.readFileSync('/data/' + req.query.name)); // ! high path-traversal
});
app.get('/file2', async (req, res) => {
  const { name } = req.query;
  if (!ALLOWED.includes(name)) return res.status(400).end();
  fs.readFile('/data/' + name, (e, d) => res.send(d));
});
app.get('/file3', async (req, res) => {
  const name = path.basename(req.query.name);
  fs.readFile('/data/' + name, (e, d) => res.send(d));
});
function read(file) { const full = path.join('/data', file); return fs.readFileSync(full); } // ! high path-traversal
app.get('/file4', async (req, res) => { read(req.params.id); });
app.get('/file5', async (req, res) => { read(Number(req.params.id)); });
class Store { constructor(dir) { this.dir = dir; } load(name) { return new Promise((ok) => fs.readFile(`${this.dir}/${name}`, ok)); } } // ! high path-traversal
const store = new Store('/x');
app.post('/file6', (req, res) => { store.load(req.body.a.b); });
const wrap = (fn) => async (req, res, next) => { try { await fn(req, res); } catch (e) { next(e); } };
app.get('/7', wrap(async (q, r) => { const p = path.resolve('/data', q.query.p); if (!p.startsWith('/data/')) throw new Error(); fs.readFileSync(p); fs.readFileSync(q.query.z); })); // ! high path-traversal
