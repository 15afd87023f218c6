import Anthropic, { APIConnectionError, APIError } from '@anthropic-ai/sdk';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { cleanText, cleanValue } from '../review/clean-value.ts';
import type { ModelUsage } from '../review/coverage.ts';
import { cutText } from '../review/cut-text.ts';
import { toUsage } from './cost.ts';

export interface ClaudeRequest<T> {
  model: string;
  system: string;
  prompt: string;
  schema: z.ZodType<T>;
  /**
   * Called with what each answer cost, the moment it came: also one that is refused, cut, broken off or does not fit the
   * schema. It was paid for, whatever becomes of the request.
   */
  charge: (usage: ModelUsage) => Promise<void>;
}

export type ClaudeAnswer<T> =
  | { kind: 'answer'; value: T }
  /** Cut at a length limit: the caller asks again with less. */
  | { kind: 'truncated' };

/** A tool that the model may call; `run` reads and never writes. */
export interface ReadTool {
  name: string;
  description: string;
  input: z.ZodObject;
  run(input: Record<string, unknown>): Promise<string>;
}

export interface Conversation<T> extends ClaudeRequest<T> {
  tools: readonly ReadTool[];
}

export interface Claude {
  /** Asks with tools, for at most MAX_ROUNDS rounds of calls. @throws AppError with a MODEL_… code */
  converse<T>(request: Conversation<T>): Promise<T>;
  /** @throws AppError with a MODEL_… code; vendor errors are translated here and nowhere else */
  ask<T>(request: ClaudeRequest<T>): Promise<ClaudeAnswer<T>>;
}

interface Options {
  apiKey: string;
  baseUrl?: string | undefined;
  /** For one request, retries excluded, in milliseconds. */
  deadlineMs?: number;
  sleep?: (ms: number) => Promise<void>;
}

const MAX_TOKENS = 16_000;
const TRIES = 5;
const MAX_ROUNDS = 10;
const MAX_CALLS = 8;

const askAgain = (problem: string): string =>
  `That answer does not fit the schema: ${problem}. Answer again, with the whole corrected JSON only.`;

export function createClaude({ apiKey, baseUrl, deadlineMs = 240_000, sleep = defaultSleep }: Options): Claude {
  // Retries are ours: the SDK's own would also repeat a 429 that is a spend limit.
  const client = new Anthropic({ apiKey, maxRetries: 0, timeout: deadlineMs, ...(baseUrl && { baseURL: baseUrl }) });
  const send = async (
    request: ClaudeRequest<unknown>,
    messages: Anthropic.MessageParam[],
    tools: Anthropic.Tool[] = [],
  ): Promise<Anthropic.Message> => {
    // Only the schema: with the helper's parser the SDK would throw on an answer that is to be repaired.
    const { type, schema } = zodOutputFormat(request.schema);
    for (let attempt = 1; ; attempt++) {
      const stream = client.messages.stream(
        {
          model: request.model,
          max_tokens: MAX_TOKENS,
          system: [{ type: 'text', text: cleanText(request.system), cache_control: { type: 'ephemeral' } }],
          messages: cleanValue(messages) as Anthropic.MessageParam[],
          output_config: { format: { type, schema } },
          ...(tools.length > 0 && { tools }),
        },
        { signal: AbortSignal.timeout(deadlineMs) },
      );
      const outcome = await stream.finalMessage().then(
        (message) => ({ message }),
        // What came before a stream broke off has its price, too.
        (error: unknown) => ({ error, message: stream.currentMessage }),
      );
      if (outcome.message) await request.charge(toUsage(request.model, outcome.message.usage));
      if (!('error' in outcome)) return outcome.message;
      await sleep(decideWait(outcome.error, attempt, deadlineMs));
    }
  };
  const converse = async <T>(request: Conversation<T>): Promise<T> => {
    const messages: Anthropic.MessageParam[] = [{ role: 'user', content: request.prompt }];
    const tools = request.tools.map(({ name, description, input }) => ({
      name,
      description,
      input_schema: z.toJSONSchema(input) as Anthropic.Tool.InputSchema,
    }));
    let repaired = false;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      // In the last round there are no tools: what was read must do.
      const message = await send(request, messages, round < MAX_ROUNDS - 1 ? tools : []);
      if (message.stop_reason === 'tool_use' && round < MAX_ROUNDS - 1) {
        messages.push({ role: 'assistant', content: message.content }, await runTools(request.tools, message));
        continue;
      }
      if (message.stop_reason === 'pause_turn') {
        messages.push({ role: 'assistant', content: message.content });
        continue;
      }
      const answer = readAnswer(request, message);
      if (answer.kind === 'answer') return answer.value;
      if (answer.kind === 'truncated') throw new AppError('MODEL_TRUNCATED', 'the answer was cut at the length limit');
      if (repaired) throw new AppError('MODEL_INVALID', `the answer did not fit the schema twice: ${answer.problem}`);
      repaired = true;
      messages.push(
        { role: 'assistant', content: answer.text || '(empty)' },
        { role: 'user', content: askAgain(answer.problem) },
      );
    }
    throw new AppError('MODEL_INVALID', `Claude came to no answer in ${MAX_ROUNDS} rounds`);
  };
  return {
    converse,
    ask: async <T>(request: ClaudeRequest<T>): Promise<ClaudeAnswer<T>> => {
      const messages: Anthropic.MessageParam[] = [{ role: 'user', content: request.prompt }];
      const first = await send(request, messages);
      const answer = readAnswer(request, first);
      if (answer.kind !== 'invalid') return answer;
      // One repair: the answer goes back with what is wrong with it.
      const second = await send(request, [
        ...messages,
        { role: 'assistant', content: answer.text || '(empty)' },
        { role: 'user', content: askAgain(answer.problem) },
      ]);
      const repaired = readAnswer(request, second);
      if (repaired.kind === 'invalid')
        throw new AppError('MODEL_INVALID', `the answer did not fit the schema twice: ${repaired.problem}`);
      return repaired;
    },
  };
}

