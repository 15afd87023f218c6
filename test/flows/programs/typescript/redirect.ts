// --- redirects to where the caller says
import express from 'express';
import Fastify from 'fastify';
import { Hono } from 'hono';
import { NextRequest, NextResponse } from 'next/server';
const app = express();
const fastify = Fastify();
const hono = new Hono();
app.get('/a', (req, res) => res.redirect(req.query.next)); // ! medium open-redirect
app.get('/b', (req, res) => res.redirect(302, req.query.next)); // ! medium open-redirect
fastify.get('/c', (request, reply) => reply.redirect(request.query.next)); // ! medium open-redirect
hono.get('/d', (c) => c.redirect(c.req.query('next'))); // ! medium open-redirect
export function GET(request: NextRequest) {
  return NextResponse.redirect(request.nextUrl.searchParams.get('next')); // ! medium open-redirect
}
app.get('/e', (req, res) => {
  const to = req.query.next || '/';
  res.writeHead(302, { Location: to }); // ! medium open-redirect
  res.end();
});

// --- redirects to paths of our own
import express from 'express';
const app = express();
const TARGETS = { home: '/', account: '/account' };
app.get('/a', (req, res) => res.redirect(`/items/${req.params.id}`));
app.get('/b', (req, res) => res.redirect(TARGETS[req.query.to] ?? '/'));
app.get('/c', (req, res) => res.redirect('/login?next=' + encodeURIComponent(req.originalUrl)));
app.get('/d', (req, res) => {
  const next = req.query.next;
  if (!next.startsWith('/app/')) return res.redirect('/');
  res.redirect(next);
});
app.get('/e', (req, res) => res.redirect(`https://shop.example.com/p/${req.query.id}`));
app.get('/f', (req, res) => {
  const url = new URL(req.query.next, 'https://example.com');
  if (url.host !== 'example.com') return res.redirect('/');
  res.redirect(url.toString());
});
app.get('/g', (req, res) => res.redirect(`${process.env.WEB_URL}/x/${req.query.id}`));

// --- Koa, and a helper
import Koa from 'koa';
import Router from 'koa-router';
const router = new Router();
function back(ctx, to) {
  ctx.status = 302;
  ctx.redirect(to); // ! medium open-redirect
}
router.get('/x', async (ctx) => back(ctx, ctx.query.returnTo));
router.get('/y', async (ctx) => back(ctx, '/done'));

// --- a check by a function of the project
import express from 'express';
import { isAllowedRedirect } from './redirects';
const app = express();
app.get('/x', (req, res) => {
  if (isAllowedRedirect(req.query.next)) return res.redirect(req.query.next);
  res.redirect('/');
});

// --- two slashes are another host
import express from 'express';
const app = express();
app.get('/x', (req, res) => {
  if (!req.query.next.startsWith('/')) return res.redirect('/');
  res.redirect(req.query.next); // ! medium open-redirect
});
app.get('/y', (req, res) => res.redirect('/' + req.query.next)); // ! medium open-redirect

// --- to the same server, by TLS
import express from 'express';
const app = express();
app.all('/*', (req, res, next) => {
  if (!req.secure) return res.redirect(`https://${req.hostname}${req.originalUrl}`);
  next();
});

// --- to a server that the link names
import express from 'express';
const app = express();
app.get('/go', (req, res) => res.redirect(`https://${req.query.host}${req.originalUrl}`)); // ! medium open-redirect
app.get('/*', (req, res) => res.redirect(req.originalUrl)); // ! medium open-redirect

// --- what stands behind the path of an address names no server
import { NextRequest, NextResponse } from 'next/server';
export async function middleware(request: NextRequest) {
  const nextUrl = request.nextUrl;
  const url = new URL(nextUrl).search;
  return NextResponse.redirect(new URL(`/${url}`, nextUrl.href));
}

// --- a path of an address that stands behind a slash, or a field that is called so
import { NextRequest, NextResponse } from 'next/server';
export async function middleware(request: NextRequest) {
  return NextResponse.redirect(request.nextUrl.searchParams.get('search')); // ! medium open-redirect
}

