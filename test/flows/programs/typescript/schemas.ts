// --- the options of a Fastify route hold a JSON schema
import Fastify from 'fastify';
import { MongoClient } from 'mongodb';
const app = Fastify();
const db = new MongoClient(process.env.MONGO_URL).db('shop');
app.get('/orders', { schema: { querystring: { type: 'object', properties: { state: { type: 'string' } } } } }, async (request) => {
  return db.collection('orders').find({ state: request.query.state }).toArray();
});
// --- … and says nothing of the field that is used
import Fastify from 'fastify';
import { MongoClient } from 'mongodb';
const app = Fastify();
const db = new MongoClient(process.env.MONGO_URL).db('shop');
app.post('/orders', { schema: { body: { type: 'object', properties: { page: { type: 'integer' } } } } }, async (request) => {
  return db.collection('orders').find({ state: request.body.state }).toArray(); // ! medium nosql-injection
});
// --- a route of Fastify with a pattern: nothing leads out of the folder
import Fastify from 'fastify';
import fs from 'node:fs/promises';
import path from 'node:path';
const app = Fastify();
app.route({
  method: 'GET',
  url: '/files/:name',
  schema: { params: { type: 'object', properties: { name: { type: 'string', pattern: '^[a-z0-9-]+$' } }, required: ['name'] } },
  handler: async (request) => fs.readFile(path.join('/srv/files', request.params.name)),
});
// --- … and one whose schema says that it is a text
import Fastify from 'fastify';
import fs from 'node:fs/promises';
import path from 'node:path';
const app = Fastify();
app.route({
  method: 'GET',
  url: '/files/:name',
  schema: { querystring: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] } },
  handler: async (request) => fs.readFile(path.join('/srv/files', request.query.name)), // ! high path-traversal
});
// --- celebrate before the handler
import express from 'express';
import { celebrate, Joi } from 'celebrate';
import mongoose from 'mongoose';
const User = mongoose.model('User', new mongoose.Schema({ email: String }));
const app = express();
app.post('/login', celebrate({ body: Joi.object({ email: Joi.string().required() }) }), async (req, res) => {
  res.json(await User.findOne({ email: req.body.email }));
});
// --- celebrate of the query, and the body is used
import express from 'express';
import { celebrate, Joi } from 'celebrate';
import mongoose from 'mongoose';
const User = mongoose.model('User', new mongoose.Schema({ email: String }));
const app = express();
app.post('/login', celebrate({ query: Joi.object({ email: Joi.string().required() }) }), async (req, res) => {
  res.json(await User.findOne({ email: req.body.email })); // ! high nosql-injection
});
// --- ajv compiles the schema, and the answer is looked at
import express from 'express';
import Ajv from 'ajv';
import mongoose from 'mongoose';
const User = mongoose.model('User', new mongoose.Schema({ email: String }));
const ajv = new Ajv();
const validate = ajv.compile({ type: 'object', properties: { email: { type: 'string' } }, required: ['email'] });
const app = express();
app.post('/login', async (req, res) => {
  if (!validate(req.body)) return res.status(400).json(validate.errors);
  res.json(await User.findOne({ email: req.body.email }));
});
// --- ajv, and its answer is only written down
import express from 'express';
import Ajv from 'ajv';
import mongoose from 'mongoose';
const User = mongoose.model('User', new mongoose.Schema({ email: String }));
const ajv = new Ajv();
const check = ajv.compile({ type: 'object', properties: { email: { type: 'string' } }, required: ['email'] });
const app = express();
app.post('/login', async (req, res) => {
  if (!check(req.body)) console.warn(check.errors);
  res.json(await User.findOne({ email: req.body.email })); // ! high nosql-injection
});
// --- a DTO of another file
// file: login.dto.ts
import { IsEmail } from 'class-validator';
export class LoginDto {
  @IsEmail()
  email: string;
}
// file: auth.controller.ts
import { Body, Controller, Post } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { LoginDto } from './login.dto';
@Controller('auth')
export class AuthController {
  constructor(@InjectModel('User') private readonly users: Model<any>) {}
  @Post('login')
  login(@Body() dto: LoginDto) {
    return this.users.findOne({ email: dto.email });
  }
}
// --- one of several words, each of which is ours
import type { Request, Response } from 'express';
import { z } from 'zod';
const Sort = z.object({ sort: z.union([z.literal('id'), z.literal('total')]), dir: z.literal('asc').or(z.literal('desc')) });
export const list = async (req: Request, res: Response) => {
  const { sort, dir } = Sort.parse(req.query);
  res.json(await pool.query(`select id from orders order by ${sort} ${dir} limit 5`));
};
// --- one of several, of which one is any text
import type { Request, Response } from 'express';
import { z } from 'zod';
const Sort = z.object({ sort: z.union([z.literal('id'), z.string()]) });
export const list = async (req: Request, res: Response) => {
  const { sort } = Sort.parse(req.query);
  res.json(await pool.query(`select id from orders order by ${sort} limit 5`)); // ! critical sql-injection
};
// --- a number that may be left out
import type { Request, Response } from 'express';
import { z } from 'zod';
const Page = z.object({ page: z.optional(z.coerce.number()) });
export const list = async (req: Request, res: Response) => {
  const { page } = Page.parse(req.query);
  res.json(await pool.query(`select id from orders limit 5 offset ${page}`));
};
// --- a text that may be left out
import type { Request, Response } from 'express';
import { z } from 'zod';
const Page = z.object({ page: z.optional(z.string()) });
export const list = async (req: Request, res: Response) => {
  const { page } = Page.parse(req.query);
  res.json(await pool.query(`select id from orders limit 5 offset ${page}`)); // ! critical sql-injection
};
// --- one of several in Joi, of which each is one of ours
import type { Request, Response } from 'express';
import Joi from 'joi';
const Sort = Joi.object({ sort: Joi.alternatives().try(Joi.valid('id'), Joi.number()) });
export const list = async (req: Request, res: Response) => {
  const { value, error } = Sort.validate(req.query);
  if (error) return res.status(400).end();
  res.json(await pool.query(`select id from orders order by ${value.sort} limit 5`));
};
// --- one of several in Joi, of which one is any text
import type { Request, Response } from 'express';
import Joi from 'joi';
const Sort = Joi.object({ sort: Joi.alternatives().try(Joi.string(), Joi.number()) });
export const list = async (req: Request, res: Response) => {
  const { value, error } = Sort.validate(req.query);
  if (error) return res.status(400).end();
  res.json(await pool.query(`select id from orders order by ${value.sort} limit 5`)); // ! critical sql-injection
};
// --- TypeBox before a route of Fastify: words and numbers
import Fastify from 'fastify';
import { Type } from '@sinclair/typebox';
const app = Fastify();
const Paged = Type.Object({ page: Type.Optional(Type.Integer({ default: 0 })) });
const Query = Type.Intersect([Paged, Type.Object({ sort: Type.Union([Type.Literal('id'), Type.Literal('total')]), by: Type.String({ format: 'uuid' }) })]);
app.get('/orders', { schema: { querystring: Query } }, async (request) => {
  const { sort, page, by } = request.query;
  return pool.query(`select id from orders where owner = '${by}' order by ${sort} limit 5 offset ${page}`);
});
// --- TypeBox before a route of Fastify: any text
import Fastify from 'fastify';
import { Type } from '@sinclair/typebox';
const app = Fastify();
app.get('/orders', { schema: { querystring: Type.Object({ sort: Type.String({ maxLength: 40 }) }) } }, async (request) => {
  const { sort } = request.query;
  return pool.query(`select id from orders order by ${sort} limit 5`); // ! critical sql-injection
});
// --- Elysia: what its schema lets through, and what nothing checks
import { Elysia, t } from 'elysia';
new Elysia()
  .get('/orders', ({ query: { sort, limit } }) => pool.query(`select id from orders order by ${sort} limit ${limit}`), {
    query: t.Object({ sort: t.UnionEnum(['id', 'total']), limit: t.Numeric() }),
  })
  .get('/orders/:code', ({ params }) => pool.query(`select id from orders where code = '${params.code}'`)) // ! critical sql-injection
  .post('/orders', ({ body }) => pool.query(`select id from orders where code = '${body.code}'`), { body: t.Object({ code: t.String() }) }) // ! critical sql-injection
  .listen(3000);
