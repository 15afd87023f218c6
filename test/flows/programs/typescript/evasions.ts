// --- ways that a value takes
import { exec } from 'node:child_process';
import * as child from 'node:child_process';
import { promisify } from 'node:util';
import express from 'express';
const app = express();
const run = (command: string) => exec(command);
const run2 = promisify(exec);
const tools = { shell: child.exec, other: { deep: child.exec } };
class Job {
  #name = '';
  set name(value: string) { this.#name = value; }
  get name() { return this.#name; }
  start() { child.exec('cat ' + this.name); } // ! critical command-injection
}
function* parts(name: string) { yield 'cat '; yield name; }
async function* slowParts(name: string) { yield name; }
const tag = (texts: TemplateStringsArray, ...values: string[]) => texts[0] + values[0]; // ! critical command-injection
app.get('/1', (req) => { run('cat ' + req.query.name); }); // ! critical command-injection
app.get('/2', async (req) => { await run2('cat ' + req.query.name); }); // ! critical command-injection
app.get('/3', (req) => { tools.shell('cat ' + req.query.name); }); // ! critical command-injection
app.get('/4', (req) => { tools['other'].deep('cat ' + req.query.name); }); // ! critical command-injection
app.get('/5', (req) => { const job = new Job(); job.name = String(req.query.name); job.start(); });
app.get('/6', (req) => { for (const part of parts(String(req.query.name))) exec(part); }); // ! critical command-injection
app.get('/7', async (req) => { for await (const part of slowParts(String(req.query.name))) exec(part); }); // ! critical command-injection
app.get('/8', (req) => { exec(tag`cat ${String(req.query.name)}`); });
app.get('/9', (req) => { const { name = 'x', ...rest } = req.query; exec('cat ' + rest.file); }); // ! critical command-injection
app.get('/10', (req) => { const [, [name]] = [1, [req.query.name]]; exec('cat ' + name); }); // ! critical command-injection
app.get('/11', (req) => { const o = Object.assign({}, { a: 1 }, req.query); exec('cat ' + o.name); }); // ! critical command-injection
app.get('/12', (req) => { const o = { ...{ a: '1' }, ...req.query }; exec('cat ' + o['name']); }); // ! critical command-injection
app.get('/13', (req) => { exec('cat ' + (req?.query?.name ?? 'x')); }); // ! critical command-injection
app.get('/14', (req) => { const m = new Map([['a', String(req.query.name)]]); exec('cat ' + m.get('a')); }); // ! critical command-injection
app.get('/15', (req) => { const all: string[] = []; all.push('cat', String(req.query.name)); exec(all.join(' ')); }); // ! critical command-injection
app.get('/16', (req) => { exec(['cat', req.query.name].filter(Boolean).map((x) => String(x).trim()).join(' ')); }); // ! critical command-injection
app.get('/17', (req) => { exec.call(null, 'cat ' + req.query.name); }); // ! critical command-injection
app.get('/18', (req) => { exec.apply(null, ['cat ' + req.query.name]); }); // ! critical command-injection
app.get('/20', (req) => { Reflect.apply(exec, null, ['cat ' + req.query.name]); }); // ! critical command-injection
app.get('/21', (req) => { const key = 'exec'; child[key]('cat ' + req.query.name); }); // ! critical command-injection
app.get('/22', (req) => { setTimeout(() => exec('cat ' + req.query.name), 10); }); // ! critical command-injection
app.get('/23', (req) => { Promise.resolve(req.query.name).then((name) => 'cat ' + name).then(exec); }); // ! critical command-injection
app.get('/25', (req) => { let command = 'cat '; for (const [key, value] of Object.entries(req.query)) command += ` --${key}=${value}`; exec(command); }); // ! critical command-injection
app.get('/26', (req) => { const name = JSON.parse(JSON.stringify(req.query)).name; exec('cat ' + name); }); // ! critical command-injection
app.get('/27', (req) => { const copy = structuredClone(req.query); exec(`cat ${copy.name}`); }); // ! critical command-injection
app.get('/30', (req) => { switch (true) { case /x/.test(String(req.query.name)): exec('cat ' + req.query.name); } }); // ! critical command-injection
app.get('/31', (req) => { const name = [...String(req.query.name)].reverse().join(''); exec('cat ' + name); }); // ! critical command-injection
app.get('/32', (req) => { const params = new URLSearchParams(req.url.split('?')[1]); exec('cat ' + params.get('name')); }); // ! critical command-injection
app.get('/33', (req) => { const url = new URL(req.url, 'http://x'); exec('cat ' + url.searchParams.get('name')); }); // ! critical command-injection
app.get('/34', (req) => { exec('cat '.concat(String(req.query.name))); }); // ! critical command-injection
app.get('/35', (req) => { exec('cat {}'.replace('{}', String(req.query.name))); }); // ! critical command-injection
app.get('/36', (req) => { const f = (x = req.query.name) => exec('cat ' + x); f(); }); // ! critical command-injection
app.get('/37', (req) => { const name = req.query.name as string; if (name === undefined) return; exec('cat ' + name); }); // ! critical command-injection
app.get('/38', (req) => { const names = [req.query.name].flat(); names.forEach((name) => exec('cat ' + name)); }); // ! critical command-injection
app.get('/40', (req) => { label: { if (!req.query.name) break label; exec('cat ' + req.query.name); } }); // ! critical command-injection

// --- what is spread behind a field may hold it
import express from 'express';
import { Pool } from 'pg';
const pool = new Pool();
express().get('/places', async (req, res) => {
  const options = { sort: 'id', limit: 20, ...req.query };
  res.json(await pool.query(`SELECT id FROM places ORDER BY ${options.sort} LIMIT 20`)); // ! critical sql-injection
});

// --- what is assigned over an object of ours may hold its fields
import express from 'express';
import { Pool } from 'pg';
const pool = new Pool();
express().get('/places', async (req, res) => {
  const options = { sort: 'id', limit: 20 };
  Object.assign(options, req.query);
  res.json(await pool.query(`SELECT id FROM places ORDER BY ${options.sort} LIMIT 20`)); // ! critical sql-injection
});

// --- what stands behind the spread is ours
import express from 'express';
import { Pool } from 'pg';
const pool = new Pool();
express().get('/places', async (req, res) => {
  const options = { ...req.query, sort: 'id' };
  Object.assign(options, { order: 'asc' });
  res.json(await pool.query(`SELECT id FROM places ORDER BY ${options.sort} ${options.order} LIMIT 20`));
});

// --- what is set after the assignment is ours
import express from 'express';
import { Pool } from 'pg';
const pool = new Pool();
express().get('/places', async (req, res) => {
  const options = { sort: 'name' };
  Object.assign(options, req.query);
  options.sort = 'id';
  const { rows } = await pool.query(`SELECT id FROM places ORDER BY ${options.sort} LIMIT 20`);
  res.json(rows);
});

// --- a model of sequelize-typescript that is injected as the class
// file: user.model.ts
import { Column, Model, Table } from 'sequelize-typescript';
@Table
export class User extends Model {
  @Column name: string;
  @Column isAdmin: boolean;
}
// file: app.ts
import { Body, Controller, Patch, Req } from '@nestjs/common';
import { InjectModel } from '@nestjs/sequelize';
import { User } from './user.model';
@Controller('profile')
export class ProfileController {
  constructor(@InjectModel(User) private readonly users: typeof User) {}
  @Patch()
  async update(@Req() req: any, @Body() body: Record<string, unknown>) {
    const user = await this.users.findByPk(req.user.id);
    await user.update({ ...body, updatedAt: new Date() }); // ! medium mass-assignment
  }
}

// --- the fields that are written are named
// file: user.model.ts
import { Column, Model, Table } from 'sequelize-typescript';
@Table
export class User extends Model {
  @Column name: string;
  @Column isAdmin: boolean;
}
// file: app.ts
import { Body, Controller, Patch, Req } from '@nestjs/common';
import { InjectModel } from '@nestjs/sequelize';
import { User } from './user.model';
@Controller('profile')
export class ProfileController {
  constructor(@InjectModel(User) private readonly users: typeof User) {}
  @Patch()
  async update(@Req() req: any, @Body() body: Record<string, unknown>) {
    const user = await this.users.findByPk(req.user.id);
    await user.update({ ...body, updatedAt: new Date() }, { fields: ['name', 'updatedAt'] });
  }
}

// --- a field of what was sent is set, and all others are still what was sent
import express from 'express';
import { User } from './models/user';
const app = express();
app.post('/a', async (req, res) => {
  const body = JSON.parse(req.body);
  body.createdAt = new Date();
  res.json(await User.create(body)); // ! medium mass-assignment
});
app.post('/b', async (req, res) => {
  const body = { name: String(req.body.name) };
  body.createdAt = new Date();
  res.json(await User.create(body));
});
app.post('/c', async (req, res) => {
  const row = {};
  row.name = String(JSON.parse(req.body).name);
  row.createdAt = new Date();
  res.json(await User.create(row));
});
