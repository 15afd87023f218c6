import type { Expression } from '../form.ts';
import { spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { lowerAttribute, lowerCall, lowerSubscript } from './access.ts';
import { lowerWalrus } from './assign.ts';
import { lowerDictionary, lowerItems, lowerSpread } from './collections.ts';
import { lowerComprehension } from './comprehension.ts';
import { lowerLambda } from './functions.ts';
import { lowerNumber, lowerString, lowerStrings } from './literals.ts';
import { lowerName } from './names.ts';
import { lowerBinary, lowerBoolean, lowerComparison, lowerNot, lowerUnary } from './operators.ts';
import { firstPart, lowerOther, partsOf, type Scope } from './scope.ts';

type Lower = (node: Syntax, scope: Scope) => Expression;

const EXPRESSIONS: ReadonlyMap<string, Lower> = new Map<string, Lower>([
  ['identifier', lowerName],
  ['attribute', lowerAttribute],
  ['subscript', lowerSubscript],
  ['call', lowerCall],
  ['string', lowerString],
  ['concatenated_string', lowerStrings],
  ['integer', lowerNumber],
  ['float', lowerNumber],
  ['true', (node) => ({ kind: 'value', value: true, span: spanOf(node) })],
  ['false', (node) => ({ kind: 'value', value: false, span: spanOf(node) })],
  ['none', (node) => ({ kind: 'value', value: null, span: spanOf(node) })],
  ['parenthesized_expression', lowerInner],
  ['type', lowerInner],
  ['list', lowerItems],
  ['tuple', lowerItems],
  ['set', lowerItems],
  ['expression_list', lowerItems],
  ['pattern_list', lowerItems],
  ['tuple_pattern', lowerItems],
  ['list_pattern', lowerItems],
  ['dictionary', lowerDictionary],
  ['list_splat', lowerSpread],
  ['list_splat_pattern', lowerSpread],
  ['dictionary_splat', lowerSpread],
  ['dictionary_splat_pattern', lowerSpread],
  ['list_comprehension', lowerComprehension],
  ['set_comprehension', lowerComprehension],
  ['dictionary_comprehension', lowerComprehension],
  ['generator_expression', lowerComprehension],
  ['binary_operator', lowerBinary],
  ['unary_operator', lowerUnary],
  ['comparison_operator', lowerComparison],
  ['boolean_operator', lowerBoolean],
  ['not_operator', lowerNot],
  ['conditional_expression', lowerConditional],
  ['lambda', lowerLambda],
  ['named_expression', lowerWalrus],
  ['await', lowerAwait],
]);

/** What the form has no word for (`yield`, `...`) is `other`, with its parts. */
export function lowerExpression(node: Syntax, scope: Scope): Expression {
  return (EXPRESSIONS.get(node.kind) ?? lowerOther)(node, scope);
}

function lowerInner(node: Syntax, scope: Scope): Expression {
  const inner = firstPart(node);
  return inner ? lowerExpression(inner, scope) : lowerOther(node, scope);
}

/** `yes if test else no` */
function lowerConditional(node: Syntax, scope: Scope): Expression {
  const [yes, test, no] = partsOf(node);
  if (!yes || !test || !no) return lowerOther(node, scope);
  return {
    kind: 'choice',
    test: scope.file.test(test, scope),
    yes: lowerExpression(yes, scope),
    no: lowerExpression(no, scope),
    span: spanOf(node),
  };
}

function lowerAwait(node: Syntax, scope: Scope): Expression {
  return { kind: 'await', of: lowerInner(node, scope), span: spanOf(node) };
}
