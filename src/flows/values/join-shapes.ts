import type { Shape } from './shape.ts';

export const NOTHING: Shape = { labels: 0, fields: null };

/** Both shapes hold: what each has shown counts. */
export function either(a: Shape, b: Shape): Shape {
  return { labels: a.labels | b.labels, fields: joinFields(a, b, either, true) };
}

/** It is one of two ways: what both have shown. */
export function both(a: Shape, b: Shape): Shape {
  return { labels: a.labels & b.labels, fields: joinFields(a, b, both, false) };
}

function joinFields(
  a: Shape,
  b: Shape,
  join: (a: Shape, b: Shape) => Shape,
  all: boolean,
): ReadonlyMap<string, Shape> | null {
  const keys = new Set([...(a.fields?.keys() ?? []), ...(b.fields?.keys() ?? [])]);
  const fields = [...keys].flatMap((key): [string, Shape][] => {
    const [one, other] = [a.fields?.get(key), b.fields?.get(key)];
    if (one && other) return [[key, join(one, other)]];
    const [only, whole] = one ? [one, b.labels] : [other ?? NOTHING, a.labels];
    return all ? [[key, only]] : [[key, { labels: only.labels & whole, fields: null }]];
  });
  return fields.length > 0 ? new Map(fields) : null;
}
