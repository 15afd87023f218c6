import { expect, it } from 'vitest';
import { mergeFindings } from '../../src/findings/merge.ts';
import { finding } from '../support/finding.ts';

const reached = finding({
  ruleId: 'sql-injection',
  path: 'src/controller.ts',
  severity: 'critical',
  trace: [
    { line: 11, text: 'order' },
    { line: 4, text: 'query(…)', path: 'src/service.ts' },
  ],
});
const there = finding({
  ruleId: 'sql-injection',
  path: 'src/service.ts',
  startLine: 4,
  endLine: 4,
  severity: 'medium',
});

it('where a path from another file ends, what that file alone shows is not said again', () => {
  expect(mergeFindings([there, reached])).toEqual([reached]);
});

it.each([
  ['another line', { ...there, startLine: 9, endLine: 9 }],
  ['another rule', { ...there, ruleId: 'command-injection' }],
  ['worse than the path', { ...there, severity: 'critical' as const, path: 'src/other.ts' }],
])('%s stays', (_, other) => {
  expect(mergeFindings([other, reached])).toHaveLength(2);
});

it('what is worse there than by the path stays', () => {
  const low = { ...reached, severity: 'low' as const };
  expect(mergeFindings([there, low])).toHaveLength(2);
});
