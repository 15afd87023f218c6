import { mergeTaints } from './merge-taints.ts';
import type { Step, Taint, Value } from './value.ts';
import { DEEPEST } from './values.ts';

const MOST_STEPS = 12;

/** The very same value where the change leaves all taints as they are. */
export function mapTaints(value: Value, change: (taint: Taint) => Taint | null, depth = DEEPEST): Value {
  const pieces = mapSame(value.pieces, (piece) => {
    if (piece.kind === 'text' || piece.taints.length === 0) return piece;
    const changed = mapSame(piece.taints, change);
    return changed === piece.taints ? piece : { ...piece, taints: mergeTaints(changed.filter((one) => one !== null)) };
  });
  const entries = value.entries && depth > 0 ? mapEntries(value.entries, change, depth - 1) : value.entries;
  return pieces === value.pieces && entries === value.entries ? value : { ...value, pieces, entries };
}

function mapEntries(
  entries: ReadonlyMap<string, Value>,
  change: (taint: Taint) => Taint | null,
  depth: number,
): ReadonlyMap<string, Value> {
  let isChanged = false;
  const mapped = new Map<string, Value>();
  for (const [key, one] of entries) {
    const next = mapTaints(one, change, depth);
    isChanged ||= next !== one;
    mapped.set(key, next);
  }
  return isChanged ? mapped : entries;
}

/** The very same list where nothing in it changes. */
function mapSame<T, U>(list: readonly T[], change: (one: T) => T | U): readonly (T | U)[] {
  let changed: (T | U)[] | null = null;
  for (const [index, one] of list.entries()) {
    const next = change(one);
    if (next !== one) changed ??= list.slice(0, index);
    changed?.push(next);
  }
  return changed ?? list;
}

export function withSafe(value: Value, labels: number): Value {
  return mapTaints(value, (taint) =>
    (taint.safe & labels) === labels ? taint : { ...taint, safe: taint.safe | labels },
  );
}

export function withStep(value: Value, step: Step): Value {
  return mapTaints(value, (taint) => addStep(taint, step));
}

export function addStep(taint: Taint, step: Step): Taint {
  const last = taint.steps.at(-1);
  if (taint.steps.length >= MOST_STEPS || (last && last.path === step.path && last.span[0] === step.span[0]))
    return taint;
  return { ...taint, steps: [...taint.steps, step] };
}
