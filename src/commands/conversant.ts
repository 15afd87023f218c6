import type { PullRequest } from '../change/pull-request.ts';
import type { LedgerEntry } from '../ledger/ledger.ts';
import type { Purse } from '../pipeline/purse.ts';
import type { Source } from './source.ts';

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
