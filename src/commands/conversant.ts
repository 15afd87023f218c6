import type { PullRequest } from '../change/pull-request.ts';
import type { LedgerEntry } from '../ledger/ledger.ts';
import type { Purse } from '../pipeline/purse.ts';
import type { CommandContext, Source } from './command.ts';

/** A question to the model outside a review. The model reads through `source` and can do nothing else. */
export interface Conversant {
  /** Markdown, made fit to be posted. */
  answer(question: Question): Promise<string>;
  /** Whether a reply disputes a finding, and whether it is right. */
  judge(question: Question): Promise<{ verdict: 'stands' | 'withdrawn' | 'no-dispute'; answer: string }>;
}

export interface Question {
  pull: PullRequest;
  /** The person's words: data, not instructions. */
  text: string;
  /** The finding that it is about. */
  entry: LedgerEntry | null;
  source: Source;
  /** Of the answer. */
  language: string;
  purse: Purse;
}

/** A question about the pull request that a command was given on; only now are its files read. */
export async function createQuestion(context: CommandContext, text: string): Promise<Question> {
  const { config, entry, pull, source, purse } = context;
  return { pull, text, entry, source: await source(), language: config.outcome.config.language, purse };
}
