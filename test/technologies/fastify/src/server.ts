import Fastify from 'fastify';
import { execFile } from 'node:child_process';

const fastify = Fastify({ logger: true, bodyLimit: 1_048_576 });

fastify.post<{ Body: { url: string } }>('/webhooks/test', async (request) => {
  const answer = await fetch(request.body.url, { signal: AbortSignal.timeout(5_000) }); // ! medium server-side-request-forgery
  return { status: answer.status };
});

fastify.get<{ Params: { file: string } }>('/logs/:file', (request, reply) => {
  return reply.sendFile(request.params.file, '/var/log/app');
});

fastify.get<{ Querystring: { next: string } }>('/login', (request, reply) => {
  return reply.redirect(request.query.next); // ! medium open-redirect
});

fastify.get<{ Querystring: { host: string } }>('/ping', async (request) => {
  const { host } = request.query;
  return await new Promise((resolve) => {
    execFile('sh', ['-c', `ping -c 1 ${host}`], (_, output) => resolve({ output })); // ! critical command-injection
  });
});

await fastify.listen({ port: 8080, host: '0.0.0.0' });
