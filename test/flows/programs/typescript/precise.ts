// --- a page that no browser can be made to ask for
import express from 'express';
const app = express();
app.patch('/a', (req, res) => { res.send(`<p>${req.body.name}</p>`); });
app.put('/a', (req, res) => { res.send('<b>' + req.query.name + '</b>'); });
app.delete('/a/:id', remove);
function remove(req, res) { res.send('<b>' + req.params.id + '</b>'); }
function bearer(req, res, next) {
  if (req.headers.authorization !== 'Bearer ' + process.env.TOKEN) return res.sendStatus(401);
  next();
}
app.get('/b', bearer, (req, res) => { res.send('<b>' + req.query.name + '</b>'); });
app.get('/c', passport.authenticate('jwt', { session: false }), (req, res) => { res.send('<b>' + req.query.name); });

// --- a page that a form of another site asks for
import express from 'express';
const app = express();
app.use(express.urlencoded({ extended: false }));
function signedIn(req, res, next) {
  if (!verify(req.cookies.token)) return res.sendStatus(401);
  next();
}
app.post('/a', (req, res) => { res.send(`<p>${req.body.name}</p>`); }); // ! high reflected-html
app.get('/b', signedIn, (req, res) => { res.send('<b>' + req.query.name + '</b>'); }); // ! high reflected-html
app.put('/c', show);
app.get('/c', show);
function show(req, res) { res.send('<b>' + req.query.name + '</b>'); } // ! high reflected-html

// --- what only administrators send
import express from 'express';
import fs from 'node:fs';
import { Controller, Get, Query, UseGuards } from '@nestjs/common';
const router = express.Router();
router.get('/a', requireAdmin, (req, res) => { res.json(fs.readFileSync('/data/' + req.query.name)); }); // ! low path-traversal
router.get('/b', hasRole('admin'), (req, res) => { res.json(fs.readFileSync('/data/' + req.query.name)); }); // ! low path-traversal
router.get('/admin/c', (req, res) => { res.json(fs.readFileSync('/data/' + req.query.name)); }); // ! high path-traversal
@Controller('files')
export class FilesController {
  @Get()
  @Roles('admin')
  read(@Query('name') name: string) { return fs.readFileSync('/data/' + name); } // ! low path-traversal
}

// --- agents that refuse addresses of one's own network
import express from 'express';
import axios from 'axios';
import got from 'got';
import https from 'node:https';
import ssrfFilter from 'ssrf-req-filter';
import { RequestFilteringHttpAgent, useAgent } from 'request-filtering-agent';
import { lookupPublic } from './lookup';
const app = express();
const client = axios.create({ httpAgent: new RequestFilteringHttpAgent(), timeout: 3000 });
app.get('/a', async (req, res) => {
  const { url } = req.query;
  const found = await axios.get(url, { httpAgent: ssrfFilter(url), httpsAgent: ssrfFilter(url) });
  res.json(found.data);
});
app.get('/b', async (req, res) => res.json((await client.get(req.query.url)).data));
app.get('/c', async (req, res) => res.json(await got(req.query.url, { agent: { https: useAgent(req.query.url) } }).json()));
app.get('/d', async (req, res) => {
  const dispatcher = makeSafeDispatcher();
  res.json(await (await fetch(req.query.url, { dispatcher })).json());
});

// --- agents that only keep connections
import express from 'express';
import axios from 'axios';
import https from 'node:https';
const app = express();
const agent = new https.Agent({ keepAlive: true });
const client = axios.create({ httpsAgent: agent });
app.get('/a', async (req, res) => res.json(await axios.get(req.query.url, { httpsAgent: agent }))); // ! high server-side-request-forgery
app.get('/b', async (req, res) => res.json(await client.get(req.query.url))); // ! high server-side-request-forgery

// --- patterns that are held elsewhere
// file: patterns.ts
export const PATTERNS = { name: /^[\w-]+$/, loose: /\w+/ };
export const NAME = new RegExp('^[a-z]+$');
// file: main.ts
import express from 'express';
import fs from 'node:fs';
import { NAME, PATTERNS } from './patterns';
const app = express();
const SAFE = /^[\w-]+$/;
class Store {
  static readonly SAFE = /^[\w-]+$/;
  private readonly own = /^[a-z]+$/;
  one(req, res) { const { name } = req.query; if (!Store.SAFE.test(name)) throw new Error('x'); res.json(fs.readFileSync('/d/' + name)); }
  two(req, res) { const { name } = req.query; if (!this.own.test(name)) throw new Error('x'); res.json(fs.readFileSync('/d/' + name)); }
  three(req, res) { const { name } = req.query; if (!PATTERNS.loose.test(name)) throw new Error('x'); res.json(fs.readFileSync('/d/' + name)); } // ! high path-traversal
}
app.get('/a', (req, res) => { const { name } = req.query; if (!SAFE.test(name)) throw new Error('x'); res.json(fs.readFileSync('/d/' + name)); });
app.get('/b', (req, res) => { const { name } = req.query; if (!PATTERNS.name.test(name)) return; res.json(fs.readFileSync('/d/' + name)); });
app.get('/c', (req, res) => { const { name } = req.query; if (!name.match(NAME)) return; res.json(fs.readFileSync('/d/' + name)); });

