import { describe, expect, it } from 'vitest';
import { fitRule, isTooDear } from '../../../src/analysis/rules/fit-rule.ts';
import { indexTree, type Tree } from '../../../src/analysis/rules/tree-test.ts';
import { loadGrammars, readSyntax } from '../../../src/languages/syntax.ts';

async function treeOf(text: string): Promise<Tree> {
  await loadGrammars(['python']);
  return indexTree(readSyntax('python', text).root, text);
}

const TEXT = 'def load():\n    value = 1\n    get(value)\n';
const call = { kind: 'call' };
const thrown = { kind: 'raise_statement' };
const inLoad = { inside: { stopBy: 'end', kind: 'function_definition', has: { stopBy: 'end', kind: 'assignment' } } };

describe('a rule as it is made for a tree', () => {
  it.each([
    ['what holds somewhere stays', { ...call, ...inLoad }, { ...call, ...inLoad }],
    ['an exception that is nowhere goes', { ...call, not: { inside: { stopBy: 'end', ...thrown } } }, call],
    [
      'one that is further in as well',
      { ...call, not: { inside: { stopBy: 'end', kind: 'function_definition', has: { stopBy: 'end', ...thrown } } } },
      call,
    ],
    [
      'of several exceptions those that may hold stay',
      { ...call, not: { any: [{ has: thrown }, { has: { kind: 'argument_list' } }] } },
      { ...call, not: { any: [{ has: { kind: 'argument_list' } }] } },
    ],
    ['in a list of conditions', { all: [call, { not: { has: thrown } }] }, { all: [call] }],
    [
      'a pattern may stand anywhere',
      { ...call, not: { has: { pattern: '$A' } } },
      { ...call, not: { has: { pattern: '$A' } } },
    ],
    [
      'a condition is not left empty',
      { ...call, has: { not: { has: thrown } } },
      { ...call, has: { not: { has: thrown } } },
    ],
    ['a rule that holds nowhere is left as it is', { ...call, has: thrown }, { ...call, has: thrown }],
  ])('%s', async (_, rule, fitted) => {
    expect(fitRule(rule, {}, await treeOf(TEXT))).toEqual(fitted);
  });

  it('looks through a function for each of its calls only as long as that is no work', async () => {
    const body = (count: number): string => `def load():\n    value = 1\n${'    get(value)\n'.repeat(count)}`;
    const rule = { ...call, not: inLoad };
    expect(isTooDear(rule, {}, await treeOf(body(300)))).toBe(false);
    expect(isTooDear(rule, {}, await treeOf(body(3000)))).toBe(true);
    expect(
      isTooDear({ ...call, inside: { stopBy: 'end', kind: 'function_definition' } }, {}, await treeOf(body(3000))),
    ).toBe(false);
    // Thousands of calls, none of which the rule asks that of.
    expect(
      isTooDear({ all: [call, { has: { field: 'function', regex: '^post$' } }, rule] }, {}, await treeOf(body(3000))),
    ).toBe(false);
    // In functions of their own.
    expect(isTooDear(rule, {}, await treeOf(body(3).repeat(1000)))).toBe(false);
  });
});
