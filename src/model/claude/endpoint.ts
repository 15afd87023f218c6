import type Anthropic from '@anthropic-ai/sdk';

/** What is used of the Messages API; every endpoint offers it, but for `models`, which Anthropic's own alone has. */
export interface MessagesClient {
  messages: Pick<Anthropic.Messages, 'stream' | 'create' | 'countTokens'>;
  models?: Pick<Anthropic.Models, 'retrieve'> | undefined;
}

/** Where Claude is asked. */
export interface Endpoint {
  /** For people. */
  name: string;
  /** Whether a 429 that does not say when to come back is a spend limit; elsewhere it is a rate limit like any other. */
  hasSpendLimit: boolean;
  /**
   * @param timeoutMs for one request until its last byte; nothing is repeated, since retries are ours
   * @throws AppError MODEL_OFF when the vendor's package is not installed
   */
  connect(timeoutMs: number): Promise<MessagesClient>;
}
