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

// --- checks of the program that let everything through, or show less than their names say
import { exec } from 'node:child_process';
import { readFileSync } from 'node:fs';
import express from 'express';
const app = express();
const allowAll = () => true;
const isAllowed = (name: string) => name.length > 0 || true;
const isSafe = (_name: string) => process.env.CHECKED === '1';
const isValidName = (name: string) => /.*/.test(name);
function validatePath(path: string): boolean {
  if (path.includes('..')) return false;
  return true;
}
async function isPermitted(name: string): Promise<boolean> {
  return /^[a-z]+$/.test(name);
}
app.get('/a', (req, res) => {
  const name = String(req.query.name);
  if (!allowAll(name)) return res.sendStatus(400);
  exec('cat ' + name); // ! critical command-injection
});
app.get('/b', (req, res) => {
  const name = String(req.query.name);
  if (!isAllowed(name)) return res.sendStatus(400);
  exec('cat ' + name); // ! critical command-injection
});
app.get('/c', (req, res) => {
  const name = String(req.query.name);
  if (!isSafe(name)) return res.sendStatus(400);
  exec('cat ' + name); // ! critical command-injection
});
app.get('/d', (req, res) => {
  const name = String(req.query.name);
  if (!isValidName(name)) return res.sendStatus(400);
  exec('cat ' + name); // ! critical command-injection
});
app.get('/e', (req, res) => {
  const path = String(req.query.path);
  if (!validatePath(path)) return res.sendStatus(400);
  exec('cat /data/' + path); // ! critical command-injection
  res.type('text/plain').send(readFileSync('/data/' + path));
});
app.get('/f', async (req, res) => {
  const name = String(req.query.name);
  if (!isPermitted(name)) return res.sendStatus(400);
  exec('cat ' + name); // ! critical command-injection
});
app.get('/g', async (req, res) => {
  const name = String(req.query.name);
  if (!(await isPermitted(name))) return res.sendStatus(400);
  exec('cat ' + name);
});

// --- checks of the program by any name
import { exec } from 'node:child_process';
import { readFileSync } from 'node:fs';
import express from 'express';
const app = express();
const NAME = /^[a-z0-9_]{1,40}$/;
const KINDS = ['pdf', 'html'];
const looksFine = (name: string) => name.length < 40 && NAME.test(name);
const inside = (path: string) => !path.includes('..');
function one(kind: string): boolean {
  if (kind === 'all') return true;
  return KINDS.includes(kind) ? true : false;
}
function must(name: string): void {
  if (!NAME.test(name)) throw new Error('name');
}
function mustNot(path: string): void {
  if (path.includes('..')) throw new Error('path');
}
app.get('/a', (req, res) => {
  const name = String(req.query.name);
  if (!looksFine(name)) return res.sendStatus(400);
  exec('cat ' + name);
});
app.get('/b', (req, res) => {
  const path = String(req.query.path);
  if (!inside(path)) return res.sendStatus(400);
  res.type('text/plain').send(readFileSync('/data/' + path));
});
app.get('/c', (req, res) => {
  const kind = String(req.query.kind);
  if (!one(kind)) return res.sendStatus(400);
  exec('cat ' + kind);
});
app.get('/d', (req, res) => {
  const name = String(req.query.name);
  must(name);
  exec('cat ' + name);
});
app.get('/e', (req, res) => {
  const path = String(req.query.path);
  mustNot(path);
  exec('cat /data/' + path); // ! critical command-injection
  res.type('text/plain').send(readFileSync('/data/' + path));
});

// --- a list of eleven, written with ||
import { exec } from 'node:child_process';
import express from 'express';
const app = express();
app.get('/a', (req, res) => {
  const x = String(req.query.x);
  if (x === 'a' || x === 'b' || x === 'c' || x === 'd' || x === 'e' || x === 'f' || x === 'g' || x === 'h' || x === 'i' || x === 'j' || x === 'k') exec('cat ' + x);
  res.end();
});
app.get('/b', (req, res) => {
  const x = String(req.query.x);
  const known = x === 'a' || x === 'b';
  if (!known) return res.sendStatus(400);
  exec('cat ' + x);
});
app.get('/c', (req, res) => {
  const x = String(req.query.x);
  if (x === 'a' || x === 'b' || x === 'c' || x === 'd' || x === 'e' || x === 'f' || x === 'g' || x === 'h' || x === 'i' || x === 'j' || x) exec('cat ' + x); // ! critical command-injection
  res.end();
});
app.get('/d', (req, res) => {
  const x = String(req.query.x);
  if (!(x !== 'a' && x !== 'b' && x !== 'c' && x !== 'd' && x !== 'e' && x !== 'f' && x !== 'g' && x !== 'h' && x !== 'i' && x !== 'j' && x !== 'k')) exec('cat ' + x);
  res.end();
});

