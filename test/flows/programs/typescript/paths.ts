// --- files by the path of the request
import express from 'express';
import fs from 'node:fs';
import fsp from 'node:fs/promises';
import path from 'node:path';
import { readJson } from 'fs-extra';
const app = express();
const ROOT = '/srv/files';
app.get('/a/:name', (req, res) => res.sendFile(path.join(ROOT, req.params.name))); // ! high path-traversal
app.get('/b', async (req, res) => res.json(await fsp.readFile(`${ROOT}/${req.query.file}`, 'utf8'))); // ! high path-traversal
app.get('/c', async (req, res) => res.json(await readJson(path.resolve(ROOT, req.query.file)))); // ! high path-traversal
app.delete('/d', (req, res) => fs.unlink(ROOT + '/' + req.body.name, () => res.sendStatus(204))); // ! high path-traversal
app.post('/e', (req, res) => {
  fs.createWriteStream(path.join(ROOT, req.body.folder, 'data.json')).end('{}'); // ! high path-traversal
  res.sendStatus(201);
});
app.get('/f', (req, res) => res.download(req.query.path)); // ! high path-traversal

// --- kept below a folder
import express from 'express';
import fs from 'node:fs';
import path from 'node:path';
const app = express();
const ROOT = path.resolve('/srv/files');
app.get('/a/:name', (req, res) => res.sendFile(req.params.name, { root: ROOT }));
app.get('/b', (req, res) => {
  const file = path.resolve(ROOT, req.query.file);
  if (!file.startsWith(ROOT + path.sep)) return res.sendStatus(403);
  fs.createReadStream(file).pipe(res);
});
app.get('/c', (req, res) => fs.createReadStream(path.join(ROOT, path.basename(req.query.file))).pipe(res));
app.get('/d', (req, res) => fs.createReadStream(path.join(ROOT, `${Number(req.query.id)}.json`)).pipe(res));
app.get('/e', (req, res) => {
  if (!/^[\w-]+$/.test(req.query.name)) return res.sendStatus(400);
  fs.createReadStream(`${ROOT}/${req.query.name}.json`).pipe(res);
});
app.get('/f', (req, res) => {
  const relative = path.relative(ROOT, path.resolve(ROOT, req.query.file));
  if (relative.startsWith('..') || path.isAbsolute(relative)) return res.sendStatus(400);
  fs.createReadStream(path.join(ROOT, relative)).pipe(res);
});
app.get('/g', (req, res) => {
  if (req.query.file.includes('..')) return res.sendStatus(400);
  fs.createReadStream(path.join(ROOT, req.query.file)).pipe(res);
});

// --- a storage class, a wrapper, a union of literals
// file: storage.ts
import { promises as fs } from 'fs';
import { join } from 'path';
export type Kind = 'avatars' | 'covers';
export class DiskStorage {
  constructor(private readonly base: string) {}
  private locate(kind: Kind, key: string) {
    return join(this.base, kind, key); // ! high path-traversal
  }
  async read(kind: Kind, key: string) {
    return fs.readFile(this.locate(kind, key));
  }
  async remove(kind: Kind) {
    await fs.rm(join(this.base, kind), { recursive: true });
  }
}
// file: server.ts
import Fastify from 'fastify';
import { DiskStorage, type Kind } from './storage';
const storage = new DiskStorage('/srv');
const fastify = Fastify();
fastify.get<{ Params: { kind: Kind; key: string } }>('/files/:kind/*', async (request, reply) => {
  await storage.remove(request.params.kind as Kind);
  return storage.read(request.params.kind as Kind, request.params['*']);
});

// --- uploads: multer keeps the last part of a name, others do not
import express from 'express';
import multer from 'multer';
import formidable from 'formidable';
import fs from 'node:fs';
import path from 'node:path';
const upload = multer({ dest: '/tmp' });
const app = express();
app.post('/a', upload.single('file'), (req, res) => {
  fs.renameSync(req.file.path, path.join('/srv/uploads', req.file.originalname));
  res.sendStatus(201);
});
app.post('/b', upload.single('file'), (req, res) => {
  fs.renameSync(req.file.path, path.join('/srv/uploads', req.body.name)); // ! high path-traversal
  res.sendStatus(201);
});

