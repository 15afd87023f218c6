import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/findings/finding.ts';
import { formatJson } from '../../../src/report/format/json.ts';
import { PublicReport } from '../../../src/report/report.ts';
import { hasInvisible } from '../../../src/text/invisible.ts';
import { COVERAGE, finding } from '../../support/finding.ts';
import { reviewTrees } from '../../support/review-trees.ts';

function format(findings: Finding[]): PublicReport {
  const text = formatJson({ agent: 'a', base: null, head: null, seconds: 1, result: { findings, coverage: COVERAGE } });
  expect(hasInvisible(text)).toBe(false);
  return PublicReport.parse(JSON.parse(text));
}

const at = (startLine: number, own: Partial<Finding> = {}): Finding =>
  finding({ startLine, endLine: startLine, fingerprint: `line-${startLine}`, ...own });

describe('the JSON of a review', () => {
  it('has the path of the data, each step with its file', () => {
    const trace = [
      { line: 1, text: 'req.query.sort' },
      { line: 2, text: 'pool.query(\u202E)' },
    ];
    expect(format([at(2, { trace })]).findings[0]?.trace).toEqual([
      { path: 'src/a.ts', line: 1, text: 'req.query.sort' },
      { path: 'src/a.ts', line: 2, text: 'pool.query(\\u{202E})' },
    ]);
    expect(format([at(2, { trace: [] })]).findings[0]).not.toHaveProperty('trace');
  });

  it('keeps an entry for each line, and says which of them one comment says', () => {
    const other = at(4, { path: 'src/b.ts', fingerprint: 'line-2' });
    const { findings } = format([at(2), at(5), at(9), other]);
    expect(findings.map(({ path, startLine, listedBy }) => [path, startLine, listedBy])).toEqual([
      ['src/a.ts', 2, undefined],
      ['src/a.ts', 5, 'line-2'],
      ['src/a.ts', 9, 'line-2'],
      ['src/b.ts', 4, undefined],
    ]);
    expect(findings.map(({ alsoAt = [] }) => alsoAt.map((one) => one.startLine))).toEqual([[5, 9], [], [], []]);
  });

  it('has every value that is pasted into a statement, with where it comes from', async () => {
    const text = [
      "import { pool } from './db.js';",
      'export const find = (req) =>',
      "  pool.query(`select id from parts where name = '${req.query.name}'",
      "    and kind = '${req.body.kind}'",
      '    order by ${req.query.sort}`);',
    ].join('\n');
    const { pasted } = format((await reviewTrees({}, { 'src/a.ts': `${text}\n` })) as Finding[]).findings[0] ?? {};
    expect(pasted).toEqual([
      { name: 'req.query.name', line: 3 },
      { name: 'req.body.kind', line: 4 },
      { name: 'req.query.sort', line: 5 },
    ]);
  });

  it('two places are two comments, and two entries', () => {
    const { findings } = format([at(2), at(5, { trace: [] })]);
    expect(findings.map(({ alsoAt, listedBy }) => [alsoAt, listedBy])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });
});
