import type { SgNode } from '@ast-grep/napi';

/** A stretch of a file, in offsets of the syntax tree. */
export interface Region {
  start: number;
  end: number;
  node: SgNode;
  /** The next wider one. */
  parent: Region | null;
}

/**
 * All nodes of some kinds, by place. Asking the tree for each node's parents costs a call into native code for every step;
 * one scan and a search in numbers does the same for a whole file.
 */
export function indexRegions(root: SgNode, kinds: Iterable<string>): Region[] {
  const found = root.findAll({ rule: { any: [...kinds].map((kind) => ({ kind })) } });
  const regions = found.map((node): Region => {
    const { start, end } = node.range();
    return { start: start.index, end: end.index, node, parent: null };
  });
  regions.sort((a, b) => a.start - b.start || b.end - a.end);
  let around: Region | null = null;
  for (const region of regions) {
    while (around && around.end < region.end) around = around.parent;
    region.parent = around;
    around = region;
  }
  return regions;
}

/** The smallest region that holds a stretch and is not the stretch itself, or null. */
export function findRegion(regions: readonly Region[], start: number, end: number): Region | null {
  let region = findAround(regions, start, end);
  while (region && region.start === start && region.end === end) region = region.parent;
  return region;
}

/** The smallest region that holds a stretch, or is no more than it: a block of one statement. */
export function findAround(regions: readonly Region[], start: number, end: number): Region | null {
  let low = 0;
  let high = regions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((regions[middle]?.start ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  let region = regions[low - 1] ?? null;
  while (region && region.end < end) region = region.parent;
  return region;
}
