// --- the address of the request is called
import express from 'express';
import axios from 'axios';
import got from 'got';
import fetchNode from 'node-fetch';
import superagent from 'superagent';
import needle from 'needle';
import { request } from 'undici';
import http from 'node:http';
const app = express();
app.get('/a', async (req, res) => res.json(await (await fetch(req.query.url)).json())); // ! high server-side-request-forgery
app.get('/b', async (req, res) => res.json((await axios.get(req.query.url)).data)); // ! high server-side-request-forgery
app.get('/c', async (req, res) => res.json(await got(req.query.url).json())); // ! high server-side-request-forgery
app.get('/d', async (req, res) => res.json(await (await fetchNode(`http://${req.query.host}/status`)).json())); // ! high server-side-request-forgery
app.get('/e', async (req, res) => res.json((await superagent.get(req.query.url)).body)); // ! high server-side-request-forgery
app.get('/f', (req, res) => needle.get(req.query.url, (e, r) => res.json(r.body))); // ! high server-side-request-forgery
app.get('/g', async (req, res) => res.json(await (await request(req.query.url)).body.json())); // ! high server-side-request-forgery
app.get('/h', (req, res) => http.get(req.query.url, (r) => r.pipe(res))); // ! high server-side-request-forgery
app.post('/i', async (req, res) => res.json((await axios({ method: 'post', url: req.body.webhook, data: {} })).data)); // ! medium server-side-request-forgery
app.post('/j', async (req, res) => res.json((await axios.request({ baseURL: req.body.base, url: '/health' })).data)); // ! medium server-side-request-forgery

// --- a fixed host
import express from 'express';
import axios from 'axios';
import got from 'got';
const app = express();
const API = 'https://api.example.com';
const client = axios.create({ baseURL: API });
app.get('/a', async (req, res) => res.json(await (await fetch(`https://api.example.com/users/${req.params.id}`)).json()));
app.get('/b', async (req, res) => res.json((await client.get(`/users/${req.query.id}`)).data));
app.get('/c', async (req, res) => res.json(await got(API + '/search', { searchParams: { q: req.query.q } }).json()));
app.get('/d', async (req, res) => res.json((await axios.get(`${API}/x?q=${encodeURIComponent(req.query.q)}`)).data));
app.get('/e', async (req, res) => res.json((await axios.get(`${process.env.USERS_URL}/users/${req.query.id}`)).data));
app.get('/f', async (req, res) => res.json((await axios.post(API, { url: req.body.url }))));

// --- a list of hosts
import express from 'express';
const HOSTS = new Set(['a.example.com', 'b.example.com']);
const app = express();
app.get('/x', async (req, res) => {
  const url = new URL(req.query.url);
  if (!HOSTS.has(url.hostname)) return res.sendStatus(400);
  res.json(await (await fetch(url)).json());
});
app.get('/y', async (req, res) => {
  const { url } = req.query;
  if (!url.startsWith('https://api.example.com/')) return res.sendStatus(400);
  res.json(await (await fetch(url)).json());
});

// --- the scheme alone is no check
import express from 'express';
const app = express();
app.get('/x', async (req, res) => {
  const url = new URL(req.query.url);
  if (url.protocol !== 'https:') return res.sendStatus(400);
  res.json(await (await fetch(url)).json()); // ! high server-side-request-forgery
});
app.get('/y', async (req, res) => {
  if (!req.query.url.startsWith('https://')) return res.sendStatus(400);
  res.json(await (await fetch(req.query.url)).json()); // ! high server-side-request-forgery
});

// --- a service that downloads, two files away
// file: routes.ts
import { Router } from 'express';
import { importImage } from './images/import-image';
const router = Router();
router.post('/images', async (req, res) => {
  await importImage(req.body.source, { size: Number(req.body.size) });
  res.sendStatus(204);
});
export default router;
// file: images/import-image.ts
import { download } from '../http/download';
export async function importImage(source: string, { size }: { size: number }) {
  const image = await download(source, 10_000);
  return image.slice(0, size);
}
// file: http/download.ts
import axios from 'axios';
export const download = async (url: string, timeout: number) => {
  const response = await axios.get(url, { responseType: 'arraybuffer', timeout }); // ! medium server-side-request-forgery
  return response.data;
};

