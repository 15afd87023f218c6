import type { SgNode } from '@ast-grep/napi';

/** What a name, a field or an expression stands for, one step further. */
export type Meaning =
  /** A module, or something that a module exports. */
  | { kind: 'module'; name: string }
  /** What this expression gives. */
  | { kind: 'value'; node: SgNode }
  /** An instance of this type. */
  | { kind: 'instance'; type: SgNode }
  /** A field of what this expression gives, taken out by destructuring. */
  | { kind: 'field'; of: Meaning; name: string }
  /** A class, struct or interface that is declared here. */
  | { kind: 'shape'; node: SgNode }
  /** Declared here, but as what is not to be seen: a parameter without a type, a local function. */
  | { kind: 'unknown' };

/** An expression or a type, in words that the three languages share. */
export type Step =
  | { kind: 'name'; name: string }
  | { kind: 'member'; object: SgNode; name: string }
  | { kind: 'call'; callee: SgNode }
  | { kind: 'inner'; node: SgNode }
  | { kind: 'self' }
  | { kind: 'shape'; node: SgNode }
  | { kind: 'module'; name: string }
  | { kind: 'text'; text: string }
  | { kind: 'unknown' };

export interface Declaration {
  name: string;
  meaning: Meaning;
  /** The node in which the name holds. */
  scope: SgNode;
  /** Gives a value to a name that is declared elsewhere. */
  assigns?: true;
}

/** All that resolving a name must know of a language: pure functions of syntax nodes. */
export interface NameReader {
  /** An ast-grep rule that finds every node which `readDeclarations` understands. */
  declarations: Record<string, unknown>;
  readDeclarations(node: SgNode): Declaration[];
  readStep(node: SgNode): Step;
  /** What a field of a class, struct or interface holds; null where its text does not say. */
  readField(shape: SgNode, name: string): Meaning | null;
  /** Kinds of nodes that `this` or `self` stands for. */
  classKinds: readonly string[];
}

export function named(node: SgNode | null): SgNode[] {
  return node ? node.children().filter((child) => child.isNamed() && child.kind() !== 'comment') : [];
}

/** The nearest node around a node that is of one of these kinds; the root where there is none. */
export function findScope(node: SgNode, kinds: ReadonlySet<string>): SgNode {
  // To ask each of them for its parent would look through all that stands before it, once a step.
  const around = node.ancestors();
  return around.find((one) => kinds.has(String(one.kind()))) ?? around.at(-1) ?? node;
}
