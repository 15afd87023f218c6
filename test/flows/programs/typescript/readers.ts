// --- objects that bytes describe, in several styles
import Koa from 'koa';
import Router from '@koa/router';
import serialize from 'node-serialize';
import yaml from 'js-yaml';
const router = new Router();
router.post('/a', async (ctx) => {
  ctx.body = { ok: serialize.unserialize(ctx.request.body) }; // ! critical unsafe-deserialization
});
router.post('/b', async (ctx) => {
  const profile = Buffer.from(ctx.cookies.get('profile'), 'base64').toString();
  ctx.body = { ok: serialize.unserialize(profile) }; // ! critical unsafe-deserialization
});
function restore(text) {
  return serialize.unserialize(text); // ! critical unsafe-deserialization
}
router.post('/c', async (ctx) => {
  ctx.body = { ok: restore(ctx.request.body.state) };
});

// --- a handler of Lambda that restores a session
const serialize = require('node-serialize');
const { session } = require('./session');
exports.handler = async (event) => {
  const state = serialize.unserialize(JSON.parse(event.body).state); // ! critical unsafe-deserialization
  return { statusCode: 200, body: JSON.stringify(state) };
};
exports.other = async () => serialize.unserialize(await session.load());

// --- XML with entities, in a class and behind a helper
// file: import.controller.ts
import { Body, Controller, Post } from '@nestjs/common';
import { ImportService } from './import.service';
@Controller('import')
export class ImportController {
  constructor(private readonly imports: ImportService) {}
  @Post()
  run(@Body() body: { xml: string; depth: number }) {
    return this.imports.read(body.xml);
  }
  @Post('plain')
  plain(@Body() body: { xml: string }) {
    return this.imports.readPlain(body.xml);
  }
}
// file: import.service.ts
import * as libxmljs from 'libxmljs2';
const OPTIONS = { noent: true, nonet: false };
export class ImportService {
  read(xml: string) {
    return libxmljs.parseXml(xml, OPTIONS); // ! high external-entity
  }
  readPlain(xml: string) {
    return libxmljs.parseXml(xml, { noent: false });
  }
}

// --- XML of an upload, of a message, of a file of ours
const http = require('http');
const fs = require('fs');
const WebSocket = require('ws');
const libxmljs = require('libxmljs');
const server = new WebSocket.Server({ port: 1 });
server.on('connection', (socket) => {
  socket.on('message', (data) => libxmljs.parseXmlString(data.toString(), { noent: true })); // ! high external-entity
});
const config = libxmljs.parseXml(fs.readFileSync('/etc/app.xml', 'utf8'), { noent: true });

// --- filters of LDAP that are built, and that are not
import Fastify from 'fastify';
import { Client } from 'ldapts';
import ldap from 'ldapjs';
const fastify = Fastify();
const client = new Client({ url: process.env.LDAP });
const old = ldap.createClient({ url: process.env.LDAP });
fastify.post('/login', async (request) => {
  const { user } = request.body;
  const filter = '(&(objectClass=person)(uid=' + user + '))'; // ! high ldap-injection
  const { searchEntries } = await client.search('dc=example', { filter, scope: 'sub' });
  return searchEntries;
});
fastify.get('/dn/:name', async (request) => {
  await client.bind(`cn=${request.params.name},dc=example`, 'x'); // ! high ldap-injection
  await client.bind(request.body.dn, request.body.password);
});
fastify.get('/parsed', async (request) => ldap.parseFilter(`(cn=${request.query.cn})`)); // ! high ldap-injection
fastify.get('/checked', async (request, reply) => {
  if (!/^[a-z0-9.]+$/i.test(request.query.cn)) return reply.code(400).send();
  return client.search('dc=example', { filter: `(cn=${request.query.cn})` });
});
fastify.get('/number', async (request) => client.search('dc=example', { filter: `(uidNumber=${Number(request.query.n)})` }));
fastify.get('/fixed', async () => client.search('dc=example', { filter: '(objectClass=person)' }));

// --- expressions of XPath that are built, and that are not
const Koa = require('koa');
const xpath = require('xpath');
const libxmljs = require('libxmljs');
const app = new Koa();
const document = libxmljs.parseXml('<users/>');
const find = (name) => xpath.select('//user[@name="' + name + '"]', document); // ! high xpath-injection
app.use(async (ctx, next) => {
  ctx.body = find(ctx.query.name);
  document.get(`//user[@id='${ctx.query.id}']`); // ! high xpath-injection
  xpath.evaluate(ctx.query.expression, document, null, 0, null); // ! high xpath-injection
  const role = ctx.query.admin ? 'admin' : 'user';
  xpath.select(`//user[@role='${role}']`, document);
  if (!['a', 'b'].includes(ctx.query.kind)) return;
  xpath.select(`//user[@kind='${ctx.query.kind}']`, document);
  document.get(`//user[${parseInt(ctx.query.index, 10)}]`);
  await next();
});

