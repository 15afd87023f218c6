import { expect, it } from 'vitest';
import { describeRule } from '../../src/analysis/describe.ts';
import type { Rule } from '../../src/analysis/rules/rule.ts';

const file = { path: 'a.py', text: 'run(command)\n', kind: 'python', changedLines: null, unjudged: null } as never;
const say = (confidence: Rule['confidence'], once?: Rule['once']): string | undefined =>
  describeRule(
    {
      id: 'a',
      principle: 'security/a',
      cwe: [],
      severity: 'low',
      confidence,
      ...(once && { once }),
      title: 'a',
      explanation: 'a',
      fix: 'a',
      phrases: ['a'],
      why: 'a',
      falseAlarm: 'a',
      references: [],
    } as never,
    file,
    { startLine: 1, endLine: 1 },
    'rules',
  ).once;

it.each([
  ['low', undefined, 'package'],
  ['low', 'folder', 'folder'],
  ['medium', undefined, undefined],
  ['high', 'package', 'package'],
] as const)('says a kind once a package where it is only suspected: %s, %s', (confidence, once, expected) => {
  expect(say(confidence, once)).toBe(expected);
});
