import jwt from '@fastify/jwt';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { z } from 'zod';

const claims = z.object({
  sub: z.string(),
  org: z.string().regex(/^\d+$/),
  roles: z.array(z.enum(['dispatcher', 'technician', 'office'])),
});

export type Role = z.infer<typeof claims>['roles'][number];

export interface Session {
  userId: string;
  orgId: string;
  roles: Role[];
}

declare module 'fastify' {
  interface FastifyRequest {
    session: Session;
  }
}

export const sessionPlugin = fp<{ secret: string }>(async (app, { secret }) => {
  await app.register(jwt, { secret });
  app.decorateRequest('session');
  app.addHook('onRequest', async (request) => {
    const { sub, org, roles } = claims.parse(await request.jwtVerify());
    request.session = { userId: sub, orgId: org, roles };
  });
});

export function requireRole(...allowed: Role[]) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    if (!request.session.roles.some((role) => allowed.includes(role))) {
      return reply.code(403).send({ error: 'forbidden' });
    }
  };
}
