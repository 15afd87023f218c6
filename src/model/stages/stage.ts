import { createHash } from 'node:crypto';
import type { StageMemory, ToolCall } from '../../pipeline/model-reviewer.ts';
import type { HideKnown } from '../../secrets/mask-text.ts';
import type { MaskedText } from '../../secrets/masked-text.ts';
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
export function createAsk(
  claude: Claude,
  memory: StageMemory,
  { mark, nonce }: Delimiters,
  { clean, hide }: { clean: CleanAnswer; hide: HideKnown },
): Ask {
  const disarm = (text: string): string => text.replaceAll(nonce, TAKEN_OUT);
  // Whatever a prompt or a tool shows was masked file by file; here is the place where all of it goes out.
  const show = (text: string): string => hide(text as MaskedText);
  return async <T>(stage: string, asked: Conversation<T>): Promise<ClaudeAnswer<T>> => {
    const conversation = { ...asked, prompt: asked.prompt.map((part) => ({ ...part, text: show(part.text) })) };
    const key = makeKey(stage, conversation, mark);
    const known = conversation.schema.safeParse(
      await memory.read(key, { stage, prompt: conversation.prompt.map(({ text }) => text) }),
    );
    if (known.success) {
      conversation.onBegin?.();
      return { kind: 'answer', value: known.data, rounds: 0 };
    }
    const { prompt, tools = [] } = conversation;
    const calls: ToolCall[] = [];
    const answer = await claude.converse({
      ...conversation,
      prompt: prompt.map((part) => ({ ...part, text: disarm(part.text).replaceAll(mark, nonce) })),
      tools: tools.map((tool) => ({
        ...tool,
        run: async (input) => {
          calls.push({ name: tool.name, input });
          return disarm(show(await tool.run(input)));
        },
      })),
    });
    if (answer.kind !== 'answer') return answer;
    const value = clean(answer.value);
    await memory.write(key, stage, value, clean(calls));
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