// --- Nest: the service of HTTP
import { Controller, Get, Query } from '@nestjs/common';
import { HttpService } from '@nestjs/axios';
@Controller('proxy')
export class ProxyController {
  constructor(private readonly http: HttpService) {}
  @Get()
  get(@Query('target') target: string) {
    return this.http.get(target); // ! high server-side-request-forgery
  }
  @Get('fixed')
  fixed(@Query('id') id: string) {
    return this.http.get(`https://api.example.com/v1/items/${id}`);
  }
}

// --- a route handler of Next
import { NextRequest, NextResponse } from 'next/server';
export async function POST(request: NextRequest) {
  const { feed } = await request.json();
  const text = await (await fetch(feed)).text(); // ! medium server-side-request-forgery
  return NextResponse.json({ text });
}
export async function GET(request: NextRequest, { params }: { params: { id: string } }) {
  const response = await fetch(`https://feeds.example.com/${params.id}`);
  return NextResponse.json(await response.json());
}

// --- a tenant's host is looked up in the database, not taken from the request
import express from 'express';
import { tenants } from './tenants';
const app = express();
app.get('/x', async (req, res) => {
  const tenant = await tenants.find(req.params.id);
  res.json(await (await fetch(`https://${tenant.host}/status`)).json());
});
// --- an address that the program has signed before
import { createHmac, timingSafeEqual } from 'node:crypto';
import express from 'express';
const app = express();
app.get('/proxy', async (req, res) => {
  const { url, mac } = req.query as Record<string, string>;
  const expected = createHmac('sha256', config.key).update(url).digest();
  if (!timingSafeEqual(Buffer.from(mac, 'hex'), expected)) return res.sendStatus(403);
  res.send(await (await fetch(url)).text());
});
app.get('/image', async (req, res) => {
  const url = String(req.query.url);
  const expected = `sha256=${createHmac('sha256', config.key).update(url).digest('hex')}`;
  if (req.query.mac !== expected) return res.sendStatus(403);
  res.send(await (await fetch(url)).text());
});
// --- a hash that everybody can make is no signature
import { createHash } from 'node:crypto';
import express from 'express';
const app = express();
app.get('/proxy', async (req, res) => {
  const url = String(req.query.url);
  const expected = createHash('sha256').update(url).digest('hex');
  if (req.query.mac !== expected) return res.sendStatus(403);
  res.send(await (await fetch(url)).text()); // ! high server-side-request-forgery
});

// --- a scheme is no server
import { NextRequest, NextResponse } from 'next/server';
export async function POST(req: NextRequest) {
  const { imageUrl } = await req.json();
  if (!imageUrl.startsWith('http')) return NextResponse.json({ error: 'url' }, { status: 400 });
  const image = await fetch(imageUrl); // ! medium server-side-request-forgery
  return new NextResponse(image.body);
}
export async function PUT(req: NextRequest) {
  const { imageUrl } = await req.json();
  if (!imageUrl.startsWith('https://images.example.com/')) return NextResponse.json({ error: 'url' }, { status: 400 });
  const image = await fetch(imageUrl);
  return new NextResponse(image.body);
}
// --- behind the base address of a client a name begins the path
import axios from 'axios';
import type { Request, Response } from 'express';
const client = axios.create({ baseURL: 'https://api.example.com/v2/', timeout: 3000 });
export const leads = async (req: Request, res: Response) => {
  const asked = new URLSearchParams(req.query);
  res.json((await client.get('leads?' + req.query.page + asked.toString())).data);
};
// --- … and a scheme does not
import axios from 'axios';
import type { Request, Response } from 'express';
export const leads = async (req: Request, res: Response) => {
  res.json((await axios.get('https://' + req.query.host, { timeout: 3000 })).data); // ! high server-side-request-forgery
};
// --- what reads a page or a specification asks for it
import * as cheerio from 'cheerio';
import SwaggerParser from '@apidevtools/swagger-parser';
import type { Request, Response } from 'express';
export class Readers {
  title = async (req: Request, res: Response) => {
    const $ = await cheerio.fromURL(req.body.url); // ! medium server-side-request-forgery
    res.json({ title: $('title').text() });
  };
  read = async (req: Request, res: Response) => {
    res.json(await SwaggerParser.parse(req.body.spec)); // ! medium server-side-request-forgery
  };
  call = async (req: Request, res: Response) => {
    const answer = await globalThis.fetch(req.body.callback); // ! medium server-side-request-forgery
    res.json({ status: answer.status });
  };
  load = async (req: Request, res: Response) => {
    const $ = cheerio.load(req.body.page);
    res.json({ title: $('title').text() });
  };
}
