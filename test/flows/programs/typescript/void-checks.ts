// --- a store that is asked for a key, and a list that strangers fill
import { exec } from 'node:child_process';
import express from 'express';
import { Redis } from 'ioredis';
const app = express();
const redis = new Redis();
const seen = new Map<string, string>();
const KINDS = new Set(['pdf', 'html']);
app.post('/seen', (req, res) => {
  seen.set(String(req.body.name), '1');
  res.sendStatus(204);
});
app.get('/a', async (req, res) => {
  const name = String(req.query.name);
  if (!(await redis.exists(name))) return res.sendStatus(404);
  exec('cat ' + name); // ! critical command-injection
});
app.get('/b', (req, res) => {
  const name = String(req.query.name);
  if (!seen.has(name)) return res.sendStatus(404);
  exec('cat ' + name); // ! critical command-injection
});
app.get('/c', (req, res) => {
  const name = String(req.query.name);
  if (!KINDS.has(name)) return res.sendStatus(404);
  exec('convert ' + name);
});

// --- a prefix of a path that was not normalised, and a host without an end
import { readFileSync } from 'node:fs';
import path from 'node:path';
import express from 'express';
const app = express();
app.get('/a', (req, res) => {
  const file = '/data/' + String(req.query.name); // ! high path-traversal
  if (!file.startsWith('/data/')) return res.sendStatus(400);
  res.type('text/plain').send(readFileSync(file));
});
app.get('/b', (req, res) => {
  const file = path.resolve('/data', String(req.query.name));
  if (!file.startsWith('/data/')) return res.sendStatus(400);
  res.type('text/plain').send(readFileSync(file));
});
app.get('/c', async (req, res) => {
  const url = String(req.query.url);
  if (!url.startsWith('https://example.com')) return res.sendStatus(400);
  res.json(await (await fetch(url)).json()); // ! high server-side-request-forgery
});
app.get('/d', async (req, res) => {
  const url = String(req.query.url);
  if (!url.startsWith('https://example.com/')) return res.sendStatus(400);
  res.json(await (await fetch(url)).json());
});

// --- patterns that hold one end, one line, or a range of marks
import { exec } from 'node:child_process';
import express from 'express';
const app = express();
app.get('/a', (req, res) => {
  const name = String(req.query.name);
  if (!/^name|age$/.test(name)) return res.sendStatus(400);
  exec('cat ' + name); // ! critical command-injection
});
app.get('/b', (req, res) => {
  const name = String(req.query.name);
  if (!/^[a-z]+$/m.test(name)) return res.sendStatus(400);
  exec('cat ' + name); // ! critical command-injection
});
app.get('/c', (req, res) => {
  const name = String(req.query.name);
  if (!/^[!-~]+$/.test(name)) return res.sendStatus(400);
  exec('cat ' + name); // ! critical command-injection
});
app.get('/d', (req, res) => {
  const name = String(req.query.name);
  if (!/^(?:name|age)$/.test(name)) return res.sendStatus(400);
  exec('cat ' + name);
});
app.get('/e', (req, res) => {
  const name = String(req.query.name);
  if (!/^[\w-]+$/.test(name)) return res.sendStatus(400);
  exec('cat ' + name);
});

// --- a check whose answer is dropped, and one that stops
import { exec } from 'node:child_process';
import express from 'express';
const app = express();
function isValid(name: string): boolean {
  return /^[a-z]+$/.test(name);
}
function assertValid(name: string): void {
  if (!/^[a-z]+$/.test(name)) throw new Error('name');
}
app.get('/a', (req, res) => {
  const name = String(req.query.name);
  isValid(name);
  exec('cat ' + name); // ! critical command-injection
});
app.get('/b', (req, res) => {
  const name = String(req.query.name);
  assertValid(name);
  exec('cat ' + name);
});
app.get('/c', (req, res) => {
  const name = String(req.query.name);
  if (!isValid(name)) return res.sendStatus(400);
  exec('cat ' + name);
});

// --- what is decoded after its check is another text
import { exec } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import express from 'express';
const app = express();
const KINDS = ['invoice', 'order'];
app.get('/a', (req, res) => {
  const name = String(req.query.name);
  if (name.includes('..')) return res.sendStatus(400);
  res.type('text/plain').send(readFileSync('/data/' + decodeURIComponent(name))); // ! high path-traversal
});
app.get('/b', (req, res) => {
  const name = path.basename(String(req.query.name));
  res.type('text/plain').send(readFileSync('/data/' + decodeURIComponent(name))); // ! high path-traversal
});
app.get('/c', (req, res) => {
  const name = String(req.query.name);
  if (name.includes('..')) return res.sendStatus(400);
  const plain = Buffer.from(name, 'base64').toString('utf8');
  res.type('text/plain').send(readFileSync('/data/' + plain)); // ! high path-traversal
});
app.get('/d', (req, res) => {
  const name = decodeURIComponent(String(req.query.name));
  if (name.includes('..')) return res.sendStatus(400);
  res.type('text/plain').send(readFileSync('/data/' + name));
});
app.get('/e', (req, res) => {
  const kind = String(req.query.kind);
  if (!KINDS.includes(kind)) return res.sendStatus(400);
  exec('cat ' + decodeURIComponent(kind));
});

// --- a check of one key says nothing of another key that begins like it
import { readFileSync } from 'node:fs';
import express from 'express';
const app = express();
app.get('/a', (req, res) => {
  const { query } = req;
  if (String(query['a']).includes('..')) return res.sendStatus(400);
  res.type('text/plain').send(readFileSync('/data/' + query['a>b'])); // ! high path-traversal
});
