import type { SgNode } from '@ast-grep/napi';
import { isFunction } from '../languages.ts';
import { named } from '../names/name-reader.ts';

const LEAVES = /^(return|raise|throw|continue|break)_statement$/;
const ENDS = /^(panic|os\.Exit|log\.Fatal\w*|sys\.exit|process\.exit)$/;

/**
 * The conditions under which a node runs, as text: of the `if`s and choices around it, and of the `if`s before it that leave
 * the block (`if (!skipVerify) return`). Which way they turn is not asked: who tests a switch by name knows of it.
 */
export function listGuards(node: SgNode): string[] {
  const guards: string[] = [];
  let inside = node;
  for (const at of node.ancestors()) {
    const kind = String(at.kind());
    const condition = readCondition(at, kind, inside);
    if (condition && condition.id() !== inside.id()) guards.push(condition.text());
    if (/block|program|module|statement_list|^(switch|expression)_case|default_case/.test(kind)) {
      for (const sibling of at.children()) {
        if (sibling.id() === inside.id()) break;
        const test = sibling.kind() === 'if_statement' ? sibling.field('condition') : null;
        if (test && leaves(sibling.field('consequence'))) guards.push(test.text());
      }
    }
    inside = at;
  }
  return guards;
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
