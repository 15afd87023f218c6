import { findKeyLines } from './find-private-keys.ts';
import { findTokens } from './find-tokens.ts';
import { type MaskedText, maskSpans } from './masked-text.ts';
import { searchText } from './search-text.ts';

/** A text of people (title, description, comment, configuration) with what looks like a credential masked. Linear time. */
export function maskText(text: string): MaskedText {
  return maskSpans(text, [...searchText(text, { bare: true }), ...findKeyLines(text)]);
}

/** A name (of a file, a branch), in which a credential can only be a token. */
export function maskName(name: string): MaskedText {
  return maskSpans(name, findTokens(name));
}
