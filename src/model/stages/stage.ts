import { createHash } from 'node:crypto';
import type { Asked, StageMemory, ToolCall } from '../../pipeline/model-reviewer.ts';
import type { HideKnown } from '../../secrets/mask-text.ts';
import type { MaskedText } from '../../secrets/masked-text.ts';
import type { Account, Claude, ClaudeAnswer, Conversation } from '../claude/claude.ts';
import { type CleanAnswer, TAKEN_OUT } from '../clean-answer.ts';

/** Asks the model, or takes the kept answer. */
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
    const { model, system, tools = [] } = asked;
    const request: Asked = {
      stage,
      model,
      system,
      prompt: conversation.prompt.map(({ text }) => disarm(text).replaceAll(mark, '')),
      tools: tools.map(({ name }) => name),
    };
    const key = makeKey(request);
    const known = conversation.schema.safeParse(await memory.read(key, request));
    if (known.success) {
      conversation.onBegin?.();
      return { kind: 'answer', value: known.data, rounds: 0 };
    }
    const calls: ToolCall[] = [];
    const paid = countTokens(asked.account);
    const answer = await claude.converse({
      ...conversation,
      account: paid.account,
      prompt: conversation.prompt.map((part) => ({ ...part, text: disarm(part.text).replaceAll(mark, nonce) })),
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
    await memory.write(key, request, value, { calls: clean(calls), rounds: answer.rounds, tokens: paid.tokens() });
    return { ...answer, value };
  };
}

function makeKey({ stage, model, system, prompt, tools }: Asked): string {
  return createHash('sha256')
    .update(JSON.stringify([stage, model, system, prompt, tools]))
    .digest('base64url');
}

/** The same account, and what was paid from it. */
function countTokens(account: Account): { account: Account; tokens(): number } {
  let tokens = 0;
  return {
    account: {
      admit: async (estimate) => {
        const call = await account.admit(estimate);
        return {
          settle: async (answer) => {
            if (answer) tokens += answer.usage.inputTokens + answer.usage.cacheReadTokens + answer.usage.outputTokens;
            await call.settle(answer);
          },
        };
      },
    },
    tokens: () => tokens,
  };
}
