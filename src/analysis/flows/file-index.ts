import type { SgNode } from '@ast-grep/napi';
import { FUNCTION_KINDS } from '../languages.ts';
import { findDefinitionNodes, type Placed, placeDefinitions } from './definitions.ts';
import type { Dialect } from './dialect.ts';
import { findGuardNodes, type Guard, readGuardNode } from './guards.ts';
import { lazy } from './lazy.ts';
import { findRegion, indexRegions, type Region } from './regions.ts';

/** What resolving a name needs to know of a file. */
export interface FileIndex {
  /** Definitions of a name that may be seen from a position, in source order. */
  definitionsOf(name: string, position: number): readonly Placed[];
  /** `if` and `switch` statements about a name in the function around a position. */
  guardsOf(name: string, position: number): readonly Guard[];
  functions: readonly Region[];
  /** Every definition of a name in the file: for fields, which another method sets. */
  everywhere(name: string): readonly Placed[];
  functionsNamed(name: string): readonly SgNode[];
  /** Calls of a function or method by its last name. */
  callsOf(name: string): readonly SgNode[];
  classOf(position: number): Region | null;
}

/**
 * Scans the tree once for definitions and once for guards, sorts the nodes by the outermost function around them, and reads
 * those of a function when a sink in it first asks: most functions of a file never do.
 */
export function indexFile(root: SgNode, dialect: Dialect, language: keyof typeof FUNCTION_KINDS): FileIndex {
  const functions = indexRegions(root, FUNCTION_KINDS[language]);
  const outermost = listOutermost(functions);
  const blocks = indexRegions(root, dialect.blockKinds);
  const branches = dialect.branchKinds ? indexRegions(root, dialect.branchKinds) : null;
  const definitionNodes = groupByRegion(findDefinitionNodes(root, dialect), outermost);
  const guardNodes = groupByRegion(findGuardNodes(root, dialect), outermost);
  const definitionsIn = remember((region) => {
    const nodes = definitionNodes.get(region) ?? [];
    return groupByName(
      placeDefinitions(nodes, dialect, blocks, functions, branches).map((found) => [[found.name], found]),
    );
  });
  const guardsIn = remember((region) => {
    const nodes = guardNodes.get(region) ?? [];
    return groupByName(nodes.map((node) => readGuardNode(node, dialect, blocks)).map((guard) => [guard.names, guard]));
  });
  const merged = remember(() => new Map<string, readonly Placed[]>());
  const named = lazy(() =>
    Map.groupBy(
      functions.map(({ node }) => node),
      (node) => dialect.readFunction(node).name,
    ),
  );
  const classes = lazy(() => indexRegions(root, dialect.classKinds));
  const calls = lazy(() => Map.groupBy(findCalls(root, dialect), readLastName));
  return {
    functions,
    definitionsOf: (name, position) => {
      const region = findOutermost(outermost, position);
      const known = merged(region).get(name);
      if (known) return known;
      const module = definitionsIn(null).get(name) ?? [];
      const own = region === null ? [] : (definitionsIn(region).get(name) ?? []);
      const all = own.length === 0 ? module : [...module, ...own].sort((a, b) => a.at - b.at);
      merged(region).set(name, all);
      return all;
    },
    everywhere: (name) =>
      [null, ...outermost].flatMap((region) => definitionsIn(region).get(name) ?? []).sort((a, b) => a.at - b.at),
    functionsNamed: (name) => named().get(name) ?? [],
    callsOf: (name) => calls().get(name) ?? [],
    classOf: (position) => findRegion(classes(), position, position),
    guardsOf: (name, position) => guardsIn(findOutermost(outermost, position)).get(name) ?? [],
  };
}

function findCalls(root: SgNode, dialect: Dialect): SgNode[] {
  return root.findAll({ rule: { any: dialect.callKinds.map((kind) => ({ kind })) } });
}

/** The method or function that is called. */
function readLastName(call: SgNode): string {
  const callee = call.field('function');
  const last = callee?.field('property') ?? callee?.field('attribute') ?? callee?.field('field') ?? callee;
  return last?.text() ?? '';
}

function groupByName<T>(entries: readonly [readonly string[], T][]): Map<string, T[]> {
  const index = new Map<string, T[]>();
  for (const [names, value] of entries) {
    for (const name of names) {
      const list = index.get(name);
      if (list) list.push(value);
      else index.set(name, [value]);
    }
  }
  return index;
}

function remember<T>(make: (region: Region | null) => T): (region: Region | null) => T {
  const made = new Map<Region | null, T>();
  return (region) => {
    const known = made.get(region);
    if (known !== undefined) return known;
    const value = make(region);
    made.set(region, value);
    return value;
  };
}

/** Nodes by the outermost function that they lie in; null for the module level. A function itself lies outside. */
function groupByRegion(nodes: readonly SgNode[], outermost: readonly Region[]): Map<Region | null, SgNode[]> {
  return Map.groupBy(nodes, (node) => {
    const { start, end } = node.range();
    const region = findOutermost(outermost, start.index);
    return region && !(region.start === start.index && region.end === end.index) ? region : null;
  });
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

function findOutermost(outermost: readonly Region[], position: number): Region | null {
  let low = 0;
  let high = outermost.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((outermost[middle]?.start ?? 0) <= position) low = middle + 1;
    else high = middle;
  }
  const region = outermost[low - 1];
  return region && position < region.end ? region : null;
}
