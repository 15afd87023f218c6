/** What types of the three languages are in GraphQL. Source: docs.nestjs.com/graphql, strawberry.rocks/docs/types/scalars. */
const SCALARS: Readonly<Record<string, string>> = {
  string: 'String',
  String: 'String',
  str: 'String',
  number: 'Float',
  Number: 'Float',
  float: 'Float',
  Float: 'Float',
  int: 'Int',
  Int: 'Int',
  boolean: 'Boolean',
  Boolean: 'Boolean',
  bool: 'Boolean',
  ID: 'ID',
};

/** Null: it is not known, or has parts. */
export function typeNameOf(written: string): string | null {
  const list = /^\[(\w+)\]$|^(\w+)\[\]$|^(?:list|List)\[(.+)\]$/.exec(written);
  if (list) {
    const inner = typeNameOf(list[1] ?? list[2] ?? list[3] ?? '');
    return inner === null ? null : `[${inner}!]`;
  }
  const name = written.replace(/^(?:\w+\.)+/, '');
  return Object.hasOwn(SCALARS, name) ? (SCALARS[name] ?? null) : /^[A-Z]\w*$/.test(name) ? name : null;
}

/** It has no fields of its own. */
export function isLeaf(name: string): boolean {
  return (
    Object.hasOwn(SCALARS, name) ||
    /^(?:Date|DateTime|Time|Decimal|UUID|BigInt|JSON\w*|GraphQL\w+|\w*Scalar|\w*Enum|Object|Any|None)$/.test(name)
  );
}

/** `dir_name`: `dirName`, as code-first libraries of Python name it. */
export function camelOf(name: string): string {
  return name.replace(/(?<=[A-Za-z0-9])_+([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
