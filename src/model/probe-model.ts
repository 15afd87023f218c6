import { APIError } from '@anthropic-ai/sdk';
import type { MessagesClient } from './claude/endpoint.ts';

/** Answers of an endpoint that has no such request, or no such model: the next way tells which. */
const NOT_OFFERED = new Set([404, 405, 501]);

/**
 * Whether a model can be used: one free request about it, or, where the endpoint has none, the shortest message there is.
 * @returns what is known of it
 * @throws APIError as the endpoint answered
 */
export async function probeModel({ models, messages }: MessagesClient, model: string): Promise<string> {
  const ask = { model, messages: [{ role: 'user' as const, content: 'ping' }] };
  const ways = [
    ...(models ? [async () => (await models.retrieve(model)).display_name] : []),
    async () => {
      await messages.countTokens(ask);
      return 'answers';
    },
  ];
  for (const way of ways) {
    try {
      return await way();
    } catch (error) {
      if (!(error instanceof APIError && NOT_OFFERED.has(error.status ?? 0))) throw error;
    }
  }
  await messages.create({ ...ask, max_tokens: 1 });
  return 'answers';
}
