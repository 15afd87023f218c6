import { expect, it } from 'vitest';
import { joinFindings } from '../../../src/analysis/rules/join-findings.ts';
import { finding } from '../../support/finding.ts';

const pasted = finding({ severity: 'medium', title: 'A value is pasted into SQL text', confidence: 'low' });
const followed = finding({ severity: 'critical' });

function join(looks: {
  findings?: (typeof pasted)[];
  suspects?: (typeof pasted)[];
  uses?: (typeof pasted)[];
  byHand?: boolean;
}) {
  const { findings = [], suspects = [], uses = [], byHand = false } = looks;
  return joinFindings({ program: { findings, suspects, byOperator: findings }, uses, isByHand: () => byHand });
}

it('what was followed to a place displaces what is suspected there', () => {
  expect(join({ findings: [followed], suspects: [pasted] })).toEqual([followed]);
});

it('a suspicion of a value displaces that of the call, and a use that is wrong displaces both', () => {
  const use = finding({ ruleId: 'sql-from-text', severity: 'medium', confidence: 'low' });
  expect(join({ suspects: [pasted], uses: [use] })).toEqual([pasted]);
  const wrong = { ...use, confidence: 'high' as const };
  expect(join({ suspects: [pasted], uses: [wrong] })).toEqual([wrong]);
});

it('whoever starts a tool by hand gives it its values himself', () => {
  expect(join({ findings: [followed], suspects: [pasted], byHand: true })).toEqual([]);
});

it('what is suspected is not said where it is known', () => {
  const told = finding({ ruleId: 'weak', confidence: 'high', cwe: ['CWE-327'] });
  const suspected = finding({ ruleId: 'perhaps-weak', confidence: 'low', cwe: ['CWE-327'] });
  expect(join({ uses: [suspected, told] })).toEqual([told]);
  expect(join({ uses: [{ ...suspected, cwe: ['CWE-338'] }, told] })).toHaveLength(2);
});

it('compares thousands of findings with thousands without asking each of each', () => {
  const COUNT = 2000;
  let asked = 0;
  const many = (over: Partial<typeof pasted>, from: number) =>
    Array.from({ length: COUNT }, (_, at) => {
      const one = finding(over);
      const line = from + 2 * at;
      return Object.defineProperty({ ...one, endLine: line }, 'startLine', {
        enumerable: true,
        get: () => {
          asked += 1;
          return line;
        },
      });
    });
  const known = many({}, 1);
  const others = many({ confidence: 'low' }, 2);
  const same = many({ confidence: 'low' }, 1);
  expect(join({ findings: known, uses: [...others, ...same] })).toEqual([...known, ...others]);
  expect(asked).toBeLessThan(COUNT * 200);
});
