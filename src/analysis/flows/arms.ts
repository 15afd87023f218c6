import type { SgNode } from '@ast-grep/napi';
import { named } from './dialect.ts';

/** The ways through an `if` with its `else`, or a `switch` with a default: one of them is taken. */
export interface Arms {
  /** Its place in the file: the identity. */
  start: number;
  end: number;
  count: number;
}

const CLAUSES = /^(?:if_statement|elif_clause|else_clause)$/;
const CASES = /^(?:switch_case|expression_case)$/;
const DEFAULTS = /^(?:switch_default|default_case)$/;

/** What a branch is one of the ways of; null where none of them may be taken, or it is none. */
export function readArms(branch: SgNode): Arms | null {
  const kind = String(branch.kind());
  const switched = CASES.test(kind) || DEFAULTS.test(kind) ? branch.parent() : null;
  const top = switched ?? findIf(branch);
  const count = top && (switched ? countCases(top) : countClauses(top));
  if (!top || !count) return null;
  const { start, end } = top.range();
  return { start: start.index, end: end.index, count };
}

/** The first `if` of a chain of them. */
function findIf(branch: SgNode): SgNode | null {
  let top = branch.kind() === 'if_statement' ? branch : null;
  for (let at = branch.parent(); at && CLAUSES.test(String(at.kind())); at = at.parent())
    if (at.kind() === 'if_statement') top = at;
  return top;
}

/** Null: without a last `else`. */
function countClauses(top: SgNode): number | null {
  let count = 1;
  for (let at: SgNode | null = top; at; ) {
    const children: SgNode[] = at.children();
    count += children.filter((child) => child.kind() === 'elif_clause').length;
    const last: SgNode | null = children.find((child) => child.kind() === 'else_clause') ?? at.field('alternative');
    if (!last) return null;
    count += 1;
    at = [last, ...named(last).slice(0, 1)].find((node) => node.kind() === 'if_statement') ?? null;
  }
  return count;
}

/** Null: without a default. What falls through to the next case is a part of it. */
function countCases(body: SgNode): number | null {
  const cases = named(body).filter((child) => CASES.test(String(child.kind())) && named(child).length > 1);
  return named(body).some((child) => DEFAULTS.test(String(child.kind()))) ? cases.length + 1 : null;
}
