import { type Static, Type } from '@sinclair/typebox';
import type { FastifyPluginAsync } from 'fastify';
import { db } from '../db.js';
import { listFeePlans, saveFeePlan } from './repository.js';

const Plan = Type.Object({
  code: Type.String({ pattern: '^[a-z0-9-]{1,32}$' }),
  basisPoints: Type.Integer({ minimum: 0, maximum: 2_000 }),
  fixedCents: Type.Integer({ minimum: 0, maximum: 10_000 }),
});

export const feeRoutes: FastifyPluginAsync = async (app) => {
  app.get('/', async (request) => ({ plans: await listFeePlans(db, request.merchantId) }));

  app.put<{ Body: Static<typeof Plan> }>('/', { schema: { body: Plan } }, async (request) => {
    const { code, basisPoints, fixedCents } = request.body;
    return saveFeePlan(db, {
      merchant_id: request.merchantId,
      code,
      basis_points: basisPoints,
      fixed_cents: fixedCents,
    });
  });
};
