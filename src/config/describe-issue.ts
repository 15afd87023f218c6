import { type Document, isPair, type LineCounter } from 'yaml';
import type { z } from 'zod';

const KINDS: Record<string, string> = {
  array: 'a list, such as `["src/**"]`',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
  string: 'a text',
};

/** What is wrong with a setting, in the words of who wrote the file: zod's own name types of a programming language. */
export function wordIssue(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `there is no setting ${issue.keys.map((key) => JSON.stringify(key)).join(', ')} here`;
    case 'invalid_type':
      if (issue.input === undefined) return 'missing';
      return `must be ${KINDS[issue.expected] ?? 'a mapping: lines of `name: value`'}`;
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_union':
      return oneOf(issue.errors.flat().flatMap((inner) => (inner.code === 'invalid_value' ? inner.values : [])));
    case 'too_small':
      return issue.origin === 'number' ? `must be ${issue.minimum} or more` : 'is too short';
    case 'too_big':
      return issue.origin === 'number' ? `must be ${issue.maximum} or less` : `is too long: ${issue.maximum} at most`;
    default:
      return undefined;
  }
}

function oneOf(values: readonly z.core.util.Primitive[]): string {
  return `must be one of ${values.map(String).join(', ')}`;
}

/** `line: setting: problem`, the line being that of the setting itself and not of another one with the same name. */
export function placeIssue(issue: z.core.$ZodIssue, document: Document, lines: LineCounter): string {
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] as string] : issue.path;
  const where = issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
  return `${lineOf(path, document, lines)}: ${where}${issue.message}`;
}

function lineOf(path: readonly PropertyKey[], document: Document, lines: LineCounter): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const items = (parent as { items?: unknown[] } | null)?.items ?? [];
    const pair = items.find((item) => isPair(item) && String(item.key) === String(key));
    const node = (isPair(pair) ? pair.key : items[Number(key)]) as { range?: [number] } | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
