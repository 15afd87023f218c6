// --- a helper that resolves and relates, in a loop with continue
// file: files.js
const fs = require('fs');
const path = require('path');
const documents = path.resolve(process.env.STORAGE_DIR, 'documents');
function isWithin(outer, inner) {
  const resolvedOuter = path.resolve(outer);
  const resolvedInner = path.resolve(inner);
  const rel = path.relative(resolvedOuter, resolvedInner);
  if (rel === '') return false;
  return !rel.startsWith(`..${path.sep}`) && rel !== '..' && !path.isAbsolute(rel);
}
function normalizePath(filepath = '') {
  const result = path.normalize(filepath.trim()).replace(/^(\.\.(\/|\\|$))+/, '').trim();
  if (['..', '.', '/'].includes(result)) throw new Error('Invalid path.');
  return result;
}
async function readAll({ file }) {
  return fs.readFileSync(file, 'utf8');
}
async function byPaths(names = []) {
  if (!names.length) return [];
  const results = [];
  const titles = {};
  for (const name of names) {
    const full = path.resolve(documents, normalizePath(name));
    if (!fs.existsSync(full) || !isWithin(documents, full)) continue;
    const base = path.basename(name);
    try {
      const data = await readAll({ file: full });
      if (data) {
        results.push({ ...data, name });
        titles[name] = base;
      }
    } catch {
      continue;
    }
  }
  return results;
}
async function byFolder(folder = '', page = {}) {
  if (!folder) return { folder, documents: [], code: 400, error: 'Folder name must be provided.' };
  const at = path.resolve(documents, normalizePath(folder));
  if (!isWithin(documents, at) || !fs.existsSync(at) || !fs.lstatSync(at).isDirectory()) {
    return { folder, documents: [], code: 404, error: `Folder "${folder}" does not exist.` };
  }
  const all = fs
    .readdirSync(at)
    .filter((one) => path.extname(one) === '.json')
    .sort();
  const shown = all.slice(page.offset, page.offset + page.limit);
  const found = (await Promise.all(shown.map((one) => readAll({ file: path.join(at, one), cached: `${folder}/${one}` })))).filter(
    (one) => !!one,
  );
  return { folder, documents: found, code: 200, error: null };
}
module.exports = { byPaths, byFolder, isWithin, normalizePath };
// file: server.js
const express = require('express');
const { byPaths, byFolder } = require('./files');
const app = express();
app.post('/documents', async (req, res) => {
  const { names = [] } = req.body;
  const documents = await byPaths(names);
  res.json({ documents });
});
app.get('/folder', async (req, res) => {
  const { folder, offset, limit } = req.query;
  const result = await byFolder(folder, { offset, limit });
  res.status(result.code).json(result);
});

// --- an anchored pattern of another module, by require in the handler
// file: images.js
const path = require('path');
const images = path.resolve(process.env.STORAGE_DIR, 'images');
const IMAGE = /^img-[a-f0-9-]{36}\.png$/i;
module.exports = { images, IMAGE };
// file: server.js
const express = require('express');
const app = express();
app.get('/images/:filename', async (req, res) => {
  const fs = require('fs');
  const path = require('path');
  const { images, IMAGE } = require('./images');
  const { filename } = req.params;
  if (!filename || !IMAGE.test(filename)) return res.status(400).json({ error: 'Invalid filename' });
  const file = path.resolve(images, filename);
  let image;
  try {
    image = await fs.promises.readFile(file);
  } catch {
    return res.status(404).json({ error: 'not found' });
  }
  res.send(image);
});

