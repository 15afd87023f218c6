import { expect, it } from 'vitest';
import { placeAtEnd } from '../../src/findings/place-at-end.ts';
import { finding } from '../support/finding.ts';

const TEXTS: Readonly<Record<string, string>> = {
  'web/search.go': 'package web\n\nstore.Find(c.QueryParam("q"))',
  'store/find.go': 'package store\n\ndb.Query("…" + term)',
};
const reached = finding({
  ruleId: 'sql-injection',
  source: 'data-flow',
  path: 'web/search.go',
  startLine: 3,
  endLine: 3,
  trace: [
    { line: 3, text: 'c.QueryParam("q")' },
    { line: 3, text: 'db.Query(…)', path: 'store/find.go' },
  ],
});
const textOf = (path: string): string | null => TEXTS[path] ?? null;

it('a way of data that ends in another file is said there, with the way to it', () => {
  expect(placeAtEnd([reached], textOf)).toMatchObject([
    {
      path: 'store/find.go',
      startLine: 3,
      evidence: 'db.Query("…" + term)',
      trace: [
        { line: 3, text: 'c.QueryParam("q")', path: 'web/search.go' },
        { line: 3, text: 'db.Query(…)' },
      ],
    },
  ]);
});

it('many who come to one place are told once', () => {
  const other = { ...reached, path: 'web/other.go', fingerprint: 'other' };
  expect(placeAtEnd([reached, other], textOf)).toHaveLength(1);
});

it.each([
  ['ends in its own file', { ...reached, trace: reached.trace.slice(0, 1) }, textOf],
  ['ends in a file that was not looked at', reached, () => null],
  ['is of another analyser', { ...reached, source: 'rules' }, textOf],
])('what %s stays where it is', (_, one, read) => {
  expect(placeAtEnd([one], read)).toEqual([one]);
});
