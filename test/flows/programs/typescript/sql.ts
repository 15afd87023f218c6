// --- express and pg: a template of the query of the request
import express from 'express';
import { Pool } from 'pg';

const app = express();
const pool = new Pool({ connectionString: process.env.DATABASE_URL });

app.get('/users', async (req, res) => {
  const { rows } = await pool.query(`SELECT * FROM users WHERE name = '${req.query.name}'`); // ! critical sql-injection
  res.json(rows);
});

// --- express and pg: placeholders
import express from 'express';
import { Pool } from 'pg';

const app = express();
const pool = new Pool();

app.get('/users', async (req, res) => {
  const { rows } = await pool.query('SELECT * FROM users WHERE name = $1 AND age > $2', [req.query.name, req.query.age]);
  const more = await pool.query({ text: 'SELECT * FROM users WHERE id = $1', values: [req.params.id] });
  res.json(rows.concat(more.rows));
});

// --- a router in another file, a repository class in a third one
// file: app.ts
import express from 'express';
import { usersRouter } from './routes/users';

const app = express();
app.use('/users', usersRouter);
app.listen(3000);
// file: routes/users.ts
import { Router, type Request, type Response } from 'express';
import { UserRepository } from '../users/user-repository';

export const usersRouter = Router();
const users = new UserRepository();

usersRouter.get('/', async (req: Request, res: Response) => {
  res.json(await users.list(String(req.query.sort ?? 'id'), Number(req.query.limit)));
});
// file: users/user-repository.ts
import { pool } from '../db';

export class UserRepository {
  async list(sort: string, limit: number) {
    return (await pool.query(`SELECT id, name FROM users ORDER BY ${sort} LIMIT ${limit}`)).rows; // ! critical sql-injection
  }
}
// file: db.ts
import { Pool } from 'pg';
export const pool = new Pool();

// --- an allow-list of columns
import { Router } from 'express';
import { pool } from './db';

const router = Router();
const COLUMNS: Record<string, string> = { name: 'u.name', created: 'u.created_at' };
const ORDERS = new Set(['asc', 'desc']);

router.get('/', async (req, res) => {
  const column = COLUMNS[req.query.sort as string] ?? 'u.id';
  const order = ORDERS.has(req.query.order as string) ? req.query.order : 'asc';
  const direction = req.query.direction === 'down' ? 'DESC' : 'ASC';
  const { rows } = await pool.query(`SELECT * FROM users u ORDER BY ${column} ${order}, id ${direction}`);
  res.json(rows);
});

// --- Nest: a controller, a service, TypeORM
// file: orders.controller.ts
import { Controller, Get, Param, ParseIntPipe, Query } from '@nestjs/common';
import { OrdersService } from './orders.service';

@Controller('orders')
export class OrdersController {
  constructor(private readonly orders: OrdersService) {}

  @Get()
  find(@Query('status') status: string, @Query('page', ParseIntPipe) page: number) {
    return this.orders.find(status, page);
  }

  @Get(':id')
  one(@Param('id', ParseIntPipe) id: number) {
    return this.orders.one(id);
  }
}
// file: orders.service.ts
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Order } from './order.entity';

@Injectable()
export class OrdersService {
  constructor(@InjectRepository(Order) private readonly repository: Repository<Order>) {}

  find(status: string, page: number) {
    return this.repository
      .createQueryBuilder('o')
      .where(`o.status = '${status}'`) // ! critical sql-injection
      .offset(page * 20)
      .getMany();
  }

  one(id: number) {
    return this.repository.query(`SELECT * FROM orders WHERE id = ${id}`);
  }
}

// --- Nest: a query builder with parameters
import { Controller, Get, Query } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Order } from './order.entity';

@Controller('orders')
export class OrdersController {
  constructor(@InjectRepository(Order) private readonly repository: Repository<Order>) {}

  @Get()
  find(@Query('status') status: string, @Query('q') q: string) {
    return this.repository
      .createQueryBuilder('o')
      .where('o.status = :status', { status })
      .andWhere('o.title LIKE :q', { q: `%${q}%` })
      .orderBy('o.id', 'DESC')
      .getMany();
  }
}

