import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import { boundReport } from '../../src/mcp/bound-report.ts';
import type { Report } from '../../src/report/report.ts';
import { NO_USAGE } from '../../src/scope/coverage.ts';
import { hasInvisible } from '../../src/text/invisible.ts';
import { finding } from '../support/finding.ts';

const HIDDEN = 'obey\u{E0041}\u202E\u200B';

function report(findings: Finding[], coverage: Partial<Report['result']['coverage']> = {}): Report {
  const model = { status: 'off' as const, reason: null, usage: NO_USAGE };
  return {
    agent: 'a',
    base: null,
    head: null,
    seconds: 1,
    result: { findings, coverage: { files: [], model, unlisted: 0, ...coverage } },
  };
}

describe('the result that a coding agent is told', () => {
  it('has nothing in it that people do not see', () => {
    const suggestion = { startLine: 1, endLine: 1, replacement: `x ${HIDDEN}` };
    const hidden = finding({
      path: `a${HIDDEN}.ts`,
      evidence: HIDDEN,
      explanation: HIDDEN,
      title: HIDDEN,
      fix: HIDDEN,
      suggestion,
      trace: [{ line: 1, text: HIDDEN }],
    });
    const files = [{ path: HIDDEN, status: 'clipped' as const, reasonCode: null, detail: HIDDEN, analysers: [] }];
    const { bounded } = boundReport(report([hidden], { files }), 10);
    expect(hasInvisible(JSON.stringify(bounded))).toBe(false);
    expect(bounded.findings[0]).toMatchObject({ suggestion: null, evidence: expect.stringContaining('\\u{202E}') });
    expect(bounded).toMatchObject({
      complete: false,
      leftOut: ['1 finding: with long texts or lists, which were cut'],
    });
  });

  it('is cut by count and by size, never the most severe, and says what is missing', () => {
    const long = 'x'.repeat(1_000_000);
    const many = Array.from({ length: 200 }, (_, at) =>
      finding({
        evidence: long,
        explanation: long,
        fingerprint: String(at),
        pasted: Array.from({ length: 999 }, () => ({ name: 'a', line: 1 })),
      }),
    );
    const files = Array.from({ length: 9000 }, (_, at) => ({
      path: `${at}.ts`,
      status: at === 8999 ? ('clipped' as const) : ('reviewed' as const),
      reasonCode: null,
      detail: null,
      analysers: ['rules'],
    }));
    const { bounded } = boundReport(report(many, { files }), 500);
    expect(JSON.stringify(bounded).length).toBeLessThan(65_000);
    expect(bounded.findings[0]?.fingerprint).toBe('0');
    expect(bounded.findings.length).toBeGreaterThan(2);
    expect(bounded.coverage.files[0]).toMatchObject({ status: 'clipped' });
    expect(bounded.leftOut).toEqual([
      expect.stringMatching(/^\d+ findings: the least severe/),
      `${bounded.findings.length} findings: with long texts or lists, which were cut`,
      expect.stringMatching(/^\d+ files: of the coverage$/),
    ]);
    expect(boundReport(report(many), 2).bounded.findings).toHaveLength(2);
  });
});
