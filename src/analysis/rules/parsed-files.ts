import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { PARSED_FILES } from '../../built-files.ts';

/** What is kept of a file: its kind decides the schema that it was checked by. */
export type FileKind = 'rule' | 'class' | 'model';

let known: Record<string, unknown> | undefined;

/**
 * What the build read already of a rule's, flow's, class's or model's text, checked by the schema that was built with it: doing
 * that for all of them takes more than a second, in each process of a review at a terminal. By the hash of the text, so that a
 * file that was edited since is read anew.
 */
export function findParsed(kind: FileKind, text: string): unknown {
  known ??= existsSync(PARSED_FILES) ? (JSON.parse(readFileSync(PARSED_FILES, 'utf8')) as Record<string, unknown>) : {};
  return known[hashFile(kind, text)];
}

export function hashFile(kind: FileKind, text: string): string {
  return createHash('sha256').update(`${kind}\0`).update(text).digest('base64url');
}
