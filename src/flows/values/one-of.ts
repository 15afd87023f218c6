import type { Hole, Value } from './value.ts';

const MOST_TEXTS = 6;

/** One of a few constants, as a part of a text. */
export function oneOf(texts: readonly string[]): Hole {
  const all = [...new Set(texts)];
  const name = all.find((text) => text !== '') ?? '""';
  return {
    kind: 'hole',
    name,
    taints: [],
    fixed: true,
    place: null,
    texts: all.length <= MOST_TEXTS ? all : undefined,
  };
}

/** The constants of which a value is one; none: it is something else. */
export function textsOf({ pieces }: Value): readonly string[] {
  const [only, ...others] = pieces;
  if (!only || others.length > 0) return [];
  return only.kind === 'text' ? [only.text] : (only.texts ?? []);
}
