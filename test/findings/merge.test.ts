import { describe, expect, it } from 'vitest';
import { groupPlaces, mergeFindings } from '../../src/findings/merge.ts';
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

it('what a known way goes through is not suspected beside it, what has another class is', () => {
  const sent = finding({
    ruleId: 'server-side-request-forgery',
    path: 'a.go',
    cwe: ['CWE-918'],
    startLine: 9,
    endLine: 9,
    trace: [
      { line: 3, text: 'url' },
      { line: 5, text: 'url' },
      { line: 9, text: 'client.Do(…)' },
    ],
  });
  const suspected = {
    ...sent,
    ruleId: 'address-not-known',
    confidence: 'low' as const,
    trace: [],
    startLine: 5,
    endLine: 5,
  };
  const other = { ...suspected, ruleId: 'missing-request-timeout', cwe: ['CWE-400'] };
  expect(mergeFindings([suspected, sent, other])).toEqual(expect.arrayContaining([sent, other]));
  expect(mergeFindings([suspected, sent, other])).toHaveLength(2);
});

describe('places of one rule in a file are one comment', () => {
  const at = (startLine: number, symbol: string, origin: number | null): ReturnType<typeof finding> =>
    finding({
      ruleId: 'path-traversal',
      startLine,
      endLine: startLine,
      symbol,
      fingerprint: `f${startLine}`,
      trace: origin === null ? [] : [{ line: origin, text: 'r.FormValue("name")' }],
    });

  const mendable = (one: ReturnType<typeof finding>): ReturnType<typeof finding> => ({
    ...one,
    suggestion: { startLine: one.startLine, endLine: one.startLine, replacement: 'safe' },
  });

  it.each([
    ['two of one value in one function', [at(3, 'serve', 2), at(9, 'serve', 2)], [[9]]],
    ['two values are two', [at(3, 'serve', 2), at(9, 'serve', 8)], [[], []]],
    ['two without a way of their own', [at(3, 'serve', null), at(9, 'save', null)], [[9]]],
    ['two with a fix that is ready are two', [at(3, 'serve', null), at(9, 'serve', null)].map(mendable), [[], []]],
    ['two functions are two', [at(3, 'serve', 2), at(9, 'save', 2)], [[], []]],
    ['three of different functions', [at(3, 'serve', 2), at(9, 'save', 8), at(12, 'drop', 11)], [[9, 12]]],
  ])('%s', (_, findings, others) => {
    expect(groupPlaces(findings).map(({ alsoAt }) => alsoAt.map(({ line }) => line))).toEqual(others);
  });
});

describe('a check that is gone, and what it kept away', () => {
  const check = finding({
    ruleId: 'path-check-removed',
    cwe: ['CWE-22'],
    side: 'LEFT',
    startLine: 7,
    endLine: 7,
    symbol: 'serve',
    source: 'data-flow',
  });
  const flaw = finding({
    ruleId: 'path-traversal',
    cwe: ['CWE-22'],
    startLine: 9,
    endLine: 9,
    symbol: 'Files.serve',
    trace: [{ line: 6, text: 'req.query.name' }],
  });

  it('are one comment with both lines', () => {
    const merged = mergeFindings([check, flaw]);
    expect(merged).toMatchObject([{ ruleId: 'path-traversal', startLine: 9 }]);
    expect(merged[0]?.cause).toMatch(/^Line 7 of the old file/);
  });

  it('keeps the cause that is known', () => {
    const placed = {
      ...flaw,
      side: 'LEFT' as const,
      startLine: 7,
      endLine: 7,
      cause: 'what is removed here kept line 9 right',
    };
    expect(mergeFindings([check, placed])).toEqual([placed]);
  });

  it('what is only suspected is not said beside what is sure', () => {
    const suspected = { ...flaw, confidence: 'low' as const, trace: [] };
    expect(mergeFindings([check, suspected])).toEqual([check]);
  });

  it('a path that any check of input may have kept away says the suspected one as well', () => {
    const input = { ...check, ruleId: 'input-check-removed', cwe: ['CWE-20'], confidence: 'low' as const };
    expect(mergeFindings([input, flaw])).toHaveLength(1);
  });

  it.each([
    ['another function', { ...flaw, symbol: 'list' }],
    ['another class of flaw', { ...flaw, cwe: ['CWE-89'] }],
    ['two handlers without a name far apart', { ...flaw, symbol: '', startLine: 90, endLine: 90 }],
  ])('%s stays', (_, other) => {
    expect(mergeFindings([{ ...check, symbol: other.symbol === '' ? '' : 'serve' }, other])).toHaveLength(2);
  });
});

it('what a contract says in two forms side by side is said once', () => {
  const yaml = finding({
    source: 'contracts',
    ruleId: 'api-operation-removed',
    path: 'docs/swagger.yaml',
    symbol: 'GET /orders',
  });
  const json = { ...yaml, path: 'docs/swagger.json' };
  expect(mergeFindings([json, yaml])).toEqual([yaml]);
  for (const other of [
    { ...json, symbol: 'GET /marks' },
    { ...json, path: 'api/swagger.json' },
    { ...json, source: 'secretlint' },
  ] as const)
    expect(mergeFindings([other, yaml])).toHaveLength(2);
  // What only the other one lessens, by an acceptance or a version of its own, is still said.
  expect(mergeFindings([json, { ...yaml, severity: 'low' }])).toHaveLength(2);
  expect(mergeFindings([json, { ...yaml, source: 'model' }])).toContainEqual(json);
});
