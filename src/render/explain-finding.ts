import type { Finding } from '../findings/finding.ts';

/** What happens and when; where a change armed a line that it did not touch, which line that is. */
export function explainFinding({ explanation, cause }: Pick<Finding, 'explanation' | 'cause'>): string {
  return cause ? `${explanation} (${cause}.)` : explanation;
}
