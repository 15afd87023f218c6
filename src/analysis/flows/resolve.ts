import type { SgNode } from '@ast-grep/napi';
import { findDefinitions, type Placed } from './definitions.ts';
import type { Dialect } from './dialect.ts';
import type { Evaluation } from './evaluation.ts';
import { findRegion } from './regions.ts';

type Scope = Pick<Evaluation, 'dialect' | 'index' | 'budget'>;

const MAX_HOPS = 6;

/** The literal or call that a name stands for, where it has one definition; null where it has none or several. */
export function resolveNode(run: Scope, node: SgNode, hops = 0): SgNode | null {
  const expression = run.dialect.readExpression(node);
  if (hops > MAX_HOPS) return null;
  if (expression.kind === 'wrapped') return resolveNode(run, expression.inner, hops + 1);
  if (expression.kind !== 'name') return node;
  const found = findSingleDefinition(run, node);
  if (found?.kind === 'type') return found.value;
  if (found?.kind !== 'assign' || found.property !== null || !found.value) return null;
  return resolveNode(run, found.value, hops + 1);
}

export function findSingleDefinition(run: Scope, node: SgNode): Placed | null {
  const found = findVisible(run, node);
  return found.length === 1 ? (found[0] ?? null) : null;
}

function findVisible(run: Scope, node: SgNode): Placed[] {
  const name = node.text();
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) return [];
  const { start, end } = node.range();
  const fn = findRegion(run.index().functions, start.index, end.index);
  const all = run.index().definitionsOf(name, start.index);
  return run.budget.spend(all.length >> 2) ? findDefinitions(all, start.index, fn?.start ?? -1) : [];
}

/** What a callee is, by where it was imported from: `run` of `const { exec: run } = require('child_process')`. */
export interface Origin {
  module: string;
  /** The names taken out of the module, in order; empty: the module itself. */
  path: readonly string[];
}

export function resolveOrigin(run: Scope, node: SgNode, hops = 0): Origin | null {
  if (hops > MAX_HOPS) return null;
  const required = readRequire(run.dialect, node);
  if (required !== null) return { module: required, path: [] };
  const expression = run.dialect.readExpression(node);
  if (expression.kind === 'wrapped') return resolveOrigin(run, expression.inner, hops + 1);
  if (expression.kind === 'member') {
    const object = resolveOrigin(run, expression.object, hops + 1);
    return object && { module: object.module, path: [...object.path, expression.property] };
  }
  if (expression.kind === 'call') {
    // A promisified function still is what it was.
    const [first] = expression.call.args;
    return expression.call.name === 'promisify' && first ? resolveOrigin(run, first, hops + 1) : null;
  }
  if (expression.kind !== 'name') return null;
  for (const one of findVisible(run, node)) {
    const found = originOfDefinition(run, one, hops);
    if (found) return found;
  }
  return null;
}

function originOfDefinition(run: Scope, one: Placed, hops: number): Origin | null {
  if (one.kind === 'import' && one.module !== null)
    return { module: one.module, path: one.imported === '*' || one.imported === null ? [] : [one.imported] };
  if (one.kind !== 'assign' || !one.value) return null;
  const inner = resolveOrigin(run, one.value, hops + 1);
  return inner && one.property !== null ? { ...inner, path: [...inner.path, one.property] } : inner;
}

/** The module of `require('x')`, `await import('x')`, `__import__('x')`. */
function readRequire(dialect: Dialect, node: SgNode): string | null {
  if (!dialect.callKinds.includes(String(node.kind()))) return null;
  return /^(?:require|import|__import__)\(\s*['"]([^'"]{1,200})['"]\s*\)$/.exec(node.text().slice(0, 240))?.[1] ?? null;
}
