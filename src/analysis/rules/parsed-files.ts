import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { PARSED_FILES } from '../../built-files.ts';

/** What is kept of a file: its kind decides the schema that it was checked by. */
export type FileKind = 'rule' | 'class' | 'model';

let known: ReadonlyMap<string, Buffer> | undefined;

/**
 * What the build read already of a rule's, flow's, class's or model's text, checked by the schema that was built with it: doing
 * that for all of them takes more than a second, in each process of a review at a terminal. By the hash of the text, so that a
 * file that was edited since is read anew. Only what is asked for is made: models of other languages, and examples, are not.
 */
export function findParsed(kind: FileKind, text: string): unknown {
  known ??= existsSync(PARSED_FILES) ? splitParsed(readFileSync(PARSED_FILES)) : new Map();
  const hash = hashFile(kind, text);
  const data = readLine(hash);
  return data && known.has(examplesOf(hash)) ? withExamples(data, hash) : data;
}

export function hashFile(kind: FileKind, text: string): string {
  return createHash('sha256').update(`${kind}\0`).update(text).digest('base64url');
}

/** Half of all the rules say is in their examples, and only tests and `explain-rule` look at these. */
function withExamples(data: object, hash: string): object {
  let examples: unknown;
  return Object.defineProperty(data, 'examples', {
    enumerable: true,
    get: () => (examples ??= readLine(examplesOf(hash))),
  });
}

/** One line for each: its name, a blank and JSON. */
export function joinParsed(parsed: ReadonlyMap<string, object>): string {
  const lines: string[] = [];
  for (const [hash, data] of parsed) {
    const { examples, ...rest } = data as { examples?: unknown };
    lines.push(`${hash} ${JSON.stringify(rest)}\n`);
    if (examples !== undefined) lines.push(`${examplesOf(hash)} ${JSON.stringify(examples)}\n`);
  }
  return lines.join('');
}

function splitParsed(file: Buffer): Map<string, Buffer> {
  const lines = new Map<string, Buffer>();
  for (let start = 0, end = 0; start < file.length; start = end + 1) {
    end = file.indexOf('\n', start);
    const blank = file.indexOf(' ', start);
    lines.set(file.toString('latin1', start, blank), file.subarray(blank + 1, end));
  }
  return lines;
}

function readLine(name: string): object | undefined {
  const line = known?.get(name);
  return line && (JSON.parse(line.toString('utf8')) as object);
}

function examplesOf(hash: string): string {
  return `${hash}.examples`;
}
