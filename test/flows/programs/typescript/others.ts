// --- regular expressions of the request
import express from 'express';
import escapeStringRegexp from 'escape-string-regexp';
import _ from 'lodash';
const app = express();
app.get('/a', (req, res) => res.json(LIST.filter((one) => new RegExp(req.query.q, 'i').test(one)))); // ! medium pattern-injection
app.get('/b', (req, res) => res.json(LIST.filter((one) => new RegExp(escapeStringRegexp(req.query.q), 'i').test(one))));
app.get('/c', (req, res) => res.json(LIST.filter((one) => new RegExp(_.escapeRegExp(req.query.q)).test(one))));
const escapeRegex = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
app.get('/d', (req, res) => res.json(LIST.filter((one) => new RegExp(escapeRegex(req.query.q)).test(one))));
app.get('/e', (req, res) => res.json(LIST.filter((one) => one.includes(req.query.q))));
app.get('/f', (req, res) => res.json(LIST.filter((one) => RegExp('^' + req.query.q).test(one)))); // ! medium pattern-injection

// --- merges
import express from 'express';
import _ from 'lodash';
import merge from 'lodash/merge';
import extend from 'deep-extend';
const app = express();
const settings = {};
app.post('/a', (req, res) => res.json(_.merge(settings, req.body)));
app.post('/b', (req, res) => res.json(merge({}, settings, req.body.settings)));
app.post('/c', (req, res) => res.json(_.defaultsDeep({}, req.body)));
app.post('/d', (req, res) => res.json(extend(settings, req.body))); // ! medium prototype-pollution
app.post('/e', (req, res) => res.json(_.merge({}, { name: String(req.body.name) })));
app.post('/f', (req, res) => res.json({ ...settings, ...req.body }));
app.post('/g', (req, res) => res.json(Object.assign({}, req.body)));
app.post('/h', (req, res) => res.json(_.merge({}, settings, { size: 10 })));
app.post('/i', (req, res) => res.json(_.set(settings, req.body.path, 1)));

// --- all fields are written
import express from 'express';
import { PrismaClient } from '@prisma/client';
import mongoose from 'mongoose';
import { z } from 'zod';
const prisma = new PrismaClient();
const User = mongoose.model('User', new mongoose.Schema({}));
const app = express();
app.post('/a', async (req, res) => res.json(await prisma.user.create({ data: req.body }))); // ! medium mass-assignment
app.post('/b', async (req, res) => res.json(await User.create(req.body))); // ! medium mass-assignment
app.put('/c/:id', async (req, res) => res.json(await User.findByIdAndUpdate(req.params.id, req.body))); // ! medium mass-assignment
app.put('/d/:id', async (req, res) => res.json(await prisma.user.update({ where: { id: req.params.id }, data: { ...req.body } }))); // ! medium mass-assignment
app.post('/e', async (req, res) => res.json(await new User(req.body).save())); // ! medium mass-assignment
app.post('/f', async (req, res) => {
  const { name, email } = req.body;
  res.json(await User.create({ name, email }));
});
const Body = z.object({ name: z.string() });
app.post('/g', async (req, res) => res.json(await prisma.user.create({ data: Body.parse(req.body) })));
app.post('/h', async (req, res) => res.json(await prisma.event.create({ data: { payload: req.body, kind: 'x' } })));
app.post('/i', async (req, res) => res.json(await prisma.user.create({ data: { name: req.body.name } })));

// --- deserialised
import express from 'express';
import serialize from 'node-serialize';
import yaml from 'js-yaml';
import v8 from 'node:v8';
const app = express();
app.post('/a', (req, res) => res.json(serialize.unserialize(req.body.data))); // ! critical unsafe-deserialization
app.get('/b', (req, res) => res.json(serialize.unserialize(Buffer.from(req.cookies.profile, 'base64').toString()))); // ! critical unsafe-deserialization
app.post('/c', (req, res) => res.json(JSON.parse(req.body.data)));
app.post('/d', (req, res) => res.json(yaml.load(req.body.data))); // ! medium alias-bomb
app.post('/e', (req, res) => res.json(serialize.serialize(req.body.data)));
app.post('/f', (req, res) => res.json(serialize.unserialize('{}')));

// --- XML with entities
import express from 'express';
import libxmljs from 'libxmljs';
import { XMLParser } from 'fast-xml-parser';
import { parseStringPromise } from 'xml2js';
const app = express();
app.post('/a', (req, res) => res.json(libxmljs.parseXml(req.body, { noent: true }))); // ! high external-entity
app.post('/b', (req, res) => res.json(libxmljs.parseXml(req.body)));
app.post('/c', (req, res) => res.json(libxmljs.parseXml(req.body, { noent: false })));
app.post('/d', (req, res) => res.json(new XMLParser().parse(req.body)));
app.post('/e', async (req, res) => res.json(await parseStringPromise(req.body)));
app.post('/f', (req, res) => res.json(libxmljs.parseXml('<a/>', { noent: true })));

