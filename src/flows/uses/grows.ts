import type { Expression, Statement } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { type Run, spendOnText } from '../run/run.ts';
import type { Home } from '../values/value.ts';

/** What gives room back, or bounds what is kept: `NAME.delete(…)`, `NAME.size`, `NAME.length = 0`, `del NAME[…]`. */
const SHRINKS =
  '\\b{NAME}\\s*\\??\\.\\s*(?:delete|clear|size|shift|pop|popleft|splice|remove|length|discard|popitem|prune|evict)\\b|\\bdel\\s+{NAME}\\b|\\blen\\(\\s*{NAME}\\b|\\bdelete\\s+{NAME}\\b|(?:^|[\\n;])[ \\t]+(?:global\\s+)?{NAME}\\s*=[^=]';

/**
 * Whether what a call adds to is a collection that the file itself made and that lives as long as the process, and nothing in the
 * file takes anything out of it. What other files can reach may be emptied there.
 */
export function growsForEver(run: Run, home: Home, of: Expression): boolean {
  if (of.kind !== 'field' || of.of.kind !== 'name') return false;
  const { name } = of.of;
  const known = collectionsOf(home);
  const told = known.get(name);
  if (told !== 'unasked') return told === 'grows';
  if (!spendOnText(run, home.text)) return false;
  const isEmptied = new RegExp(SHRINKS.replaceAll('{NAME}', name.replaceAll('$', '\\$')), 'i').test(home.text);
  known.set(name, isEmptied ? 'emptied' : 'grows');
  return !isEmptied;
}

/** The collections that the file itself makes and no other file reaches, with what is known of each. */
const collectionsOf = memo(({ module }: Home) => {
  const given = new Set(module.exports.map(({ local, name }) => (name === '=' ? '=' : local)));
  const made = given.has('=') ? [] : (module.functions[0]?.body ?? []).filter(isMade);
  const names = made.flatMap((one) => (one.kind === 'set' && one.target.kind === 'name' ? [one.target.name] : []));
  return new Map<string, 'unasked' | 'emptied' | 'grows'>(
    names.filter((name) => !given.has(name)).map((name) => [name, 'unasked']),
  );
});

function isMade(one: Statement): boolean {
  if (one.kind !== 'set' || one.target.kind !== 'name') return false;
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
