import type { SgNode } from '@ast-grep/napi';
import { type Call, type Expression, named, plainText } from '../dialect.ts';
import { SAFE_TYPE } from './go-types.ts';

const HARMLESS = new Set(['int_literal', 'float_literal', 'rune_literal', 'true', 'false', 'nil', 'iota']);
export function readExpression(node: SgNode): Expression {
  const kind = String(node.kind());
  if (HARMLESS.has(kind)) return { kind: 'harmless' };
  if (kind === 'interpreted_string_literal' || kind === 'raw_string_literal')
    return { kind: 'text', text: node.text().slice(1, -1) };
  if (kind === 'identifier') return { kind: 'name', name: node.text() };
  if (kind === 'parenthesized_expression' || kind === 'variadic_argument' || kind === 'literal_element') {
    const inner = named(node)[0];
    if (inner) return { kind: 'wrapped', inner };
  }
  if (kind === 'binary_expression') {
    const [left, right] = [node.field('left'), node.field('right')];
    if (left && right && node.field('operator')?.text() === '+') return { kind: 'concat', parts: [left, right] };
    return { kind: 'harmless' };
  }
  if (kind === 'selector_expression') {
    const object = node.field('operand');
    if (object) return { kind: 'member', object, property: node.field('field')?.text() ?? '' };
  }
  if (kind === 'index_expression') {
    const object = node.field('operand');
    if (object) return { kind: 'index', object, index: node.field('index') };
  }
  if (kind === 'slice_expression' || kind === 'unary_expression' || kind === 'type_assertion_expression') {
    const inner = node.field('operand');
    if (inner) return { kind: 'wrapped', inner };
  }
  if (kind === 'composite_literal') {
    const body = node.field('body');
    if (body && node.field('type')?.kind() === 'slice_type') return { kind: 'list', items: named(body) };
  }
  if (kind === 'call_expression') {
    const call = readCall(node);
    const [template, ...args] = call?.args ?? [];
    if (call && template && (call.callee === 'fmt.Sprintf' || call.callee === 'fmt.Errorf'))
      return { kind: 'format', template, args, named: new Map(), style: 'printf' };
    if (call?.callee === 'fmt.Fprintf' && args[0])
      return { kind: 'format', template: args[0], args: args.slice(1), named: new Map(), style: 'printf' };
    if (call?.callee === 'fmt.Fprint') return { kind: 'concat', parts: args };
    if (call?.callee === 'fmt.Sprint') return { kind: 'concat', parts: call.args };
    if (call?.callee === 'strings.Repeat' && template) return { kind: 'repeat', item: template };
    if (call) return { kind: 'call', call };
  }
  if (kind === 'type_conversion_expression') {
    const inner = node.field('operand');
    if (SAFE_TYPE.test(node.field('type')?.text() ?? '')) return { kind: 'harmless' };
    if (inner) return { kind: 'wrapped', inner };
  }
  return { kind: 'unknown' };
}

export function readCall(node: SgNode): Call | null {
  const fn = node.field('function');
  const list = node.field('arguments');
  if (!fn || !list) return null;
  const receiver = fn.kind() === 'selector_expression' ? fn.field('operand') : null;
  const name = receiver ? (fn.field('field')?.text() ?? '') : fn.text();
  return { callee: plainText(fn), name, receiver, args: named(list), named: new Map() };
}
