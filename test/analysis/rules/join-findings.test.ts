import { expect, it } from 'vitest';
import { joinFindings } from '../../../src/analysis/rules/join-findings.ts';
import { finding } from '../../support/finding.ts';

const file = { path: 'src/a.ts', kind: 'typescript' as const, text: 'a\nb\n', hunks: null };
const suggestion = { startLine: 2, endLine: 2, replacement: "pool.query('… $1', [sort])" };
const pasted = finding({ severity: 'medium', title: 'A value is pasted into SQL text', suggestion });
const followed = finding({ severity: 'critical' });

function join(own: typeof pasted, flow: typeof pasted) {
  return joinFindings(file, {
    own: [own],
    program: { findings: [flow], suspects: [], byOperator: [], reached: [] },
    uses: [],
    kinds: new Map(),
    isByHand: () => false,
  });
}

it('where both looks see a flaw, the worse one is told, with the suggestion that is known', () => {
  expect(join(pasted, followed)).toEqual([{ ...followed, suggestion }]);
  expect(join({ ...pasted, severity: 'critical' }, followed)).toEqual([{ ...pasted, severity: 'critical' }]);
});

it('what was followed there displaces a suspicion that would be as bad', () => {
  const unknown = { ...pasted, confidence: 'low' as const };
  const known = finding({ severity: 'medium', confidence: 'high' });
  expect(join(unknown, known)).toEqual([{ ...known, suggestion }]);
});

it('what is suspected is not said where it is known', () => {
  const told = finding({ ruleId: 'weak', confidence: 'high', cwe: ['CWE-327'] });
  const suspected = finding({ ruleId: 'perhaps-weak', confidence: 'low', cwe: ['CWE-327'] });
  const uses = (found: (typeof told)[]) =>
    joinFindings(file, {
      own: [],
      program: { findings: [], suspects: [], byOperator: [], reached: [] },
      uses: found,
      kinds: new Map(),
      isByHand: () => false,
    });
  expect(uses([suspected, told])).toEqual([told]);
  expect(uses([{ ...suspected, cwe: ['CWE-338'] }, told])).toHaveLength(2);
});
