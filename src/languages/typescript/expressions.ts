import type { Expression, Span, Type } from '../form.ts';
import { childOf, namedOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { lowerAssignmentValue } from './assignments.ts';
import { lowerCall, lowerMember, lowerMeta, lowerName, lowerNew, lowerSubscript } from './calls.ts';
import { lowerElement } from './jsx.ts';
import { lowerNumber, lowerPattern, lowerTemplate, lowerText } from './literals.ts';
import { bare, type Lowering } from './lowering.ts';
import { lowerArray, lowerObject } from './objects.ts';
import { lowerBinary, lowerTernary, lowerUnary } from './operators.ts';
import { lowerType } from './types.ts';

type Lower = (c: Lowering, node: Syntax) => Expression;

function lowerParts(c: Lowering, node: Syntax): Expression {
  return { kind: 'other', parts: valuesOf(node).map((one) => c.expression(one)), span: spanOf(node) };
}

/** Children that are no types: those say nothing that runs. */
function valuesOf(node: Syntax): Syntax[] {
  return namedOf(node).filter(
    ({ kind }) =>
      !/_type$|^type_|_annotation$|^(?:predefined_type|type_arguments|label|statement_identifier)$/.test(kind),
  );
}

const lowerThis: Lower = (_, node) => ({ kind: 'name', name: 'this', span: spanOf(node) });

function lowerWrapped(wrap: (of: Expression, node: Syntax, c: Lowering) => Expression): Lower {
  return (c, node) => {
    const [inner] = valuesOf(node);
    return inner ? wrap(c.expression(inner), node, c) : { kind: 'other', parts: [], span: spanOf(node) };
  };
}

/** `x as const` says nothing of a type that we have. */
const lowerCast: Lower = (c, node) => {
  const children = namedOf(node);
  const isBefore = node.kind === 'type_assertion';
  const inner = children[isBefore ? children.length - 1 : 0];
  if (!inner) return lowerParts(c, node);
  const of = c.expression(inner);
  const written = isBefore ? children[0] && namedOf(children[0])[0] : children[1];
  return written ? { kind: 'cast', of, type: lowerType(c, written), span: spanOf(node) } : of;
};

/** `(0, x.f)` is what compilers write for `x.f`; otherwise what stands before the last one runs as well. */
const lowerSequence: Lower = (c, node) => {
  const values = namedOf(node);
  const last = values.at(-1);
  return values.length === 2 && values[0]?.kind === 'number' && last ? c.expression(last) : lowerParts(c, node);
};

const lowerFunctionValue: Lower = (c, node) => ({ kind: 'function', id: c.function(node), span: spanOf(node) });

const LOWER: Readonly<Record<string, Lower>> = {
  identifier: lowerName,
  property_identifier: lowerName,
  private_property_identifier: lowerName,
  shorthand_property_identifier: lowerName,
  undefined: (_, node) => ({ kind: 'value', value: null, span: spanOf(node) }),
  null: (_, node) => ({ kind: 'value', value: null, span: spanOf(node) }),
  true: (_, node) => ({ kind: 'value', value: true, span: spanOf(node) }),
  false: (_, node) => ({ kind: 'value', value: false, span: spanOf(node) }),
  this: lowerThis,
  super: lowerName,
  import: lowerName,
  number: lowerNumber,
  string: lowerText,
  template_string: lowerTemplate,
  regex: lowerPattern,
  member_expression: lowerMember,
  nested_identifier: lowerMember,
  subscript_expression: lowerSubscript,
  call_expression: lowerCall,
  new_expression: lowerNew,
  meta_property: lowerMeta,
  await_expression: lowerWrapped((of, node) => ({ kind: 'await', of, span: spanOf(node) })),
  spread_element: lowerWrapped((of, node) => ({ kind: 'spread', of, span: spanOf(node) })),
  arrow_function: lowerFunctionValue,
  function_expression: lowerFunctionValue,
  generator_function: lowerFunctionValue,
  class: (c, node) => ({ kind: 'class', id: c.class(node), span: spanOf(node) }),
  object: lowerObject,
  array: lowerArray,
  assignment_expression: lowerAssignmentValue,
  augmented_assignment_expression: lowerAssignmentValue,
  update_expression: lowerAssignmentValue,
  unary_expression: lowerUnary,
  binary_expression: lowerBinary,
  ternary_expression: lowerTernary,
  as_expression: lowerCast,
  type_assertion: lowerCast,
  sequence_expression: lowerSequence,
  jsx_element: lowerElement,
  jsx_self_closing_element: lowerElement,
};

export function lowerExpression(c: Lowering, given: Syntax): Expression {
  const node = bare(given);
  return liftAwait((LOWER[node.kind] ?? lowerParts)(c, node), node);
}

const CHAINED: ReadonlySet<string> = new Set(['call_expression', 'member_expression', 'subscript_expression']);

/**
 * The grammar reads `await db<Row>(TABLE).del()` as `(await db)<Row>(TABLE).del()`. Where no parentheses stand, all of the chain is
 * waited for.
 */
function liftAwait(one: Expression, { kind, children: [first] }: Syntax): Expression {
  if (!CHAINED.has(kind) || !first || !(first.kind === 'await_expression' || CHAINED.has(first.kind))) return one;
  const { span } = one;
  const from = (start: number): Span => [start, span[1]];
  if (one.kind === 'tagged' && one.tag.kind === 'await') {
    const { of: tag } = one.tag;
    return { kind: 'await', of: { ...one, tag, span: from(tag.span[0]) }, span };
  }
  if ((one.kind !== 'call' && one.kind !== 'field' && one.kind !== 'index') || one.of.kind !== 'await') return one;
  const { of } = one.of;
  return { kind: 'await', of: { ...one, of, span: from(of.span[0]) }, span };
}

/** A function or class that has no name of its own is called after what it is given to. */
export function lowerNamed(
  c: Lowering,
  given: Syntax,
  name: string,
  at: readonly [number, number],
  declared: Type | null = null,
): Expression {
  const node = bare(given);
  const isNameless = childOf(node, 'name') === null;
  if (isNameless && /^(?:arrow_function|function_expression|generator_function)$/.test(node.kind))
    return { kind: 'function', id: c.function(node, { name, at, declared }), span: spanOf(node) };
  if (isNameless && node.kind === 'class') return { kind: 'class', id: c.class(node, name), span: spanOf(node) };
  return lowerExpression(c, node);
}
