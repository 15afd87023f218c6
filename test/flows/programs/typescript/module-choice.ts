// --- a page of a theme
import express from 'express';
const app = express();
app.get('/themes/:theme', async (req, res) => {
  const theme = await import(`./themes/${req.params.theme}.js`); // ! medium module-choice
  res.json(theme.colours);
});

// --- the words of a language
const Koa = require('koa');
const app = new Koa();
app.use(async (ctx) => {
  const language = ctx.query.lang || 'en';
  ctx.body = require('../locales/' + language + '.json'); // ! medium module-choice
});

// --- a job by its name, in a function that is called
import Fastify from 'fastify';
const app = Fastify();
async function load(name: string) {
  return require(`./jobs/${name}`); // ! medium module-choice
}
app.post('/jobs', async (request) => {
  const job = await load((request.body as { job: string }).job);
  return job.run();
});

// --- one of a list
import express from 'express';
const THEMES = ['light', 'dark'];
const app = express();
app.get('/themes/:theme', async (req, res) => {
  if (!THEMES.includes(req.params.theme)) return res.sendStatus(404);
  const theme = await import(`./themes/${req.params.theme}.js`);
  res.json(theme.colours);
});

// --- a map of modules
import express from 'express';
import * as dark from './themes/dark.js';
import * as light from './themes/light.js';
const THEMES = new Map([['light', light], ['dark', dark]]);
const app = express();
app.get('/themes/:theme', (req, res) => res.json(THEMES.get(req.params.theme)?.colours ?? {}));

// --- a setting of the service
const express = require('express');
const app = express();
const driver = require('./drivers/' + process.env.DRIVER);
app.get('/a', async (req, res) => res.json(await driver.list(String(req.query.q))));

// --- a name that can be no path
import express from 'express';
const app = express();
app.get('/themes/:theme', async (req, res) => {
  if (!/^[a-z]+$/.test(req.params.theme)) return res.sendStatus(400);
  const theme = await import(`./themes/${req.params.theme}.js`);
  res.json(theme.colours);
});