// --- slashes of a path that are made one; a query may still name a server
import express from 'express';
const app = express();
app.use((req, res, next) => {
  if (req.path.endsWith('/')) return res.redirect(301, req.path.slice(0, -1).replace(/\/+/g, '/') + req.url.slice(req.path.length));
  if (req.path.endsWith('//')) return res.redirect(301, req.path.replace(/\/$/, '')); // ! medium open-redirect
  if (req.query.next) return res.redirect(req.query.next.replace(/\/+/g, '/')); // ! medium open-redirect
  next();
});

// --- the path that a fixed route has matched; one that matches anything
import express from 'express';
const app = express();
app.post('/login', (req, res) => res.redirect(req.path));
app.post('/login/again', (req, res) => res.redirect(req.query.path)); // ! medium open-redirect
app.post('*', (req, res) => res.redirect(req.path)); // ! medium open-redirect
app.post('/:name', (req, res) => res.redirect(req.originalUrl));

// --- Nest: what is returned is where the decorator leads
import { Controller, Get, Query, Redirect } from '@nestjs/common';
@Controller('out')
export class OutController {
  @Get('a')
  @Redirect('https://example.com', 302)
  leave(@Query('url') url: string) {
    return { url }; // ! medium open-redirect
  }
  @Get('b')
  @Redirect()
  item(@Query('id') id: string) {
    return { url: `/items/${id}`, statusCode: 301 };
  }
  @Get('c')
  echo(@Query('url') url: string) {
    return { url };
  }
}

// --- Koa: the header itself, and a helper of another file that reads the request
// file: src/return-to.ts
import type { Context } from 'koa';
export function returnTo(ctx: Context): string {
  const state = new URLSearchParams(ctx.querystring);
  return state.get('return_to') || '/dashboard';
}
export const home = (ctx: Context): string => `/home/${ctx.params.id}`;
// file: src/callback.ts
import Router from '@koa/router';
import { home, returnTo } from './return-to';
export const router = new Router();
router.get('/oauth/callback', async (ctx) => {
  ctx.status = 303;
  ctx.set('Location', returnTo(ctx)); // ! medium open-redirect
});
router.get('/b', async (ctx) => {
  ctx.set({ Location: ctx.query.to as string }); // ! medium open-redirect
});
router.get('/c', async (ctx) => {
  ctx.status = 303;
  ctx.set('Location', home(ctx));
});
// --- a default of a field leaves what others send in it; a value that is always set does not
import express from 'express';
const app = express();
app.post('/a', (req, res) => {
  const query = req.body;
  if (query.to === '') query.to = '/';
  res.redirect(query.to); // ! medium open-redirect
});
app.post('/b', (req, res) => {
  const query = req.body;
  query.to = '/';
  res.redirect(query.to);
});

// --- lists of addresses that end within their host
import express from 'express';
const app = express();
const PARTNERS = ['https://shop.strings.example', 'https://brass.example'];
const closed = ['https://shop.strings.example/', 'https://brass.example/'];
app.get('/a', (req, res) => {
  const to = String(req.query.to);
  if (!PARTNERS.some((one) => to.startsWith(one))) return res.status(400).end();
  res.redirect(to); // ! medium open-redirect
});
app.get('/b', (req, res) => {
  const to = String(req.query.to);
  if (!closed.some((one) => to.startsWith(one))) return res.status(400).end();
  res.redirect(to);
});
app.get('/c', (req, res) => {
  const to = String(req.query.to);
  if (PARTNERS.some((one) => to.includes(one))) return res.redirect(to); // ! medium open-redirect
  res.status(400).end();
});
app.get('/d', (req, res) => {
  const to = String(req.query.to);
  if (PARTNERS.some((one) => to === one)) return res.redirect(to);
  res.status(400).end();
});
app.get('/e', (req, res) => {
  const to = String(req.query.to);
  if (!PARTNERS.some((one) => to.startsWith(`${one}/`))) return res.status(400).end();
  res.redirect(to);
});
app.get('/f', (req, res) => {
  const to = String(req.query.to);
  for (const one of PARTNERS) {
    if (to.startsWith(one)) return res.redirect(to); // ! medium open-redirect
  }
  res.status(400).end();
});

