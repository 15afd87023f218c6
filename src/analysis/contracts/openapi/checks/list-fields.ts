import type { Operation } from '../list-operations.ts';
import type { SpecNode } from '../parse-spec.ts';
import { readSchema, type Schema } from '../read-schema.ts';
import { resolveRef } from '../resolve-ref.ts';

/** A value of a body, and the operation that leads to it first. */
export interface Field {
  name: string;
  node: SpecNode;
  schema: Schema;
  operation: Operation;
}

const MOST_DEEP = 8;
/** Values of all bodies of a document. */
const MOST_FIELDS = 20_000;

/**
 * Every value of these schemas, each schema once however many operations share it, so that a document costs what it is long.
 *
 * @param roots schemas with the operation that they are of
 */
export function listFields(root: SpecNode, roots: readonly { node: SpecNode; operation: Operation }[]): Field[] {
  const fields: Field[] = [];
  const seen = new Set<SpecNode>();
  const visit = (given: SpecNode, name: string, operation: Operation, deep: number): void => {
    const { node, outside } = resolveRef(root, given);
    if (outside !== null || deep > MOST_DEEP || fields.length >= MOST_FIELDS || seen.has(node)) return;
    seen.add(node);
    const schema = readSchema(root, node);
    // What is said beside a reference stands where the reference is.
    fields.push({ name, node: given.members?.has('$ref') ? node : given, schema, operation });
    for (const [key, inner] of schema.properties) visit(inner, key, operation, deep + 1);
    for (const inner of [schema.items, schema.others, ...(schema.variants ?? [])])
      if (inner) visit(inner, name, operation, deep + 1);
  };
  for (const { node, operation } of roots) visit(node, '', operation, 0);
  return fields;
}

/** The schemas of what an operation takes. */
export function listRequestSchemas(
  root: SpecNode,
  operations: readonly Operation[],
): { node: SpecNode; operation: Operation }[] {
  return operations.flatMap((operation) => {
    const body = operation.node.members?.get('requestBody');
    const old = operation.parameters.get('body')?.members?.get('schema');
    const found = [...(old ? [old] : []), ...(body ? listSchemas(resolveRef(root, body).node) : [])];
    return found.map((node) => ({ node, operation }));
  });
}

/** The schemas of an answer or a body, of each media type. */
export function listSchemas(node: SpecNode): SpecNode[] {
  const contents = [...(node.members?.get('content')?.members?.values() ?? [])];
  return [node, ...contents].flatMap((one) => one.members?.get('schema') ?? []);
}
