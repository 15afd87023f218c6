import { createHash } from 'node:crypto';
import fp from 'fastify-plugin';
import { db } from '../db.js';
import { AppError } from '../errors.js';

declare module 'fastify' {
  interface FastifyRequest {
    merchantId: string;
  }
}

/** The caller is a merchant's server. It sends its API key; we keep only the hash. */
export const merchantAuth = fp(async (app) => {
  app.decorateRequest('merchantId', '');
  app.addHook('onRequest', async (request) => {
    const key = request.headers['x-api-key'];
    if (typeof key !== 'string') throw new AppError(401, 'no_key', 'Send x-api-key');
    const hash = createHash('sha256').update(key).digest('hex');
    const merchant = await db('merchants').where({ api_key_hash: hash }).first('id');
    if (!merchant) throw new AppError(401, 'bad_key', 'The key is not known');
    request.merchantId = merchant.id;
  });
});
