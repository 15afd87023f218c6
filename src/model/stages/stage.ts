import { createHash } from 'node:crypto';
import type { StageMemory } from '../../review/model-reviewer.ts';
import type { Claude, ClaudeAnswer, Conversation } from '../claude/claude.ts';

/** Asks, or remembers. */
export type Ask = <T>(stage: string, conversation: Conversation<T>) => Promise<ClaudeAnswer<T>>;

/**
 * @param nonce of this review's delimiters. It is no part of what is asked: the key is made without it, and an answer that
 * holds it was led to carry it out
 */
export function createAsk(claude: Claude, memory: StageMemory, nonce: string): Ask {
  return async <T>(stage: string, conversation: Conversation<T>): Promise<ClaudeAnswer<T>> => {
    const key = makeKey(stage, conversation, nonce);
    const known = conversation.schema.safeParse(await memory.read(key));
    if (known.success) {
      conversation.onBegin?.();
      return { kind: 'answer', value: known.data, rounds: 0 };
    }
    const answer = await claude.converse(conversation);
    if (answer.kind !== 'answer') return answer;
    const value = removeNonce(answer.value, nonce);
    await memory.write(key, stage, value);
    return { ...answer, value };
  };
}

function makeKey(stage: string, { model, system, prompt, tools = [] }: Conversation<unknown>, nonce: string): string {
  const asked = [
    stage,
    model,
    system,
    prompt.map(({ text }) => text.replaceAll(nonce, '')),
    tools.map(({ name }) => name),
  ];
  return createHash('sha256').update(JSON.stringify(asked)).digest('base64url');
}

function removeNonce<T>(value: T, nonce: string): T {
  const text = JSON.stringify(value);
  return text.includes(nonce) ? (JSON.parse(text.replaceAll(nonce, '')) as T) : value;
}
