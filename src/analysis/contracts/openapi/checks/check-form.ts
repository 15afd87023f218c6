import type { SpecNode } from '../parse-spec.ts';
import { refOf, resolveRef } from '../resolve-ref.ts';
import { type Spot, textOf, type View } from './view.ts';

/** Names of what changes something. */
const CHANGES = /^(?:create|delete|remove|destroy|revoke|update|disable|enable|reset)(?=[A-Z_-]|$)/;
const MOST_NODES = 200_000;

/** What the document says that nobody can follow. Source: spec.openapis.org/oas/v3.1.0, "Path Item Object", "Operation Object". */
export function checkForm(view: View): void {
  const { root, operations, note, noteOnce } = view;
  const bodies: Spot[] = [];
  const undeclared: Spot[] = [];
  const ids = new Map<string, string>();
  for (const { method, node, parameters, name, path, pathNode } of operations) {
    if ((method === 'get' || method === 'head') && (node.members?.has('requestBody') || parameters.has('body')))
      bodies.push({ node, name: `\`${name}\`` });
    const id = textOf(node, 'operationId');
    const last = path.split('/').findLast((part) => part !== '' && !part.startsWith('{')) ?? '';
    const word = [id, last].find((one) => CHANGES.test(one));
    if (method === 'get' && word !== undefined) note('get-changes', node, name, { NAME: name, WHERE: word });
    const first = ids.get(id);
    if (id !== '' && first !== undefined)
      note('operation-id-twice', node.members?.get('operationId') ?? node, name, { NAME: id, WHERE: first });
    else if (id !== '') ids.set(id, name);
    if (hasOutside(root, node) || hasOutside(root, resolveRef(root, pathNode).node)) continue;
    for (const [, part = ''] of path.matchAll(/\{([^{}/]+)\}/g))
      if (!parameters.has(`path ${part}`)) undeclared.push({ node: node, name: `\`${part}\` of \`${name}\`` });
  }
  noteOnce('get-with-body', bodies);
  noteOnce('path-parameter-undeclared', undeclared);
  noteOnce('reference-broken', listBroken(root));
}

/** Parameters that stand in another file, or nowhere. */
function hasOutside(root: SpecNode, node: SpecNode): boolean {
  return (node.members?.get('parameters')?.items ?? []).some((item) => resolveRef(root, item).outside !== null);
}

/** References into this very text that lead nowhere. */
function listBroken(root: SpecNode): Spot[] {
  const spots: Spot[] = [];
  const seen = new Set<SpecNode>();
  const stack = [root];
  for (let node = stack.pop(); node && seen.size < MOST_NODES; node = stack.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const ref = refOf(node);
    const outside = ref?.startsWith('#/') ? resolveRef(root, node).outside : null;
    if (ref !== null && outside === ref) spots.push({ node, name: `\`${ref}\`` });
    for (const [key, inner] of node.members ?? [])
      if (!/^(?:examples?|x-.*|default|enum|const)$/.test(key)) stack.push(inner);
    stack.push(...(node.items ?? []));
  }
  return spots.sort((a, b) => a.node.startLine - b.node.startLine);
}
