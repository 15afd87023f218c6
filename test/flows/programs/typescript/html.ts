// --- answers that are HTML
import express from 'express';
import http from 'node:http';
import Koa from 'koa';
import { Hono } from 'hono';
const app = express();
app.get('/a', (req, res) => res.send('<h1>Hello ' + req.query.name + '</h1>')); // ! high reflected-html
app.get('/b', (req, res) => res.send(`No result for ${req.query.q}`)); // ! high reflected-html
app.get('/c', (req, res) => {
  res.status(404).send(req.params.page); // ! high reflected-html
});
http.createServer((req, res) => {
  const name = new URL(req.url, 'http://x').searchParams.get('name');
  res.writeHead(200, { 'Content-Type': 'text/html' });
  res.end(`<p>${name}</p>`); // ! high reflected-html
});
const koa = new Koa();
koa.use(async (ctx, next) => {
  ctx.body = `<p>${ctx.query.q}</p>`; // ! high reflected-html
  await next();
});
const hono = new Hono();
hono.get('/d', (c) => c.html(`<p>${c.req.query('q')}</p>`)); // ! high reflected-html

// --- answers that are not
import express from 'express';
import http from 'node:http';
import escapeHtml from 'escape-html';
import Koa from 'koa';
import Fastify from 'fastify';
const app = express();
app.get('/a', (req, res) => res.json({ name: req.query.name }));
app.get('/b', (req, res) => res.send({ name: req.query.name }));
app.get('/c', (req, res) => res.send(req.body));
app.get('/d', (req, res) => res.type('text/plain').send(req.query.name));
app.get('/e', (req, res) => {
  res.setHeader('Content-Type', 'application/json');
  res.send(JSON.stringify({ name: req.query.name }));
});
app.get('/f', (req, res) => res.send(`<p>${escapeHtml(req.query.name)}</p>`));
app.get('/g', (req, res) => res.send(`<p>${Number(req.query.id)}</p>`));
app.get('/h', (req, res) => res.render('page', { name: req.query.name }));
http.createServer((req, res) => {
  res.writeHead(200, { 'Content-Type': 'text/plain' });
  res.end(req.url);
});
const koa = new Koa();
koa.use(async (ctx, next) => {
  ctx.body = `No result for ${ctx.query.q}`;
  ctx.body = { q: ctx.query.q };
  await next();
});
const fastify = Fastify();
fastify.get('/x', async (request, reply) => reply.send(`Hello ${request.query.name}`));
fastify.get('/y', async (request, reply) => `Hello ${request.query.name}`);
app.get('/i', (req, res) => res.send(req.query.full ? 'long' : 'short'));
app.get('/j', (req, res) => res.status(200).send(encodeURIComponent(req.query.name)));

// --- Fastify that says HTML
import Fastify from 'fastify';
const fastify = Fastify();
fastify.get('/x', async (request, reply) => {
  reply.type('text/html');
  return reply.send(`<p>${request.query.name}</p>`); // ! high reflected-html
});

// --- one element alone is taken out
import express from 'express';
const app = express();
app.get('/one', (req, res) => {
  const name = String(req.query.name).replace(/<script>/gi, '').replace(/<\/script>/gi, '');
  res.send(`<p>${name}</p>`); // ! high reflected-html
});
app.get('/some', (req, res) => {
  res.send('<p>' + String(req.query.name).replace(/<\/?(script|style)/gi, '') + '</p>'); // ! high reflected-html
});

// --- no sign that begins an element is left
import express from 'express';
const app = express();
app.get('/each', (req, res) => {
  res.send('<p>' + String(req.query.name).replace(/</g, '&lt;') + '</p>');
});
app.get('/refused', (req, res) => {
  const name = String(req.query.name);
  if (/<|>/.test(name)) return res.status(400).end();
  res.send('<p>' + name + '</p>');
});

// --- a page that a handler of Fastify returns
import Fastify from 'fastify';
import escapeHtml from 'escape-html';
const app = Fastify();
app.get('/a', async (request, reply) => {
  reply.type('text/html');
  return `<h1>Hello ${request.query.name}</h1>`; // ! high reflected-html
});
app.get('/b', async (request, reply) => {
  reply.header('Content-Type', 'text/html; charset=utf-8');
  return '<p>' + request.query.q + '</p>'; // ! high reflected-html
});
app.get('/c', async (request, reply) => {
  reply.type('text/html');
  return `<h1>Hello ${escapeHtml(request.query.name)}</h1>`;
});
app.get('/d', async (request) => `Hello ${request.query.name}`);
app.get('/e', async (request) => ({ name: request.query.name }));
app.get('/f', async (request, reply) => {
  if (request.query.page) return reply.type('text/html').send('<p>page</p>');
  return { name: request.query.name };
});
app.get('/g', async (request, reply) => {
  reply.type('text/html');
  return reply.send(`<p>${Number(request.query.page)}</p>`);
});
app.get('/h', async (request, reply) => {
  // Not reply.type('text/html').
  if (request.query.plain) return `hello ${request.query.name}`;
  return reply.type('text/html').send('<p>hello</p>');
});

// --- express-type-in-the-chain.ts
import express from 'express';

const app = express();
app.get('/a', (req, res) => {
  res.type('html').send(`<b>${req.query.name}</b>`); // ! high reflected-html
});
app.get('/b', (req, res) => {
  res.status(404).contentType('text/html').send(`<b>${req.query.name}</b>`); // ! high reflected-html
});

// --- express-other-type-in-the-chain.ts
import express from 'express';

const app = express();
app.get('/a', (req, res) => {
  res.type('json').send(`{"name": ${JSON.stringify(req.query.name)}}`);
});
app.get('/b', (req, res) => {
  res.status(404).type('text/plain').send(`nobody is called ${req.query.name}`);
});
app.get('/c', (req, res) => {
  res.type(req.accepts('json')).send(`nobody is called ${req.query.name}`);
});

// --- a page that a route of Next answers
import { NextResponse, type NextRequest } from 'next/server';
export async function GET(request: NextRequest) {
  const term = request.nextUrl.searchParams.get('q');
  return new NextResponse(`<h1>Results for ${term}</h1>`, { headers: { 'content-type': 'text/html' } }); // ! high reflected-html
}
export async function PUT(request: NextRequest) {
  const term = new URL(request.url).searchParams.get('q');
  return new Response(`<h1>Results for ${term}</h1>`, { headers: { 'Content-Type': 'text/html; charset=utf-8' } }); // ! high reflected-html
}
// --- what is no page
import { NextResponse, type NextRequest } from 'next/server';
export async function GET(request: NextRequest) {
  const term = request.nextUrl.searchParams.get('q');
  return new NextResponse(`Results for ${term}`, { headers: { 'content-type': 'text/plain' } });
}
export async function PUT(request: NextRequest) {
  const term = Number(request.nextUrl.searchParams.get('q'));
  return new Response(`<h1>Results for ${term}</h1>`, { headers: { 'Content-Type': 'text/html' } });
}
export async function DELETE(request: NextRequest) {
  return new Response(`Results for ${request.nextUrl.searchParams.get('q')}`);
}