// --- knex: raw parts
import Fastify from 'fastify';
import knex from 'knex';

const db = knex({ client: 'pg' });
const fastify = Fastify({ logger: true });

fastify.get('/items', async (request, reply) => {
  const { sort, q } = request.query as { sort: string; q: string };
  return db('items').whereRaw('title ILIKE ?', [`%${q}%`]).orderByRaw(`${sort} NULLS LAST`); // ! critical sql-injection
});

fastify.get('/count', async (request) => {
  const { table } = request.query as { table: string };
  return db.raw(`SELECT count(*) FROM ${table}`); // ! critical sql-injection
});

// --- knex: bindings
import Fastify from 'fastify';
import knex from 'knex';

const db = knex({ client: 'pg' });
const fastify = Fastify();

fastify.get('/items', async (request, reply) => {
  const { q, tag } = request.query as { q: string; tag: string };
  return db('items').where({ tag }).whereRaw('title ILIKE ?', [`%${q}%`]).orderBy('id').andWhere('x', '>', q);
});

// --- Prisma: unsafe and safe raw queries
import { PrismaClient, Prisma } from '@prisma/client';
import { Hono } from 'hono';

const prisma = new PrismaClient();
const app = new Hono();

app.get('/a', async (c) => {
  const name = c.req.query('name');
  return c.json(await prisma.$queryRawUnsafe(`SELECT * FROM "User" WHERE name = '${name}'`)); // ! critical sql-injection
});
app.get('/b', async (c) => {
  const name = c.req.query('name');
  return c.json(await prisma.$queryRaw`SELECT * FROM "User" WHERE name = ${name}`);
});
app.get('/c', async (c) => {
  const name = c.req.query('name');
  return c.json(await prisma.$queryRawUnsafe('SELECT * FROM "User" WHERE name = $1', name));
});
app.get('/d', async (c) => {
  const order = c.req.query('order') ?? 'id';
  return c.json(await prisma.$queryRaw`SELECT * FROM "User" ORDER BY ${Prisma.raw(order)}`); // ! critical sql-injection
});

// --- Koa and mysql2: a statement that grows
import Koa from 'koa';
import Router from '@koa/router';
import mysql from 'mysql2/promise';

const pool = mysql.createPool(process.env.MYSQL_URL!);
const router = new Router();

router.get('/search', async (ctx) => {
  let sql = 'SELECT * FROM products WHERE active = 1';
  const values: unknown[] = [];
  if (ctx.query.category) {
    sql += ' AND category = ?';
    values.push(ctx.query.category);
  }
  if (ctx.query.brand) {
    sql += ` AND brand = '${ctx.query.brand}'`; // ! critical sql-injection
  }
  const [rows] = await pool.query(sql, values);
  ctx.body = rows;
});

// --- Koa and mysql2: conditions joined, values beside them
import Koa from 'koa';
import Router from '@koa/router';
import mysql from 'mysql2/promise';

const pool = mysql.createPool(process.env.MYSQL_URL!);
const router = new Router();

router.get('/search', async (ctx) => {
  const conditions: string[] = ['active = 1'];
  const values: unknown[] = [];
  for (const key of ['category', 'brand'] as const) {
    if (ctx.query[key]) {
      conditions.push(`${key} = ?`);
      values.push(ctx.query[key]);
    }
  }
  const ids = String(ctx.query.ids).split(',').map(Number);
  conditions.push(`id IN (${ids.map(() => '?').join(', ')})`);
  const [rows] = await pool.execute(`SELECT * FROM products WHERE ${conditions.join(' AND ')}`, [...values, ...ids]);
  const escaped = mysql.escape(ctx.query.title);
  await pool.query(`SELECT 1 FROM products WHERE title = ${escaped}`);
  ctx.body = rows;
});

// --- a plain handler without a framework, CommonJS
const http = require('node:http');
const url = require('node:url');
const sqlite3 = require('sqlite3').verbose();
const db = new sqlite3.Database('app.db');

const server = http.createServer((req, res) => {
  const { query } = url.parse(req.url, true);
  db.all("SELECT * FROM notes WHERE owner = '" + query.owner + "'", (err, rows) => { // ! critical sql-injection
    res.setHeader('content-type', 'application/json');
    res.end(JSON.stringify(rows));
  });
});
server.listen(8080);

