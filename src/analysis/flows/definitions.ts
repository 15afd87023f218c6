import type { SgNode } from '@ast-grep/napi';
import { type Arms, readArms } from './arms.ts';
import type { Definition, Dialect } from './dialect.ts';
import { lazy } from './lazy.ts';
import { findAround, findRegion, type Region } from './regions.ts';

/** A definition with where it holds: byte-like offsets of the syntax tree, comparable with each other only. */
export interface Placed extends Definition {
  at: number;
  line: number;
  scopeStart: number;
  scopeEnd: number;
  /** The stretch after whose start, and inside of which, it has certainly happened. */
  branchStart: number;
  branchEnd: number;
  /** What the branch is one of the ways of. */
  arms(): Arms | null;
  /** Start of the function around it, -1 at the top level: its identity. */
  functionStart: number;
}

type Query = Parameters<SgNode['findAll']>[0];

const WRITES =
  '(push|unshift|append|extend|write|WriteString|WriteByte|WriteRune|Write|Fprintf|Fprint|Decode|Unmarshal|Bind[A-Za-z]*|(Body|Query)Parser)$';

/** Every node of a file that defines or changes a name. */
export function findDefinitionNodes(root: SgNode, dialect: Dialect): SgNode[] {
  const [callKind] = dialect.callKinds;
  const kinds = dialect.definitionKinds.map((kind) => ({ kind }));
  const calls = { kind: callKind, has: { field: 'function', regex: WRITES } };
  return root.findAll({ rule: { any: [...kinds, calls] } } as Query);
}

/** What the nodes define, with where it holds, in source order. */
export function placeDefinitions(
  nodes: readonly SgNode[],
  dialect: Dialect,
  blocks: readonly Region[],
  functions: readonly Region[],
  branches: readonly Region[] | null,
): Placed[] {
  const placed = nodes.flatMap((node) =>
    dialect.readDefinitions(node).map((found) => place(found, node, blocks, functions, branches)),
  );
  return placed.sort((a, b) => a.at - b.at);
}

function place(
  found: Definition,
  node: SgNode,
  blocks: readonly Region[],
  functions: readonly Region[],
  branches: readonly Region[] | null,
): Placed {
  const { start, end } = (found.kind === 'parameter' ? found.node : node).range();
  const fn = findRegion(functions, start.index, end.index);
  // A parameter holds in its whole function; everything else in the block around it.
  const scope = found.kind === 'parameter' ? fn : findRegion(blocks, start.index, end.index);
  const scopeStart = scope?.start ?? 0;
  const scopeEnd = scope?.end ?? Number.POSITIVE_INFINITY;
  const branch = branches && found.kind !== 'parameter' ? findAround(branches, start.index, end.index) : null;
  const around = branch ?? scope;
  return {
    ...found,
    at: found.kind === 'parameter' ? scopeStart : start.index,
    line: start.line + 1,
    scopeStart,
    scopeEnd,
    branchStart: branch?.start ?? scopeStart,
    branchEnd: branch?.end ?? scopeEnd,
    arms: lazy(() => (around ? readArms(around.node) : null)),
    functionStart: fn?.start ?? -1,
  };
}

/**
 * The definitions that may have given a name its value where it is used, in source order: those of the innermost scope that
 * declares it, and what changed it since.
 *
 * @param all every definition of the name, in source order
 * @param position start of the use
 */
export function findDefinitions(all: readonly Placed[], position: number, functionStart: number): Placed[] {
  const declaring = all.filter((d) => d.declares && d.scopeStart <= position && position <= d.scopeEnd);
  // What is declared in the function of the use is known from its declaration on; elsewhere (module, closure) the order of
  // the text says little.
  const visible = declaring.filter((d) => d.at <= position || d.functionStart !== functionStart);
  const innermost = visible.reduce<Placed | null>(
    (best, d) => (!best || d.scopeEnd - d.scopeStart < best.scopeEnd - best.scopeStart ? d : best),
    null,
  );
  if (!innermost) return all.filter((d) => !d.declares && d.at < position && d.functionStart === functionStart);
  const first =
    visible.find((d) => d.scopeStart === innermost.scopeStart && d.scopeEnd === innermost.scopeEnd) ?? innermost;
  return all.filter((d) => {
    if (d.at < first.at || d.scopeStart < first.scopeStart || d.scopeEnd > first.scopeEnd) return false;
    if (d.declares)
      return d.scopeStart === first.scopeStart && d.scopeEnd === first.scopeEnd && (d.at <= position || d === first);
    return d.at < position || (d.functionStart !== functionStart && first.functionStart !== functionStart);
  });
}
