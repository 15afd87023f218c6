import type { Value } from './value.ts';

/** Its parts are the very same, and it has no others. */
export function isSame(joined: Value, one: Value): boolean {
  return (
    joined.pieces === one.pieces &&
    joined.entries === one.entries &&
    joined.functions === one.functions &&
    joined.name === one.name &&
    joined.built === one.built &&
    joined.of === one.of &&
    joined.namespace === one.namespace &&
    joined.open === one.open &&
    joined.keys === one.keys &&
    joined.constant === one.constant &&
    joined.type === one.type &&
    one.length === undefined &&
    one.shape === undefined &&
    one.otherwise === undefined
  );
}

/** The very same fields. */
export function holdsSame(joined: ReadonlyMap<string, Value>, one: Value['entries']): boolean {
  if (!one || one.size !== joined.size) return false;
  for (const [key, value] of joined) if (one.get(key) !== value) return false;
  return true;
}
