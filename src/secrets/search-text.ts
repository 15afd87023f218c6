import { findAssignments } from './find-assignments.ts';
import { findPrivateKeys } from './find-private-keys.ts';
import { findTokens } from './find-tokens.ts';
import { findUrlPasswords } from './find-url-passwords.ts';
import type { SearchOptions, Secret } from './secret.ts';

/** Everything in a text that looks like a credential, in order; what lies inside a longer one is left out. Linear time. */
export function searchText(text: string, options: SearchOptions): Secret[] {
  return mergeSecrets([
    ...findPrivateKeys(text),
    ...findTokens(text),
    ...findUrlPasswords(text),
    ...findAssignments(text, options),
  ]);
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
