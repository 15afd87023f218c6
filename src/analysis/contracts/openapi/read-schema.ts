import type { SpecNode } from './parse-spec.ts';
import { resolveRef } from './resolve-ref.ts';

/** What a schema says of a value, with what its `allOf` adds. */
export interface Schema {
  /** JSON's types, with `null` where it may be that; null: any, or it is not said. */
  types: ReadonlySet<string> | null;
  typeNode: SpecNode | null;
  /** What says that it may be null. */
  nullNode: SpecNode | null;
  format: string | null;
  values: ReadonlyMap<string, SpecNode> | null;
  properties: ReadonlyMap<string, SpecNode>;
  required: ReadonlyMap<string, SpecNode>;
  items: SpecNode | null;
  /** Schema of further members; null: none is given. */
  others: SpecNode | null;
  /** Members that are not named are refused. */
  closed: boolean;
  /** `oneOf` or `anyOf`. */
  variants: readonly SpecNode[] | null;
  limits: ReadonlyMap<string, SpecNode>;
  /** It points outside the text, or is too deep: nothing is known of it. */
  opaque: boolean;
}

const LIMITS = ['maxLength', 'minLength', 'maximum', 'minimum', 'maxItems', 'minItems'];
const MOST_DEEP = 12;
/** Parts of one schema by `allOf`. */
const MOST_PARTS = 500;

export function readSchema(root: SpecNode, node: SpecNode, unwrapped = 0): Schema {
  let parts = 0;
  const schema = {
    types: null as Set<string> | null,
    typeNode: null as SpecNode | null,
    nullNode: null as SpecNode | null,
    format: null as string | null,
    values: null as Map<string, SpecNode> | null,
    properties: new Map<string, SpecNode>(),
    required: new Map<string, SpecNode>(),
    items: null as SpecNode | null,
    others: null as SpecNode | null,
    closed: false,
    variants: null as readonly SpecNode[] | null,
    limits: new Map<string, SpecNode>(),
    opaque: false,
  };
  const add = (given: SpecNode, deep: number): void => {
    const { node: own, outside } = resolveRef(root, given);
    const { members } = own;
    if (outside !== null || deep > MOST_DEEP || ++parts > MOST_PARTS) schema.opaque = true;
    if (schema.opaque || !members) return;
    for (const part of members.get('allOf')?.items ?? []) add(part, deep + 1);
    const type = members.get('type');
    const types = type?.items ? type.items.map(({ value }) => String(value)) : type?.value ? [String(type.value)] : [];
    if (types.length > 0) {
      const nullable = [members.get('nullable'), members.get('x-nullable')].find((one) => one?.value === true);
      if (nullable) types.push('null');
      schema.nullNode = nullable ?? type?.items?.find(({ value }) => value === 'null') ?? null;
      schema.types = new Set(types);
      schema.typeNode = type ?? null;
    }
    const format = members.get('format')?.value;
    if (typeof format === 'string') schema.format = format;
    const constant = members.get('const');
    const values = members.get('enum')?.items ?? (constant ? [constant] : null);
    if (values) schema.values = new Map(values.map((item) => [String(item.value), item]));
    for (const [name, property] of members.get('properties')?.members ?? []) schema.properties.set(name, property);
    for (const item of members.get('required')?.items ?? []) schema.required.set(String(item.value), item);
    schema.items = members.get('items') ?? schema.items;
    const others = members.get('additionalProperties');
    if (others?.value === false) schema.closed = true;
    else if (others?.members) schema.others = others;
    schema.variants = (members.get('oneOf') ?? members.get('anyOf'))?.items ?? schema.variants;
    for (const name of LIMITS) {
      const limit = members.get(name);
      if (limit) schema.limits.set(name, limit);
    }
  };
  add(node, 0);
  return unwrapped > 3 ? schema : unwrapNullable(root, schema, unwrapped);
}

/** `anyOf: [X, {type: null}]` is X that may be null: what generators of OpenAPI 3.1 write for every optional value. */
function unwrapNullable(root: SpecNode, schema: Schema, unwrapped: number): Schema {
  const { variants } = schema;
  if (variants?.length !== 2 || schema.types) return schema;
  const isNull = (one: SpecNode): boolean => one.members?.get('type')?.value === 'null';
  const [first, second] = variants;
  const other = first && isNull(first) ? second : second && isNull(second) ? first : undefined;
  if (!other || isNull(other)) return schema;
  const inner = readSchema(root, other, unwrapped + 1);
  return {
    ...inner,
    nullNode: first === other ? (second ?? null) : (first ?? null),
    types: inner.types && new Set([...inner.types, 'null']),
  };
}
