import { isTest } from '../scope/select.ts';
import { escapeRegExp } from '../text/escape-reg-exp.ts';
import type { FindReaders } from './find-readers.ts';

/** Code that passes on to the next handler, runs before all handlers, or sets something for all queries. */
const BEFORE =
  /\bnext\.ServeHTTP\(|\b(?:next|h|handler) http\.Handler\b|\.Use\(|\b\w*[rR]outer\.Bind\(|\bc\.Next\(\)|\breturn \w+\.Next\(\)|\b(?:app|server|router|fastify)\.(?:use|register)\(|\bmongoose\.(?:set|connect)\(/;
const FILES = ['*.go', '*.js', '*.ts', '*.mjs', '*.cjs', '*.mts', '*.cts'];

/** Of these words those that a file says which stands before handlers: `http.MaxBytesReader` in a middleware, `mongoSanitize()`. */
export async function isSaidBefore(words: readonly string[], find: FindReaders): Promise<Set<string>> {
  const found = await find(words, FILES);
  const texts = [...(found ?? [])].filter(([path, text]) => !isTest(path) && BEFORE.test(text)).map(([, text]) => text);
  return new Set(
    words.filter((word) =>
      texts.some((text) => new RegExp(`\\b${escapeRegExp(word)}(?:\\(|['"]?\\s*[,:]\\s*true\\b)`).test(text)),
    ),
  );
}
