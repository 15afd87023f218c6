import type { ClassForm, Expression, Field, FunctionForm, Import, Span, Statement, TypeForm } from '../form.ts';
import { spanOf, TooDeep } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import type { Annotation } from './annotation.ts';

/** What is gathered of a file while it is lowered. */
export interface File {
  text: string;
  functions: FunctionForm[];
  classes: ClassForm[];
  imports: Import[];
  /** By the local name: what an import gives, with its module. */
  fullNames: Map<string, string>;
  types: TypeForm[];
  /** Names of the file that stand for `Annotated[…]`: a parameter of this type has its decorators. */
  annotated: Map<string, Annotation>;
  /** By the index of a function: names that it says to be those of the code around it. */
  outer: Map<number, string[]>;
  /** The ways back into the whole, so that the files of this folder need no circle of imports. */
  expression: (node: Syntax, scope: Scope) => Expression;
  test: (node: Syntax, scope: Scope) => Expression;
  /** The statements of a block (or of a file), whose names do not end with it. */
  statements: (block: Syntax, scope: Scope) => Statement[];
}

/** The function or class body that a piece of code stands in. */
export interface Scope {
  file: File;
  /** Its index in `functions`. */
  function: number;
  /** Set while a class body is lowered: what is assigned there are fields, and functions are methods. */
  class: ClassDraft | null;
  /** Not within an `if`, a loop and so on: what is declared here ends where the function ends. */
  direct: boolean;
  /** Names that are written otherwise in the form: `self`, and the parts that a comprehension takes its items apart into. */
  renames: ReadonlyMap<string, (span: Span) => Expression>;
  /** Of the next made-up name. */
  made: { next: number };
}

export interface ClassDraft {
  id: number;
  fields: Field[];
  methods: number[];
}

/** As in `readSyntax`. */
const DEEPEST = 1500;

export const NO_RENAMES: Scope['renames'] = new Map();

export function textOf(node: Syntax, scope: Scope): string {
  return scope.file.text.slice(node.start, node.end);
}

/** The children that say something: no keywords, marks, comments and joined lines. */
export function partsOf(node: Syntax): Syntax[] {
  return node.children.filter(isPart);
}

export function isPart(node: Syntax): boolean {
  return node.named && node.kind !== 'comment' && node.kind !== 'line_continuation';
}

export function firstPart(node: Syntax): Syntax | null {
  return node.children.find(isPart) ?? null;
}

export function makeName(scope: Scope): string {
  return `$${scope.made.next++}`;
}

/** The same function, within one of its blocks. */
export function within(scope: Scope): Scope {
  return scope.direct ? { ...scope, direct: false } : scope;
}

/**
 * What stands side by side in the text and within each other in the form is limited as everything else is.
 *
 * @throws when there is too much of it
 */
export function limitDepth(count: number): void {
  if (count > DEEPEST) throw new TooDeep();
}

/** The parts of something that the form has no word for. */
export function lowerOther(node: Syntax, scope: Scope): Expression {
  return { kind: 'other', parts: partsOf(node).map((part) => scope.file.expression(part, scope)), span: spanOf(node) };
}