// --- a method that matches an anchored pattern and gives its parts, or null
// file: lib.js
const path = require('path');
const fs = require('fs/promises');
class Files {
  #folder = path.resolve(process.env.STORAGE_DIR, 'generated');
  parse(filename) {
    const match = filename.match(/^([a-z]+)-([a-f0-9-]{36})\.(\w+)$/i);
    if (!match) return null;
    return { type: match[1], id: match[2], extension: match[3] };
  }
  async read(filename) {
    if (!this.parse(filename)) {
      console.warn('rejected');
      return null;
    }
    return fs.readFile(path.join(this.#folder, filename));
  }
  async readAll(filename) {
    return fs.readFile(path.join(this.#folder, filename));
  }
}
module.exports = new Files();
// file: server.js
const express = require('express');
const files = require('./lib');
const app = express();
app.get('/files/:filename', async (req, res) => {
  const { filename } = req.params;
  if (!filename) return res.status(400).json({ error: 'Filename is required' });
  const data = await files.read(filename);
  res.send(data);
});
app.get('/all/:filename', async (req, res) => {
  const { filename } = req.params;
  const parsed = files.parse(filename);
  if (!parsed) return res.status(400).json({ error: 'Invalid filename' });
  res.send(await files.readAll(filename));
});

// --- all but a few signs are replaced
const express = require('express');
const fs = require('fs');
const path = require('path');
const app = express();
const folder = '/srv/files';
function safeFilename(filename) {
  return String(filename || '').replace(/[^a-zA-Z0-9._-]/g, '_');
}
app.get('/a/:filename', (req, res) => {
  const filename = safeFilename(req.params.filename);
  const file = path.join(folder, filename);
  if (!fs.existsSync(file)) return res.status(404).json({ error: `File not found: ${filename}` });
  res.setHeader('Content-Disposition', `attachment; filename="${filename}"`);
  fs.createReadStream(file).pipe(res);
});
app.delete('/a/:filename', (req, res) => {
  fs.unlinkSync(path.join(folder, safeFilename(req.params.filename)));
  res.sendStatus(204);
});

// --- one of two names, then the names of a folder
// file: paths.ts
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
export async function pathsOf(tag: string, area: string) {
  const folder = path.join(process.cwd(), 'specs', area, 'paths');
  const names = await readdir(folder);
  return Promise.all(names.map(async (name) => ({ name, tag, text: await readFile(path.join(folder, name), 'utf8') })));
}
// file: app/specs/route.ts
import { pathsOf } from '../../paths.ts';
export async function GET(request: Request) {
  const { searchParams } = new URL(request.url);
  const area = searchParams.get('area');
  const expand = searchParams.get('expand');
  if (area !== 'admin' && area !== 'store') return Response.json({ message: `area ${area} is not allowed` }, { status: 400 });
  if (expand) return Response.json(await pathsOf(expand, area));
  return Response.json({});
}

// --- the same checks, whose answer keeps nobody out
const express = require('express');
const fs = require('fs');
const path = require('path');
const app = express();
const base = path.resolve('/srv/files');
const IMAGE = /img-[a-f0-9-]{36}\.png$/i;
function isWithin(outer, inner) {
  const rel = path.relative(path.resolve(outer), path.resolve(inner));
  return !rel.startsWith('..') && !path.isAbsolute(rel);
}
function parse(filename) {
  const match = filename.match(/([a-z]+)-([a-f0-9-]{36})\.(\w+)/i);
  if (!match) return null;
  return { type: match[1], id: match[2] };
}
function parseOrNone(filename) {
  const match = filename.match(/^([a-z]+)-([a-f0-9-]{36})\.(\w+)$/i);
  if (!match) return { type: null, id: null };
  return { type: match[1], id: match[2] };
}
const readAll = ({ file }) => fs.readFileSync(file);
app.get('/a', (req, res) => {
  const found = [];
  for (const name of req.body.names) {
    const file = path.resolve(base, name); // ! high path-traversal
    if (isWithin(base, file)) continue;
    found.push(readAll({ file }));
  }
  res.json({ found });
});
app.get('/b', (req, res) => {
  const at = path.resolve(base, req.query.folder); // ! high path-traversal
  if (!isWithin(base, at)) console.warn('outside');
  const names = fs.readdirSync(base).filter((one) => one.endsWith('.json'));
  res.json(names.map((one) => fs.readFileSync(path.join(at, one))));
});
app.get('/c/:filename', (req, res) => {
  if (!parse(req.params.filename)) return res.sendStatus(400);
  res.json(fs.readFileSync(path.join(base, req.params.filename))); // ! high path-traversal
});
app.get('/d/:filename', (req, res) => {
  if (!parseOrNone(req.params.filename)) return res.sendStatus(400);
  res.json(fs.readFileSync(path.join(base, req.params.filename))); // ! high path-traversal
});
app.get('/e/:filename', (req, res) => {
  if (!IMAGE.test(req.params.filename)) return res.sendStatus(400);
  res.json(fs.readFileSync(path.join(base, req.params.filename))); // ! high path-traversal
});

// --- what holds no slash may still be the folder above, or lead into it
const express = require('express');
const fs = require('fs');
const path = require('path');
const app = express();
const clean = (name) => name.replace(/[^a-zA-Z0-9._-]/g, '_');
const open = (name) => name.replace(/[^a-zA-Z0-9._/-]/g, '_');
app.get('/a/:name', (req, res) => res.json(fs.readdirSync(path.join('/srv/files', clean(req.params.name))))); // ! low path-traversal
app.delete('/a/:name', (req, res) => {
  fs.rmSync(path.join('/srv/files', clean(req.params.name)), { recursive: true }); // ! low path-traversal
  res.sendStatus(204);
});
app.get('/b/:name', (req, res) => res.sendFile(path.join('/srv/files', clean(req.params.name), 'data.json'))); // ! low path-traversal
app.get('/c/:name', (req, res) => res.sendFile(path.join('/srv/files', open(req.params.name)))); // ! high path-traversal
app.get('/d/:name', (req, res) => {
  if (!/^[\w.-]+$/.test(req.params.name)) return res.sendStatus(400);
  res.json(fs.readdirSync(`/srv/files/${req.params.name}`)); // ! low path-traversal
});

// --- what holds no slash, with something of ours beside it
const express = require('express');
const fs = require('fs');
const path = require('path');
const app = express();
const clean = (name) => name.replace(/[^a-zA-Z0-9._-]/g, '_');
app.get('/a/:name', (req, res) => res.json(fs.readdirSync(path.join('/srv/files', `user-${clean(req.params.name)}`))));
app.get('/b/:name', (req, res) => res.sendFile(path.join('/srv/files', `${clean(req.params.name)}.json`)));
app.get('/c/:name', (req, res) => res.sendFile(path.join('/srv/files', clean(req.params.name))));
app.get('/d/:name', (req, res) => {
  if (!/^[\w.-]+$/.test(req.params.name)) return res.sendStatus(400);
  fs.createReadStream(`/srv/files/${req.params.name}`).pipe(res);
});

// --- what was checked goes through a function that a cache wraps
// file: paths.ts
import { promises as fs } from 'fs';
import path from 'path';
import { unstable_cache } from 'next/cache';
import readSpec from './read.ts';
async function pathsOf(tag: string, area: string) {
  const basePath = path.join(process.cwd(), 'specs', `${area}/paths`);
  const files = await fs.readdir(basePath);
  return await Promise.all(
    files.map(async (file) => {
      const content = await readSpec(path.join(basePath, file));
      return { ...content, operationPath: file };
    }),
  );
}
const cached = unstable_cache(async (tag: string, area: string) => pathsOf(tag, area), ['tag-paths'], { revalidate: 3600 });
export default cached;
// file: read.ts
import { promises as fs } from 'fs';
import { parseDocument } from 'yaml';
export default async function readSpec(filePath: string) {
  const content = await fs.readFile(filePath, 'utf-8');
  return parseDocument(content).toJS();
}
// file: app/specs/route.ts
import { NextResponse } from 'next/server';
import getPathsOfTag from '../../paths.ts';
export async function GET(request: Request) {
  const { searchParams } = new URL(request.url);
  const area = searchParams.get('area');
  const expand = searchParams.get('expand');
  if (area !== 'admin' && area !== 'store') {
    return NextResponse.json({ success: false, message: `area ${area} is not allowed` }, { status: 400 });
  }
  const specs: Record<string, unknown> = {};
  if (expand) {
    const paths = await getPathsOfTag(expand, area);
    if (paths) specs[expand] = paths;
  }
  return NextResponse.json(specs, { status: 200 });
}

// --- one part of a text holds nothing of what parts it
const express = require('express');
const fs = require('fs');
const path = require('path');
const { createHash } = require('crypto');
const app = express();
app.get('/a/*', (req, res) => {
  const extension = req.path.split('.').pop();
  fs.writeFileSync(path.join('/srv/cache', createHash('sha256').update(req.path).digest('hex'), `12.${extension}`), 'a');
  res.sendStatus(204);
});
app.get('/b', (req, res) => res.sendFile(path.join('/srv/files', req.query.name.split('/').pop())));

// --- parts of a text that are put together again, or hold what does harm
const express = require('express');
const path = require('path');
const app = express();
app.get('/a', (req, res) => res.sendFile(path.join('/srv/files', req.query.name.split('/').slice(1).join('/')))); // ! high path-traversal
app.get('/b', (req, res) => res.sendFile(path.join('/srv/files', req.query.name.split('?').shift()))); // ! high path-traversal
app.get('/c', (req, res) => res.sendFile(path.join('/srv/files', req.query.name.split('.').join('.')))); // ! high path-traversal

// --- what a match of a pattern holds, by what the pattern lets through
const express = require('express');
const fs = require('fs');
const path = require('path');
const app = express();
const NAME = /^report-([\w-]+)\.txt$/;
app.get('/a', (req, res) => res.sendFile(path.join('/srv/files', NAME.exec(req.query.name)[1])));
app.get('/b', (req, res) => {
  const found = /^(\d{4})\/([a-z]+)$/.exec(req.query.name);
  if (!found) return res.sendStatus(404);
  res.sendFile(path.join('/srv/files', found[1], found[2]));
});
function parse(name) {
  const found = /^([a-z]+)-([a-z0-9]+)$/.exec(name);
  return found ? { kind: found[1], id: found[2] } : null;
}
app.get('/c', (req, res) => {
  const parsed = parse(req.query.name);
  if (!parsed) return res.sendStatus(404);
  res.sendFile(path.join('/srv/files', parsed.kind, parsed.id));
});

// --- a pattern that lets everything through, of which one part is taken
const express = require('express');
const path = require('path');
const app = express();
app.get('/a', (req, res) => res.sendFile(path.join('/srv/files', /^(.+)\.txt$/.exec(req.query.name)[1]))); // ! high path-traversal
app.get('/b', (req, res) => {
  const found = /^([a-z]+)-(.*)$/.exec(req.query.name);
  if (!found) return res.sendStatus(404);
  res.sendFile(path.join('/srv/files', found[1], found[2])); // ! high path-traversal
});
function parse(name) {
  const found = /^([a-z]+)-(.*)$/.exec(name);
  return found ? { kind: found[1], id: found[2] } : null;
}
app.get('/c', (req, res) => {
  const parsed = parse(req.query.name);
  if (!parsed) return res.sendStatus(404);
  res.sendFile(path.join('/srv/files', parsed.kind, parsed.id)); // ! high path-traversal
});

// --- path-is-inside compares beginnings: what it was given has to be resolved
const express = require('express');
const fs = require('fs');
const { join, resolve } = require('path');
const pathIsInside = require('path-is-inside');
const BASE = resolve('plugins');
const app = express();
app.get(/(.*)/, (req, res) => {
  const at = resolve(join('plugins', ...req.params[0].split('/')));
  if (!pathIsInside(at, BASE)) return res.sendStatus(400);
  fs.createReadStream(at).pipe(res);
});
app.get('/b', (req, res) => {
  const at = BASE + '/' + req.query.name; // ! high path-traversal
  if (!pathIsInside(at, BASE)) return res.sendStatus(400);
  fs.createReadStream(at).pipe(res);
});
app.get('/c', (req, res) => {
  const at = resolve(join('plugins', req.query.name)); // ! high path-traversal
  if (pathIsInside(at, BASE)) return res.sendStatus(400);
  fs.createReadStream(at).pipe(res);
});
// --- in a loop, and what writes it is a function of its own
const fs = require('fs');
const path = require('path');
const unzipper = require('unzipper');
const dir = '/srv/themes';
exports.unpack = async (file) => {
  const archive = await unzipper.Open.file(file);
  for (const one of archive.files) {
    const target = path.resolve(dir, one.path);
    if (!target.startsWith(dir + path.sep)) continue;
    await new Promise((done, fail) => fs.writeFile(target, 'x', done));
  }
};
// --- … and the check is of another name
const fs = require('fs');
const path = require('path');
const unzipper = require('unzipper');
const dir = '/srv/themes';
exports.unpack = async (file) => {
  const archive = await unzipper.Open.file(file);
  for (const one of archive.files) {
    const target = path.resolve(dir, one.path); // ! medium path-traversal
    if (!path.resolve(dir, one.type).startsWith(dir + path.sep)) continue;
    await new Promise((done, fail) => fs.writeFile(target, 'x', done));
  }
};

// --- where a path begins, asked by its place
const express = require('express');
const fs = require('fs');
const path = require('path');
const app = express();
const BASE = path.join(__dirname, 'docs');
app.get('/first', function (req, res) {
  const full = path.join(BASE, req.query.name);
  if (full.indexOf(BASE + path.sep) !== 0) { return res.status(403).end(); }
  fs.readFile(full, function (err, data) { res.send(data); });
});
app.get('/again', function (req, res) {
  const full = path.join(__dirname, 'docs', req.query.name);
  if (full.indexOf(path.join(__dirname, 'docs') + path.sep) === 0) fs.readFile(full, function (err, data) { res.send(data); });
});

// --- that the folder is not further on says nothing
const express = require('express');
const fs = require('fs');
const path = require('path');
const app = express();
const BASE = path.join(__dirname, 'docs');
app.get('/later', function (req, res) {
  const full = path.join(BASE, req.query.name); // ! high path-traversal
  if (full.indexOf(BASE) > 0) { return res.status(403).end(); }
  fs.readFile(full, function (err, data) { res.send(data); });
});