// --- a check of the program that asks whether a partner's address is in it
import express from 'express';
const app = express();
const PARTNERS = new Set(['https://shop.strings.example', 'https://brass.example']);
const isPartner = (url: string) => {
  let allowed = false;
  for (const one of PARTNERS) allowed = allowed || url.includes(one);
  return allowed;
};
const isListed = (url: string) => {
  let listed = false;
  for (const one of PARTNERS) {
    listed = listed || url === one;
  }
  return listed;
};
app.get('/old', ({ query }, res) => {
  const to = query.to as string;
  if (isPartner(to)) {
    res.redirect(to); // ! medium open-redirect
  } else {
    res.status(406).end();
  }
});
app.get('/new', ({ query }, res) => {
  const to = query.to as string;
  if (isListed(to)) {
    res.redirect(to);
  } else {
    res.status(406).end();
  }
});

// --- hosts that end like ours
import express from 'express';
const app = express();
app.get('/a', (req, res) => {
  const url = new URL(String(req.query.to));
  if (!url.hostname.endsWith('.acme.example')) return res.status(400).end();
  res.redirect(url.toString());
});
app.get('/b', (req, res) => {
  const url = new URL(String(req.query.to));
  if (!url.hostname.endsWith('acme.example')) return res.status(400).end();
  res.redirect(url.toString()); // ! medium open-redirect
});
app.get('/c', (req, res) => {
  const to = String(req.query.to);
  if (!to.endsWith('.acme.example')) return res.status(400).end();
  res.redirect(to); // ! medium open-redirect
});

// --- a pattern whose matches begin with one slash and no second sign of a host, whatever follows
import express from 'express';
const app = express();
app.get('/back', (req, res) => {
  const to = String(req.query.to ?? '/');
  res.redirect(/^\/(?![\/\\])/.test(to) ? to : '/');
});
app.get('/next', (req, res) => {
  const to = String(req.query.to ?? '/');
  if (!/^\/(?:[a-z0-9][\w\/-]*)?$/.test(to)) return res.redirect('/');
  res.redirect(to);
});
app.get('/then', (req, res) => {
  const to = String(req.query.to ?? '/');
  if (!/^\/(?:$|[^\/\\])/.test(to)) return res.redirect('/');
  res.redirect(to);
});

// --- a pattern that lets a host through: by a backslash, by nothing behind the slash, by a beginning that is not asked for
import express from 'express';
const app = express();
app.get('/back', (req, res) => {
  const to = String(req.query.to ?? '/');
  if (!/^\/(?!\/)/.test(to)) return res.redirect('/');
  res.redirect(to); // ! medium open-redirect
});
app.get('/next', (req, res) => {
  const to = String(req.query.to ?? '/');
  if (!/^\/[a-z]*/.test(to)) return res.redirect('/');
  res.redirect(to); // ! medium open-redirect
});
app.get('/then', (req, res) => {
  const to = String(req.query.to ?? '/');
  if (!/\/(?![\/\\])/.test(to)) return res.redirect('/');
  res.redirect(to); // ! medium open-redirect
});
app.get('/last', (req, res) => {
  const to = String(req.query.to ?? '/');
  if (!/^\/[^\/\\]|^https:/.test(to)) return res.redirect('/');
  res.redirect(to); // ! medium open-redirect
});

// --- where Fastify leads to, as a header
import fastify from 'fastify';
const app = fastify();

app.get('/out', (request, reply) => {
  reply.header('Location', request.query.to).code(302).send(); // ! medium open-redirect
});

// --- where Fastify leads to, behind an address of ours
import fastify from 'fastify';
const app = fastify();

app.get('/out', (request, reply) => {
  reply.header('Location', `/users/${request.query.id}`).code(302).send();
});
