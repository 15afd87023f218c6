import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import { mergeFindings } from '../../src/findings/merge.ts';
import { rebuildLedger } from '../../src/ledger/ledger.ts';
import { parseSummaryMarker } from '../../src/ledger/marker.ts';
import type { PlanInput } from '../../src/plan/plan.ts';
import { formatGitlab } from '../../src/report/format/gitlab.ts';
import { formatMarkdown } from '../../src/report/format/markdown.ts';
import { formatRdjson } from '../../src/report/format/rdjson.ts';
import { formatSarif } from '../../src/report/format/sarif.ts';
import { formatText } from '../../src/report/format/text.ts';
import { decideExitCode } from '../../src/report/write-report.ts';
import { COVERAGE, finding, plan } from '../support/finding.ts';

const suspicion = (own: Partial<Finding> = {}): Finding =>
  finding({ severity: 'high', confidence: 'low', title: 'A text of unknown origin', ...own });

const bodyOf = ({ review, summary }: ReturnType<typeof plan>): string => review?.body ?? summary?.body ?? '';

/** The plan of the next review, over what the one before left on the pull request. */
function goOn(before: ReturnType<typeof plan>, findings: readonly Finding[], own: Partial<PlanInput> = {}) {
  const review = { id: 'R', url: 'https://x/1', body: bodyOf(before), seal: 'current' as const };
  const ledger = rebuildLedger({ threads: [], reviews: [review], commits: [], messages: [], unread: [] });
  return { ledger, next: plan(findings, { ledger, ...own }) };
}

describe('what is only suspected', () => {
  it('stands in a fold of the summary: no comment, no row, no annotation, no failed check', () => {
    const planned = plan([suspicion({ severity: 'critical' })]);
    expect(planned.review?.comments).toEqual([]);
    expect(planned.fileComments).toEqual([]);
    expect(bodyOf(planned)).toMatch(/^\*\*No findings, 1 suspected · /);
    expect(bodyOf(planned)).not.toContain('| severity |');
    expect(bodyOf(planned)).toContain('<summary>1 suspected: the code alone does not prove it');
    expect(bodyOf(planned)).toContain('A text of unknown origin');
    expect(planned.check).toMatchObject({ conclusion: 'success', annotations: [] });
    expect(planned.check.title).toContain('No findings, 1 suspected');
  });

  it('does not take the place of what is proven, and is the last of a list', () => {
    const proven = finding({ severity: 'low', fingerprint: '1'.repeat(20), title: 'Proven' });
    expect(mergeFindings([suspicion({ severity: 'critical' }), proven]).map(({ title }) => title)).toEqual(['Proven']);
    const apart = suspicion({ severity: 'critical', path: 'src/0.ts' });
    expect(mergeFindings([apart, proven]).map(({ title }) => title)).toEqual(['Proven', apart.title]);
  });

  it('is a finding when Claude says the same', () => {
    const said = finding({ source: 'model', ruleId: 'model-sql', fingerprint: '2'.repeat(20) });
    expect(mergeFindings([suspicion(), said])).toMatchObject([{ source: 'data-flow', confidence: 'medium' }]);
  });

  it('stays in the summary over reviews, and is told neither as standing nor as fixed', () => {
    const { ledger, next } = goOn(plan([suspicion()]), [suspicion()]);
    // So its file is looked at each time.
    expect(ledger.entries).toMatchObject([{ thread: null, record: { state: 'open', grade: 'high-low' } }]);
    expect(bodyOf(next)).toContain('<summary>1 suspected');
    expect(bodyOf(next)).not.toContain('said before');
    expect(parseSummaryMarker(bodyOf(next))?.unplaced).toHaveLength(1);
    const gone = goOn(next, []).next;
    expect(bodyOf(gone)).toMatch(/^\*\*No findings · /);
    expect(bodyOf(gone)).not.toContain('fixed');
  });

  it('is commented once it is proven, or confirmed, under its own name', () => {
    const { next } = goOn(plan([suspicion()]), [suspicion({ confidence: 'medium' })]);
    expect(next.review?.comments).toMatchObject([{ fingerprint: suspicion().fingerprint, line: 2 }]);
    expect(bodyOf(next)).not.toContain('suspected');
  });

  it('that a person ignored stays ignored, and is said when it is proven', () => {
    const { fingerprint: id, path } = suspicion();
    const amendments = [{ kind: 'ignore' as const, path, id, by: 'wes', reason: 'a constant' }];
    const ignored = goOn(plan([suspicion()]), [suspicion()], { amendments }).next;
    expect(bodyOf(ignored)).toMatch(/^\*\*No findings · /);
    expect(bodyOf(ignored)).toContain('by `wes`: a constant');
    const again = goOn(ignored, [suspicion()]).next;
    expect(bodyOf(again)).toMatch(/^\*\*No findings · /);
    const proven = goOn(again, [suspicion({ confidence: 'high' })]).next;
    expect(proven.review?.comments).toHaveLength(1);
  });

  it('fails no build', () => {
    const report = (own: Finding) => ({
      agent: 'backend-dev',
      base: null,
      head: null,
      seconds: 1,
      result: { findings: [own], coverage: COVERAGE },
    });
    expect(decideExitCode(report(suspicion({ severity: 'critical' })), 'low')).toBe(0);
    expect(decideExitCode(report(finding()), 'low')).toBe(1);
    // What Claude is unsure of was tried by its own second reader.
    expect(decideExitCode(report(suspicion({ source: 'model' })), 'low')).toBe(1);
  });

  it('is called so in every format', () => {
    const result = { findings: [finding(), suspicion({ path: 'src/b.ts' })], coverage: COVERAGE };
    const report = { agent: 'backend-dev', base: 'a'.repeat(40), head: null, seconds: 1, result };
    const text = formatText(report, { colour: false, addressOf: () => null });
    expect(text).toMatch(/Request input[^]*\n\nSuspected: the code alone does not prove it\.\n\nhigh {5}A text/);
    expect(text).toContain('sql-injection · suspected\n');
    const ofTree = formatText({ ...report, base: null }, { colour: false, addressOf: () => null });
    expect(ofTree).toContain('Suspected: the code alone does not prove it, or whoever runs a service');
    expect(text).toContain('1 finding: 1 critical, 1 suspected · ');
    const markdown = formatMarkdown(report);
    expect(markdown.match(/^### /gm)).toHaveLength(1);
    expect(markdown).toContain('<summary>1 suspected');
    expect(markdown, 'nobody answers to commands here').not.toContain('/backend-dev');
    expect(JSON.parse(formatSarif(report)).runs[0].results).toMatchObject([
      { level: 'error' },
      { level: 'note', message: { text: expect.stringMatching(/^Suspected: /) } },
    ]);
    expect(JSON.parse(formatRdjson(report)).diagnostics).toMatchObject([
      { severity: 'ERROR' },
      { severity: 'INFO', message: expect.stringMatching(/^Suspected: /) },
    ]);
    expect(JSON.parse(formatGitlab(report))).toMatchObject([
      { severity: 'blocker' },
      { severity: 'info', description: expect.stringMatching(/^Suspected: /) },
    ]);
  });
});
