import type { Home } from '../../flows/values/value.ts';
import type { FunctionForm, Span } from '../../languages/form.ts';
import type { SlipKind } from '../facts.ts';

/** A place in a function that can go wrong, found in its form alone. */
export interface FoundSlip {
  kind: SlipKind;
  home: Home;
  form: FunctionForm;
  span: Span;
  /** Whether harm comes of it, the code does not show. */
  suspected?: boolean;
  /** Every fact that makes it a flaw was seen. */
  certain?: true;
  /** What the rule's texts name; a span stands for its line. */
  names: Readonly<Record<string, string | Span>>;
  /** Functions that make it one as well: a change of them may be what is to be spoken of. */
  also?: readonly { home: Home; span: Span }[];
  /** Of a row that is made where none was found: what it is called, and what it was looked for by. */
  row?: { nouns: string[]; by: string[] };
}
