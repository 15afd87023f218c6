import { CODES, type PatternNode, readPattern } from '../../text/read-pattern.ts';

const [SLASH, BACKSLASH] = [47, 92];

/**
 * Whether whatever a pattern matches begins with one `/` and no second sign that makes the address of another host of it. Its end is no
 * matter: the host has been decided.
 */
export function staysHere(source: string): boolean {
  const read = readPattern(source);
  return read !== null && waysOf(read).every((way) => isPath(flat(way)));
}

function waysOf(node: PatternNode): PatternNode[] {
  if (node.kind === 'either') return node.of.flatMap(waysOf);
  if (node.kind === 'group') return waysOf(node.of);
  const [only, ...others] = node.kind === 'sequence' ? node.of : [];
  return only && others.length === 0 ? waysOf(only) : [node];
}

function flat(node: PatternNode): PatternNode[] {
  if (node.kind === 'group') return flat(node.of);
  return node.kind === 'sequence' ? node.of.flatMap(flat) : [node];
}

function isPath([edge, first, ...rest]: readonly PatternNode[]): boolean {
  if (edge?.kind !== 'edge' || edge.at !== 'start' || first?.kind !== 'set') return false;
  return CODES.filter(first.has).join() === `${SLASH}` && isNoHost(rest, new Set());
}

/** @param refused what must not follow */
function isNoHost(rest: readonly PatternNode[], refused: ReadonlySet<number>): boolean {
  const [next, ...others] = rest;
  if (next === undefined) return refused.has(SLASH) && refused.has(BACKSLASH);
  switch (next.kind) {
    case 'edge':
      return next.at === 'end' || isNoHost(others, refused);
    case 'look': {
      if (!next.negated || next.behind) return isNoHost(others, refused);
      const gone = waysOf(next.of).flatMap((way) => (way.kind === 'set' ? CODES.filter(way.has) : []));
      return isNoHost(others, new Set([...refused, ...gone]));
    }
    case 'set':
      return [SLASH, BACKSLASH].every((code) => refused.has(code) || !next.has(code));
    case 'group':
      return isNoHost([...flat(next.of), ...others], refused);
    case 'sequence':
      return isNoHost([...next.of, ...others], refused);
    case 'either':
      return next.of.every((way) => isNoHost([...flat(way), ...others], refused));
    case 'repeat':
      return isNoHost([next.of, ...others], refused) && (next.least > 0 || isNoHost(others, refused));
  }
}
