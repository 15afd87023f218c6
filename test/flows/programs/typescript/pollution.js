// --- a name of a path leads down, and another one sets
const express = require('express');
const app = express();
function setPath(obj, path, value) {
  const parts = path.split('.');
  let cur = obj;
  for (let i = 0; i < parts.length - 1; i++) {
    if (!cur[parts[i]]) cur[parts[i]] = {};
    cur = cur[parts[i]];
  }
  cur[parts[parts.length - 1]] = value; // ! medium prototype-key
}
app.post('/a', (req, res) => {
  const tree = {};
  setPath(tree, req.body.path, req.body.value);
  res.json(tree);
});

// --- keys of a loop lead down
import Koa from 'koa';
import bodyParser from 'koa-bodyparser';
const app = new Koa();
app.use(bodyParser());
function assign(target, path, value) {
  const keys = path.split('.');
  const last = keys.pop();
  let node = target;
  for (const key of keys) {
    node[key] ??= {};
    node = node[key];
  }
  node[last] = value; // ! medium prototype-key
}
app.use(async (ctx) => {
  const tree = {};
  for (const [path, value] of Object.entries(ctx.request.body)) assign(tree, path, value);
  ctx.body = tree;
});

// --- a merge that goes down into what is there
var express = require('express');
var app = express();
function merge(target, source) {
  for (var key in source) {
    if (typeof source[key] === 'object') merge(target[key], source[key]);
    else target[key] = source[key]; // ! medium prototype-pollution
  }
  return target;
}
app.post('/settings', function (req, res) {
  res.json(merge({}, req.body));
});

// --- the name is refused, there is no prototype, or only one step is taken
const express = require('express');
const app = express();
function setPath(obj, path, value) {
  const parts = path.split('.');
  let cur = obj;
  for (let i = 0; i < parts.length - 1; i++) {
    if (parts[i] === '__proto__' || parts[i] === 'constructor') return;
    cur = cur[parts[i]] = cur[parts[i]] || {};
  }
  cur[parts[parts.length - 1]] = value;
}
function copy(target, source) {
  for (const key in source) target[key] = source[key];
  return target;
}
app.post('/a', (req, res) => {
  setPath({}, req.body.path, req.body.value);
  const counts = Object.create(null);
  counts[req.body.kind] ??= {};
  counts[req.body.kind][req.body.name] = 1;
  res.json(copy({}, req.body));
});
app.get('/b', (req, res) => {
  const groups = {};
  for (const one of rows) {
    const group = (groups[one.kind] ??= {});
    group[one.name] = one;
  }
  res.json(groups);
});

// --- a comment, a message, another object and the check of another name refuse nothing
const express = require('express');
const app = express();
const settings = {};
app.post('/a', (req, res) => {
  // Beware of __proto__.
  settings[req.body.section][req.body.name] = req.body.value; // ! medium prototype-key
});
app.post('/b', (req, res) => {
  console.log('nobody sends __proto__');
  settings[req.body.section][req.body.name] = req.body.value; // ! medium prototype-key
});
app.post('/c', (req, res) => {
  const seen = Object.create(null);
  settings[req.body.section][req.body.name] = seen; // ! medium prototype-key
});
app.post('/d', (req, res) => {
  if (req.body.name === '__proto__') return res.sendStatus(400);
  settings[req.body.section][req.body.name] = req.body.value; // ! medium prototype-key
});

// --- a list of names that are refused, asked for each part or for all
const express = require('express');
const app = express();
function set(tree, path, value) {
  const parts = path.split('.');
  const refused = ['__proto__', 'constructor', 'prototype'];
  if (parts.some((part) => refused.includes(part))) return;
  let node = tree;
  for (const part of parts) {
    node[part] ??= {};
    node = node[part];
  }
  node[parts.at(-1)] = value;
}
function merge(target, source) {
  for (const key in source) {
    if (/^__proto__$|^constructor$/.test(key)) continue;
    if (typeof source[key] === 'object') merge(target[key], source[key]);
    else target[key] = source[key];
  }
}
app.post('/a', (req, res) => {
  set({}, req.body.path, req.body.value);
  merge({}, req.body);
});

