import type { FastifyPluginAsync } from 'fastify';
import { AppError } from '../errors.js';
import { dispatch, type ProviderEvent } from './dispatch.js';
import { isFromProvider } from './verify.js';

export const providerRoutes: FastifyPluginAsync = async (app) => {
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  app.post<{ Body: Buffer }>('/events', async (request, reply) => {
    if (!isFromProvider(request.body, request.headers['x-provider-signature'])) {
      throw new AppError(401, 'bad_signature', 'The signature does not match');
    }
    const event = JSON.parse(request.body.toString('utf8')) as ProviderEvent;
    const outcome = await dispatch(event);
    request.log.info({ event: event.id, type: event.type, outcome }, 'provider event');
    return reply.code(204).send();
  });
};
