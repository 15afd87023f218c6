import { describe, expect, it } from 'vitest';
import { parsePatch } from '../../src/diff/patch.ts';
import { listRuns, pairLines, placeOfRun, undoRun } from '../../src/diff/runs.ts';
import { pickNew, toBaseFindings } from '../../src/findings/base-finding.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { placeFindings, placeJudged } from '../../src/findings/place.ts';
import { finding, HUNKS } from '../support/finding.ts';

const raw = (own: Partial<Finding> = {}) => finding({ trace: [], ...own });
const at = (line: number, own: Partial<Finding> = {}) => raw({ startLine: line, endLine: line, ...own });

describe('what an analyser found', () => {
  it.each([
    { what: 'on a changed line', one: at(2), lines: ['RIGHT 2'] },
    { what: 'around a changed line', one: raw({ startLine: 1, endLine: 3 }), lines: ['RIGHT 1'] },
    { what: 'whose source is new', one: at(30, { trace: [{ line: 2, text: 'x' }] }), lines: ['RIGHT 2'] },
    { what: 'made wrong by a removal', one: at(3), lines: ['LEFT 3'] },
    { what: 'far away, and made wrong by the change', one: at(40), lines: ['RIGHT 4'] },
  ])('$what', ({ one, lines }) => {
    const placed = placeFindings([one], HUNKS, new Set([one]));
    expect(placed.map((place) => `${place.side} ${place.startLine}`)).toEqual(lines);
  });

  it('is not said where the base has it', () => {
    expect(placeFindings([at(2), at(40)], HUNKS, new Set())).toEqual([]);
  });

  it('is said of untouched lines only with proof, where the base is not known', () => {
    const placed = placeFindings([at(2), at(40)], HUNKS, null);
    expect(placed.map((one) => one.startLine)).toEqual([2]);
  });

  it('is not said of an untouched line because siblings were added that do it otherwise', () => {
    const added = parsePatch('@@ -20,2 +20,3 @@\n d\n+e\n f');
    const one = at(40, { compared: true });
    const near = at(40);
    const cause = { side: 'RIGHT' as const, startLine: 21, endLine: 21, text: 'e' };
    expect(placeFindings([one], added, new Set([one]))).toEqual([]);
    expect(placeFindings([one], added, new Set([one]), new Map([[one.fingerprint, cause]]))).toEqual([]);
    expect(placeFindings([near], added, new Set([near]))).toMatchObject([{ startLine: 21 }]);
  });

  it('is said of it where a guard of all of them became another one', () => {
    const changed = parsePatch('@@ -20,3 +20,3 @@\n d\n-auth\n+log\n f');
    const one = at(40, { compared: true });
    const [placed] = placeFindings([one], changed, new Set([one]));
    expect(placed).toMatchObject({ startLine: 21 });
    expect(placed).not.toHaveProperty('compared');
  });

  it('stands at the change without which it is not there', () => {
    const one = at(40);
    const cause = { side: 'LEFT' as const, startLine: 7, endLine: 9, text: 'if (!ok) return;' };
    expect(placeFindings([one], HUNKS, new Set([one]), new Map([[one.fingerprint, cause]]))).toMatchObject([
      {
        side: 'LEFT',
        startLine: 7,
        endLine: 9,
        evidence: 'if (!ok) return;',
        cause: 'Without what is removed here, line 40 is wrong',
      },
    ]);
  });
});

describe('what stands in a file that the change does not touch', () => {
  const one = at(7, {
    path: 'src/orders.ts',
    explanation: 'The name (line 7) is pasted.',
    fix: 'Look it up.',
    trace: [
      { line: 3, text: 'column()', path: 'src/safe.ts' },
      { line: 7, text: 'query()' },
    ],
  });
  const place = (side: 'LEFT' | 'RIGHT') => {
    const cause = { path: 'src/safe.ts', side, startLine: 2, endLine: 2, text: 'if (!ok) return;' };
    return placeFindings([one], [], null, new Map([[one.fingerprint, cause]]));
  };

  it('is said at the change, and names its own file', () => {
    expect(place('LEFT')).toMatchObject([
      {
        path: 'src/safe.ts',
        startLine: 2,
        explanation: 'In `src/orders.ts`: The name (line 7) is pasted.',
        fix: 'Put back what is removed here, or change line 7 of `src/orders.ts`. Look it up.',
        cause: 'Without what is removed here, line 7 of `src/orders.ts` is wrong',
        trace: [
          { line: 3, text: 'column()' },
          { line: 7, text: 'query()', path: 'src/orders.ts' },
        ],
      },
    ]);
    expect(place('RIGHT')).toMatchObject([{ cause: 'This change makes line 7 of `src/orders.ts` wrong' }]);
  });

  it('is not said where no part of the change arms it', () => {
    expect(placeFindings([one], [], null)).toEqual([]);
  });
});

