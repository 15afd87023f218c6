import type { SgNode } from '@ast-grep/napi';
import { FUNCTION_KINDS } from '../languages.ts';
import { type Definitions, indexDefinitions, type Placed } from './definitions.ts';
import type { Dialect } from './dialect.ts';
import { type Guard, type Guards, indexGuards } from './guards.ts';
import { indexRegions, type Region } from './regions.ts';

/** What resolving a name needs to know of a file. Each outermost function is indexed when a sink in it first asks. */
export interface FileIndex {
  /** Definitions of a name that may be seen from a position, in source order. */
  definitionsOf(name: string, position: number): readonly Placed[];
  /** `if` and `switch` statements about a name in the function around a position. */
  guardsOf(name: string, position: number): readonly Guard[];
  functions: readonly Region[];
}

interface Part {
  definitions: Definitions;
  guards: Guards;
}

export function indexFile(root: SgNode, dialect: Dialect, language: keyof typeof FUNCTION_KINDS): FileIndex {
  const kinds = FUNCTION_KINDS[language];
  const functions = indexRegions(root, kinds);
  const outermost = listOutermost(functions);
  const top = indexDefinitions(root, dialect, [], [], kinds);
  const parts = new Map<Region, Part>();
  const partAt = (position: number): Part | null => {
    const region = outermost.find(({ start, end }) => start <= position && position < end);
    if (!region) return null;
    const known = parts.get(region);
    if (known) return known;
    const blocks = indexRegions(region.node, dialect.blockKinds);
    const part = {
      definitions: indexDefinitions(region.node, dialect, blocks, functions),
      guards: indexGuards(region.node, blocks),
    };
    parts.set(region, part);
    return part;
  };
  return {
    functions,
    definitionsOf: (name, position) => {
      const own = partAt(position)?.definitions.get(name) ?? [];
      const module = top.get(name) ?? [];
      return own.length === 0 ? module : module.length === 0 ? own : [...module, ...own].sort((a, b) => a.at - b.at);
    },
    guardsOf: (name, position) => partAt(position)?.guards.get(name) ?? [],
  };
}

/** Regions that lie in no other one; `regions` are sorted by start, the wider first. */
function listOutermost(regions: readonly Region[]): Region[] {
  let end = -1;
  return regions.filter((region) => {
    if (region.start < end) return false;
    end = region.end;
    return true;
  });
}