// --- LDAP
import express from 'express';
import ldap from 'ldapjs';
import { Client } from 'ldapts';
import ldapEscape from 'ldap-escape';
const app = express();
const client = ldap.createClient({ url: process.env.LDAP });
const other = new Client({ url: process.env.LDAP });
app.get('/a', (req, res) => {
  client.search('ou=users,dc=example', { filter: `(uid=${req.query.user})`, scope: 'sub' }, (e, r) => res.json({})); // ! high ldap-injection
});
app.get('/b', async (req, res) => res.json(await other.search('dc=example', { filter: '(mail=' + req.query.mail + ')' }))); // ! high ldap-injection
app.get('/c', (req, res) => {
  client.search('dc=example', { filter: ldapEscape.filter`(uid=${req.query.user})`, scope: 'sub' }, (e, r) => res.json({}));
});
app.get('/d', (req, res) => {
  client.search('dc=example', { filter: new ldap.EqualityFilter({ attribute: 'uid', value: req.query.user }) }, (e, r) => res.json({}));
});
app.get('/e', (req, res) => {
  const user = String(req.query.user).replace(/[^a-z0-9]/gi, '');
  client.search('dc=example', { filter: `(uid=${user})` }, (e, r) => res.json({}));
});

// --- XPath
import express from 'express';
import xpath from 'xpath';
import { doc } from './doc';
const app = express();
app.get('/a', (req, res) => res.json(xpath.select(`//user[name='${req.query.name}']`, doc))); // ! high xpath-injection
app.get('/b', (req, res) => res.json(xpath.select1("//user[@id='" + req.query.id + "']", doc))); // ! high xpath-injection
app.get('/c', (req, res) => res.json(xpath.select(`//user[${Number(req.query.n)}]`, doc)));
app.get('/d', (req, res) => res.json(xpath.select('//user', doc).filter((one) => one.name === req.query.name)));
const evaluator = xpath.parse('//user[name=$name]');
app.get('/e', (req, res) => res.json(evaluator.select({ node: doc, variables: { name: req.query.name } })));

// --- logs
import express from 'express';
import pino from 'pino';
import winston from 'winston';
const log = pino();
const logger = winston.createLogger({ format: winston.format.json() });
const app = express();
app.get('/a', (req, res) => {
  console.log(`login of ${req.query.name}`); // ! low log-forging
  console.warn('login failed', req.body.name); // ! low log-forging
  console.log({ name: req.query.name });
  console.log(req.body);
  console.log(JSON.stringify(req.body));
  console.log(`id ${Number(req.query.id)}`);
  console.log('name', req.query.name.replace(/[\r\n]/g, ' '));
  console.log('name', req.query.name.replace(/\p{C}/gu, ''));
  log.info({ name: req.query.name }, 'login');
  log.info(`login of ${req.query.name}`);
  logger.info(`login of ${req.query.name}`);
  res.sendStatus(204);
});

// --- what the real services of others showed: right code
import express from 'express';
import { Body, Controller, Post } from '@nestjs/common';
import { CreateAccountDto } from '@app/common/dtos';
import { merge } from 'lodash';
import { controller } from './controller';
import { prisma } from './prisma';
const app = express();
app.post('/a', async (req, res) => res.json(await controller.create(req.body)));
app.get('/b', async (req, res) => {
  const url = new URL(req.url);
  const target = new URL(url);
  target.protocol = 'https';
  target.hostname = 'eu.example.com';
  res.json(await (await fetch(target)).json());
});
app.get('/c', (req, res) => {
  console.log(`Loading ${req.path} for ${req.headers['x-job-id']}`);
  res.send(`Cannot GET ${req.originalUrl}`);
  res.status(302).send(`${encodeURIComponent(req.params.id)}${new URL(req.url, 'http://x').search}`);
});
@Controller('accounts')
export class AccountController {
  @Post()
  create(@Body() data: CreateAccountDto) {
    return prisma.account.create({ data: { ...data, settings: merge({}, data) } });
  }
}

