import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import { describeYamlCost } from '../../../yaml-cost.ts';
import type { Span } from '../hit.ts';

/** A value of a specification and its lines; of a member those of its key as well. */
export interface SpecNode extends Span {
  value: string | number | boolean | null;
  members: ReadonlyMap<string, SpecNode> | null;
  items: readonly SpecNode[] | null;
}

/** Anchors, aliases and tags: nobody writes more into a specification, and the parser takes the square of them. */
const LIMITS = { deep: 100, lines: 100_000, line: 1_000_000, signs: 1_000_000, marks: 1000 };

/**
 * A specification in YAML or JSON, which is YAML as well. An alias is the very node that it stands for, so that a bomb of them
 * stays as small as its text. Nothing is read from anywhere else.
 *
 * @returns what is wrong with the text, in words, where it cannot be read
 */
export function parseSpec(text: string): SpecNode | string {
  const cost = describeYamlCost(text, LIMITS);
  if (cost !== null) return cost;
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, logLevel: 'silent', version: '1.2' });
  const [error] = document.errors;
  const lineAt = (offset: number): number => lines.linePos(offset).line;
  if (error) return `it is no YAML: line ${lineAt(error.pos[0])}`;
  const anchors = new Map<string, SpecNode>();
  const build = (node: unknown, from?: number): SpecNode => {
    if (isAlias(node)) return anchors.get(node.source) ?? leaf(null, from ?? startOf(node), endOf(node));
    const start = from ?? startOf(node);
    const end = endOf(node);
    const built = isMap(node)
      ? { ...leaf(null, start, end), members: buildMembers(node.items) }
      : isSeq(node)
        ? { ...leaf(null, start, end), items: node.items.map((item) => build(item)) }
        : leaf(isScalar(node) ? toPlain(node.value) : null, start, end);
    if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined) anchors.set(node.anchor, built);
    return built;
  };
  const leaf = (value: SpecNode['value'], start: number, end: number): SpecNode => ({
    startLine: lineAt(start),
    endLine: lineAt(Math.max(start, end)),
    value,
    members: null,
    items: null,
  });
  const buildMembers = (pairs: readonly Pair[]): Map<string, SpecNode> => {
    const members = new Map<string, SpecNode>();
    for (const { key, value } of pairs) {
      const name = isScalar(key) ? String(toPlain(key.value)) : '';
      const built = build(value, startOf(key));
      if (name !== '<<') members.set(name, built);
      // What is merged in counts where the mapping does not say it itself.
      else for (const [inner, node] of built.members ?? []) if (!members.has(inner)) members.set(inner, node);
    }
    return members;
  };
  return build(document.contents);
}

function startOf(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? 0;
}

/** The last character that belongs to it: a block ends behind its line feed. */
function endOf(node: unknown): number {
  return Math.max(0, ((node as Node | null)?.range?.[1] ?? 1) - 1);
}

/** What YAML has and JSON has not, such as a large number, is not looked at. */
function toPlain(value: unknown): SpecNode['value'] {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
