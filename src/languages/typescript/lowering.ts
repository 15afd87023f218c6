import type { ClassForm, Export, Expression, FunctionForm, Import, Span, Statement, Type, TypeForm } from '../form.ts';
import type { Syntax } from '../syntax-node.ts';

/** What is known while one file is lowered. Files of this folder ask each other through it, so that none imports in a circle. */
export interface Lowering {
  readonly text: string;
  /** The file has no `import` and no `export`: `exports` and `module.exports` are what it gives to others. */
  readonly commonJs: boolean;
  readonly imports: Import[];
  readonly exports: Export[];
  readonly functions: FunctionForm[];
  readonly classes: ClassForm[];
  readonly types: TypeForm[];
  /** The function that is being lowered. */
  scope: Scope;
  expression(node: Syntax): Expression;
  /** As the test of a condition: `&&` and `||` stay what they are. */
  test(node: Syntax): Expression;
  /** A value that gets the name of what it is given to, if it is a function or a class. */
  named(node: Syntax, name: string, at: Span, declared?: Type | null): Expression;
  /** The statements of one block, its function declarations first. */
  statements(nodes: readonly Syntax[]): Statement[];
  function(node: Syntax, given?: Partial<GivenFunction>): number;
  class(node: Syntax, name?: string, decorators?: readonly Expression[]): number;
}

export interface Scope {
  /** Of the function. */
  id: number;
  /** How many made-up names it has. */
  made: number;
  /** Names that a `var` in an inner block declares for the whole function. */
  hoisted: Set<string>;
  /** How many blocks of it are open. */
  depth: number;
}

/** What a function is told by the place where it stands. */
export interface GivenFunction {
  name: string;
  at: Span;
  owner: number | null;
  role: FunctionForm['role'];
  decorators: readonly Expression[];
  public: boolean;
  declared: Type | null;
}

export function textOf(c: Lowering, node: Syntax): string {
  return c.text.slice(node.start, node.end);
}

/** A name that no program can write. */
export function makeName(c: Lowering): string {
  return `$${c.scope.made++}`;
}

export function hasWord(node: Syntax, word: string): boolean {
  return node.children.some((child) => child.kind === word);
}

/** Without its parentheses and what only the type checker reads. */
export function bare(node: Syntax): Syntax {
  let inner = node;
  while (
    inner.kind === 'parenthesized_expression' ||
    inner.kind === 'non_null_expression' ||
    inner.kind === 'satisfies_expression' ||
    inner.kind === 'instantiation_expression'
  ) {
    const first = inner.children.find((child) => child.named && child.kind !== 'comment');
    if (!first) break;
    inner = first;
  }
  return inner;
}

/** A body of statements: what is in a block, or the one statement. */
export function lowerBody(c: Lowering, node: Syntax | null): Statement[] {
  if (node === null) return [];
  c.scope.depth++;
  const body = c.statements(node.kind === 'statement_block' ? node.children : [node]);
  c.scope.depth--;
  return body;
}