// --- patterns that let nearly everything through, and what they do not
import { exec } from 'node:child_process';
import { readFileSync } from 'node:fs';
import express from 'express';
const app = express();
app.get('/a', (req, res) => {
  const x = String(req.query.x);
  if (!/^[\u0000-\uffff]*$/.test(x)) return res.sendStatus(400);
  exec('cat ' + x); // ! critical command-injection
});
app.get('/b', (req, res) => {
  const x = String(req.query.x);
  if (!/^[A-z]+$/.test(x)) return res.sendStatus(400);
  exec('cat ' + x); // ! critical command-injection
});
app.get('/c', (req, res) => {
  const x = String(req.query.x);
  if (!/^[\w\s]+$/.test(x)) return res.sendStatus(400);
  exec('cat ' + x); // ! critical command-injection
});
app.get('/d', (req, res) => {
  const x = String(req.query.x);
  if (!/^[\p{L}\p{P}]+$/u.test(x)) return res.sendStatus(400);
  exec('cat ' + x); // ! critical command-injection
});
app.get('/e', (req, res) => {
  const x = String(req.query.x);
  if (!/^[\p{L}\d ]+$/u.test(x)) return res.sendStatus(400);
  exec('cat ' + x);
});
app.get('/f', (req, res) => {
  const x = String(req.query.x);
  if (!/^[\w-]+\.pdf$/.test(x)) return res.sendStatus(400);
  res.type('text/plain').send(readFileSync('/data/' + x));
});
app.get('/g', (req, res) => {
  const x = String(req.query.x);
  if (!/^(?!.*\.\.)[\w./-]+$/.test(x)) return res.sendStatus(400);
  res.type('text/plain').send(readFileSync('/data/' + x));
});
app.get('/h', (req, res) => {
  const x = String(req.query.x);
  if (!/^[\w.-]+$/.test(x)) return res.sendStatus(400);
  res.type('text/plain').send(readFileSync('/data/' + x + '/name')); // ! low path-traversal
});
// --- a look ahead behind the end refuses nothing, and a set that is called as a field of every object is none
import { readFileSync } from 'node:fs';
import express from 'express';
const app = express();
app.get('/a', (req, res) => {
  const x = String(req.query.x);
  if (!/^[\w./-]+(?!.*\.\.)$/.test(x)) return res.sendStatus(400);
  res.type('text/plain').send(readFileSync('/data/' + x)); // ! high path-traversal
});
app.get('/b', (req, res) => {
  const x = String(req.query.x);
  if (!/^[[:__proto__:]]+$/.test(x)) return res.sendStatus(400);
  res.type('text/plain').send(readFileSync('/data/' + x)); // ! high path-traversal
});

// --- of the two ways out of a folder, up and from the root, a check closes one
import { readFileSync } from 'node:fs';
import path from 'node:path';
import express from 'express';
const app = express();
const BASE = '/srv/files';
app.get('/a', (req, res) => {
  const name = String(req.query.name);
  if (name.includes('..')) return res.sendStatus(400);
  res.type('text/plain').send(readFileSync(name)); // ! high path-traversal
});
app.get('/b', (req, res) => {
  const name = String(req.query.name).replace(/\.\.\//g, '');
  res.type('text/plain').send(readFileSync(path.join(BASE, name))); // ! high path-traversal
});
app.get('/c', (req, res) => {
  const file = path.resolve(BASE, String(req.query.name)); // ! high path-traversal
  if (path.relative(BASE, file).startsWith('..')) console.log('outside');
  res.type('text/plain').send(readFileSync(file));
});
app.get('/d', (req, res) => {
  const name = String(req.query.name);
  if (name.indexOf('..') > 0) return res.sendStatus(400);
  res.type('text/plain').send(readFileSync(path.join(BASE, name))); // ! high path-traversal
});
app.get('/e', (req, res) => {
  const name = String(req.query.name);
  if (name.startsWith('..')) return res.sendStatus(400);
  res.type('text/plain').send(readFileSync(path.join(BASE, name))); // ! high path-traversal
});

// --- right: both ways are closed, or one that is behind a folder
import { readFileSync } from 'node:fs';
import path from 'node:path';
import express from 'express';
const app = express();
const BASE = '/srv/files';
app.get('/a', (req, res) => {
  const name = String(req.query.name);
  if (name.includes('..') || path.isAbsolute(name)) return res.sendStatus(400);
  res.type('text/plain').send(readFileSync(name));
});
app.get('/b', (req, res) => {
  const name = String(req.query.name).replace(/\.\./g, '');
  res.type('text/plain').send(readFileSync(path.join(BASE, name)));
});
app.get('/c', (req, res) => {
  const file = path.resolve(BASE, String(req.query.name));
  if (path.relative(BASE, file).startsWith('..')) return res.sendStatus(400);
  res.type('text/plain').send(readFileSync(file));
});
app.get('/d', (req, res) => {
  const name = String(req.query.name);
  if (name.indexOf('..') > -1 || name.startsWith('/')) return res.sendStatus(400);
  res.type('text/plain').send(readFileSync(name));
});
app.get('/e', (req, res) => {
  const name = path.normalize(String(req.query.name)).replace(/^(\.\.(\/|\\|$))+/, '');
  res.type('text/plain').send(readFileSync(path.join(BASE, name)));
});

// --- what takes `../` out with either slash leaves one of `....//`, and one at the beginning the next
import { readFileSync } from 'node:fs';
import path from 'node:path';
import express from 'express';
const app = express();
app.get('/a', (req, res) => {
  const name = String(req.query.name).replace(/\.\.[\/\\]/g, '');
  res.type('text/plain').send(readFileSync('/srv/files/' + name)); // ! high path-traversal
});
app.get('/b', (req, res) => {
  const name = path.normalize(String(req.query.name)).replace(/^\.\.\//, '');
  res.type('text/plain').send(readFileSync(path.join('/srv/files', name))); // ! high path-traversal
});
app.get('/c', (req, res) => {
  const name = String(req.query.name).replace(/[\/\\]/g, '');
  res.type('text/plain').send(readFileSync('/srv/files/' + name));
});
