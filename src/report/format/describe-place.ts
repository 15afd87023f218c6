import { type Finding, isSuspected } from '../../findings/finding.ts';

type Place = Pick<Finding, 'side' | 'startLine' | 'endLine' | 'headLine'>;

/** For formats that know only lines of the head: the lines of the finding, or the lines beside which the removed ones were. */
export function linesInHead({ side, startLine, endLine, headLine = 1 }: Place): { startLine: number; endLine: number } {
  return side === 'LEFT' ? { startLine: headLine, endLine: headLine } : { startLine, endLine };
}

/** What these formats have no word for: which line is meant where it is gone, and that nothing is proven. */
export function introduce(finding: Pick<Finding, 'side' | 'startLine' | 'confidence' | 'source'>): string {
  const suspected = isSuspected(finding) ? 'Suspected: ' : '';
  return finding.side === 'LEFT' ? `${suspected}Line ${finding.startLine} before this change: ` : suspected;
}
