import type { z } from 'zod';
import type { Cost } from '../../pipeline/purse.ts';
import type { ModelUsage } from '../../scope/coverage.ts';

/** A part of the first message. The stable parts come first: what is equal at the beginning of two requests is paid once. */
export interface PromptPart {
  text: string;
  /** The API keeps everything up to the end of this part. Source: docs.claude.com, prompt caching: at most four such marks. */
  cached?: true;
}

/** Characters that one call of a tool may answer; what is longer is cut. */
export const MOST_RESULT = 24_000;

/** A tool that the model may call; `run` reads and never writes. */
export interface ReadTool {
  name: string;
  description: string;
  input: z.ZodObject;
  run(input: Record<string, unknown>): Promise<string>;
}

/** Who pays. */
export interface Account {
  /**
   * Before a request that costs about so much.
   * @throws AppError MODEL_BUDGET when that is too much
   */
  admit(estimate: Cost): Promise<{
    /** It has ended. What came is paid at that moment: also what is refused, cut, broken off or of no use. */
    settle(answer: { model: string; usage: ModelUsage } | null): Promise<void>;
  }>;
}

export interface Conversation<T> {
  model: string;
  /** The same for every conversation of an agent, so that it is cached. */
  system: string;
  prompt: readonly PromptPart[];
  schema: z.ZodType<T>;
  account: Account;
  tools?: readonly ReadTool[];
  effort?: 'low' | 'medium' | 'high';
  /** Ends the conversation within a moment: its answer is not wanted any more. */
  signal?: AbortSignal | undefined;
  /** The first answer begins to arrive: from now on others that begin alike find the beginning in the cache. */
  onBegin?: () => void;
}

export type ClaudeAnswer<T> =
  | { kind: 'answer'; value: T; rounds: number }
  /** Cut at a length limit: the caller asks again with less. */
  | { kind: 'truncated' };

export interface Claude {
  /**
   * One conversation: rounds of tool calls, one repair of an answer that does not fit, and the answer.
   * @throws AppError with a MODEL_… code; vendor errors are translated here and nowhere else
   */
  converse<T>(conversation: Conversation<T>): Promise<ClaudeAnswer<T>>;
}
