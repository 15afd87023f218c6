import { createHash } from 'node:crypto';
import type { StageMemory } from '../../review/model-reviewer.ts';
import type { Claude, ClaudeAnswer, Conversation } from '../claude/claude.ts';
import { type CleanAnswer, TAKEN_OUT } from '../clean-answer.ts';

/** Asks, or remembers. */
export type Ask = <T>(stage: string, conversation: Conversation<T>) => Promise<ClaudeAnswer<T>>;

/** The delimiters of a review. */
export interface Delimiters {
  /** In prompts while they are built: made for this review alone, so that no text can hold it. */
  mark: string;
  /** In prompts as they are sent: the same for each push of a pull request, so that what is equal is found in the cache. */
  nonce: string;
}

/**
 * The nonce is put into a prompt last, and what a stranger has of it (a push may know what an answer to the one before let slip, in
 * whatever disguise) is taken out before: nothing of the pull request can close a delimiter. It is no part of what is
 * asked: the key is made without it.
 */
export function createAsk(claude: Claude, memory: StageMemory, { mark, nonce }: Delimiters, clean: CleanAnswer): Ask {
  const disarm = (text: string): string => text.replaceAll(nonce, TAKEN_OUT);
  return async <T>(stage: string, conversation: Conversation<T>): Promise<ClaudeAnswer<T>> => {
    const key = makeKey(stage, conversation, mark);
    const known = conversation.schema.safeParse(await memory.read(key));
    if (known.success) {
      conversation.onBegin?.();
      return { kind: 'answer', value: known.data, rounds: 0 };
    }
    const { prompt, tools = [] } = conversation;
    const answer = await claude.converse({
      ...conversation,
      prompt: prompt.map((part) => ({ ...part, text: disarm(part.text).replaceAll(mark, nonce) })),
      tools: tools.map((tool) => ({ ...tool, run: async (input) => disarm(await tool.run(input)) })),
    });
    if (answer.kind !== 'answer') return answer;
    const value = clean(answer.value);
    await memory.write(key, stage, value);
    return { ...answer, value };
  };
}

function makeKey(stage: string, { model, system, prompt, tools = [] }: Conversation<unknown>, mark: string): string {
  const asked = [
    stage,
    model,
    system,
    prompt.map(({ text }) => text.replaceAll(mark, '')),
    tools.map(({ name }) => name),
  ];
  return createHash('sha256').update(JSON.stringify(asked)).digest('base64url');
}
