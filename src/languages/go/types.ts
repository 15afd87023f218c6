import type { Type } from '../form.ts';
import { childOf, namedOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { type Scope, textOf } from './scope.ts';

const PLAIN = new Set(
  'bool byte rune int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 uintptr float32 float64 complex64 complex128'.split(
    ' ',
  ),
);
/** Numbers and dates of the standard library. */
const PLAIN_THERE = new Set(['time.Time', 'time.Duration', 'time.Month', 'time.Weekday']);
/** They say nothing of a value. */
const ANYTHING = new Set(['any', 'comparable']);
/** `[]byte` is a text under another name; `[]rune` is one in pieces. */
const LETTERS = new Set(['byte', 'uint8', 'rune', 'int32']);

export function isPredeclared(name: string): boolean {
  return PLAIN.has(name) || ANYTHING.has(name) || name === 'string' || name === 'error';
}

/** Null: it says nothing of the value. */
export function lowerType(node: Syntax | null, scope: Scope): Type | null {
  if (node === null) return null;
  switch (node.kind) {
    case 'type_identifier':
    case 'identifier':
      return lowerNamed(textOf(node, scope.file), scope);
    case 'qualified_type': {
      const name = textOf(node, scope.file);
      return PLAIN_THERE.has(name) ? { kind: 'plain', name } : { kind: 'named', name, of: [] };
    }
    case 'generic_type':
      return lowerType(childOf(node, 'type'), scope);
    case 'pointer_type':
    case 'parenthesized_type':
    case 'type_elem':
    case 'type_constraint':
      return lowerType(namedOf(node)[0] ?? null, scope);
    case 'channel_type':
      return lowerType(childOf(node, 'value'), scope);
    case 'slice_type':
    case 'array_type':
    case 'implicit_length_array_type':
      return lowerListType(childOf(node, 'element'), scope);
    case 'map_type':
      return { kind: 'map', of: lowerType(childOf(node, 'value'), scope) };
    case 'function_type':
      return { kind: 'function', returns: lowerResult(childOf(node, 'result'), scope) };
    case 'struct_type':
      return lowerStruct(node, scope);
    default:
      return null;
  }
}

function lowerNamed(name: string, scope: Scope): Type | null {
  if (name === 'string') return { kind: 'text', values: null };
  if (PLAIN.has(name)) return /^u?int|^byte$|^rune$/.test(name) ? { kind: 'plain', name } : { kind: 'plain' };
  if (ANYTHING.has(name) || scope.typeParameters.has(name)) return null;
  return { kind: 'named', name, of: [] };
}

function lowerListType(element: Syntax | null, scope: Scope): Type {
  if (element?.kind === 'type_identifier' && LETTERS.has(textOf(element, scope.file)))
    return { kind: 'text', values: null };
  return { kind: 'list', of: lowerType(element, scope) };
}

export function lowerStruct(node: Syntax, scope: Scope): Extract<Type, { kind: 'record' }> {
  const names = lowerTags(node, scope);
  return { kind: 'record', fields: lowerFields(node, scope), ...(Object.keys(names).length > 0 && { names }) };
}

/** `json:"full_name,omitempty"` */
function lowerTags(struct: Syntax, scope: Scope): Record<string, string> {
  const names: [string, string][] = [];
  for (const field of listFields(struct)) {
    const tag = childOf(field, 'tag');
    const name = field.children.find((child) => child.field === 'name' && child.named);
    const written = tag === null ? '' : textOf(tag, scope.file);
    const [, said] = /\bjson:"([^",]+)/.exec(written) ?? /\b(?:form|query|uri|param):"([^",]+)/.exec(written) ?? [];
    if (name && said !== undefined) names.push([textOf(name, scope.file), said]);
  }
  return Object.fromEntries(names);
}

/** Fields with a name of their own; those of embedded structs are `listEmbedded`. */
export function lowerFields(struct: Syntax, scope: Scope): Record<string, Type> {
  const fields: Record<string, Type> = Object.create(null);
  for (const field of listFields(struct)) {
    const type = lowerBound(field, scope) ?? lowerType(childOf(field, 'type'), scope);
    for (const name of field.children)
      if (name.field === 'name' && name.named && type !== null) fields[textOf(name, scope.file)] = type;
  }
  return { ...fields };
}

/**
 * `binding:"oneof=name id"`: what gin binds is one of these, or the handler is told an error; `binding:"uuid"`: it holds nothing but letters,
 * digits and dashes. Sources: gin-gonic.com, Binding and validation; pkg.go.dev/github.com/go-playground/validator/v10.
 */
function lowerBound(field: Syntax, scope: Scope): Type | null {
  const tag = childOf(field, 'tag');
  const [, rules = ''] = /\bbinding:"([^"]+)/.exec(tag === null ? '' : textOf(tag, scope.file)) ?? [];
  // What stands behind `dive` is said of items; one of two rules need not hold.
  const [own = ''] = rules.split(/,?\bdive\b/);
  const all = own.split(',').filter((one) => !one.includes('|'));
  const words = all.find((one) => one.startsWith('oneof='))?.slice('oneof='.length);
  if (words !== undefined) return { kind: 'text', values: words.split(' ') };
  return all.some((one) => HARMLESS_BINDING.test(one)) && isText(childOf(field, 'type'), scope)
    ? { kind: 'plain' }
    : null;
}

const HARMLESS_BINDING =
  /^(?:uuid[345]?(?:_rfc4122)?|ulid|alpha|alphanum|numeric|number|boolean|hexadecimal|md5|sha256|sha512|ip|ipv4|ipv6|cidr|mac|hexcolor|e164|mongodb|iso4217|iso3166_1_alpha2)$/;

function isText(type: Syntax | null, scope: Scope): boolean {
  return type !== null && lowerType(type, scope)?.kind === 'text';
}

export function listFields(struct: Syntax): Syntax[] {
  const list = struct.children.find((child) => child.kind === 'field_declaration_list');
  return list ? list.children.filter((child) => child.kind === 'field_declaration') : [];
}

/** What a function gives: of several results a record of "0", "1", …. */
export function lowerResult(result: Syntax | null, scope: Scope): Type | null {
  if (result?.kind !== 'parameter_list') return lowerType(result, scope);
  const types: (Type | null)[] = [];
  for (const one of namedOf(result)) {
    const type = lowerType(childOf(one, 'type'), scope);
    const names = one.children.filter((child) => child.field === 'name' && child.named);
    for (let count = Math.max(names.length, 1); count > 0; count--) types.push(type);
  }
  if (types.length < 2) return types[0] ?? null;
  const fields: Record<string, Type> = {};
  types.forEach((type, index) => {
    if (type !== null) fields[index] = type;
  });
  return { kind: 'record', fields };
}
