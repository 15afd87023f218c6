import type { SgNode } from '@ast-grep/napi';
import { isFunction } from '../languages.ts';
import { named } from '../names/name-reader.ts';

const LEAVES = /^(return|raise|throw|continue|break)_statement$/;
const ENDS = /^(panic|os\.Exit|log\.Fatal\w*|sys\.exit|process\.exit)$/;

/**
 * Whether a node runs under a condition that says this: of the `if`s and choices around it, or of the `if`s before it that leave
 * the block (`if (!skipVerify) return`). Which way they turn is not asked: who tests a switch by name knows of it. Of one tree: a block
 * of thousands of statements is looked through once.
 */
export function createIsUnder(guard: RegExp): (node: SgNode) => boolean {
  const says = byId((condition) => guard.test(condition.text()));
  const leavesAt = byId((block) => firstThatLeaves(block, says));
  return (node) => {
    let inside = node;
    for (const at of node.ancestors()) {
      const kind = String(at.kind());
      const condition = readCondition(at, kind, inside);
      if (condition && condition.id() !== inside.id() && says(condition)) return true;
      if (BLOCKS.test(kind) && leavesAt(at) < inside.range().start.index) return true;
      inside = at;
    }
    return false;
  };
}

const BLOCKS = /block|program|module|statement_list|^(switch|expression)_case|default_case/;

/** Where the first `if` of a block stands that leaves it under such a condition. */
function firstThatLeaves(block: SgNode, says: (condition: SgNode) => boolean): number {
  for (const one of block.children()) {
    const test = one.kind() === 'if_statement' ? one.field('condition') : null;
    if (test && says(test) && leaves(one.field('consequence'))) return one.range().start.index;
  }
  return Number.POSITIVE_INFINITY;
}

/** What is asked of a node once: answers by the numbers of nodes, which are those of one tree. */
export function byId<T>(ask: (node: SgNode) => T): (node: SgNode) => T {
  const known = new Map<number, T>();
  return (node) => {
    const answer = known.get(node.id()) ?? ask(node);
    known.set(node.id(), answer);
    return answer;
  };
}

function readCondition(at: SgNode, kind: string, inside: SgNode): SgNode | null {
  if (/^(if_statement|elif_clause|ternary_expression|while_statement)$/.test(kind)) return at.field('condition');
  // `a if condition else b`
  if (kind === 'conditional_expression') return named(at)[1] ?? null;
  if (
    kind === 'boolean_operator' ||
    (kind === 'binary_expression' && /^(&&|\|\|)$/.test(at.field('operator')?.text() ?? ''))
  ) {
    const left = at.field('left');
    return left?.id() === inside.id() ? null : left;
  }
  if (/^(switch|expression)_case$/.test(kind)) return at.field('value');
  return null;
}

/** Whether nothing after the block runs. */
function leaves(block: SgNode | null): boolean {
  if (!block || isFunction(block)) return false;
  if (LEAVES.test(String(block.kind()))) return true;
  const last = named(block).at(-1);
  if (!last) return false;
  if (LEAVES.test(String(last.kind()))) return true;
  if (/^(statement_list|expression_statement)$/.test(String(last.kind()))) return leaves(last);
  return ENDS.test(last.field('function')?.text() ?? '');
}
