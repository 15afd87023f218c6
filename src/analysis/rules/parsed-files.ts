import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Beside the built code; a checkout that was not built has none. */
export const PARSED_FILES = fileURLToPath(new URL('../../parsed-files.json', import.meta.url));

let known: Record<string, unknown> | undefined;

/**
 * What the build parsed already of a rule's or flow's text: parsing all of them takes most of a second, three times in each
 * review at a terminal. By the hash of the text, so that a file that was edited since is parsed anew.
 */
export function findParsed(text: string): unknown {
  known ??= existsSync(PARSED_FILES) ? (JSON.parse(readFileSync(PARSED_FILES, 'utf8')) as Record<string, unknown>) : {};
  return known[hashText(text)];
}

export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