// --- a handler of Lambda
const { Client } = require('pg');

exports.handler = async (event) => {
  const client = new Client();
  await client.connect();
  const { id } = event.pathParameters;
  const body = JSON.parse(event.body);
  await client.query('UPDATE users SET name = $1 WHERE id = $2', [body.name, id]);
  const found = await client.query("SELECT * FROM users WHERE email = '" + body.email + "'"); // ! critical sql-injection
  return { statusCode: 200, body: JSON.stringify(found.rows) };
};

// --- better-sqlite3 behind a module of functions
// file: server.js
const express = require('express');
const notes = require('./notes');
const app = express();
app.use(express.json());
app.post('/notes/search', (req, res) => res.json(notes.search(req.body.text, req.body.limit)));
app.get('/notes/:id', (req, res) => res.json(notes.byId(req.params.id)));
// file: notes.js
const Database = require('better-sqlite3');
const db = new Database('notes.db');

function search(text, limit) {
  return db.prepare(`SELECT * FROM notes WHERE text LIKE '%${text}%' LIMIT ${parseInt(limit, 10)}`).all(); // ! critical sql-injection
}

function byId(id) {
  return db.prepare('SELECT * FROM notes WHERE id = ?').get(id);
}

module.exports = { search, byId };

// --- GraphQL resolvers
import { ApolloServer } from '@apollo/server';
import { pool } from './pool';

export const resolvers = {
  Query: {
    users: async (_parent, { search }, context) => {
      return context.db.query(`SELECT * FROM users WHERE name LIKE '%${search}%'`); // ! critical sql-injection
    },
    user: async (_parent, args, context) => context.db.query('SELECT * FROM users WHERE id = $1', [args.id]),
  },
};

// --- Sequelize
import express from 'express';
import { Sequelize, QueryTypes } from 'sequelize';

const sequelize = new Sequelize(process.env.DB!);
const app = express();

app.get('/a', async (req, res) => {
  res.json(await sequelize.query('SELECT * FROM a WHERE b = ' + req.query.b, { type: QueryTypes.SELECT })); // ! critical sql-injection
});
app.get('/b', async (req, res) => {
  res.json(await sequelize.query('SELECT * FROM a WHERE b = :b', { replacements: { b: req.query.b } }));
});
app.get('/c', async (req, res) => {
  res.json(await Thing.findAll({ order: sequelize.literal(`${req.query.order} DESC`) })); // ! critical sql-injection
});

// --- validated by a schema of zod before it comes into the text
import express from 'express';
import { z } from 'zod';
import { pool } from './db';

const Query = z.object({
  sort: z.enum(['name', 'created_at']),
  limit: z.coerce.number().int().max(100).default(20),
  id: z.string().uuid(),
});
const app = express();
app.get('/x', async (req, res) => {
  const { sort, limit, id } = Query.parse(req.query);
  const { rows } = await pool.query(`SELECT * FROM t WHERE id = '${id}' ORDER BY ${sort} LIMIT ${limit}`);
  res.json(rows);
});

// --- a schema of zod that lets any text through
import express from 'express';
import { z } from 'zod';
import { Pool } from 'pg';

const pool = new Pool();
const Query = z.object({ q: z.string().min(1).max(200), page: z.coerce.number() });
const app = express();
app.get('/x', async (req, res) => {
  const query = Query.parse(req.query);
  const { rows } = await pool.query(`SELECT * FROM t WHERE title LIKE '%${query.q}%' OFFSET ${query.page}`); // ! critical sql-injection
  res.json(rows);
});

// --- the wrong sanitiser: escaped for HTML
import express from 'express';
import escapeHtml from 'escape-html';
import { Pool } from 'pg';

const pool = new Pool();
const app = express();
app.get('/x', async (req, res) => {
  const name = escapeHtml(req.query.name);
  const { rows } = await pool.query(`SELECT * FROM t WHERE name = "${name}"`); // ! critical sql-injection
  res.json(rows);
});

// --- words that look like a statement are no statement
import express from 'express';
import { logger } from './logger';
import { events } from './events';

