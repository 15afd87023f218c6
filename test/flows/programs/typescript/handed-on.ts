// --- a handler behind a check, and it is registered nowhere else
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'"));
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import { show } from './h';
const S = z.object({ name: z.string().uuid() });
const v = (req, res, next) => { S.parse(req.body); next(); };
export const router = Router();
router.post('/a', v, show);
// --- … and behind the same one once more, through a barrel
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'"));
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import { show } from './h';
const S = z.object({ name: z.string().uuid() });
const v = (req, res, next) => { S.parse(req.body); next(); };
export const router = Router();
router.post('/a', v, show);
// file: barrel.ts
export * from './h';
// file: open.ts
import { Router } from 'express';
import { show } from './barrel';
import { z } from 'zod';
const v = (req, res, next) => { z.object({ name: z.string().uuid() }).parse(req.body); next(); };
export const open = Router();
open.post('/open', v, show);
// --- … and open in a file that has it from a barrel
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import { show } from './h';
const S = z.object({ name: z.string().uuid() });
const v = (req, res, next) => { S.parse(req.body); next(); };
export const router = Router();
router.post('/a', v, show);
// file: barrel.ts
export * from './h';
// file: open.ts
import { Router } from 'express';
import { show } from './barrel';
export const open = Router();
open.post('/open', show);
// --- … from one that names it
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import { show } from './h';
const S = z.object({ name: z.string().uuid() });
const v = (req, res, next) => { S.parse(req.body); next(); };
export const router = Router();
router.post('/a', v, show);
// file: barrel.ts
export { show } from './h';
// file: open.ts
import { Router } from 'express';
import { show } from './barrel';
export const open = Router();
open.post('/open', show);
// --- … and given on as something else
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import { show } from './h';
const S = z.object({ name: z.string().uuid() });
const v = (req, res, next) => { S.parse(req.body); next(); };
export const router = Router();
router.post('/a', v, show);
// file: page.ts
import { show } from './h';
export default show;
// --- … and called by a handler of a file that a framework finds
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import { show } from './h';
const S = z.object({ name: z.string().uuid() });
const v = (req, res, next) => { S.parse(req.body); next(); };
export const router = Router();
router.post('/a', v, show);
// file: route.ts
import { show } from './h';
export async function POST(req, res) { await show(req, res); }
// --- … and in a table of handlers that is not followed
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import { show } from './h';
const S = z.object({ name: z.string().uuid() });
const v = (req, res, next) => { S.parse(req.body); next(); };
export const router = Router();
router.post('/a', v, show);
// file: table.ts
import { show } from './h';
export const table = [{ path: '/open', handler: show }];
// --- … and loaded by a name that is put together
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import { show } from './h';
const S = z.object({ name: z.string().uuid() });
const v = (req, res, next) => { S.parse(req.body); next(); };
export const router = Router();
router.post('/a', v, show);
// file: load.ts
export const load = (name) => require('./' + name);
// --- a pattern of both ends
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'"));
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
const C = z.object({ name: z.string().trim().min(2).regex(/^[a-z-]+$/) });
router.post('/a', (req, res, next) => { C.parse(req.body); next(); }, show);
// --- a pattern that any text with a letter matches
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
const C = z.object({ name: z.string().regex(/a/) });
router.post('/a', (req, res, next) => { C.parse(req.body); next(); }, show);
// --- … of the beginning alone
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
const C = z.object({ name: z.string().regex(/^[a-z]*/) });
router.post('/a', (req, res, next) => { C.parse(req.body); next(); }, show);
// --- … of one line
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
const C = z.object({ name: z.string().regex(/^[a-z]+$/m) });
router.post('/a', (req, res, next) => { C.parse(req.body); next(); }, show);
// --- one of a list
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'"));
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
const C = z.object({ name: z.enum(['a', 'b']).optional() });
router.post('/a', (req, res, next) => { C.parse(req.body); next(); }, show);
// --- … or any text
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
const C = z.object({ name: z.enum(['a', 'b']).or(z.string()) });
router.post('/a', (req, res, next) => { C.parse(req.body); next(); }, show);
// --- a number or any text
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
const C = z.object({ name: z.number().or(z.string()) });
router.post('/a', (req, res, next) => { C.parse(req.body); next(); }, show);
// --- what the caller says is no constant
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
router.post('/a', (req, res, next) => { z.object({ name: z.literal(req.query.name) }).parse(req.body); next(); }, show);
// --- a constant in place of what is no number: the body keeps what it was
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
const C = z.object({ name: z.coerce.number().catch(1) });
router.post('/a', (req, res, next) => { C.parse(req.body); next(); }, show);
// --- a schema from others
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'"));
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
const C = S.pick({ name: true }).extend({ page: z.number() }).strict();
router.post('/a', (req, res, next) => { C.parse(req.body); next(); }, show);
// --- … without the field
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
const C = S.omit({ name: true }).passthrough();
router.post('/a', (req, res, next) => { C.parse(req.body); next(); }, show);
// --- … with another field alone
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
const C = S.pick({ id: true });
router.post('/a', (req, res, next) => { C.parse(req.body); next(); }, show);
// --- … or anything
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
const C = S.or(z.any());
router.post('/a', (req, res, next) => { C.parse(req.body); next(); }, show);
// --- … or what is put in its place
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
const C = S.catch({ name: 'x', id: 1 });
router.post('/a', (req, res, next) => { C.parse(req.body); next(); }, show);
// --- a text of an alphabet
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'"));
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
router.post('/a', celebrate({ body: Joi.object({ name: Joi.string().alphanum().max(20).required() }).unknown() }), show);
// --- a pattern that is turned around
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
router.post('/a', celebrate({ body: Joi.object({ name: Joi.string().pattern(/^[a-z]+$/, { invert: true }) }) }), show);
// --- constants
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'"));
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
router.post('/a', celebrate({ body: Joi.object({ name: Joi.string().valid('a', 'b').allow('', null) }) }), show);
// --- a value of another field
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
router.post('/a', celebrate({ body: Joi.object({ name: Joi.number().allow(Joi.ref('other')), other: Joi.string() }) }), show);
// --- a schema that another one widens
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
router.post('/a', celebrate({ body: Joi.object({ name: Joi.string().valid('a').concat(Joi.string()) }) }), show);
// --- what a schema does not name is gone
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import { Pool } from 'pg';
export const router = Router();
const pool = new Pool();
router.post('/a', async (req, res) => {
  const b = z.object({ id: z.number() }).parse(req.body);
  res.json(await pool.query("select * from t where name = '" + b.name + "'"));
});
// --- what a loose one does not name is there
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import { Pool } from 'pg';
export const router = Router();
const pool = new Pool();
router.post('/a', async (req, res) => {
  const b = z.looseObject({ id: z.number() }).parse(req.body);
  res.json(await pool.query("select * from t where name = '" + b.name + "'")); // ! critical sql-injection
});
// --- … or any other field
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import { Pool } from 'pg';
export const router = Router();
const pool = new Pool();
router.post('/a', async (req, res) => {
  const b = z.object({ id: z.number() }).catchall(z.any()).parse(req.body);
  res.json(await pool.query("select * from t where name = '" + b.name + "'")); // ! critical sql-injection
});
// --- what was parsed is put in its place
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'"));
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import { show } from './h';
const S = z.object({ name: z.string().uuid() });
const v = (req, res, next) => { S.parse(req.body); next(); };
export const router = Router();
const w = (req, res, next) => { req.body = S.parse(req.body); next(); };
router.post('/a', w, show);
// --- … and the user is noted beside it
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'"));
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import { show } from './h';
const S = z.object({ name: z.string().uuid() });
const v = (req, res, next) => { S.parse(req.body); next(); };
export const router = Router();
const w = (req, res, next) => { req.user = decode(req.headers.authorization); req.body.seen = true; next(); };
router.post('/a', v, w, show);
// --- something else is put in its place behind the check
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import { show } from './h';
const S = z.object({ name: z.string().uuid() });
const v = (req, res, next) => { S.parse(req.body); next(); };
export const router = Router();
const w = (req, res, next) => { S.parse(req.body); req.body = req.query; next(); };
router.post('/a', w, show);
// --- … in a field
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import { show } from './h';
const S = z.object({ name: z.string().uuid() });
const v = (req, res, next) => { S.parse(req.body); next(); };
export const router = Router();
const w = (req, res, next) => { S.parse(req.body); req.body.name = req.query.name; next(); };
router.post('/a', w, show);
// --- … by a copy of all fields
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import { show } from './h';
const S = z.object({ name: z.string().uuid() });
const v = (req, res, next) => { S.parse(req.body); next(); };
export const router = Router();
const w = (req, res, next) => { req.body = S.parse(req.body); Object.assign(req.body, req.query); next(); };
router.post('/a', w, show);
// --- … in another function behind it
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import { show } from './h';
const S = z.object({ name: z.string().uuid() });
const v = (req, res, next) => { S.parse(req.body); next(); };
export const router = Router();
const w = (req, res, next) => { req.body = JSON.parse(req.headers['x-body']); next(); };
router.post('/a', v, w, show);
// --- … which sets a field
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import { show } from './h';
const S = z.object({ name: z.string().uuid() });
const v = (req, res, next) => { S.parse(req.body); next(); };
export const router = Router();
const w = (req, res, next) => { req.body.name = req.query.name; next(); };
router.post('/a', v, w, show);
// --- … which copies all fields
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import { show } from './h';
const S = z.object({ name: z.string().uuid() });
const v = (req, res, next) => { S.parse(req.body); next(); };
export const router = Router();
const w = (req, res, next) => { Object.assign(req.body, req.query); next(); };
router.post('/a', v, w, show);
// --- a hook of Fastify puts something else in its place
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import fastify from 'fastify';
import { show } from './h';
const app = fastify();
const J = { type: 'object', properties: { name: { type: 'string', format: 'uuid' } } };
app.post('/c', { schema: { body: J }, preHandler: async (req) => { req.body = JSON.parse(req.headers.x); } }, show);
// --- a constant is added to what was checked
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import { Pool } from 'pg';
export const router = Router();
const pool = new Pool();
const S = z.object({ name: z.string().uuid() });
router.post('/a', async (req, res) => {
  const b = req.body;
  S.parse(b);
  Object.assign(b, { seen: true });
  res.json(await pool.query("select * from t where name = '" + b.name + "'"));
});
// --- something of the caller is added to what was checked
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import { Pool } from 'pg';
export const router = Router();
const pool = new Pool();
const S = z.object({ name: z.string().uuid() });
router.post('/a', async (req, res) => {
  const b = req.body;
  S.parse(b);
  Object.assign(b, req.query);
  res.json(await pool.query("select * from t where name = '" + b.name + "'")); // ! critical sql-injection
});
// --- a schema of Fastify
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'"));
}
// file: r.ts
import fastify from 'fastify';
import { show } from './h';
const app = fastify();
const J = { type: 'object', properties: { name: { type: 'string', format: 'uuid' } } };
app.post('/c', { schema: { body: J } }, show);
// --- … of which the handler is told only
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import fastify from 'fastify';
import { show } from './h';
const app = fastify();
const J = { type: 'object', properties: { name: { type: 'string', format: 'uuid' } } };
app.post('/c', { schema: { body: J }, attachValidation: true }, show);
// --- … that lets everything through
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import fastify from 'fastify';
import { show } from './h';
const app = fastify();
const J = { type: 'object', properties: { name: { type: 'string', format: 'uuid' } } };
app.setValidatorCompiler(() => () => true);
app.post('/c', { schema: { body: J } }, show);
// --- what Joi gives is put in its place behind a look at the error
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'"));
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
const K = Joi.object({ name: Joi.string().uuid() });
router.post('/a', (req, res, next) => { const { error, value } = K.validate(req.body); if (error) return res.status(400).end(); req.body = value; next(); }, show);
// --- … without one
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
const K = Joi.object({ name: Joi.string().uuid() });
router.post('/a', (req, res, next) => { const { value } = K.validate(req.body); req.body = value; next(); }, show);
// --- it goes on whatever a schema throws
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
const K = Joi.object({ name: Joi.string().uuid() });
router.post('/a', (req, res, next) => { try { S.parse(req.body); } finally { next(); } }, show);
// --- a check behind the handler
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
router.post('/a', show, celebrate({ body: Joi.object({ name: Joi.string().uuid() }) }));
// --- … before it, with another function between
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'"));
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
router.post('/a', celebrate({ body: Joi.object({ name: Joi.string().uuid() }) }), (req, res, next) => next(), show);
// --- a compiled schema
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'"));
}
// file: r.ts
import { Router } from 'express';
import Ajv from 'ajv';
import { show } from './h';
export const router = Router();
const check = new Ajv().compile({ type: 'object', properties: { name: { type: 'string', format: 'uuid' } } });
router.post('/a', (req, res, next) => { if (!check(req.body)) return res.status(400).end(); next(); }, show);
// --- … that answers with a promise
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import Ajv from 'ajv';
import { show } from './h';
export const router = Router();
const check = new Ajv().compile({ $async: true, type: 'object', properties: { name: { type: 'string', format: 'uuid' } } });
router.post('/a', (req, res, next) => { if (!check(req.body)) return res.status(400).end(); next(); }, show);
// --- it goes on later, behind the check
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'"));
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
const later = (next) => setImmediate(next);
router.post('/a', (req, res, next) => {  S.parse(req.body); setImmediate(next); }, show);
// --- … by a function of the file
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'"));
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
const later = (next) => setImmediate(next);
router.post('/a', (req, res, next) => {  S.parse(req.body); later(next); }, show);
// --- … or before it
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
const later = (next) => setImmediate(next);
router.post('/a', (req, res, next) => { if (req.headers['x-skip']) { setImmediate(next); return; } S.parse(req.body); next(); }, show);
// --- … by a function of the file, before it
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export async function show(req, res) {
  res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import Joi from 'joi';
import { celebrate } from 'celebrate';
import { show } from './h';
const S = z.object({ name: z.string().uuid(), id: z.number() });
export const router = Router();
const later = (next) => setImmediate(next);
router.post('/a', (req, res, next) => { if (req.headers['x-skip']) return later(next); S.parse(req.body); next(); }, show);
// --- a method of a class, behind a check wherever it is registered
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export class Things {
  static async show(req, res) {
    res.json(await pool.query("select * from t where name = '" + req.body.name + "'"));
  }
}
export const orders = {
  list: async (req, res) => {
    res.json(await pool.query("select * from t where name = '" + req.body.name + "'"));
  },
};
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import { orders, Things } from './h';
const S = z.object({ name: z.string().uuid() });
const v = (req, res, next) => { S.parse(req.body); next(); };
export const router = Router();
router.post('/a', v, Things.show);
router.post('/b', v, orders.list);
// --- … and in a table that is not followed
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export class Things {
  static async show(req, res) {
    res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
  }
}
export const orders = {
  list: async (req, res) => {
    res.json(await pool.query("select * from t where name = '" + req.body.name + "'")); // ! critical sql-injection
  },
};
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import { orders, Things } from './h';
const S = z.object({ name: z.string().uuid() });
const v = (req, res, next) => { S.parse(req.body); next(); };
export const router = Router();
router.post('/a', v, Things.show);
router.post('/b', v, orders.list);
// file: table.ts
import { orders, Things } from './h';
export const table = [{ path: '/open', handler: Things.show }, { path: '/all', handler: orders.list }];
// --- … and something else of the same name is called there
// file: h.ts
import { Pool } from 'pg';
const pool = new Pool();
export class Things {
  static async find(req, res) {
    res.json(await pool.query("select * from t where name = '" + req.body.name + "'"));
  }
}
// file: r.ts
import { Router } from 'express';
import { z } from 'zod';
import { Things } from './h';
const all = [1, 2];
const S = z.object({ name: z.string().uuid() });
const v = (req, res, next) => { S.parse(req.body); next(); };
export const router = Router();
router.post('/a', v, Things.find);
export const one = all.find((each) => each > 1);
