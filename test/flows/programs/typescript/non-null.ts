// --- a list of what may be sorted by, beside a value that is surely there
import express, { type Request, type Response } from 'express';
import { Pool } from 'pg';
const pool = new Pool();
const app = express();
const ALLOWED = ['name', 'age'];
app.get('/users', async (req: Request, res: Response) => {
  const sort = String(req.query.sort);
  if (ALLOWED.includes(sort) && req.user!.admin) {
    const rows = await pool.query(`SELECT id, name FROM users ORDER BY ${sort} LIMIT 50`);
    return res.json(rows.rows);
  }
  res.status(400).end();
});
// --- the list is only asked where somebody is no admin
import express, { type Request, type Response } from 'express';
import { Pool } from 'pg';
const pool = new Pool();
const app = express();
const ALLOWED = ['name', 'age'];
app.get('/users', async (req: Request, res: Response) => {
  const sort = String(req.query.sort);
  if (ALLOWED.includes(sort) || req.user!.admin) {
    const rows = await pool.query(`SELECT id, name FROM users ORDER BY ${sort} LIMIT 50`); // ! critical sql-injection
    return res.json(rows.rows);
  }
  res.status(400).end();
});
// --- what lies outside of the folder is refused
import path from 'node:path';
import express, { type Request, type Response } from 'express';
const app = express();
const ROOT = path.resolve('files');
app.get('/file', (req: Request, res: Response) => {
  const file = path.resolve(ROOT, String(req.query.name));
  if (!file.startsWith(ROOT + path.sep) || !req.user!.id) return res.status(403).end();
  res.sendFile(file);
});
// --- only who is nobody is refused
import path from 'node:path';
import express, { type Request, type Response } from 'express';
const app = express();
const ROOT = path.resolve('files');
app.get('/file', (req: Request, res: Response) => {
  const file = path.resolve(ROOT, String(req.query.name)); // ! high path-traversal
  if (!file.startsWith(ROOT + path.sep) && !req.user!.id) return res.status(403).end();
  res.sendFile(file);
});
// --- the name that multer has given
import express, { type Request, type Response } from 'express';
import multer from 'multer';
import fs from 'node:fs';
const upload = multer({ dest: 'uploads/' });
const app = express();
app.post('/picture', upload.single('picture'), async (req: Request, res: Response) => {
  await fs.promises.rename('uploads/' + req.file!.filename, 'pictures/' + req.file!.filename);
  res.status(204).end();
});
// --- the name that the caller has given
import express, { type Request, type Response } from 'express';
import multer from 'multer';
import fs from 'node:fs';
const upload = multer({ dest: 'uploads/' });
const app = express();
app.post('/picture', upload.single('picture'), async (req: Request, res: Response) => {
  await fs.promises.rename('uploads/' + req.file!.filename, 'pictures/' + req.body!.name); // ! high path-traversal
  res.status(204).end();
});
