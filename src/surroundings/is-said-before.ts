import { isTest } from '../scope/select.ts';
import { escapeRegExp } from '../text/escape-reg-exp.ts';
import type { FindReaders } from './find-readers.ts';

/** What is given the next handler, or is put before all. */
const BEFORE = /\bnext\.ServeHTTP\(|\b(?:next|h|handler) http\.Handler\b|\.Use\(|\bc\.Next\(\)/;

/** Of these words those that a file says which stands before handlers: `http.MaxBytesReader` in a middleware. */
export async function isSaidBefore(words: readonly string[], find: FindReaders): Promise<Set<string>> {
  const found = await find(words, ['*.go']);
  const texts = [...(found ?? [])].filter(([path, text]) => !isTest(path) && BEFORE.test(text)).map(([, text]) => text);
  return new Set(words.filter((word) => texts.some((text) => new RegExp(`\\b${escapeRegExp(word)}\\(`).test(text))));
}
