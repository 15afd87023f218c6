import { setTimeout } from 'node:timers/promises';
import Anthropic from '@anthropic-ai/sdk';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { AppError } from '../../errors.ts';
import { once } from '../../once.ts';
import { readSteadyClock } from '../../steady-clock.ts';
import { cleanText, cleanValue } from '../../text/clean-value.ts';
import { estimateUsd, toUsage } from '../cost.ts';
import { describeModel, type OwnPrices } from '../prices.ts';
import { createBreaker } from './breaker.ts';
import type { Claude, Conversation } from './claude.ts';
import { converse, type Send } from './converse.ts';
import { decideWait } from './decide-wait.ts';
import type { Endpoint, MessagesClient } from './endpoint.ts';

interface Options {
  endpoint: Endpoint;
  /** Asked where the wanted model is overloaded or does not answer. */
  fallbackModel?: string | undefined;
  /** For one request, retries excluded, in milliseconds. */
  deadlineMs?: number;
  sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Steady, in milliseconds. */
  now?: () => number;
  prices?: OwnPrices;
}

/** Thinking counts among them. */
const MAX_TOKENS = 32_000;
/**
 * Of code: three and a half, of which models since Claude 4.7 make a third more (source: docs.claude.com, models, Haiku 5.5). A
 * request that may be near the limit is counted by the API.
 */
const CHARS_PER_TOKEN = 2.7;
const NEAR_LIMIT = 0.75;

export function createClaude({
  endpoint,
  fallbackModel,
  deadlineMs = 240_000,
  sleep = wait,
  now = readSteadyClock,
  prices = new Map(),
}: Options): Claude {
  const connect = once(() => endpoint.connect(deadlineMs));
  /** Models whose endpoint takes no schema for the answer: they are told it in words, and the answer is checked all the same. */
  const wordy = new Set<string>();
  const breaker = createBreaker(now);

  const waitOrGiveUp = (model: string, error: unknown, attempt: number, hasBegun: boolean): number => {
    try {
      return decideWait(error, attempt, deadlineMs, endpoint);
    } catch (failure) {
      // Of what was being answered when its time was up, the question is the cause: one author's must not stop all others'.
      const isAnswering = hasBegun && failure instanceof AppError && failure.code === 'MODEL_TIMEOUT';
      if (failure instanceof AppError && !isAnswering) breaker.note(model, failure);
      throw failure;
    }
  };

  const sendTo = async (model: string, ...asked: Parameters<Send>): ReturnType<Send> => {
    breaker.check(model);
    try {
      return await tryTo(model, ...asked);
    } finally {
      breaker.release(model);
    }
  };

  const tryTo = async (model: string, ...[request, messages, tools, isLast]: Parameters<Send>): ReturnType<Send> => {
    const facts = describeModel(model, prices);
    const client = await connect();
    // Only the schema: with the helper's parser the SDK would throw on an answer that is to be repaired.
    const { type, schema } = zodOutputFormat(request.schema);
    const system: Anthropic.TextBlockParam = {
      type: 'text',
      text: cleanText(request.system),
      cache_control: { type: 'ephemeral' },
    };
    const compose = (): Anthropic.MessageStreamParams => ({
      model,
      max_tokens: MAX_TOKENS,
      system: wordy.has(model) ? [system, { type: 'text', text: tellSchema(schema) }] : [system],
      messages: cleanValue(messages) as Anthropic.MessageParam[],
      ...(!wordy.has(model) && {
        output_config: { format: { type, schema }, ...(request.effort && facts.effort && { effort: request.effort }) },
      }),
      ...(tools.length > 0 && { tools }),
      ...(tools.length > 0 && isLast && { tool_choice: { type: 'none' as const } }),
    });
    let body = compose();
    const tokens = Math.ceil(JSON.stringify(body).length / CHARS_PER_TOKEN);
    const most = facts.window - MAX_TOKENS;
    if (tokens > most * NEAR_LIMIT && (await countTokens(client, body)) > most) return 'too-long';
    for (let attempt = 1; ; attempt++) {
      stopIfUnwanted(request.signal);
      const call = await request.account.admit({ usd: estimateUsd(facts, tokens), tokens });
      const limits = [AbortSignal.timeout(deadlineMs), ...(request.signal ? [request.signal] : [])];
      const stream = client.messages.stream(body, { signal: AbortSignal.any(limits) });
      let begun: Anthropic.Message | undefined;
      stream.on('streamEvent', (_, message) => {
        begun = message;
      });
      if (request.onBegin) stream.once('streamEvent', request.onBegin);
      const outcome = await stream.finalMessage().then(
        (message) => ({ message }),
        // What came before a stream broke off has its price, too.
        (error: unknown) => ({ error, message: begun }),
      );
      await call.settle(outcome.message ? { model, usage: toUsage(facts, outcome.message.usage) } : null);
      if (!('error' in outcome)) {
        breaker.note(model, null);
        return outcome.message;
      }
      stopIfUnwanted(request.signal);
      if (isTooLong(outcome.error)) return 'too-long';
      if (!wordy.has(model) && isSchemaRefused(outcome.error)) {
        wordy.add(model);
        body = compose();
        continue;
      }
      await sleep(waitOrGiveUp(model, outcome.error, attempt, begun !== undefined), request.signal);
    }
  };

  const send: Send = async (...asked) => {
    const [request] = asked;
    const models = [request.model, ...(fallbackModel && fallbackModel !== request.model ? [fallbackModel] : [])];
    for (const [index, model] of models.entries()) {
      try {
        return await sendTo(model, ...asked);
      } catch (error) {
        const failed = error instanceof AppError && ['MODEL_OVERLOADED', 'MODEL_TIMEOUT'].includes(error.code);
        if (!failed || index === models.length - 1) throw error;
      }
    }
    throw new AppError('MODEL_OVERLOADED', 'no model could be asked');
  };
  return { converse: <T>(conversation: Conversation<T>) => converse(send, conversation) };
}

/** Tokens of a request by the API's own count, which costs nothing; where it cannot be had, few enough to try. */
async function countTokens(client: MessagesClient, body: Anthropic.MessageStreamParams): Promise<number> {
  const { model, system, messages, tools } = body;
  return await client.messages
    .countTokens({ model, messages, ...(system && { system }), ...(tools && { tools }) })
    .then(
      (count) => count.input_tokens,
      () => 0,
    );
}

/** By tokens, or by bytes: a gateway may take less than the API. */
function isTooLong(error: unknown): boolean {
  if (!(error instanceof Anthropic.APIError)) return false;
  return error.status === 413 || (error.status === 400 && /(prompt|input) is too long/i.test(error.message));
}

/** Not every endpoint has structured answers for every model; on Vertex an organisation allows them first. */
function isSchemaRefused(error: unknown): boolean {
  return (
    error instanceof Anthropic.APIError &&
    (error.status === 400 || error.status === 403) &&
    /output[_ ]?config|structured[_ ]?output|json_schema|allowedPartnerModelFeatures/i.test(error.message)
  );
}

function tellSchema(schema: object): string {
  return `Your last message is one JSON value that fits this JSON Schema, and nothing else:\n${JSON.stringify(schema)}`;
}

/** @throws AppError MODEL_CANCELLED */
function stopIfUnwanted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AppError('MODEL_CANCELLED', 'the review was called off while Claude was asked');
}

/** Ends when it is called off, too. */
async function wait(ms: number, signal?: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, signal && { signal }).catch(() => undefined);
}
