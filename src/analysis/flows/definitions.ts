import type { SgNode } from '@ast-grep/napi';
import type { Definition, Dialect } from './dialect.ts';
import { findRegion, type Region } from './regions.ts';

/** A definition with where it holds: byte-like offsets of the syntax tree, comparable with each other only. */
export interface Placed extends Definition {
  at: number;
  line: number;
  scopeStart: number;
  scopeEnd: number;
  /** Start of the function around it, -1 at the top level: its identity. */
  functionStart: number;
}

export type Definitions = ReadonlyMap<string, readonly Placed[]>;

type Query = Parameters<SgNode['findAll']>[0];

const WRITES = '(push|unshift|append|extend|write|WriteString|WriteByte|WriteRune|Write|Fprintf|Fprint)$';

/**
 * The definitions below a node by name.
 *
 * @param except kinds of nodes whose inside is left out: the module level without its functions
 */
export function indexDefinitions(
  root: SgNode,
  dialect: Dialect,
  blocks: readonly Region[],
  functions: readonly Region[],
  except: readonly string[] = [],
): Definitions {
  const index = new Map<string, Placed[]>();
  const [callKind] = dialect.callKinds;
  const kinds = dialect.definitionKinds.map((kind) => ({ kind }));
  const calls = { kind: callKind, has: { field: 'function', regex: WRITES } };
  const outside =
    except.length > 0 ? { not: { inside: { stopBy: 'end', any: except.map((kind) => ({ kind })) } } } : {};
  // A list that is filled at the module level is rare, and testing every call of a file for it is not free.
  const any = except.length > 0 ? kinds : [...kinds, calls];
  for (const node of root.findAll({ rule: { any, ...outside } } as Query)) {
    for (const found of dialect.readDefinitions(node)) {
      const list = index.get(found.name) ?? [];
      list.push(place(found, node, blocks, functions));
      index.set(found.name, list);
    }
  }
  for (const list of index.values()) list.sort((a, b) => a.at - b.at);
  return index;
}

function place(found: Definition, node: SgNode, blocks: readonly Region[], functions: readonly Region[]): Placed {
  const { start, end } = (found.kind === 'parameter' ? found.node : node).range();
  const fn = findRegion(functions, start.index, end.index);
  // A parameter holds in its whole function; everything else in the block around it.
  const scope = found.kind === 'parameter' ? fn : findRegion(blocks, start.index, end.index);
  const scopeStart = scope?.start ?? 0;
  return {
    ...found,
    at: found.kind === 'parameter' ? scopeStart : start.index,
    line: start.line + 1,
    scopeStart,
    scopeEnd: scope?.end ?? Number.POSITIVE_INFINITY,
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
