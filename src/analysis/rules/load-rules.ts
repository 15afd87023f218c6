import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { AGENTS_DIR, listFiles } from '../../agents/load-agents.ts';
import { AppError } from '../../errors.ts';
import { type FileKind, findParsed, nameParsed } from './parsed-files.ts';
import { Rule } from './rule.ts';

/** What the files of a folder hold. */
export interface DataKind<T> {
  kind: FileKind;
  schema: z.ZodType<T>;
}

/**
 * Every YAML file below a folder, checked by a schema. These files are ours (or the operator's), never a repository's. An agent
 * without the folder has none: its reviews are the model's alone.
 * @throws AppError RULE_INVALID naming the file, the line and the field
 */
export function loadDataFiles<T extends { id: string; principle: string }>(
  dir: string,
  what: DataKind<T>,
  principles: ReadonlySet<string>,
): T[] {
  const loaded = new Map<string, T>();
  for (const { file, data, fail } of readDataFiles(dir, what)) {
    if (!file.endsWith(`${data.id}.yml`)) fail(`the file is named otherwise than its id ${data.id}`);
    if (!principles.has(data.principle)) fail(`unknown principle ${data.principle}`);
    if (loaded.has(data.id)) fail(`the id ${data.id} is taken`);
    loaded.set(data.id, data);
  }
  return [...loaded.values()];
}

type Fail = (problem: string, line?: string) => never;

/** @throws AppError RULE_INVALID naming the file, the line and the field */
export function readDataFiles<T>(dir: string, what: DataKind<T>): { file: string; data: T; fail: Fail }[] {
  return listFiles(dir, '.yml').map((file) => {
    const fail: Fail = (problem, line = '') => {
      throw new AppError(
        'RULE_INVALID',
        `agents/${basename(dirname(dir))}/${basename(dir)}/${file}${line}: ${problem}`,
      );
    };
    return { file, data: readDataFile(readFileSync(join(dir, file)), what, fail), fail };
  });
}

/**
 * What this process read already, by what it holds: the files are asked for by each analyser, command and agent, and whoever has
 * them changes nothing in them.
 */
const read = new Map<string, unknown>();

function readDataFile<T>(bytes: Buffer, { kind, schema }: DataKind<T>, fail: Fail): T {
  const name = nameParsed(kind, bytes);
  const data = (read.get(name) ?? findParsed(name) ?? parseDataFile(bytes.toString('utf8'), schema, fail)) as T;
  read.set(name, data);
  return data;
}

function parseDataFile<T>(text: string, schema: z.ZodType<T>, fail: Fail): T {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const describeLine = (offset?: number): string => (offset === undefined ? '' : `:${lines.linePos(offset).line}`);
  const [unread] = document.errors;
  if (unread) return fail(unread.message.split('\n', 1)[0] ?? '', describeLine(unread.pos[0]));
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path ?? [];
  return fail(`${path.join('.')}: ${issue?.message}`, describeLine(findOffset(document, path)));
}

/** Where a field stands, or the nearest one around it that is there. */
function findOffset(document: Document, path: readonly PropertyKey[]): number | undefined {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return undefined;
}

export function loadRules(agent: string, principles: ReadonlySet<string>, dir: string = AGENTS_DIR): Rule[] {
  return loadDataFiles(join(dir, agent, 'rules'), { kind: 'rule', schema: Rule }, principles);
}
