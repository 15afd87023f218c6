import type { RawFinding } from '../../findings/finding.ts';
import type { Unless } from './rule.ts';

/** What the package around the file must say of a finding before it is said. */
export function asksOf(unless: Unless | undefined): Pick<RawFinding, 'quietIn' | 'since'> {
  return {
    ...(unless?.runtime && { quietIn: unless.runtime }),
    ...(unless?.since && { since: unless.since }),
  };
}
