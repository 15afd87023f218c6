import { memo } from '../../../languages/memo.ts';
import type { SpecNode } from './parse-spec.ts';

/** One way to authenticate. Every scheme in it, with its scopes, is needed. Without a scheme, the operation is open. */
type Way = ReadonlySet<string>;

/** The ways to authenticate for an operation: its own, else those of the whole specification. */
export function listWaysIn(root: SpecNode, operation: SpecNode): readonly Way[] {
  const given = operation.members?.get('security') ?? root.members?.get('security');
  return given ? waysOf(given) : OPEN;
}

const OPEN: readonly Way[] = [new Set()];

/** Those of the whole specification are the same for thousands of operations. */
const waysOf = memo(({ items }: SpecNode): readonly Way[] => {
  const ways = (items ?? []).map(
    ({ members }) =>
      new Set(
        [...(members ?? [])].flatMap(([scheme, scopes]) => [
          scheme,
          ...(scopes.items ?? []).map(({ value }) => `${scheme}: ${value}`),
        ]),
      ),
  );
  return ways.length > 0 ? ways : OPEN;
});

/** A way of the base that opens nothing any more; null where each still does. */
export function findLostWay(before: readonly Way[], after: readonly Way[]): Way | null {
  return before.find((way) => !after.some((now) => [...now].every((one) => way.has(one)))) ?? null;
}

export function describeWay(way: Way): string {
  return way.size === 0 ? 'no credentials' : [...way].map((one) => `\`${one}\``).join(' and ');
}
