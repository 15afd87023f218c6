import type { Taint } from './value.ts';

const MOST_TAINTS = 6;

/** One taint for each key. A kind of sink is safe only if it is safe for all of them. */
export function mergeTaints(taints: readonly Taint[]): readonly Taint[] {
  if (taints.length < 2) return taints;
  const merged = new Map<string, Taint>();
  for (const taint of taints) {
    const known = merged.get(taint.key);
    if (!known) merged.set(taint.key, taint);
    else if ((known.safe & taint.safe) !== known.safe)
      merged.set(taint.key, { ...taint, safe: known.safe & taint.safe });
  }
  const all = [...merged.values()];
  if (all.length <= MOST_TAINTS) return all;
  // Outside data says more than a parameter.
  return all.sort((a, b) => Number(a.kind === 'parameter') - Number(b.kind === 'parameter')).slice(0, MOST_TAINTS);
}

/** It is there, and as little is safe. */
export function isSaid(taints: readonly Taint[], { key, safe }: Taint): boolean {
  return taints.some((one) => one.key === key && (one.safe & safe) === one.safe);
}
