import type { Finding } from '../../findings/finding.ts';

/** Which line is meant, for formats that know lines of the head alone. "" where they can say it themselves. */
export function describePlace({ side, startLine }: Pick<Finding, 'side' | 'startLine'>): string {
  return side === 'LEFT' ? `Line ${startLine} before this change: ` : '';
}
