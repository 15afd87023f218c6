import { hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { PARSED_EXAMPLES, PARSED_FILES } from '../../built-files.ts';

/** What is kept of a file: its kind decides the schema that it was checked by. */
export type FileKind = 'rule' | 'class' | 'model';

let known: ReadonlyMap<string, Buffer> | undefined;
let examples: ReadonlyMap<string, Buffer> | undefined;

/**
 * What the build read already of a rule's, flow's, class's or model's text, checked by the schema that was built with it: doing
 * that for all of them takes more than a second, in each process of a review at a terminal. By the hash of the text, so that a
 * file that was edited since is read anew. Only what is asked for is made: models of other languages, and examples, are not.
 */
export function findParsed(name: string): unknown {
  known ??= existsSync(PARSED_FILES) ? splitParsed(readFileSync(PARSED_FILES)) : new Map();
  const data = readLine(known, name);
  return data && 'examples' in data ? withExamples(data, name) : data;
}

/** What a file is known by: of its bytes, since making texts of hundreds of files costs more than all else here. */
export function nameParsed(kind: FileKind, bytes: Buffer): string {
  return `${kind}:${hash('sha256', bytes, 'base64url')}`;
}

/** Half of all the rules say is in their examples: that half is read when somebody asks for one. */
function withExamples(data: object, name: string): object {
  let read: unknown;
  return Object.defineProperty(data, 'examples', {
    enumerable: true,
    get: () => {
      examples ??= splitParsed(readFileSync(PARSED_EXAMPLES));
      return (read ??= readLine(examples, name));
    },
  });
}

/** Of each file a line with its name, a blank and JSON, and one of its examples. All of it is ASCII, which is read in half the time. */
export function joinParsed(parsed: ReadonlyMap<string, object>): { files: string; examples: string } {
  const lines: string[] = [];
  const apart: string[] = [];
  for (const [name, data] of parsed) {
    const { examples } = data as { examples?: unknown };
    // Its place among the keys stays.
    lines.push(toLine(name, examples === undefined ? data : { ...data, examples: null }));
    if (examples !== undefined) apart.push(toLine(name, examples));
  }
  return { files: lines.join(''), examples: apart.join('') };
}

function toLine(name: string, data: unknown): string {
  const json = JSON.stringify(data).replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${name} ${json}\n`;
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

function readLine(lines: ReadonlyMap<string, Buffer>, name: string): object | undefined {
  const line = lines.get(name);
  return line && (JSON.parse(line.toString('latin1')) as object);
}
