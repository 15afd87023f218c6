import { type Static, Type } from '@sinclair/typebox';
import type { FastifyPluginAsync } from 'fastify';
import { db } from '../db.js';
import { AppError, walletNotFound } from '../errors.js';
import { feeFor } from '../fees/fee-for.js';
import { postEntry } from './ledger.js';
import { createWallet, findWallet, listEntries, setFrozen } from './repository.js';

const Params = Type.Object({ walletId: Type.String({ format: 'uuid' }) });
const Create = Type.Object({ customerRef: Type.String({ minLength: 1, maxLength: 64 }) });
const Spend = Type.Object({
  amountCents: Type.Integer({ minimum: 1, maximum: 5_000_000 }),
  reference: Type.String({ minLength: 1, maxLength: 64 }),
});
const Page = Type.Object({
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  before: Type.Optional(Type.String({ pattern: '^\\d{1,18}$' })),
});

export const walletRoutes: FastifyPluginAsync = async (app) => {
  app.post<{ Body: Static<typeof Create> }>('/', { schema: { body: Create } }, async (request, reply) => {
    const wallet = await createWallet(db, request.merchantId, request.body.customerRef);
    if (!wallet) throw new AppError(409, 'wallet_exists', 'This customer has a wallet');
    return reply.code(201).send(wallet);
  });

  app.get<{ Params: Static<typeof Params> }>('/:walletId', { schema: { params: Params } }, async (request) => {
    const wallet = await findWallet(db, request.merchantId, request.params.walletId);
    if (!wallet) throw walletNotFound();
    return wallet;
  });

  app.get<{ Params: Static<typeof Params>; Querystring: Static<typeof Page> }>(
    '/:walletId/entries',
    { schema: { params: Params, querystring: Page } },
    async (request) => {
      const wallet = await findWallet(db, request.merchantId, request.params.walletId);
      if (!wallet) throw walletNotFound();
      return { entries: await listEntries(db, wallet.id, request.query.limit, request.query.before) };
    },
  );

  app.post<{ Params: Static<typeof Params>; Body: Static<typeof Spend> }>(
    '/:walletId/spend',
    { schema: { params: Params, body: Spend } },
    async (request, reply) => {
      const { amountCents, reference } = request.body;
      const entry = await db.transaction(async (trx) => {
        const wallet = await findWallet(trx, request.merchantId, request.params.walletId);
        if (!wallet) throw walletNotFound();
        const fee = await feeFor(trx, wallet, amountCents);
        const spent = await postEntry(trx, { walletId: wallet.id, amountCents: -amountCents, kind: 'spend', reference });
        if (fee > 0) await postEntry(trx, { walletId: wallet.id, amountCents: -fee, kind: 'fee', reference });
        return spent;
      });
      return reply.code(201).send(entry);
    },
  );

  app.put<{ Params: Static<typeof Params>; Body: { frozen: boolean } }>(
    '/:walletId/frozen',
    { schema: { params: Params, body: Type.Object({ frozen: Type.Boolean() }) } },
    async (request, reply) => {
      const known = await setFrozen(db, request.merchantId, request.params.walletId, request.body.frozen);
      if (!known) throw walletNotFound();
      return reply.code(204).send();
    },
  );
};