describe('what the model said', () => {
  /** As it comes: a side is named only for removed lines. */
  const judged = ({ side, ...one }: Finding) => (side === 'LEFT' ? { ...one, side } : one);
  const hunks = parsePatch('@@ -1,4 +1,3 @@\n a\n-guard\n b\n c\n@@ -20,2 +19,3 @@\n d\n+e\n f');
  it.each([
    { what: 'of an added line stands there', one: at(20), place: 'RIGHT 20' },
    { what: 'of the line after a removal stands on the removal', one: at(2), place: 'LEFT 2' },
    { what: 'of a line two below a removal stands on the removal', one: at(3), place: 'LEFT 2' },
    { what: 'of a line beside an added one stands there', one: at(21), place: 'RIGHT 20' },
    {
      what: 'of a line that the change does not show stands on what was removed in the file',
      one: at(90, { explanation: 'Nobody asks `guard` any more.' }),
      place: 'LEFT 2',
    },
    { what: 'of a removed line stands there', one: { ...at(2), side: 'LEFT' as const }, place: 'LEFT 2' },
  ])('$what', ({ one, place }) => {
    const placed = placeJudged(judged(one), hunks);
    expect(`${placed?.side} ${placed?.startLine}`).toBe(place);
  });

  it('is not said at an empty line that was removed, while another one near it was', () => {
    const both = parsePatch('@@ -1,6 +1,4 @@\n a\n-if (!known) throw no;\n b\n-\n c\n d');
    const placed = placeJudged(judged(at(3)), both);
    expect([placed?.side, placed?.startLine, placed?.evidence]).toEqual(['LEFT', 2, 'if (!known) throw no;']);
    const empty = parsePatch('@@ -1,4 +1,3 @@\n a\n-\n b\n c');
    expect(placeJudged(judged(at(2)), empty)).toBeNull();
  });

  it('is not said at a removal far from it that names nothing of it', () => {
    expect(placeJudged(judged(at(90, { title: 'The list has no end' })), hunks)).toBeNull();
    const two = parsePatch('@@ -1,4 +1,3 @@\n a\n-requireOwner(order);\n b\n c\n@@ -60,3 +59,2 @@\n d\n-other\n f');
    const placed = placeJudged(judged(at(90, { explanation: '`requireOwner` does not stand before it.' })), two);
    expect([placed?.side, placed?.startLine]).toEqual(['LEFT', 2]);
  });

  it('is counted and not shown where nothing near it was touched', () => {
    const added = parsePatch('@@ -20,2 +20,3 @@\n d\n+e\n f');
    expect(placeJudged(judged(at(90)), added)).toBeNull();
  });
});

