import { findAssignments } from './find-assignments.ts';
import { findCallArguments } from './find-call-arguments.ts';
import { findCommandPasswords } from './find-command-passwords.ts';
import { findEncoded } from './find-encoded.ts';
import { findKeyLines, findPrivateKeys } from './find-private-keys.ts';
import { findTokens } from './find-tokens.ts';
import { findUrlPasswords } from './find-url-passwords.ts';
import { readThrough, type View } from './read-through.ts';
import type { SearchOptions, Secret } from './secret.ts';

/** The deepest decoding: base64 within base64. */
const MOST_DEEP = 2;

/**
 * Everything in a text that looks like a credential, in order; what lies inside a longer one is left out: as it is written, as
 * the program reads it (joined literals, escapes), and in other notations. Linear time.
 */
export function searchText(text: string, options: SearchOptions, depth = 0): Secret[] {
  const view = readThrough(text);
  const encoded =
    depth < MOST_DEEP ? findEncoded(text, (decoded) => searchText(decoded, { bare: true }, depth + 1)) : [];
  return mergeSecrets([
    ...searchPlain(text, options),
    ...(view === null ? [] : searchPlain(view.text, options).map((secret) => toFile(secret, view))),
    ...findKeyLines(text),
    ...encoded,
  ]);
}

function searchPlain(text: string, options: SearchOptions): Secret[] {
  return [
    ...findPrivateKeys(text),
    ...findTokens(text),
    ...findUrlPasswords(text),
    ...findCommandPasswords(text),
    ...findCallArguments(text),
    ...findAssignments(text, options),
  ];
}

function toFile(secret: Secret, { toFile: placeOf }: View): Secret {
  return { ...secret, start: placeOf(secret.start), end: placeOf(secret.end - 1) + 1 };
}

/** One secret for each place. Two that overlap become one: said as the one that is surer, masked as far as both go. */
export function mergeSecrets(secrets: readonly Secret[]): Secret[] {
  const merged: Secret[] = [];
  for (const secret of [...secrets].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (!last || secret.start >= last.end) {
      merged.push({ ...secret });
      continue;
    }
    const better = secret.report && !last.report ? secret : last;
    const shown = secret.start === last.start ? last.shown || secret.shown : last.shown;
    merged[merged.length - 1] = { ...better, start: last.start, end: Math.max(last.end, secret.end), shown };
  }
  return merged;
}
