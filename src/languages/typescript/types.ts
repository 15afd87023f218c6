import type { Type } from '../form.ts';
import { childOf, namedOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { cookedText } from './literals.ts';
import { type Lowering, textOf } from './lowering.ts';
import { keyText } from './objects.ts';

const TEXT: Type = { kind: 'text', values: null };
const PLAIN: Type = { kind: 'plain' };

const PREDEFINED: Readonly<Record<string, Type>> = { string: TEXT, number: PLAIN, boolean: PLAIN, symbol: PLAIN };
/** Types of the language that carry no text of anybody, or are what they hold. */
const KNOWN = new Map<string, Type>([
  ['Date', PLAIN],
  ['Number', PLAIN],
  ['Boolean', PLAIN],
  ['bigint', PLAIN],
  ['String', TEXT],
]);
const IS_WHAT_IT_HOLDS = new Set([
  'Promise',
  'PromiseLike',
  'Awaited',
  'Readonly',
  'Partial',
  'Required',
  'NonNullable',
]);
const IS_LIST = new Set(['Array', 'ReadonlyArray', 'Iterable', 'AsyncIterable', 'IterableIterator']);

/** Null: it says nothing that matters here (`any`, `unknown`, a conditional type). */
export function lowerType(c: Lowering, node: Syntax): Type | null {
  switch (node.kind) {
    case 'predefined_type':
      return PREDEFINED[textOf(c, node)] ?? null;
    case 'type_identifier':
    case 'identifier':
    case 'nested_type_identifier':
    case 'nested_identifier':
    case 'member_expression':
      return lowerNamedType(c, node, []);
    case 'generic_type':
      return lowerGeneric(c, node);
    case 'array_type':
      return { kind: 'list', of: lowerFirst(c, node) };
    case 'tuple_type':
      return { kind: 'list', of: unionOf(c, namedOf(node)) };
    case 'union_type':
      return unionOf(c, namedOf(node));
    case 'intersection_type':
      return lowerIntersection(c, node);
    case 'literal_type':
      return lowerLiteral(c, node);
    case 'template_literal_type':
      return TEXT;
    case 'type_predicate':
      return PLAIN;
    case 'type_query':
      return { kind: 'named', name: textOf(c, node), of: [] };
    case 'object_type':
      return lowerRecord(c, node);
    case 'function_type':
      return { kind: 'function', returns: lowerReturns(c, node) };
    case 'constructor_type':
      return { kind: 'function', returns: null };
    case 'parenthesized_type':
    case 'readonly_type':
    case 'optional_type':
    case 'rest_type':
    case 'type_annotation':
    case 'required_parameter':
    case 'optional_parameter':
      return lowerFirst(c, node);
    default:
      return null;
  }
}

function lowerFirst(c: Lowering, node: Syntax): Type | null {
  const [inner] = namedOf(node).slice(-1);
  return inner ? lowerType(c, inner) : null;
}

/** The declared type of a variable, parameter or field. */
export function lowerTyped(c: Lowering, node: Syntax): Type | null {
  const type = childOf(node, 'type');
  return type && lowerType(c, type);
}

export function lowerReturns(c: Lowering, node: Syntax): Type | null {
  const type = childOf(node, 'return_type');
  if (type?.kind === 'type_predicate_annotation') return PLAIN;
  return type && lowerType(c, type);
}

function lowerNamedType(c: Lowering, node: Syntax, of: readonly Type[]): Type | null {
  const name = textOf(c, node);
  if (IS_WHAT_IT_HOLDS.has(name) || name === 'undefined') return null;
  if (IS_LIST.has(name)) return { kind: 'list', of: null };
  return KNOWN.get(name) ?? { kind: 'named', name, of };
}

function lowerGeneric(c: Lowering, node: Syntax): Type | null {
  const [named, given] = namedOf(node);
  if (!named) return null;
  const name = textOf(c, named);
  const types = given ? namedOf(given).map((one) => lowerType(c, one)) : [];
  if (IS_WHAT_IT_HOLDS.has(name)) return types[0] ?? null;
  if (IS_LIST.has(name)) return { kind: 'list', of: types[0] ?? null };
  if (name === 'Record') return { kind: 'map', of: types[1] ?? null };
  return lowerNamedType(
    c,
    named,
    types.filter((type) => type !== null),
  );
}

function lowerLiteral(c: Lowering, node: Syntax): Type | null {
  const [inner] = namedOf(node);
  if (inner?.kind === 'string') return { kind: 'text', values: [cookedText(c, inner)] };
  return isNothing(node) ? null : PLAIN;
}

/** `null` and `undefined` are left out of a union. */
function isNothing(node: Syntax): boolean {
  return node.kind === 'literal_type' && /^(?:null|undefined)$/.test(node.children[0]?.kind ?? '');
}

/** One that is not known makes the whole not known: it may be anything. */
function unionOf(c: Lowering, nodes: readonly Syntax[]): Type | null {
  const types = membersOf(nodes).map((node) => lowerType(c, node));
  const known = types.filter((type) => type !== null);
  const [first] = known;
  if (!first || known.length < types.length) return null;
  if (known.every((type) => type.kind === 'plain')) return PLAIN;
  if (!known.every((type) => type.kind === 'text')) return known.length === 1 ? first : { kind: 'union', of: known };
  const values = known.map((type) => type.values);
  return { kind: 'text', values: values.includes(null) ? null : values.flatMap((some) => some ?? []) };
}

/** `a | b | c` is nested to the left, as deep as it is long. */
function membersOf(nodes: readonly Syntax[]): Syntax[] {
  const members: Syntax[] = [];
  const open = [...nodes].reverse();
  for (let node = open.pop(); node; node = open.pop())
    if (node.kind === 'union_type') open.push(...namedOf(node).reverse());
    else if (!isNothing(node)) members.push(node);
  return members;
}

/** Fields of either may be asked for. */
function lowerIntersection(c: Lowering, node: Syntax): Type | null {
  const known = namedOf(node)
    .map((one) => lowerType(c, one))
    .filter((type) => type !== null);
  return known.length < 2 ? (known[0] ?? null) : { kind: 'union', of: known };
}

/** An object's fields; a map where only the type of its keys is said. */
export function lowerRecord(c: Lowering, node: Syntax): Type | null {
  const fields: [string, Type][] = [];
  let other: { of: Type | null } | null = null;
  let called: Type | null = null;
  for (const member of namedOf(node)) {
    const name = childOf(member, 'name');
    if (member.kind === 'index_signature') other = { of: lowerTyped(c, member) };
    else if (member.kind === 'call_signature') called = { kind: 'function', returns: lowerReturns(c, member) };
    else if (name) {
      const type: Type | null =
        member.kind === 'method_signature'
          ? { kind: 'function', returns: lowerReturns(c, member) }
          : lowerTyped(c, member);
      if (type) fields.push([keyText(c, name) ?? textOf(c, name), type]);
    }
  }
  if (fields.length > 0) return { kind: 'record', fields: Object.fromEntries(fields) };
  if (other) return { kind: 'map', of: other.of };
  return called ?? { kind: 'record', fields: {} };
}
