import type { Syntax } from '../syntax-node.ts';

/**
 * The grammar binds the `!` of `a && b!.c` to all that stands before it: `((a && b)!).c`, and of `!a!.b` it makes `((!a)!).b`
 * (tree-sitter-typescript, tried with 0.23). TypeScript binds it to the name (`b!`), as it does with `.c`. This puts the operands
 * right, and what follows from them: in `a && b!.c === d` the comparison is the right side of `&&`.
 */
export function bindNonNull(node: Syntax): Syntax {
  const chain = unfold(node);
  return chain.misbound ? { ...fold(chain), field: node.field } : node;
}

/** Whether the grammar has bound a `!` to more than its operand. */
export function isMisbound({ kind, children: [first] }: Syntax): boolean {
  return kind === 'non_null_expression' && first !== undefined && OPERATIONS.has(first.kind);
}

const OPERATIONS: ReadonlySet<string> = new Set(['binary_expression', 'unary_expression']);

/** What stands behind its operand, by the field of the operand. */
const BEHIND: Readonly<Record<string, string | null>> = {
  member_expression: 'object',
  subscript_expression: 'object',
  call_expression: 'function',
  update_expression: 'argument',
};

/** An operand with the signs before it: `!`, `typeof`. */
interface Operand {
  before: Syntax[];
  node: Syntax;
}

/** Operands, and the operators between them: one fewer. */
interface Chain {
  operands: Operand[];
  operators: Syntax[];
  misbound: boolean;
}

function unfold(node: Syntax): Chain {
  if (node.kind === 'binary_expression') return unfoldBinary(node);
  if (node.kind === 'unary_expression') return unfoldUnary(node);
  const at = placeOfOperand(node);
  if (at === -1) {
    bindChildren(node, -1);
    return { operands: [{ before: [], node }], operators: [], misbound: false };
  }
  const chain = unfold(node.children[at] as Syntax);
  bindChildren(node, at);
  if (!isMisbound(node) && !chain.misbound) return { operands: [{ before: [], node }], operators: [], misbound: false };
  const last = chain.operands.at(-1) as Operand;
  const operand = { ...last.node, field: node.children[at]?.field ?? null };
  last.node = { ...node, start: operand.start, children: node.children.with(at, operand) };
  chain.misbound = true;
  return chain;
}

function unfoldBinary(node: Syntax): Chain {
  const [left, operator, right] = ['left', 'operator', 'right'].map((field) =>
    node.children.find((child) => child.field === field),
  );
  if (!left || !operator || !right) return { operands: [{ before: [], node }], operators: [], misbound: false };
  const chain = unfold(left);
  const rest = unfold(right);
  chain.operators.push(operator, ...rest.operators);
  chain.operands.push(...rest.operands);
  chain.misbound ||= rest.misbound;
  return chain;
}

function unfoldUnary(node: Syntax): Chain {
  const argument = node.children.find(({ field }) => field === 'argument');
  const sign = node.children.find(({ field }) => field === 'operator');
  if (!argument || !sign) return { operands: [{ before: [], node }], operators: [], misbound: false };
  const chain = unfold(argument);
  chain.operands[0]?.before.unshift(sign);
  return chain;
}

/** Where the operand of `b!`, `b.c`, `b[c]`, `b(c)`, `b++` stands among the children; -1: it is none of them. */
function placeOfOperand({ kind, children }: Syntax): number {
  if (kind === 'non_null_expression') return 0;
  const field = BEHIND[kind];
  const at = field === undefined ? -1 : children.findIndex((child) => child.field === field);
  // `++b`
  return kind === 'update_expression' && at !== 0 ? -1 : at;
}

function bindChildren(node: Syntax, except: number): void {
  const children = node.children as Syntax[];
  for (const [at, child] of children.entries()) if (at !== except) children[at] = bindNonNull(child);
}

/** Source: ECMAScript, "Expressions"; what binds more tightly stands first. */
const TIGHTNESS = [
  ['**'],
  ['*', '/', '%'],
  ['+', '-'],
  ['<<', '>>', '>>>'],
  ['<', '<=', '>', '>=', 'in', 'instanceof'],
  ['==', '!=', '===', '!=='],
  ['&'],
  ['^'],
  ['|'],
  ['&&'],
  ['||', '??'],
];
const LOOSENESS = new Map(TIGHTNESS.flatMap((operators, at) => operators.map((one) => [one, at] as const)));

function loosenessOf(operator: Syntax | undefined): number {
  return LOOSENESS.get(operator?.kind ?? '') ?? TIGHTNESS.length;
}

function fold({ operands, operators }: Chain): Syntax {
  const done: Syntax[] = [];
  const waiting: Syntax[] = [];
  const join = (): void => {
    const right = done.pop() as Syntax;
    const left = done.pop() as Syntax;
    const operator = waiting.pop() as Syntax;
    done.push({
      kind: 'binary_expression',
      field: null,
      named: true,
      start: left.start,
      end: right.end,
      children: [{ ...left, field: 'left' }, operator, { ...right, field: 'right' }],
    });
  };
  for (const [at, operand] of operands.entries()) {
    const operator = operators[at - 1];
    if (operator) {
      while (waiting.length > 0 && loosenessOf(waiting.at(-1)) <= loosenessOf(operator) && operator.kind !== '**')
        join();
      waiting.push(operator);
    }
    done.push(withSigns(operand));
  }
  while (waiting.length > 0) join();
  return done[0] as Syntax;
}

function withSigns({ before, node }: Operand): Syntax {
  return before.reduceRight<Syntax>(
    (inner, sign) => ({
      kind: 'unary_expression',
      field: null,
      named: true,
      start: sign.start,
      end: inner.end,
      children: [sign, { ...inner, field: 'argument' }],
    }),
    node,
  );
}
