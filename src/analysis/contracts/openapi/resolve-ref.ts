import type { SpecNode } from './parse-spec.ts';

/** The longest chain of references that is followed. A circle of references ends here too. */
const MOST_STEPS = 20;

export interface Resolved {
  node: SpecNode;
  /** The nodes that were gone through, the reference first. */
  through: readonly SpecNode[];
  /** Where it points to outside this text: nothing is read from there. */
  outside: string | null;
}

export function refOf(node: SpecNode): string | null {
  const ref = node.members?.get('$ref')?.value;
  return typeof ref === 'string' ? ref : null;
}

/** What a node stands for, within its own text alone. */
export function resolveRef(root: SpecNode, node: SpecNode): Resolved {
  const through: SpecNode[] = [];
  let at = node;
  for (let step = 0; step < MOST_STEPS; step++) {
    const ref = refOf(at);
    if (ref === null) return { node: at, through, outside: null };
    through.push(at);
    const target = ref.startsWith('#/') ? follow(root, ref.slice(2)) : null;
    if (!target) return { node: at, through, outside: ref };
    at = target;
  }
  return { node: at, through, outside: 'a circle' };
}

function follow(root: SpecNode, pointer: string): SpecNode | null {
  let at: SpecNode | undefined = root;
  for (const part of pointer.split('/')) {
    const name = decode(part).replaceAll('~1', '/').replaceAll('~0', '~');
    at = at?.members?.get(name) ?? at?.items?.[Number(name)];
  }
  return at ?? null;
}

/** A reference is an address, so its signs may be escaped (RFC 6901, 6). */
function decode(part: string): string {
  if (!part.includes('%')) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