/** The results of a round of calls. A call that cannot be carried out is an answer to the model, not a fault. */
async function runTools(tools: readonly ReadTool[], message: Anthropic.Message): Promise<Anthropic.MessageParam> {
  const calls = message.content.filter((block) => block.type === 'tool_use');
  const content = await Promise.all(
    calls.map(async (call, index): Promise<Anthropic.ToolResultBlockParam> => {
      const tool = tools.find((one) => one.name === call.name);
      const input = tool?.input.safeParse(call.input);
      const base = { type: 'tool_result' as const, tool_use_id: call.id };
      if (!tool || !input?.success)
        return { ...base, is_error: true, content: 'There is no such tool, or its input is wrong.' };
      if (index >= MAX_CALLS) return { ...base, is_error: true, content: `At most ${MAX_CALLS} calls a round.` };
      return { ...base, content: await tool.run(input.data) };
    }),
  );
  return { role: 'user', content };
}

type Read<T> = ClaudeAnswer<T> | { kind: 'invalid'; text: string; problem: string };

/** Every stop reason has an answer. Source: docs.claude.com, handling stop reasons. */
function readAnswer<T>(request: ClaudeRequest<T>, message: Anthropic.Message): Read<T> {
  switch (message.stop_reason) {
    case 'refusal':
      throw new AppError('MODEL_REFUSED', 'Claude declined to review this bundle of files');
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return { kind: 'truncated' };
    case 'tool_use':
    case 'pause_turn':
      throw new AppError('MODEL_INVALID', `Claude stopped with ${message.stop_reason}, though it has no tools here`);
    default:
      break;
  }
  const text = message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
  try {
    const parsed = request.schema.safeParse(JSON.parse(text));
    if (parsed.success) return { kind: 'answer', value: parsed.data };
    const issue = parsed.error.issues[0];
    return { kind: 'invalid', text, problem: `${issue?.path.join('.')}: ${issue?.message}` };
  } catch {
    return { kind: 'invalid', text, problem: 'it is not JSON' };
  }
}

/** Milliseconds to wait before the next try. @throws AppError when there is no next try */
function decideWait(error: unknown, attempt: number, deadlineMs: number): number {
  const pause = Math.min(30_000, 1000 * 2 ** (attempt - 1)) * (0.75 + Math.random() / 2);
  if (error instanceof Anthropic.APIUserAbortError || (error instanceof Error && error.name === 'TimeoutError')) {
    throw new AppError('MODEL_TIMEOUT', `Claude did not finish within ${deadlineMs / 1000} s`, { cause: error });
  }
  if (error instanceof Anthropic.APIConnectionTimeoutError)
    throw new AppError('MODEL_TIMEOUT', `Claude did not answer within ${deadlineMs / 1000} s`, { cause: error });
  if (error instanceof APIConnectionError) {
    if (attempt >= TRIES)
      throw new AppError('MODEL_OVERLOADED', `Claude could not be reached ${TRIES} times`, { cause: error });
    return pause;
  }
  if (!(error instanceof APIError))
    throw new AppError('MODEL_OVERLOADED', 'the answer broke off while it was read', { cause: error });
  const status = typeof error.status === 'number' ? error.status : 500;
  if (status === 429) {
    const after = Number(error.headers?.get('retry-after'));
    if (!Number.isFinite(after) || after <= 0)
      throw new AppError(
        'MODEL_SPEND_LIMIT',
        'Claude answered 429 without retry-after: the account’s spend limit is likely reached',
        { cause: error },
      );
    if (attempt >= TRIES || after > 120)
      throw new AppError('MODEL_OVERLOADED', `Claude answered 429 (rate limit) ${attempt} times`, { cause: error });
    return after * 1000;
  }
  if (status >= 500) {
    if (attempt >= TRIES)
      throw new AppError('MODEL_OVERLOADED', `Claude answered ${status} ${TRIES} times`, { cause: error });
    return pause;
  }
  throw new AppError('MODEL_REJECTED', `Claude answered ${status}: ${cutText(error.message, 200)}`, { cause: error });
}

function defaultSleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
