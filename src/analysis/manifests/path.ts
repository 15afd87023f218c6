import { z } from 'zod';

/** One step of a way through a document. */
export type Step =
  | { go: 'names'; names: ReadonlySet<string> }
  /** Every key of a map, every entry of a list. */
  | { go: 'any' }
  /** Any number of steps down, none as well. */
  | { go: 'deep' }
  | { go: 'up' }
  /** The key that is called as the place that is looked at. */
  | { go: 'own' };

export interface Path {
  /** Begins at the document, and not at the place that is looked at. */
  fromTop: boolean;
  steps: readonly Step[];
}

const SEGMENT = String.raw`(?:\*\*?|\^|@|[\w$<-]+(?:\|[\w$<-]+)*)`;

/**
 * A way through a document as rules write it: `spec.template.spec.containers|initContainers.*`. `*` is any key or entry, `**` any
 * number of steps, `^` what is around, `@` the key that is called as the place itself; `/` before it begins at the document, and
 * `.` is the place itself.
 */
export const PathText = z.string().regex(new RegExp(String.raw`^(?:\.|\/?${SEGMENT}(?:\.${SEGMENT})*)$`), 'is no path');

export function parsePath(text: string): Path {
  const fromTop = text.startsWith('/');
  const segments = text === '.' ? [] : text.slice(fromTop ? 1 : 0).split('.');
  return { fromTop, steps: segments.map(parseStep) };
}

function parseStep(segment: string): Step {
  if (segment === '*') return { go: 'any' };
  if (segment === '**') return { go: 'deep' };
  if (segment === '^') return { go: 'up' };
  if (segment === '@') return { go: 'own' };
  return { go: 'names', names: new Set(segment.split('|')) };
}