// --- names in an archive
import fs from 'node:fs';
import path from 'node:path';
import unzipper from 'unzipper';
import AdmZip from 'adm-zip';
export function unpack(file: string, target: string) {
  fs.createReadStream(file)
    .pipe(unzipper.Parse())
    .on('entry', (entry) => {
      entry.pipe(fs.createWriteStream(path.join(target, entry.path))); // ! medium path-traversal
    });
}
export function unpackAll(file: string, target: string) {
  const zip = new AdmZip(file);
  for (const entry of zip.getEntries()) {
    fs.writeFileSync(path.join(target, entry.entryName), entry.getData()); // ! medium path-traversal
  }
}
export function unpackChecked(file: string, target: string) {
  for (const entry of new AdmZip(file).getEntries()) {
    const to = path.resolve(target, entry.entryName);
    if (!to.startsWith(target + path.sep)) throw new Error('outside');
    fs.writeFileSync(to, entry.getData());
  }
}

// --- escaped for HTML is still a path
import express from 'express';
import fs from 'node:fs';
import escape from 'escape-html';
const app = express();
app.get('/x', (req, res) => {
  fs.createReadStream('/srv/' + escape(req.query.name)).pipe(res); // ! high path-traversal
});

// --- what the service itself chooses
import express from 'express';
import fs from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { files } from './files';
const app = express();
app.post('/x', async (req, res) => {
  const id = randomUUID();
  await fs.writeFile(`/srv/${id}.json`, JSON.stringify(req.body));
  const found = await files.find(req.params.id);
  await fs.readFile(found.path);
  res.json({ id });
});

// --- a middleware of its own that checks
import express from 'express';
import fs from 'node:fs';
const app = express();
function assertSafeName(name: string) {
  if (name.includes('/') || name.includes('..')) throw new Error('name');
}
app.get('/x', (req, res) => {
  assertSafeName(req.query.name);
  fs.createReadStream('/srv/' + req.query.name).pipe(res);
});

// --- cleaned by a replacement
import express from 'express';
import fs from 'node:fs';
const app = express();
app.get('/x', (req, res) => {
  const name = req.query.name.replace(/[^a-z0-9_-]/gi, '');
  fs.createReadStream(`/srv/${name}.json`).pipe(res);
});
app.get('/y', (req, res) => {
  const name = req.query.name.replace('.json', '');
  fs.createReadStream(`/srv/${name}.json`).pipe(res); // ! high path-traversal
});
// --- multer makes the paths of files itself, and its parser takes the last part of their names
import express from 'express';
import fs from 'node:fs';
import multer from 'multer';
const app = express();
const upload = multer({ dest: '/tmp/up', limits: { fileSize: 1e6 } });
app.post('/a', upload.array('files'), (req, res) => {
  for (const file of req.files) fs.unlink(file.path, () => {});
  fs.unlink(req.files[0].path, () => {});
  req.files.forEach((file) => fs.unlink(file.path, () => {}));
  fs.unlink(req.files.cover[0].path, () => {});
  for (const file of req.files) fs.unlink('/data/' + file.originalname, () => {});
  res.sendStatus(204);
});
// --- a name beside the file
import express from 'express';
import fs from 'node:fs';
import multer from 'multer';
const app = express();
const upload = multer({ dest: '/tmp/up', limits: { fileSize: 1e6 } });
app.post('/a', upload.array('files'), (req, res) => {
  for (const file of req.files) fs.rename(file.path, '/data/' + req.body.name, () => {}); // ! high path-traversal
  res.sendStatus(204);
});

// --- entries of an archive that were picked before
import fs from 'node:fs/promises';
import path from 'node:path';
import AdmZip from 'adm-zip';
export async function importTheme(upload: Buffer) {
  const entries = new AdmZip(upload).getEntries().filter((entry) => !entry.isDirectory).slice(0, 500);
  for (const entry of entries) {
    await fs.writeFile(path.join('/srv/themes', entry.entryName), entry.getData()); // ! medium path-traversal
  }
  for (const entry of entries) {
    await fs.writeFile(path.join('/srv/themes', path.basename(entry.entryName)), entry.getData());
  }
}