// --- keys of a table, and records that are there
import express from 'express';
import fs from 'node:fs';
import { File } from './models';
const app = express();
const TABLE = { a: 'x', b: 'y' };
const KINDS = new Map([['a', 1]]);
app.get('/a', (req, res) => { const { name } = req.query; if (!(name in TABLE)) return res.sendStatus(404); res.json(fs.readFileSync('/d/' + name)); });
app.get('/b', (req, res) => { const { name } = req.query; if (!Object.hasOwn(TABLE, name)) return res.sendStatus(404); res.json(fs.readFileSync('/d/' + name)); });
app.get('/c', (req, res) => {
  const { name } = req.query;
  if (!Object.prototype.hasOwnProperty.call(TABLE, name)) return res.sendStatus(404);
  res.json(fs.readFileSync('/d/' + name));
});
app.get('/d', (req, res) => { const { name } = req.query; if (!KINDS.has(name)) return res.sendStatus(404); res.json(fs.readFileSync('/d/' + name)); });
app.get('/e', async (req, res) => {
  const name = String(req.query.name);
  const file = await File.findOne({ where: { name } });
  if (!file) return res.sendStatus(404);
  res.json(fs.readFileSync('/d/' + name));
});
app.get('/f', async (req, res) => {
  const name = String(req.query.name);
  if (!(await File.exists({ name }))) throw new Error('gone');
  res.json(fs.readFileSync('/d/' + name));
});
app.get('/g', async (req, res) => {
  const name = String(req.query.name);
  const file = await File.findOne({ where: { name } });
  if (file === null) return res.sendStatus(404);
  res.json(fs.readFileSync('/d/' + name));
});

// --- records that nobody asks about
import express from 'express';
import fs from 'node:fs';
import { File } from './models';
const app = express();
app.get('/a', async (req, res) => {
  const name = String(req.query.name);
  const file = await File.findOne({ where: { name } });
  res.json({ file, text: fs.readFileSync('/d/' + name) }); // ! high path-traversal
});
app.get('/b', async (req, res) => {
  const name = String(req.query.name);
  const user = await User.findOne({ where: { id: req.user.id } });
  if (!user) return res.sendStatus(404);
  res.json(fs.readFileSync('/d/' + name)); // ! high path-traversal
});
app.get('/c', async (req, res) => {
  const name = String(req.query.name);
  if (!fs.existsSync('/d/' + name)) return res.sendStatus(404);
  res.json(fs.readFileSync('/d/' + name)); // ! high path-traversal
});

// --- a pattern is compiled once, and functions are no code
import express from 'express';
const app = express();
app.get('/a', (req, res) => {
  const pattern = new RegExp(req.query.q); // ! medium pattern-injection
  res.json(names.filter((name) => name.match(pattern)));
});
function later(next: () => void, ms: number) { setTimeout(next, ms); }
app.get('/b', (req, res) => { later(() => res.json({}), req.query.ms); });