// --- Fastify: a schema that was added under its id, and parts of it
import Fastify from 'fastify';
import { Pool } from 'pg';
const pool = new Pool();
const app = Fastify();
app.addSchema({ $id: 'page', type: 'object', properties: { sort: { type: 'string', enum: ['name', 'age'] }, limit: { type: 'integer' }, q: { type: 'string' } } });
app.get('/a', { schema: { querystring: { $ref: 'page#' } } }, async (request) => {
  return pool.query(`select * from users order by ${request.query.sort} limit ${request.query.limit}`);
});
app.get('/b', { schema: { querystring: { type: 'object', properties: { by: { $ref: 'page#/properties/sort' } } } } }, async (request) => {
  return pool.query(`select * from users order by ${request.query.by}`);
});
app.get('/c', { schema: { querystring: { $ref: 'page#' } } }, async (request) => {
  return pool.query(`select * from users where name = '${request.query.q}'`); // ! critical sql-injection
});
app.get('/d', { schema: { querystring: { $ref: 'other#' } } }, async (request) => {
  return pool.query(`select * from users order by ${request.query.sort}`); // ! critical sql-injection
});
app.get('/e', { schema: { querystring: { allOf: [{ $ref: 'page#' }, { type: 'object', properties: { q: { anyOf: [{ type: 'integer' }, { const: 'all' }] } } }] } } }, async (request) => {
  return pool.query(`select * from users where id = ${request.query.q} order by ${request.query.sort}`);
});
app.get('/f', { schema: { querystring: { type: 'object', properties: { q: { oneOf: [{ type: 'integer' }, { type: 'string' }] } } } } }, async (request) => {
  return pool.query(`select * from users where id = ${request.query.q}`); // ! critical sql-injection
});
app.get('/g', { schema: { querystring: { type: 'object', definitions: { id: { type: 'string', format: 'uuid' } }, properties: { id: { $ref: '#/definitions/id' } } } } }, async (request) => {
  return pool.query(`select * from users where id = '${request.query.id}'`);
});
// --- Ajv that does not look at formats
import Ajv from 'ajv';
import express from 'express';
import { Pool } from 'pg';
const pool = new Pool();
const loose = new Ajv({ validateFormats: false });
const strict = new Ajv({ allErrors: true });
const schema = { type: 'object', properties: { id: { type: 'string', format: 'uuid' }, age: { type: 'integer' } } };
const isLoose = loose.compile(schema);
const isStrict = strict.compile(schema);
const app = express();
app.post('/a', async (req, res) => {
  if (!isLoose(req.body)) return res.sendStatus(400);
  res.json(await pool.query(`select * from users where id = '${req.body.id}'`)); // ! critical sql-injection
});
app.post('/b', async (req, res) => {
  if (!isLoose(req.body)) return res.sendStatus(400);
  res.json(await pool.query(`select * from users where age = ${req.body.age}`));
});
app.post('/c', async (req, res) => {
  if (!isStrict(req.body)) return res.sendStatus(400);
  res.json(await pool.query(`select * from users where id = '${req.body.id}'`));
});
// --- Hono: what a validator has let through
import { Hono } from 'hono';
import { zValidator } from '@hono/zod-validator';
import { z } from 'zod';
import { Pool } from 'pg';
const pool = new Pool();
const app = new Hono();
app.get('/a', zValidator('query', z.object({ sort: z.enum(['name', 'age']) })), async (c) => {
  const { sort } = c.req.valid('query');
  return c.json(await pool.query(`select * from users order by ${sort}`));
});
app.get('/b', zValidator('query', z.object({ sort: z.string() })), async (c) => {
  const { sort } = c.req.valid('query');
  return c.json(await pool.query(`select * from users order by ${sort}`)); // ! critical sql-injection
});
app.post('/c', zValidator('query', z.object({ sort: z.enum(['name']) })), zValidator('json', z.object({ sort: z.string() })), async (c) => {
  const { sort } = c.req.valid('query');
  return c.json(await pool.query(`select * from users order by ${sort}`));
});
app.post('/d', zValidator('query', z.object({ sort: z.enum(['name']) })), zValidator('json', z.object({ sort: z.string() })), async (c) => {
  const { sort } = c.req.valid('json');
  return c.json(await pool.query(`select * from users order by ${sort}`)); // ! critical sql-injection
});
app.get('/e', zValidator('query', z.object({ sort: z.enum(['name']) })), async (c) => {
  return c.json(await pool.query(`select * from users order by ${c.req.query('sort')}`)); // ! critical sql-injection
});
// --- express-validator: a chain counts where somebody asks what it found
import express from 'express';
import { body, param, query, validationResult } from 'express-validator';
import { Pool } from 'pg';
const pool = new Pool();
const app = express();
app.get('/a/:id', param('id').isUUID(), async (req, res) => {
  if (!validationResult(req).isEmpty()) return res.sendStatus(400);
  res.json(await pool.query(`select * from t where id = '${req.params.id}'`));
});
app.get('/b/:id', param('id').isUUID(), async (req, res) => {
  res.json(await pool.query(`select * from t where id = '${req.params.id}'`)); // ! critical sql-injection
});
const refuse = (req, res, next) => {
  const errors = validationResult(req);
  if (!errors.isEmpty()) return res.status(400).json({ errors: errors.array() });
  next();
};
const rules = [query('sort').trim().isIn(['name', 'age']).withMessage('no'), query('q').isString().isLength({ max: 9 })];
app.get('/c', rules, refuse, async (req, res) => {
  res.json(await pool.query(`select * from t order by ${req.query.sort}`));
});
app.get('/d', rules, refuse, async (req, res) => {
  res.json(await pool.query(`select * from t where name = '${req.query.q}'`)); // ! critical sql-injection
});
app.get('/e', query('sort').not().isIn(['name', 'age']), refuse, async (req, res) => {
  res.json(await pool.query(`select * from t order by ${req.query.sort}`)); // ! critical sql-injection
});
app.get('/f', query('sort').isIn(['name']).customSanitizer((value) => value + '!'), refuse, async (req, res) => {
  res.json(await pool.query(`select * from t order by ${req.query.sort}`)); // ! critical sql-injection
});
const validate = (all) => async (req, res, next) => {
  for (const one of all) {
    const result = await one.run(req);
    if (!result.isEmpty()) return res.status(400).json({ errors: result.array() });
  }
  next();
};
app.post('/g', validate([body('user.id').isInt(), body('key').matches(/^[a-z0-9-]+$/)]), async (req, res) => {
  res.json(await pool.query(`select * from t where id = ${req.body.user.id} and key = '${req.body.key}'`));
});
app.post('/h', validate([body('id').isInt()]), async (req, res) => {
  res.json(await pool.query(`select * from t where id = ${req.query.id}`)); // ! critical sql-injection
});
// --- a schema that lets other fields through, and one that does not
import express from 'express';
import { PrismaClient } from '@prisma/client';
import { z } from 'zod';
const prisma = new PrismaClient();
const app = express();
app.patch('/a', async (req, res) => {
  const Open = z.object({ name: z.string() }).passthrough();
  res.json(await prisma.user.update({ where: { id: 1 }, data: Open.parse(req.body) })); // ! medium mass-assignment
});
app.patch('/b', async (req, res) => {
  const Closed = z.object({ name: z.string() });
  res.json(await prisma.user.update({ where: { id: 1 }, data: Closed.parse(req.body) }));
});
app.patch('/c', async (req, res) => {
  const Open = z.object({ name: z.string() }).passthrough();
  const { name } = Open.parse(req.body);
  res.json(await prisma.user.update({ where: { id: 1 }, data: { name } }));
});
