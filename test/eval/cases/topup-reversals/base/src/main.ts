import Fastify from 'fastify';
import { env } from './env.js';
import { feeRoutes } from './fees/routes.js';
import { merchantAuth } from './plugins/merchant-auth.js';
import { providerRoutes } from './provider/routes.js';
import { walletRoutes } from './wallets/routes.js';

const app = Fastify({ logger: true, bodyLimit: 64 * 1024 });

app.register(providerRoutes, { prefix: '/provider' });
app.register(async (scope) => {
  await scope.register(merchantAuth);
  await scope.register(walletRoutes, { prefix: '/v1/wallets' });
  await scope.register(feeRoutes, { prefix: '/v1/fee-plans' });
});

await app.listen({ port: env.port, host: '0.0.0.0' });
