// --- headers that the caller chooses
const express = require('express');
const Koa = require('koa');
const http = require('node:http');
const app = express();
app.get('/a', (req, res) => {
  res.set(req.query.header, 'on'); // ! medium header-injection
  res.set('Access-Control-Allow-Origin', req.query.origin); // ! medium header-injection
  res.type(req.query.type); // ! medium header-injection
  res.end();
});
app.post('/b', (req, res) => {
  res.set(req.body); // ! medium header-injection
  res.set({ 'Content-Type': req.body.type, 'Cache-Control': 'no-store' }); // ! medium header-injection
  res.end();
});
app.get('/c', (req, res) => {
  res.setHeader('X-Accel-Redirect', '/files/' + req.query.file); // ! medium header-injection
  res.setHeader('Set-Cookie', `lang=${req.query.lang}`); // ! medium header-injection
  res.end();
});
new Koa().use(async (ctx, next) => {
  ctx.set(ctx.query.name, ctx.query.value); // ! medium header-injection
  await next();
});
http.createServer((req, res) => {
  const name = new URL(req.url, 'http://x').searchParams.get('h');
  res.setHeader(name, '1'); // ! medium header-injection
  res.end();
});

// --- headers with values that do nothing
const express = require('express');
const app = express();
const TYPES = { png: 'image/png', jpg: 'image/jpeg' };
app.get('/a', (req, res) => {
  res.set('X-Request-Id', req.query.id);
  res.set('Content-Disposition', `attachment; filename="${encodeURIComponent(req.query.name)}"`);
  res.set('X-Total', String(Number(req.query.total)));
  res.set('Content-Type', TYPES[req.query.kind]);
  res.set({ 'X-Name': req.query.name, ETag: '1' });
  res.setHeader('Content-Length', req.body.length);
  res.cookie('lang', req.query.lang);
  res.end();
});
app.get('/b', (req, res) => {
  if (!['en', 'de'].includes(req.query.lang)) return res.sendStatus(400);
  res.set('Set-Cookie', `lang=${req.query.lang}`);
  res.end();
});

// --- all of the request as options of the page
const express = require('express');
const ejs = require('ejs');
const app = express();
app.get('/a', (req, res) => res.render('index', req.query)); // ! high template-options
app.post('/b', (req, res) => res.render('index', { ...req.body, title: 'x' })); // ! high template-options
app.post('/c', async (req, res) => {
  const html = await ejs.renderFile('page.ejs', req.body); // ! high template-options
  res.json({ html });
});
app.get('/d', (req, res) => {
  const data = Object.assign({ title: 'x' }, req.query);
  res.render('index', data); // ! high template-options
});

// --- its fields as data of the page
const express = require('express');
const app = express();
app.get('/a', (req, res) => res.render('index', { name: req.query.name, body: req.body }));
app.get('/b', (req, res) => {
  const { name, age } = req.query;
  res.render('index', { name, age });
});
app.get('/c/:id', (req, res) => res.render('index', req.params));

// --- cookies whose names begin with something of ours
const express = require('express');
const app = express();
app.get('/a/:id', (req, res) => { res.cookie(`share_${req.params.id}_token`, make(), { httpOnly: true }); res.json({}); });
app.get('/b', (req, res) => { res.cookie('theme', req.query.theme); res.json({}); });

// --- cookies of any name
const express = require('express');
const app = express();
app.get('/a', (req, res) => { res.cookie(req.query.name, 'x'); res.json({}); }); // ! medium header-injection
