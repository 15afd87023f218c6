import type { Finding } from '../../findings/finding.ts';

type Place = Pick<Finding, 'side' | 'startLine' | 'endLine' | 'headLine'>;

/** For formats that know lines of the head alone: the lines, or those beside which the removed ones stood. */
export function linesInHead({ side, startLine, endLine, headLine = 1 }: Place): { startLine: number; endLine: number } {
  return side === 'LEFT' ? { startLine: headLine, endLine: headLine } : { startLine, endLine };
}

/** Which line is meant, where they cannot say it. "" where they can. */
export function describePlace({ side, startLine }: Place): string {
  return side === 'LEFT' ? `Line ${startLine} before this change: ` : '';
}
