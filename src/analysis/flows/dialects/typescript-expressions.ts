import type { SgNode } from '@ast-grep/napi';
import { type Call, type Expression, named, plainText } from '../dialect.ts';

const HARMLESS = new Set([
  'number',
  'true',
  'false',
  'null',
  'undefined',
  'regex',
  'unary_expression',
  'update_expression',
]);
const WRAPPERS = new Set([
  'parenthesized_expression',
  'await_expression',
  'as_expression',
  'satisfies_expression',
  'non_null_expression',
  'type_assertion',
  'spread_element',
]);
export function readExpression(node: SgNode): Expression {
  const kind = String(node.kind());
  if (HARMLESS.has(kind)) return { kind: 'harmless' };
  if (WRAPPERS.has(kind)) return wrap(kind === 'type_assertion' ? named(node).at(-1) : named(node)[0]);
  if (kind === 'string') return { kind: 'text', text: unquote(node.text()) };
  if (kind === 'template_string') return { kind: 'concat', parts: readTemplate(node) };
  if (kind === 'identifier') return { kind: 'name', name: node.text() };
  if (kind === 'binary_expression') return readBinary(node);
  if (kind === 'ternary_expression') {
    const [whenTrue, whenFalse] = [node.field('consequence'), node.field('alternative')];
    if (whenTrue && whenFalse) return { kind: 'choice', condition: node.field('condition'), whenTrue, whenFalse };
  }
  if (kind === 'member_expression') {
    const object = node.field('object');
    if (object) return { kind: 'member', object, property: node.field('property')?.text() ?? '' };
  }
  if (kind === 'subscript_expression') {
    const object = node.field('object');
    if (object) return { kind: 'index', object, index: node.field('index') };
  }
  if (kind === 'array') return { kind: 'list', items: named(node) };
  if (kind === 'call_expression' || kind === 'new_expression') {
    const call = readCall(node);
    if (call) return { kind: 'call', call };
  }
  return { kind: 'unknown' };
}

function wrap(inner: SgNode | undefined): Expression {
  return inner ? { kind: 'wrapped', inner } : { kind: 'unknown' };
}

function readBinary(node: SgNode): Expression {
  const [left, right] = [node.field('left'), node.field('right')];
  const operator = node.field('operator')?.text();
  if (!left || !right) return { kind: 'unknown' };
  if (operator === '+') return { kind: 'concat', parts: [left, right] };
  if (operator === '??' || operator === '||' || operator === '&&') {
    return { kind: 'choice', condition: null, whenTrue: left, whenFalse: right };
  }
  return { kind: 'harmless' };
}

function readTemplate(node: SgNode): (string | SgNode)[] {
  return node.children().flatMap((child): (string | SgNode)[] => {
    if (child.kind() === 'template_substitution') return named(child).slice(0, 1);
    return child.kind() === 'string_fragment' || child.kind() === 'escape_sequence' ? [child.text()] : [];
  });
}

export function unquote(text: string): string {
  return text
    .slice(1, -1)
    .replace(/\\n/g, '\n')
    .replace(/\\(['"`\\])/g, '$1');
}

export function readCall(node: SgNode): Call | null {
  const fn = node.field('function') ?? node.field('constructor');
  if (!fn) return null;
  const args = node.field('arguments');
  // sql`…`: the arguments are a template string. A tag decides what becomes of the holes, so it is a call without arguments.
  const list = args && args.kind() !== 'template_string' ? named(args) : [];
  const receiver = fn.kind() === 'member_expression' ? fn.field('object') : null;
  const name = receiver ? (fn.field('property')?.text() ?? '') : fn.text();
  const options = list.filter((arg) => arg.kind() === 'object').flatMap(named);
  const entries = options.flatMap((pair): [string, SgNode][] => {
    const [key, value] = [pair.field('key'), pair.field('value')];
    return key && value ? [[key.text(), value]] : [];
  });
  return { callee: plainText(fn), name, receiver, args: list, named: new Map(entries) };
}
