// --- a plugin whose type says what it is given
import type { FastifyPluginAsync } from 'fastify';
import { exec } from 'node:child_process';
export const jobs: FastifyPluginAsync = async (app) => {
  app.post<{ Body: { script: string } }>('/jobs', async (request) => {
    exec(request.body.script); // ! critical command-injection
    return { ok: true };
  });
};
// --- a handler of Express, with names of its own
import type { RequestHandler } from 'express';
import { exec } from 'node:child_process';
export const run: RequestHandler = (incoming, answer) => {
  exec(`convert ${incoming.query.size}`); // ! critical command-injection
  answer.end();
};
// --- what handles errors has the request second
import type { ErrorRequestHandler } from 'express';
export const failed: ErrorRequestHandler = (problem, incoming, answer, go) => {
  answer.send(`<p>${incoming.query.page} is not there</p>`); // ! high reflected-html
};
// --- a middleware of Koa, with names of its own, through a type of the program
import type { Middleware } from 'koa';
type Step = Middleware;
export const show: Step = async (context, go) => {
  context.body = `<p>${context.query.q}</p>`; // ! high reflected-html
};
// --- a handler of Hono
import type { Handler } from 'hono';
export const hello: Handler = (ctx) => ctx.html(`<p>${ctx.req.query('name')}</p>`); // ! high reflected-html
// --- a handler of Next's pages
import type { NextApiHandler } from 'next';
import { exec } from 'node:child_process';
const handler: NextApiHandler = (incoming, answer) => {
  exec(`convert ${incoming.query.size}`); // ! critical command-injection
  answer.status(200).end();
};
export default handler;
// --- types of the same names from elsewhere say nothing
import type { RequestHandler, FastifyPluginAsync } from './queue';
import { exec } from 'node:child_process';
export const one: RequestHandler = (job, done) => {
  exec(job.query.script);
  done.end();
};
export const two: FastifyPluginAsync = async (queue) => {
  queue.get('backup', async (job) => exec(job.body));
};
