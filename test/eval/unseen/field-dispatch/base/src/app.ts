import Fastify, { type FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import { ZodError } from 'zod';
import { sessionPlugin } from './plugins/session.js';
import { technicianRoutes } from './technicians/routes.js';
import { workOrderRoutes } from './work-orders/routes.js';

export interface AppOptions {
  pool: Pool;
  jwtSecret: string;
}

export function buildApp({ pool, jwtSecret }: AppOptions): FastifyInstance {
  const app = Fastify({ logger: true, bodyLimit: 256 * 1024 });

  app.setErrorHandler((error, request, reply) => {
    if (error instanceof ZodError) {
      return reply.code(400).send({ error: 'invalid_request', issues: error.issues });
    }
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'request failed');
    return reply.code(status).send({ error: status >= 500 ? 'internal' : (error as Error).message });
  });

  app.register(sessionPlugin, { secret: jwtSecret });
  app.register(workOrderRoutes, { prefix: '/work-orders', pool });
  app.register(technicianRoutes, { prefix: '/technicians', pool });
  return app;
}
