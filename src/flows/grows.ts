import type { Expression, Statement } from '../languages/form.ts';
import { compiled } from './compiled.ts';
import type { Home } from './value.ts';

/** What gives room back, or bounds what is kept: `NAME.delete(…)`, `NAME.size`, `NAME.length = 0`, `del NAME[…]`. */
const SHRINKS =
  '\\b{NAME}\\s*\\??\\.\\s*(?:delete|clear|size|shift|pop|popleft|splice|remove|length|discard|popitem|prune|evict)\\b|\\bdel\\s+{NAME}\\b|\\blen\\(\\s*{NAME}\\b|\\bdelete\\s+{NAME}\\b|(?:^|[\\n;])[ \\t]+(?:global\\s+)?{NAME}\\s*=[^=]';

/**
 * Whether what a call adds to is a collection that the file itself made and that lives as long as the process, and nothing in the
 * file takes anything out of it. What other files can reach may be emptied there.
 */
export function growsForEver({ module, text }: Home, of: Expression): boolean {
  if (of.kind !== 'field' || of.of.kind !== 'name') return false;
  const { name } = of.of;
  const [top] = module.functions;
  const made = top?.body.find((one) => isMade(one, name));
  if (!made || module.exports.some((one) => one.local === name || one.name === '=')) return false;
  return !compiled(SHRINKS.replaceAll('{NAME}', name.replaceAll('$', '\\$')), 'i').test(text);
}

function isMade(one: Statement, name: string): boolean {
  if (one.kind !== 'set' || one.target.kind !== 'name' || one.target.name !== name) return false;
  const { value } = one;
  if (value.kind === 'list') return value.items.length === 0;
  return (
    value.kind === 'call' &&
    value.made &&
    value.of.kind === 'name' &&
    /^(?:Map|Set)$/.test(value.of.name) &&
    value.arguments.length === 0
  );
}
