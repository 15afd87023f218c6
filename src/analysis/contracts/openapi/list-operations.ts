import type { SpecNode } from './parse-spec.ts';
import { resolveRef } from './resolve-ref.ts';

export interface Operation {
  /** `GET /orders/{id}`, as it is written. */
  name: string;
  /** The same for whatever name the path gives its parts. */
  key: string;
  method: string;
  path: string;
  node: SpecNode;
  pathNode: SpecNode;
  /** By `query limit`; headers in lower case. Those of the path count where the operation does not say it itself. */
  parameters: ReadonlyMap<string, SpecNode>;
  deprecated: boolean;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

/** Every operation of a specification, by its key. */
export function listOperations(root: SpecNode): Map<string, Operation> {
  const operations = new Map<string, Operation>();
  for (const [path, item] of root.members?.get('paths')?.members ?? []) {
    const pathNode = resolveRef(root, item).node;
    const shared = listParameters(root, pathNode);
    for (const method of METHODS) {
      const node = pathNode.members?.get(method);
      if (!node?.members) continue;
      const name = `${method.toUpperCase()} ${path.replaceAll('`', "'")}`;
      const key = name.replace(/\{[^{}/]*\}/g, '{}');
      const parameters = new Map([...shared, ...listParameters(root, node)]);
      operations.set(key, {
        name,
        key,
        method,
        path,
        node,
        pathNode: item,
        parameters,
        deprecated: isDeprecated(node),
      });
    }
  }
  return operations;
}

function listParameters(root: SpecNode, node: SpecNode): Map<string, SpecNode> {
  const parameters = new Map<string, SpecNode>();
  for (const item of node.members?.get('parameters')?.items ?? []) {
    const { node: parameter } = resolveRef(root, item);
    const place = String(parameter.members?.get('in')?.value ?? '');
    const name = String(parameter.members?.get('name')?.value ?? '');
    // Swagger 2 has one body, whatever it is called.
    const key = place === 'body' ? 'body' : `${place} ${place === 'header' ? name.toLowerCase() : name}`;
    if (place !== '') parameters.set(key, parameter);
  }
  return parameters;
}

export function isDeprecated(node: SpecNode): boolean {
  return node.members?.get('deprecated')?.value === true;
}
