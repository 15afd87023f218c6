import type { SgNode } from '@ast-grep/napi';
import { type Call, type Expression, named, plainText } from '../dialect.ts';

const HARMLESS = new Set([
  'integer',
  'float',
  'true',
  'false',
  'none',
  'unary_operator',
  'not_operator',
  'comparison_operator',
]);

export function readExpression(node: SgNode): Expression {
  const kind = String(node.kind());
  if (HARMLESS.has(kind)) return { kind: 'harmless' };
  if (kind === 'string') return { kind: 'concat', parts: readString(node) };
  if (kind === 'concatenated_string') return { kind: 'concat', parts: named(node) };
  if (kind === 'identifier') return { kind: 'name', name: node.text() };
  if (['parenthesized_expression', 'await', 'list_splat', 'named_expression'].includes(kind)) {
    const inner = named(node).at(-1);
    if (inner) return { kind: 'wrapped', inner };
  }
  if (kind === 'binary_operator') return readBinary(node);
  if (kind === 'boolean_operator') {
    const [whenTrue, whenFalse] = [node.field('left'), node.field('right')];
    if (whenTrue && whenFalse) return { kind: 'choice', condition: null, whenTrue, whenFalse };
  }
  if (kind === 'conditional_expression') {
    const [whenTrue, condition, whenFalse] = named(node);
    if (whenTrue && condition && whenFalse) return { kind: 'choice', condition, whenTrue, whenFalse };
  }
  if (kind === 'attribute') {
    const object = node.field('object');
    if (object) return { kind: 'member', object, property: node.field('attribute')?.text() ?? '' };
  }
  if (kind === 'subscript') {
    const object = node.field('value');
    if (object) return { kind: 'index', object, index: node.field('subscript') };
  }
  if (kind === 'list' || kind === 'tuple' || kind === 'set') return { kind: 'list', items: named(node) };
  if (kind === 'list_comprehension' || kind === 'generator_expression') {
    const item = node.field('body') ?? named(node)[0];
    if (item) return { kind: 'each', item };
  }
  if (kind === 'call') {
    const call = readCall(node);
    if (call?.name === 'format' && call.receiver && isText(call.receiver)) {
      return formatCall(call.receiver, call);
    }
    if (call) return { kind: 'call', call };
  }
  return { kind: 'unknown' };
}

/** `'…'.format(a, name=b)`; with `*args` or `**values` it is not known what goes where. */
function formatCall(template: SgNode, { args, named: keywords }: Call): Expression {
  const open = args.some((arg) => /splat/.test(String(arg.kind())));
  return { kind: 'format', template, args, named: open ? null : keywords, style: 'braces' };
}

/** `'…' % value`, `% (a, b)`, `% {'name': a}`. */
function formatPercent(template: SgNode, right: SgNode): Expression {
  const style = 'printf' as const;
  if (right.kind() === 'tuple') return { kind: 'format', template, args: named(right), named: new Map(), style };
  if (right.kind() !== 'dictionary') return { kind: 'format', template, args: [right], named: new Map(), style };
  const pairs = named(right).flatMap((pair): [string, SgNode][] => {
    const [key, value] = [pair.field('key'), pair.field('value')];
    return key && value ? [[key.text().slice(1, -1), value]] : [];
  });
  return { kind: 'format', template, args: [], named: new Map(pairs), style };
}

function isText(node: SgNode): boolean {
  return ['string', 'concatenated_string', 'identifier', 'parenthesized_expression'].includes(String(node.kind()));
}

function readString(node: SgNode): (string | SgNode)[] {
  return node.children().flatMap((child): (string | SgNode)[] => {
    if (child.kind() === 'string_content') return [child.text()];
    if (child.kind() !== 'interpolation') return [];
    const format = child
      .children()
      .find((part) => part.kind() === 'format_specifier')
      ?.text();
    // {n:d} raises for anything but a number.
    return format && /[dfeg%]$/.test(format) ? ['0'] : named(child).slice(0, 1);
  });
}

function readBinary(node: SgNode): Expression {
  const [left, right] = [node.field('left'), node.field('right')];
  const operator = node.field('operator')?.text();
  if (!left || !right) return { kind: 'unknown' };
  if (operator === '+') return { kind: 'concat', parts: [left, right] };
  if (operator === '%') {
    return isText(left) ? formatPercent(left, right) : { kind: 'harmless' };
  }
  if (operator === '*') return { kind: 'repeat', item: isText(left) || left.kind() === 'list' ? left : right };
  return { kind: 'harmless' };
}

export function readCall(node: SgNode): Call | null {
  const fn = node.field('function');
  const list = node.field('arguments');
  if (!fn || !list) return null;
  const receiver = fn.kind() === 'attribute' ? fn.field('object') : null;
  const all = list.kind() === 'generator_expression' ? [list] : named(list);
  const keywords = all.filter((arg) => arg.kind() === 'keyword_argument');
  const entries = keywords.flatMap((arg): [string, SgNode][] => {
    const [key, value] = [arg.field('name'), arg.field('value')];
    return key && value ? [[key.text(), value]] : [];
  });
  const name = receiver ? (fn.field('attribute')?.text() ?? '') : fn.text();
  return {
    callee: plainText(fn),
    name,
    receiver,
    args: all.filter((arg) => arg.kind() !== 'keyword_argument'),
    named: new Map(entries),
  };
}
