import type { SgNode } from '@ast-grep/napi';
import type { Declaration, Import } from './outline.ts';

/** What a node declares. A node can declare several things: a class that is a table, too. */
export interface Declared {
  name: string;
  kind: Declaration['kind'];
  /** Where the node says it itself (a receiver, a router); else it is what stands around. */
  container?: string;
  /** Where its head ends; without one the head is its first line. */
  body?: SgNode | null;
}

/** How a kind of node declares: by its field `name`, with its field `body`, unless `read` says otherwise. */
export interface Row {
  as: Declaration['kind'];
  /** Declares only outside of functions: inside it is a local name. */
  outside?: true;
  read?: (node: SgNode) => Declared[];
}

/** All that an outline must know of a language. */
export interface OutlineLanguage {
  /** By the grammar's kind of node. */
  declarations: Readonly<Record<string, Row>>;
  /** What stands around a declaration and belongs to it: `export`, its decorators, the keyword. */
  around: ReadonlySet<string>;
  /** Siblings before a declaration that belong to it. */
  before: ReadonlySet<string>;
  /** Kinds of calls, and the field that holds what is called. */
  calls: Readonly<Record<string, string>>;
  /** Kinds that stand for a type by its name. */
  types: readonly string[];
  /** Kinds that take a member, with the fields of the object and of the member's name. */
  members: Readonly<Record<string, readonly [string, string]>>;
  /** Kinds of nodes that are a name. */
  names: readonly string[];
  /** Names that may be declared in another file without an import. */
  isExported?: (name: string) => boolean;
  imports: readonly string[];
  readImport(node: SgNode): Omit<Import, 'line' | 'endLine'>[];
}

/** The text of a string's node without its quotes; null for what is no plain string. */
export function readString(node: SgNode | null | undefined): string | null {
  const text = node?.text() ?? '';
  return /^(?<quote>["'`])(?<text>[^"'`\n]{0,200})\k<quote>$/.exec(text)?.groups?.text ?? null;
}

export function childrenOf(node: SgNode | null | undefined): SgNode[] {
  return node ? node.children().filter((child) => child.isNamed() && child.kind() !== 'comment') : [];
}

/** The text of a node, where it is short: a chain of thousands of calls is not copied for each of them. */
export function shortText(node: SgNode | null, most: number): string | null {
  if (!node) return null;
  const { start, end } = node.range();
  return end.index - start.index <= most ? node.text() : null;
}