// --- lines of a log, in several styles
import log4js from 'log4js';
import { Controller, Get, Query } from '@nestjs/common';
const logger = log4js.getLogger('app');
@Controller()
export class LogController {
  @Get()
  get(@Query('name') name: string, @Query('page') page: number) {
    logger.info(`asked for ${name}`); // ! low log-forging
    logger.warn('asked for %s', name); // ! low log-forging
    process.stdout.write('asked for ' + name + '\n'); // ! low log-forging
    console.error('asked for ' + name); // ! low log-forging
    logger.info(`page ${page}`);
    logger.info('asked', { name });
    console.info(JSON.stringify({ name }));
    console.info(encodeURIComponent(name));
    return { name };
  }
}

// --- merges by libraries that write any key
const express = require('express');
const _ = require('lodash');
const { set } = require('lodash');
const extend = require('deep-extend');
const app = express();
app.put('/a', (req, res) => {
  const config = {};
  extend(config, JSON.parse(req.body.config)); // ! medium prototype-pollution
  set(config, req.query.key, req.query.value);
  _.merge(config, _.pick({ a: 1 }, ['a']));
  config.name = req.body.name;
  const copy = { ...config, ...req.body };
  const map = new Map();
  map.set(req.query.key, req.query.value);
  res.json(copy);
});

// --- patterns of a request behind a service, in Koa, in Nest
// file: search.controller.ts
import { Controller, Get, Query } from '@nestjs/common';
import { matching } from './search';
@Controller('search')
export class SearchController {
  @Get()
  search(@Query('q') q: string, @Query('flags') flags: string) {
    return matching(q.trim());
  }
  @Get('all')
  all(@Query('q') q: string) {
    const words = q.split(' ').map((word) => new RegExp(`\\b${word}\\b`, 'i')); // ! medium pattern-injection
    return words.length;
  }
  @Get('own')
  own(@Query('kind') kind: string) {
    const PATTERNS = { a: '^a', b: '^b' };
    return new RegExp(PATTERNS[kind] ?? '^c').test('abc');
  }
}
// file: search.ts
const LIST = ['a', 'b'];
export function matching(text: string) {
  const pattern = new RegExp('^' + text, 'i'); // ! medium pattern-injection
  return LIST.filter((one) => pattern.test(one));
}

// --- XML with entities in three handlers
import Fastify from 'fastify';
import { parseXml, parseXmlString } from 'libxmljs';
const fastify = Fastify();
fastify.post('/a', async (request) => parseXml(request.body as string, { noent: true }).toString()); // ! high external-entity
fastify.post('/b', async (request) => parseXmlString(String(request.body), { replaceEntities: true }).toString()); // ! high external-entity
export const handler = async (event) => {
  const document = parseXml(event.body, { noent: true, nocdata: true }); // ! high external-entity
  return { statusCode: 200, body: String(document.errors.length) };
};
fastify.post('/c', async (request) => parseXml(request.body as string, { nonet: true }).toString());

// --- YAML of requests whose aliases nobody counts
import express from 'express';
import jsyaml from 'js-yaml';
import { readFileSync } from 'node:fs';
import YAML from 'yaml';
const app = express();
app.post('/a', (req, res) => res.json(jsyaml.load(req.body))); // ! medium alias-bomb
app.post('/b', (req, res) => {
  const plan = jsyaml.load(req.file.buffer.toString('utf8'));  // ! medium alias-bomb
  res.send(JSON.stringify(plan));
});
app.post('/c', (req, res) => res.json(YAML.parse(req.body, { maxAliasCount: -1 }))); // ! medium alias-bomb
app.post('/d', (req, res) => res.json(YAML.parse(req.body)));
app.post('/e', (req, res) => res.json(jsyaml.load(readFileSync('/etc/plan.yml', 'utf8'))));
// An alias is a reference: nothing grows where single parts are read.
app.post('/h', (req, res) => {
  const parsed = jsyaml.load(req.body.text);
  res.json({ notes: parsed.length, first: parsed.title });
});
app.post('/i', (req, res) => {
  const parsed = jsyaml.load(req.body.text);
  if (!Array.isArray(parsed)) return res.status(400).end();
  res.json({ ok: true });
});
app.post('/j', (req, res) => {
  const parsed = jsyaml.load(req.body.text); // ! medium alias-bomb
  res.json({ plan: parsed });
});
app.post('/g', (req, res) => {
  if (!/^[\w: -]+$/.test(req.body)) return res.sendStatus(400);
  res.json(jsyaml.load(req.body));
});