// --- a merge that makes what is missing on its way
const express = require('express');
const app = express();
const settings = {};
function merge(target, source) {
  for (const key of Object.keys(source)) {
    if (source[key] && typeof source[key] === 'object') merge((target[key] ??= {}), source[key]);
    else target[key] = source[key]; // ! medium prototype-pollution
  }
  return target;
}
app.post('/settings', (req, res) => res.json(merge(settings, req.body)));

// --- a name of the path is a text, and as a key it leads to the prototype all the same
const express = require('express');
const app = express();
const stores = {};
app.put('/a/:bucket/:key', (req, res) => {
  const { bucket, key } = req.params;
  if (!stores[bucket]) stores[bucket] = {};
  stores[bucket][key] = req.body.value; // ! medium prototype-key
});
app.put('/b/:bucket/:key', (req, res) => {
  if (!(req.params.bucket in stores)) return res.sendStatus(404);
  stores[req.params.bucket][req.params.key] = req.body.value; // ! medium prototype-key
});
app.put('/c', (req, res) => {
  const room = String(req.query.room).trim();
  const seats = (stores[room] ??= {});
  seats[req.get('x-seat')] = true; // ! medium prototype-key
});

// --- a text that is asked for among the own names, a number, an object without a prototype, a Map, one step
import express from 'express';
import { z } from 'zod';
const app = express();
const stores: Record<string, Record<string, string>> = {};
const rooms: Record<string, Record<string, string>> = Object.create(null);
const lots = { __proto__: null };
const maps = new Map<string, Record<string, string>>();
const grid: string[][] = [];
app.put('/a/:bucket/:key', (req, res) => {
  const { bucket, key } = req.params;
  if (!Object.hasOwn(stores, bucket)) return res.sendStatus(404);
  stores[bucket][key] = req.body.value;
});
app.put('/b/:room/:key', (req, res) => {
  rooms[req.params.room] ??= {};
  rooms[req.params.room][req.params.key] = req.body.value;
  lots[req.params.room][req.params.key] = req.body.value;
});
app.put('/c/:x/:y', (req, res) => {
  grid[Number(req.params.x)][Number(req.params.y)] = req.body.value;
});
app.put('/d/:bucket/:key', (req, res) => {
  const own = maps.get(req.params.bucket);
  if (own) own[req.params.key] = req.body.value;
  stores.common[req.params.key] = req.body.value;
});
app.put('/e/:bucket/:key', (req, res) => {
  const bucket = z.enum(['a', 'b']).parse(req.params.bucket);
  stores[bucket][req.params.key] = req.body.value;
});
app.put('/f/:bucket/:key', (req, res) => {
  if (req.params.bucket === '__proto__') return res.sendStatus(400);
  stores[req.params.bucket][req.params.key] = req.body.value;
});

// --- an object that is made where there is none yet
const express = require('express');
const app = express();
const boards = {};
const lists = new Map();
app.patch('/board', (req, res) => {
  const entry = boards[req.body.board] ?? {};
  entry[req.body.key] = req.body.value; // ! medium prototype-key
  res.json(entry);
});
app.patch('/path', (req, res) => {
  const tree = {};
  for (const [path, value] of Object.entries(req.body.set)) {
    const keys = path.split('.');
    let at = tree;
    for (const key of keys.slice(0, -1)) at = at[key] || (at[key] = {});
    at[keys[keys.length - 1]] = value; // ! medium prototype-key
  }
  res.json(tree);
});
app.patch('/list', (req, res) => {
  const entry = lists.get(req.body.list) ?? {};
  entry[req.body.key] = req.body.value;
  const own = boards.all ?? {};
  own[req.body.key] = req.body.value;
  const counted = boards[req.body.board] ?? {};
  counted.seen = true;
  res.json(entry);
});