const app = express();
app.get('/x', (req, res) => {
  logger.info(`select the user ${req.query.name} from the list`);
  events.run(`update profile of ${req.query.name}`);
  res.json({ message: `delete from ${req.query.name}` });
});

// --- a message of Socket.IO
import { Server } from 'socket.io';
import { Pool } from 'pg';

const io = new Server(3000);
const pool = new Pool();
io.on('connection', (socket) => {
  socket.on('search', async (text: string, reply: (rows: unknown[]) => void) => {
    const { rows } = await pool.query(`SELECT * FROM rooms WHERE title = '${text}'`); // ! critical sql-injection
    reply(rows);
  });
});

// --- drizzle and postgres.js: tagged templates, and their raw ways
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import postgres from 'postgres';
import Fastify from 'fastify';

const db = drizzle(process.env.DATABASE_URL!);
const client = postgres();
const app = Fastify();
app.get('/a', async (request) => db.execute(sql`SELECT * FROM users WHERE id = ${request.query.id}`));
app.get('/b', async (request) => db.execute(sql`SELECT * FROM users ORDER BY ${sql.raw(request.query.order)}`)); // ! critical sql-injection
app.get('/c', async (request) => client`SELECT * FROM users WHERE id = ${request.query.id}`);
app.get('/d', async (request) => client.unsafe(`SELECT * FROM users WHERE id = ${request.query.id}`)); // ! critical sql-injection

// --- a check that returns early
import express from 'express';
import { Pool } from 'pg';
const pool = new Pool();
const app = express();
app.get('/x', async (req, res) => {
  const { table, id } = req.query;
  if (!['a', 'b', 'c'].includes(table)) return res.status(400).json({ error: 'table' });
  if (!/^\d+$/.test(id)) throw new Error('id');
  res.json(await pool.query(`SELECT * FROM ${table} WHERE id = ${id}`));
});

// --- a statement of Neo4j
import express from 'express';
import neo4j from 'neo4j-driver';
const app = express();
const driver = neo4j.driver(process.env.NEO4J_URL);
app.get('/a', async (req, res) => { res.json(await driver.executeQuery(`MATCH (n) WHERE n.name = '${req.query.name}' RETURN n`)); }); // ! critical sql-injection
app.get('/b', async (req, res) => { res.json(await driver.executeQuery('MATCH (n) WHERE n.name = $name RETURN n', { name: req.query.name })); });
app.get('/c', async (req, res) => { const s = driver.session(); res.json(await s.run("MATCH (n) WHERE n.name = '" + req.query.name + "' RETURN n")); }); // ! critical sql-injection

// --- an arrow function's this is the one around it
import { Controller, Get, Param } from '@nestjs/common';
import { Knex } from 'knex';
@Controller('x')
export class Records {
  constructor(private readonly knex: Knex, private readonly prisma: PrismaService) {}
  @Get(':id')
  async one(@Param('id') id: string) {
    await this.inner({
      id,
      update: async (at: number) => {
        const sql = this.knex('records').update({ at }).where('id', 4).toQuery();
        await this.prisma.$executeRawUnsafe(sql);
      },
    });
  }
  @Get(':id/b')
  async two(@Param('id') id: string) {
    await this.inner({
      id,
      async update(at: number) {
        await this.prisma.$executeRawUnsafe(`update records set at = ${at} where id = '${this.id}'`); // ! critical sql-injection
      },
    });
  }
  @Get(':id/c')
  async three(@Param('id') id: string) {
    await this.inner({
      id,
      update: async (at: number) => {
        await this.prisma.$executeRawUnsafe(`update records set at = ${at} where id = '${id}'`); // ! critical sql-injection
      },
    });
  }
  async inner(props: { id: string; update: (at: number) => Promise<void> }) {
    await props.update(1);
  }
}
// --- a server action gets what the form sends, with the state before it or without
'use server';
import { Pool } from 'pg';
const pool = new Pool();
export async function search(formData: FormData) {
  return pool.query(`select * from invoices where title like '%${formData.get('q')}%'`); // ! critical sql-injection
}
export async function save(prevState: State, formData: FormData) {
  await pool.query(`delete from invoices where id = '${formData.get('id')}'`); // ! critical sql-injection
  await pool.query('update invoices set title = $1 where id = $2', [formData.get('title'), Number(formData.get('id'))]);
  return pool.query(`select * from invoices where id = ${Number(formData.get('id'))}`);
}
export async function known() {
  const form = new FormData();
  form.set('title', 'draft');
  return pool.query(`select * from invoices where title = '${form.get('title')}'`);
}