// --- a schema with functions, and bodies that a library reads from the request
import yaml from 'js-yaml';
import types from 'js-yaml-js-types';
import Koa from 'koa';
import getRawBody from 'raw-body';
import coBody from 'co-body';
import serializeJs from 'serialize-to-js';
const schema = yaml.DEFAULT_SCHEMA.extend(types.all);
const plain = yaml.DEFAULT_SCHEMA.extend([ourTimestamp]);
const app = new Koa();
app.use(async (ctx) => {
  const body = await getRawBody(ctx.req, { limit: '64kb', encoding: 'utf8' });
  const state = serializeJs.deserialize(body); // ! critical unsafe-deserialization
  const { definition } = await coBody.json(ctx);
  const steps = yaml.load(definition, { schema }); // ! critical unsafe-deserialization
  const data = yaml.load(definition, { schema: plain }); // ! medium alias-bomb
  ctx.body = { state, steps, data, raw: JSON.parse(body) };
});

// --- a text with an alias is refused
import express from 'express';
import yaml from 'js-yaml';
const app = express();
app.post('/a', (req, res) => {
  if (/[&*]\w/.test(req.body.data)) return res.status(400).end();
  res.json(yaml.load(req.body.data));
});
app.post('/b', (req, res) => {
  if (req.body.data.match(/\*/)) return res.status(400).end();
  res.json(yaml.load(req.body.data));
});
app.post('/c', (req, res) => {
  if (/[!%]\w/.test(req.body.data)) return res.status(400).end();
  res.json(yaml.load(req.body.data)); // ! medium alias-bomb
});

// --- texts that a function escapes, character by character
import express from 'express';
import ldap from 'ldapjs';
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const KEPT = new Map(Object.entries(ENTITIES));
const app = express();
const client = ldap.createClient({ url: process.env.LDAP });
const forFilter = (text: string) => text.replace(/[\\*()\0]/g, (c) => '\\' + c.charCodeAt(0).toString(16).padStart(2, '0'));
const byCodes = (text: string) => text.replace(/\\/g, '\\5c').replace(/\*/g, '\\2a').replace(/\(/g, '\\28').replace(/\)/g, '\\29');
function forPage(text: string) {
  return text.replace(/[&<>"']/g, (c) => ENTITIES[c]);
}
app.get('/a', (req, res) => {
  client.search('dc=example', { filter: `(uid=${forFilter(req.query.user)})` }, (e, r) => res.json({}));
});
app.get('/b', (req, res) => {
  client.search('dc=example', { filter: `(uid=${byCodes(req.query.user)})` }, (e, r) => res.json({}));
});
app.get('/c', (req, res) => {
  client.search('dc=example', { filter: `(uid=${req.query.user.replace(/[*()\\]/g, '')})` }, (e, r) => res.json({}));
});
app.get('/d', (req, res) => res.send(`<p>${forPage(req.query.name)}</p>`));
app.get('/e', (req, res) => res.send(`<p>${req.query.name.replace(/[<>&]/g, (c) => ENTITIES[c] ?? c)}</p>`));
app.get('/f', (req, res) => res.send(`<p>${req.query.name.replace(/[<>&]/g, (c) => KEPT.get(c) || c)}</p>`));
app.get('/g', (req, res) => res.send(`<p>${req.query.name.replace(/[<>&]/g, (c) => `&#${c.charCodeAt(0)};`)}</p>`));
app.get('/h', (req, res) =>
  res.send(
    `<p>${req.query.name.replace(/[<>&]/g, (c) => {
      switch (c) {
        case '<':
          return '&lt;';
        case '>':
          return '&gt;';
        default:
          return '&amp;';
      }
    })}</p>`,
  ),
);

// --- texts that a function gives back
import express from 'express';
import ldap from 'ldapjs';
const app = express();
const client = ldap.createClient({ url: process.env.LDAP });
app.get('/a', (req, res) => {
  client.search('dc=example', { filter: `(uid=${req.query.user.replace(/[\\*()]/g, (c) => c.toUpperCase())})` }, (e, r) => res.json({})); // ! high ldap-injection
});
app.get('/b', (req, res) => {
  client.search('dc=example', { filter: `(uid=${req.query.user.replace(/[\\()]/g, (c) => '\\' + c.charCodeAt(0).toString(16))})` }, (e, r) => res.json({})); // ! high ldap-injection
});
app.get('/c', (req, res) => res.send(`<p>${req.query.name.replace(/[<>]/g, (c) => ' ' + c)}</p>`)); // ! high reflected-html
app.get('/d', (req, res) => res.send(`<p>${req.query.name.replace(/[<>]/, (c) => `&#${c.charCodeAt(0)};`)}</p>`)); // ! high reflected-html
app.get('/e', (req, res) => res.send(`<p>${req.query.name.replace(/[&'"]/g, (c) => `&#${c.charCodeAt(0)};`)}</p>`)); // ! high reflected-html
