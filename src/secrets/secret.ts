import type { Span } from './masked-text.ts';

/** A credential, or what looks like one, in a text. */
export interface Secret extends Span {
  /** In words, for the finding: "private key", "GitHub token". */
  kind: string;
  /** What may be said of it: a public prefix, the name it is given, an address without its password. */
  label: string;
  /** Certain enough to be said. What is not is masked all the same: masking is wider than reporting. */
  report: boolean;
  /** Made for tests as a rule (keys, addresses, passwords); a provider's token never is. */
  home: boolean;
  /** Reached from the same machine or network alone: a host without a dot, an address of a private network. */
  near?: boolean;
  /** Words, in code, where a secret belongs: of what signs, or of a password. */
  guessable?: 'signing' | 'password';
  /** Its value says itself that it opens nothing. */
  placeholder?: boolean;
}

export interface SearchOptions {
  /** A value without quotes counts: `.env`, YAML, properties, shell, prose. In code it is an expression, unless in a string. */
  bare: boolean;
}
