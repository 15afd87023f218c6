import type { Operation } from '../list-operations.ts';
import type { SpecNode } from '../parse-spec.ts';
import { readSchema } from '../read-schema.ts';
import { resolveRef } from '../resolve-ref.ts';
import type { Spot, View } from './view.ts';

const PAGE =
  /limit|page|per_?page|size|offset|cursor|first|last|after|before|take|top|count|max|skip|start|range|since|ids?(?:\[\])?$/i;
/** How many rows are asked for. */
const SIZE =
  /^(?:limit|(?:per_?page|page_?size|page_?limit|max_?results|take|top|results_?per_?page|items_?per_?page))$/i;
const MOST_WHOLE = 10;

/** Compared with its siblings as well: a service that gives no list in pages has few rows, or a plan of its own. */
export function checkLists({ root, operations, note, noteOnce }: View): void {
  const lists = operations.filter((one) => isList(root, one));
  const isPaged = ({ parameters }: Operation): boolean =>
    [...parameters.keys()].some((key) => key.startsWith('query ') && PAGE.test(key.slice(6)));
  const whole = lists.filter((one) => !isPaged(one));
  // Where many are given whole, that is how the service is: its lists are short, or others have set their form.
  if (whole.length <= MOST_WHOLE && lists.length - whole.length >= Math.max(1, whole.length))
    for (const { name, node } of whole) note('list-without-limit', node, name, { NAME: name, WHERE: name });
  noteOnce('page-size-open', listOpenSizes(root, operations));
}

/** One parameter that many operations share is one place. */
function listOpenSizes(root: SpecNode, operations: readonly Operation[]): Spot[] {
  const spots = new Map<SpecNode, Spot>();
  for (const { parameters, name } of operations)
    for (const [key, node] of parameters) {
      if (!key.startsWith('query ') || !SIZE.test(key.slice(6)) || spots.has(node)) continue;
      const { limits, values, types } = readSchema(root, node.members?.get('schema') ?? node);
      // What is said in words is known to who reads it.
      const isTold = /max|at most|up to|between|\b1\s*(?:-|–|to|\.\.)\s*\d/i.test(
        String(node.members?.get('description')?.value ?? ''),
      );
      if (types?.has('integer') && !limits.has('maximum') && !values && !isTold)
        spots.set(node, { node, name: `\`${key.slice(6)}\` of \`${name}\`` });
    }
  return [...spots.values()];
}

function isList(root: SpecNode, { method, node, path }: Operation): boolean {
  const given = node.members?.get('responses')?.members?.get('200');
  if (method !== 'get' || !given || path.endsWith('}')) return false;
  const answer = resolveRef(root, given).node;
  const json = [...(answer.members?.get('content')?.members ?? [])].find(([type]) => type.includes('json'))?.[1];
  const schema = (json ?? answer).members?.get('schema');
  if (!schema) return false;
  const { types, limits } = readSchema(root, schema);
  return types?.has('array') === true && !limits.has('maxItems');
}