describe('what is new', () => {
  const touched = parsePatch(`@@ -1,9 +1,9 @@${'\n-a'.repeat(9)}${'\n+b'.repeat(9)}`);
  const code = 'requests.get(url)';
  const one = (line: number, symbol: string, own: Partial<Finding> = {}) => at(line, { snippet: code, symbol, ...own });
  const base = (...findings: Finding[]) => toBaseFindings(findings);
  const severity = 'medium';

  it.each([
    {
      what: 'code that was re-indented',
      head: [one(2, 'a', { snippet: `  ${code}` })],
      before: base(one(2, 'a')),
      fresh: [],
    },
    { what: 'code that moved', head: [one(2, 'a')], before: base(one(30, 'a')), fresh: [] },
    { what: 'a function with another name', head: [one(20, 'b')], before: base(one(20, 'a')), fresh: [] },
    {
      what: 'a second way of data to the place, from a function that was taken out of another',
      head: [one(2, 'b'), one(2, 'b', { trace: [] })],
      before: base(one(20, 'a')),
      fresh: [],
    },
    {
      what: 'a second way that is worse',
      head: [one(2, 'b', { confidence: 'medium' }), one(2, 'b', { confidence: 'high' })],
      before: base(one(20, 'a', { confidence: 'medium' })),
      fresh: [2],
    },
    {
      what: 'a copy of what two ways lead to',
      head: [one(2, 'b'), one(20, 'a')],
      before: base(one(20, 'a'), one(20, 'a')),
      fresh: [2],
    },
    { what: 'a second copy', head: [one(2, 'b'), one(20, 'a')], before: base(one(20, 'a')), fresh: [2] },
    { what: 'a copy above the original', head: [one(2, 'a'), one(20, 'a')], before: base(one(18, 'a')), fresh: [2] },
    {
      what: 'request input where the origin was unknown',
      head: [one(20, 'a', { confidence: 'high' })],
      before: base(one(20, 'a', { confidence: 'medium' })),
      fresh: [20],
    },
    {
      what: 'another rule on the same code',
      head: [one(20, 'a', { ruleId: 'x' })],
      before: base(one(20, 'a')),
      fresh: [20],
    },
    {
      what: 'a line that was edited for another reason',
      head: [one(2, 'a', { snippet: 'requests.get(url, headers=given)', severity })],
      before: base(one(2, 'a', { snippet: 'requests.get(url, headers=own)', severity })),
      fresh: [],
    },
    {
      what: 'another call in its place',
      head: [one(2, 'a', { snippet: 'httpx.post(address)', severity })],
      before: base(one(2, 'a', { snippet: 'requests.get(url)', severity })),
      fresh: [2],
    },
    {
      what: 'an edited line and a second one like it',
      head: [
        one(2, 'a', { snippet: 'requests.get(url + "/a")', severity }),
        one(3, 'a', { snippet: 'requests.get(url + "/b")', severity }),
      ],
      before: base(one(2, 'a', { snippet: 'requests.get(url + "/")', severity })),
      fresh: [3],
    },
    {
      what: 'a line like it that was mended elsewhere',
      head: [one(2, 'a', { snippet: 'requests.get(url, headers=given)', severity })],
      before: base(one(5, 'a', { snippet: 'requests.get(url, headers=own)', severity })),
      fresh: [2],
    },
    {
      what: 'an edited line that data of a request reach',
      head: [one(2, 'a', { snippet: 'redirect(request.args["back"])', severity, trace: [{ line: 2, text: 'x' }] })],
      before: base(one(2, 'a', { snippet: 'redirect(request.args["next"])', severity })),
      fresh: [2],
    },
    {
      what: 'an untouched first line of a call that was edited',
      head: [one(20, 'a', { snippet: 'requests.get(url, headers=given)', severity })],
      before: base(one(20, 'a', { snippet: 'requests.get(url, headers=own)', severity })),
      fresh: [],
    },
    {
      what: 'an edited line in another function',
      head: [one(2, 'b', { snippet: 'requests.get(url, headers=given)', severity })],
      before: base(one(2, 'a', { snippet: 'requests.get(url, headers=own)', severity })),
      fresh: [2],
    },
    {
      what: 'an edited line with a severe flaw',
      head: [one(2, 'a', { snippet: 'db.execute("select a from b where c = " + d)', severity: 'high' })],
      before: base(one(2, 'a', { snippet: 'db.execute("select a, e from b where c = " + d)', severity: 'high' })),
      fresh: [2],
    },
    {
      what: 'another credential',
      head: [one(2, 'a', { snippet: 'token = "**********"', source: 'secretlint', severity })],
      before: base(one(2, 'a', { snippet: 'token = "********"', source: 'secretlint', severity })),
      fresh: [2],
    },
  ])('$what', ({ head, before, fresh }) => {
    expect([...pickNew(head, before, touched)].map((finding) => finding.startLine)).toEqual(fresh);
  });

  it('leaves what is gone', () => {
    const left: ReturnType<typeof base> = [];
    pickNew([one(2, 'a')], base(one(2, 'a'), one(9, 'b')), touched, left);
    expect(left).toMatchObject([{ symbol: 'b' }]);
  });
});

describe('the runs of a change', () => {
  const patch = '@@ -1,6 +1,5 @@\n a\n-b\n-c\n+B\n d\n-e\n f';
  const base = 'a\nb\nc\nd\ne\nf\n';
  const head = 'a\nB\nd\nf\n';

  it('are undone one by one', () => {
    const [edit, removal] = listRuns(parsePatch(patch.replace('-1,6 +1,5', '-1,6 +1,4')));
    expect(edit && undoRun(head, edit)).toBe('a\nb\nc\nd\nf\n');
    expect(removal && undoRun(head, removal)).toBe('a\nB\nd\ne\nf\n');
    expect(edit && removal && undoRun(undoRun(head, removal), edit)).toBe(base);
  });

  it('pair the lines of both sides', () => {
    const pairs = pairLines(parsePatch('@@ -1,6 +1,7 @@\n a\n-b\n-c\n+B\n+x\n+C\n d\n-e\n+E\n f'));
    expect([1, 2, 3, 4, 5, 6, 7, 20].map(pairs)).toEqual([[1], [2], [3, 2], [3], [4], [5], [6], [19]]);
  });

  it('are spoken of where the most happened', () => {
    const runs = listRuns(parsePatch(patch.replace('-1,6 +1,5', '-1,6 +1,4')));
    expect(runs.map(placeOfRun).map(({ side, startLine, endLine }) => [side, startLine, endLine])).toEqual([
      ['LEFT', 2, 3],
      ['LEFT', 5, 5],
    ]);
    const [equal] = listRuns(parsePatch('@@ -1,1 +1,1 @@\n-a\n+b'));
    expect(equal && placeOfRun(equal)).toMatchObject({ side: 'RIGHT', startLine: 1 });
  });
});
