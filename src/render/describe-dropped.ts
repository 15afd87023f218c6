import type { ModelCoverage } from '../scope/coverage.ts';

/** What Claude said and nobody is shown: how much of it, and why. Null: there is none. */
export function describeDropped({ dropped = {} }: ModelCoverage): string | null {
  const reasons = Object.entries(dropped).map(([reason, count]) => ({ reason, count }));
  const total = reasons.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  const why = reasons.map(({ reason, count }) => `${count} ${reason}`).join(', ');
  return `${total} more ${total === 1 ? 'claim of Claude is' : 'claims of Claude are'} not shown: ${why}`;
}
