import type { Relief } from '../hit.ts';
import type { Operation } from './list-operations.ts';
import type { SpecNode } from './parse-spec.ts';

/** Why nobody may rely on this operation as it is on the base, or was told that it changes; null: clients do rely on it. */
export function decideRelief(base: SpecNode, head: SpecNode, { deprecated, path, node }: Operation): Relief | null {
  if (deprecated) return 'deprecated';
  const internal = node.members?.get('x-internal')?.value === true;
  if (internal || /(^|\/)v\d+(alpha|beta)\d*(\/|$)|(^|\/)(alpha|beta|experimental|preview|unstable)(\/|$)/i.test(path))
    return 'unstable';
  const [before, after] = [majorOf(base), majorOf(head)];
  return before !== null && after !== null && after > before ? 'new-major' : null;
}

function majorOf(root: SpecNode): number | null {
  const version = root.members?.get('info')?.members?.get('version')?.value;
  const major = /^v?(\d+)(\.|$)/.exec(String(version ?? ''))?.[1];
  return major === undefined || major.length > 3 ? null : Number(major);
}
