import type Anthropic from '@anthropic-ai/sdk';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { cutText } from '../../text/cut-text.ts';
import { type ClaudeAnswer, type Conversation, MOST_RESULT, type ReadTool } from './claude.ts';

/**
 * One request and its answer, with all that may happen on the way; `too-long` where the request fits in no context window.
 * @throws AppError with a MODEL_… code
 */
export type Send = (
  conversation: Pick<
    Conversation<unknown>,
    'model' | 'system' | 'schema' | 'account' | 'effort' | 'signal' | 'onBegin'
  >,
  messages: Anthropic.MessageParam[],
  tools: Anthropic.Tool[],
  /** No more calls: what was read must do. The tools stay declared, since the calls before name them. */
  isLast: boolean,
) => Promise<Anthropic.Message | 'too-long'>;

/** The last of them is the answer. */
export const MAX_ROUNDS = 10;
/** Of tools, in one round. */
export const MAX_CALLS = 8;
/** Characters that all calls of a conversation may answer. */
const MAX_RESULTS = 120_000;

const askAgain = (problem: string): string =>
  `That answer does not fit the schema: ${problem}. Answer again, with the whole corrected JSON only.`;

/** The one loop that talks to Claude. Every stop reason has an answer. Source: docs.claude.com, handling stop reasons. */
export async function converse<T>(send: Send, conversation: Conversation<T>): Promise<ClaudeAnswer<T>> {
  const { tools = [] } = conversation;
  const messages: Anthropic.MessageParam[] = [{ role: 'user', content: conversation.prompt.map(toBlock) }];
  const declared = tools.map(({ name, description, input }) => ({
    name,
    description,
    input_schema: z.toJSONSchema(input, { io: 'input' }) as Anthropic.Tool.InputSchema,
  }));
  const desk = createDesk(tools);
  let repaired = false;
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    const isLast = round === MAX_ROUNDS;
    const message = await send(conversation, messages, declared, isLast);
    if (message === 'too-long') return { kind: 'truncated' };
    switch (message.stop_reason) {
      case 'refusal':
        throw new AppError('MODEL_REFUSED', 'Claude declined to answer');
      case 'max_tokens':
      case 'model_context_window_exceeded':
        return { kind: 'truncated' };
      case 'pause_turn':
        messages.push({ role: 'assistant', content: message.content });
        continue;
      case 'tool_use':
        if (tools.length === 0 || isLast)
          throw new AppError('MODEL_INVALID', `Claude called tools to the end, for ${round} rounds`);
        messages.push({ role: 'assistant', content: message.content }, await desk.answer(message));
        moveMark(messages);
        continue;
      default: {
        const read = readAnswer(conversation.schema, message);
        if ('value' in read) return { kind: 'answer', value: read.value, rounds: round };
        if (repaired) throw new AppError('MODEL_INVALID', `the answer did not fit the schema twice: ${read.problem}`);
        // One repair: the answer goes back with what is wrong with it.
        repaired = true;
        messages.push(
          { role: 'assistant', content: read.text || '(empty)' },
          { role: 'user', content: askAgain(read.problem) },
        );
      }
    }
  }
  throw new AppError('MODEL_INVALID', `Claude came to no answer in ${MAX_ROUNDS} rounds`);
}

function toBlock({ text, cached }: Conversation<unknown>['prompt'][number]): Anthropic.TextBlockParam {
  return { type: 'text', text, ...(cached && { cache_control: { type: 'ephemeral' } }) };
}

/** What was said so far is cached up to its end; the mark of the round before is taken off, since there may be four at most. */
function moveMark(messages: Anthropic.MessageParam[]): void {
  const results = messages.flatMap(({ content }) =>
    typeof content === 'string' ? [] : content.flatMap((block) => (block.type === 'tool_result' ? [block] : [])),
  );
  for (const block of results) block.cache_control = null;
  const last = results.at(-1);
  if (last) last.cache_control = { type: 'ephemeral' };
}

/** Carries out calls. One that cannot be carried out is an answer to the model, not a fault. */
function createDesk(tools: readonly ReadTool[]): {
  answer(message: Anthropic.Message): Promise<Anthropic.MessageParam>;
} {
  const answered = new Set<string>();
  let said = 0;
  const run = async (call: Anthropic.ToolUseBlock, index: number): Promise<{ content: string; is_error?: true }> => {
    const tool = tools.find((one) => one.name === call.name);
    const input = tool?.input.safeParse(call.input);
    if (!tool || !input?.success)
      return { is_error: true, content: 'There is no such tool, or its input does not fit its schema.' };
    if (index >= MAX_CALLS) return { is_error: true, content: `At most ${MAX_CALLS} calls a round.` };
    const key = JSON.stringify([call.name, input.data]);
    if (answered.has(key)) return { content: 'You have this already: the same call was answered above.' };
    if (said >= MAX_RESULTS) return { is_error: true, content: 'No more can be read here. Answer with what you have.' };
    answered.add(key);
    const content = await tool.run(input.data);
    const cut = cutText(content, MOST_RESULT, '\n(cut here; ask for less)');
    said += cut.length;
    return { content: cut };
  };
  return {
    answer: async (message) => {
      const calls = message.content.filter((block) => block.type === 'tool_use');
      const results = await Promise.all(
        calls.map(async (call, index) => ({
          type: 'tool_result' as const,
          tool_use_id: call.id,
          ...(await run(call, index)),
        })),
      );
      return { role: 'user', content: results };
    },
  };
}

function readAnswer<T>(
  schema: z.ZodType<T>,
  message: Anthropic.Message,
): { value: T } | { text: string; problem: string } {
  const text = message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
  try {
    // Where the endpoint holds no schema against the answer, it may stand in a fence.
    const parsed = schema.safeParse(JSON.parse(text.replace(/^\s*```(?:json)?\n([^]*)\n```\s*$/, '$1')));
    if (parsed.success) return { value: parsed.data };
    const issue = parsed.error.issues[0];
    return { text, problem: `${issue?.path.join('.')}: ${issue?.message}` };
  } catch {
    return { text, problem: 'it is not JSON' };
  }
}