// --- what is made of raw data is no query
import express from 'express';
import knexOf from 'knex';
import { Snapshot } from 'editor-core';
const app = express();
const knex = knexOf({ client: 'pg' });
app.post('/import', async (req, res) => {
  const snapshot = Snapshot.fromRaw(req.body.snapshot);
  res.json(snapshot);
});
app.get('/plants', async (req, res) => {
  res.json(await knex.select('id').fromRaw(`plants_${req.query.year}`)); // ! critical sql-injection
});

// --- postgres.js: what is pasted unsafely into a statement, and what is a value
import postgres from 'postgres';
const sql = postgres(process.env.DATABASE_URL!);
export async function list(req, res) {
  res.json(await sql`select id from orders order by ${sql.unsafe(req.query.sort)} limit 50`); // ! critical sql-injection
}
export async function some(req, res) {
  res.json(await sql`select ${sql(['id', 'total'])} from orders where state = ${req.query.state} and id in ${sql(req.body.ids)}`);
}

// --- a handler of SvelteKit and one of a worker
import { pool } from '$lib/db';
export async function GET({ url }) {
  return Response.json(await pool.query(`select id from orders order by ${url.searchParams.get('sort')}`)); // ! critical sql-injection
}
export async function POST({ request, params }) {
  const { ref } = await request.json();
  return Response.json(await pool.query(`select id from orders where ref = '${ref}'`)); // ! critical sql-injection
}
export async function DELETE({ url }) {
  const sort = url.searchParams.get('sort') === 'total' ? 'total' : 'id';
  return Response.json(await pool.query(`select id from orders order by ${sort}`));
}
export default {
  async fetch(request: Request, env: Env) {
    const asked = new URL(request.url);
    return Response.json(await pool.query('select id from orders order by ' + asked.searchParams.get('sort'))); // ! critical sql-injection
  },
};

// --- a name of a column whose quotes are doubled, and one whose quotes are taken for those of a text
import { Prisma, PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();
const nameOf = (name: string) => `"${name.replaceAll('"', '""')}"`;
export async function count(req, res) {
  res.json(await prisma.$queryRaw`select count(*) as ${Prisma.raw(nameOf(req.query.alias))} from orders`);
}
export async function countEscaped(req, res) {
  const alias = `\`${String(req.query.alias).replace(/`/g, '``')}\``;
  res.json(await prisma.$queryRawUnsafe('select count(*) as ' + alias + ' from orders'));
}
export async function countOnce(req, res) {
  const alias = `"${String(req.query.alias).replace('"', '""')}"`; // ! critical sql-injection
  res.json(await prisma.$queryRawUnsafe('select count(*) as ' + alias + ' from orders'));
}
export async function countPlain(req, res) {
  const alias = `"${String(req.query.alias).replaceAll('"', "'")}"`;
  res.json(await prisma.$queryRawUnsafe(`select count(*) as ${alias.replaceAll("'", '"')} from orders`)); // ! critical sql-injection
}

// --- what Object.assign puts in: a field that was not there before, one that was, and one that is set behind it
import express from 'express';
import { Pool } from 'pg';
const app = express();
const pool = new Pool();
app.get('/a', async (req, res) => {
  const own: any = { sort: 'id', name: req.query.name };
  Object.assign(own, req.query, { page: 'first' });
  await pool.query(`select * from orders where state = '${own.state}'`); // ! critical sql-injection
  await pool.query(`select * from orders order by ${own.sort}`); // ! critical sql-injection
  await pool.query(`select * from ${own.page}`);
  const spread: any = { sort: 'id', page: 'last', ...req.query, page: 'first' };
  await pool.query(`select * from orders order by ${spread.sort}`); // ! critical sql-injection
  await pool.query(`select * from ${spread.page}`);
  res.end();
});
