import type { Node, RangeVar } from 'libpg-query';

/** A table's identity and its name for people. `"Order"` and `order` are two tables, `public.orders` and `orders` one. */
export interface TableName {
  key: string;
  shown: string;
  /** Without its schema. */
  own: string;
}

/** @param schema where an unqualified name is looked up: `public`, or what the file set as search_path */
export function nameTable(relation: RangeVar | undefined, schema: string): TableName {
  return nameOf([relation?.schemaname, relation?.relname], schema);
}

/** The name in a DROP, which has it as a list. */
export function nameListed(object: Node, schema: string): TableName {
  const parts = 'List' in object ? (object.List.items ?? []) : [object];
  return nameOf(parts.map(readString), schema);
}

function nameOf(parts: readonly (string | undefined)[], schema: string): TableName {
  const names = parts.filter((part) => part !== undefined);
  const own = names.at(-1) ?? '';
  return { key: JSON.stringify([names.at(-2) ?? schema, own]), shown: names.map(quote).join('.'), own };
}

export function readString(node: Node | undefined): string | undefined {
  return node && 'String' in node ? node.String.sval : undefined;
}

function quote(name: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(name) ? name : `"${name}"`;
}