// --- what is taken out by patterns that have names
import express from 'express';
import fs from 'node:fs';
import path from 'node:path';
const app = express();
const SLASHES = /[\/\\:*?"<>|]/g;
function sanitizeFilename(name) {
  const illegal = /[\/\?<>\\:\*\|"]/g;
  const replacement = '';
  return name.normalize('NFC').replace(illegal, replacement).trim();
}
app.post('/a', (req, res) => { fs.writeFileSync(path.join('/data', sanitizeFilename(req.body.name)), ''); res.end(); });
app.post('/b', (req, res) => { fs.writeFileSync('/data/' + req.body.name.replace(SLASHES, '_'), ''); res.end(); });

// --- what is taken out once only
import express from 'express';
import fs from 'node:fs';
const app = express();
const SLASH = /[\/\\]/;
app.post('/a', (req, res) => { fs.writeFileSync('/data/' + req.body.name.replace(SLASH, '_'), ''); res.end(); }); // ! high path-traversal

// --- a page of a body, where only JSON is read as far as one sees, and of the name of a file
import express from 'express';
import fileUpload from 'express-fileupload';
const app = express();
app.use(express.json());
app.post('/a', (req, res) => { res.send(`<p>${req.body.name}</p>`); }); // ! medium reflected-html
export const upload = (req, res) => res.status(400).send(`<p>${req.files.cover.name}</p>`); // ! low reflected-html

// --- a page of a body, by a handler of which nobody knows how it is reached
export const show = (req, res) => res.send(`<p>${req.body.name}</p>`); // ! low reflected-html
export const find = (req, res) => res.send(`<p>${req.query.name}</p>`); // ! high reflected-html

// --- files of a form as a promise gives them
import { Formidable } from 'formidable';
import fs from 'node:fs/promises';
export async function upload(req, res) {
  const form = new Formidable({ uploadDir: '/tmp' });
  const [fields, files] = await form.parse(req);
  const file = files.file[0].filepath;
  await fs.rename(file, '/data/new');
  await fs.rename(file, '/data/' + fields.name); // ! high path-traversal
}

// --- who may ask a query is said in a schema
import fs from 'node:fs';
import express from 'express';
export const resolvers = { Mutation: { async export(obj, args, context) { await fs.promises.mkdir(args.path); } } }; // ! medium path-traversal
const app = express();
app.post('/export', async (req, res) => { await fs.promises.mkdir(req.body.path); res.end(); }); // ! high path-traversal

// --- what a folder of a program says is for its administrators
// file: src/controllers/admin/themes.js
const fs = require('fs');
module.exports.get = async function (req, res) { res.json(await fs.promises.readFile('/themes/' + req.query.theme)); }; // ! low path-traversal
// file: src/controllers/themes.js
const fs = require('fs');
module.exports.get = async function (req, res) { res.json(await fs.promises.readFile('/themes/' + req.query.theme)); }; // ! high path-traversal

// --- only administrators and the service itself send it, and a helper reads the request
// file: http.ts
import type { Request } from 'express';
export const bodyOf = (request: Request) => (typeof request.body === 'string' ? JSON.parse(request.body) : request.body);
// file: models.ts
export async function listModels(basePath: string) {
  const found = await fetch(`${basePath}/models`); // ! low server-side-request-forgery
  return found.json();
}
// file: signed.ts
import { Key } from './key.ts';
export function verifyPayload(request, response, next) {
  const key = new Key();
  const signature = request.header('X-Integrity');
  if (!signature) return response.status(400).json({ message: 'no signature' });
  const isValid = key.verify(signature, request.body);
  if (!isValid) return response.status(400).json({ message: 'bad signature' });
  next();
}
// file: main.ts
import express from 'express';
import fs from 'node:fs';
import path from 'node:path';
import { bodyOf } from './http.ts';
import { listModels } from './models.ts';
import { verifyPayload } from './signed.ts';
import { isUser, hasRole, ROLES } from './roles.ts';
const app = express();
app.post('/models', [isUser, hasRole([ROLES.admin])], async (request, response) => {
  const { basePath = null } = bodyOf(request);
  response.json(await listModels(basePath));
});
app.post('/parse', [verifyPayload], (request, response) => {
  const { file } = bodyOf(request);
  response.json(fs.readFileSync(path.join('/srv/files', file))); // ! low path-traversal
});

// --- routes on what another file hands in, for administrators
const bodyOf = (request) => (typeof request.body === 'string' ? JSON.parse(request.body) : request.body);
module.exports = function endpoints(app) {
  app.post('/pull', [validatedRequest, hasRole([ROLES.admin])], async (request, response) => {
    const { basePath } = bodyOf(request);
    response.json(await fetch(`${basePath}/models`)); // ! low server-side-request-forgery
  });
};

// --- routes on what another file hands in, for everybody
const bodyOf = (request) => (typeof request.body === 'string' ? JSON.parse(request.body) : request.body);
module.exports = function endpoints(app) {
  app.post('/pull', [validatedRequest], async (request, response) => {
    const { basePath } = bodyOf(request);
    response.json(await fetch(`${basePath}/models`)); // ! high server-side-request-forgery
  });
};

// --- a token is checked, or a field of the body, and a helper reads the request
// file: http.ts
import type { Request } from 'express';
export const bodyOf = (request: Request) => (typeof request.body === 'string' ? JSON.parse(request.body) : request.body);
// file: token.ts
import jwt from 'jsonwebtoken';
export function verifyToken(request, response, next) {
  const token = request.header('Authorization');
  const payload = jwt.verify(token, process.env.SECRET);
  if (!payload) return response.status(401).json({ message: 'bad signature' });
  request.user = payload;
  next();
}
export function hasName(request, response, next) {
  if (!request.body.signature) return response.sendStatus(400);
  next();
}
// file: main.ts
import express from 'express';
import fs from 'node:fs';
import path from 'node:path';
import { bodyOf } from './http.ts';
import { hasName, verifyToken } from './token.ts';
const app = express();
app.post('/models', verifyToken, async (request, response) => {
  response.json(await fetch(`${bodyOf(request).basePath}/models`)); // ! high server-side-request-forgery
});
app.post('/parse', [verifyToken, hasName], (request, response) => {
  const { file } = bodyOf(request);
  response.json(fs.readFileSync(path.join('/srv/files', file))); // ! high path-traversal
});

// --- only whether it is a pattern; what looks up a text; and patterns that are run
import express from 'express';
import { priceRegistry } from './prices';
const app = express();
class Rules { match(text: string) { return text.length; } }
const rules = new Rules();
app.post('/check', (req, res) => {
  try {
    new RegExp(req.body.pattern);
  } catch {
    return res.status(400).end();
  }
  res.json({ price: priceRegistry?.match(req.body.model), rule: rules.match(req.body.model) });
});
app.post('/find', (req, res) => {
  const pattern = new RegExp(req.body.pattern); // ! medium pattern-injection
  res.json(lines.filter((line) => pattern.test(line)));
});
app.post('/test', (req, res) => {
  res.json(new RegExp(req.body.pattern).test(text)); // ! medium pattern-injection
});
app.post('/match', (req, res) => {
  res.json(title.match(req.body.pattern)); // ! medium pattern-injection
});

// --- a search that compares what it is asked with, and one that gives it back
import express from 'express';
import fs from 'node:fs';
import { tree } from './tree';
const app = express();
function findNode(node: any, id: string): any {
  if (node.id === id) return node;
  for (const child of node.children) {
    const found = findNode(child, id);
    if (found) return found;
  }
  return null;
}
function findInside(nodes: any[], id: string) {
  const visit = (node: any, wanted: string): any => {
    if (node.id === wanted) return node.file;
    return node.children.map((child: any) => visit(child, wanted)).find(Boolean);
  };
  return visit(nodes[0], id);
}
function joinParts(parts: string[], made = ''): string {
  if (parts.length === 0) return made;
  return joinParts(parts.slice(1), made + parts[0]);
}
function swap(a: string, b: string, times: number): string {
  return times === 0 ? a : swap(b, a, times - 1);
}
app.get('/a', (req, res) => {
  fs.createReadStream('/srv/' + findNode(tree, req.query.id).file).pipe(res);
  fs.createReadStream('/srv/' + findInside(tree, req.query.id)).pipe(res);
});
app.get('/b', (req, res) => {
  fs.createReadStream('/srv/' + joinParts(req.query.parts)).pipe(res); // ! high path-traversal
});
app.get('/c', (req, res) => {
  fs.createReadStream('/srv/' + swap('x', req.query.name, 3)).pipe(res); // ! high path-traversal
});
app.get('/d', (req, res) => {
  fs.createReadStream('/srv/' + findNode(req.query, 'root').file).pipe(res); // ! high path-traversal
});

// --- a parameter of an address is a text, and has no fields
import { Pool } from 'pg';
const pool = new Pool();
function clauseOf(filters: Record<string, any>) {
  return Object.keys(filters).map((key) => {
    const filter = filters[key];
    return filter?.column ? `${filter.prefix}${filter.column} = 1` : 'true';
  }).join(' and ');
}
export async function GET(request: Request) {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  return Response.json(await pool.query(`select 1 from a where ${clauseOf(query)}`));
}
export async function POST(request: Request) {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  return Response.json(await pool.query(`select 1 from a where ${query.column.trim()} = 1`)); // ! critical sql-injection
}

// --- a body may hold objects
import { Pool } from 'pg';
const pool = new Pool();
function clauseOf(filters: Record<string, any>) {
  return Object.keys(filters).map((key) => {
    const filter = filters[key];
    return filter?.column ? `${filter.prefix}${filter.column} = 1` : 'true'; // ! critical sql-injection
  }).join(' and ');
}
export async function PUT(request: Request) {
  const body = await request.json();
  return Response.json(await pool.query(`select 1 from a where ${clauseOf(body)}`));
}
