import { createKnownSearch } from './create-known-search.ts';
import { findTokens } from './find-tokens.ts';
import { looksGarbled } from './judge-value.ts';
import { type MaskedText, maskSpans } from './masked-text.ts';
import { searchText } from './search-text.ts';

/** A text of people (title, description, comment, configuration) with what looks like a credential masked. Linear time. */
export function maskText(text: string): MaskedText {
  return maskSpans(text, searchText(text, { bare: true }));
}

/**
 * What a person says (title, description, comment): there a credential may stand without a name, so a word that is random is
 * masked as well.
 */
export function maskProse(text: string): MaskedText {
  const masked = maskText(text);
  const words = [...masked.matchAll(/[A-Za-z0-9!$%^*_+=-]{10,200}/g)].filter(({ 0: word }) => looksGarbled(word));
  return maskSpans(
    masked,
    words.map(({ 0: word, index }) => ({ start: index, end: index + word.length, shown: '' })),
  );
}

/** A name (of a file, a branch), in which a credential can only be a token. */
export function maskName(name: string): MaskedText {
  return maskSpans(name, findTokens(name));
}

/** A text that was masked for itself, without what was found to be a credential elsewhere in the same review. */
export type HideKnown = (text: MaskedText) => MaskedText;

/** What is found to be a credential while one text after another is read: from then on it is hidden in all of them. */
export interface KnownValues {
  add(values: readonly string[]): void;
  hide: HideKnown;
}

export function createKnownValues(first: HideKnown = (text) => text): KnownValues {
  const known = new Set<string>();
  let hide = first;
  return {
    add: (values) => {
      const before = known.size;
      for (const value of values) known.add(value);
      if (known.size === before) return;
      const found = createHideKnown(known);
      hide = (text) => found(first(text));
    },
    hide: (text) => hide(text),
  };
}

export function createHideKnown(values: Iterable<string>): HideKnown {
  const find = createKnownSearch(values);
  return (text) => {
    const found = find(text);
    return found.length === 0 ? text : maskSpans(text, found);
  };
}
