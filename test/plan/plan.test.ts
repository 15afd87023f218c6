import { describe, expect, it } from 'vitest';
import { fingerprintFindings } from '../../src/findings/fingerprint.ts';
import { groupPlaces, mergeFindings } from '../../src/findings/merge.ts';
import { formatReviewMarker, parseReviewMarker } from '../../src/ledger/marker.ts';
import { keyOfComment } from '../../src/plan/anchor-comments.ts';
import { decideCheck } from '../../src/plan/check.ts';
import { renderComment } from '../../src/render/render-comment.ts';
import { fitBody } from '../../src/text/markdown.ts';
import { COVERAGE, finding, HEAD, plan, RUN, TRAITS } from '../support/finding.ts';

describe('a comment', () => {
  it('reads as the voice asks', () => {
    expect(renderComment(finding(), 'ts', 'backend-dev')).toMatchSnapshot();
  });

  it('offers a suggestion only for exactly the commented lines, in a fence that its text cannot close', () => {
    const suggestion = { startLine: 2, endLine: 2, replacement: 'a = "```";' };
    expect(renderComment(finding({ suggestion }), 'ts', 'backend-dev')).toContain('````suggestion\na = "```";\n````');
    expect(renderComment(finding({ suggestion: { ...suggestion, endLine: 3 } }), 'ts', 'backend-dev')).not.toContain(
      'suggestion\n',
    );
  });

  it.each(['Dockerfile.mermaid', 'Dockerfile.suggestion', 'Dockerfile.a`b', '.env.math', 'Dockerfile.x\n# y'])(
    'quotes code of %j as code: what looks like its language may be a stranger’s word',
    (path) => {
      const evidence = 'graph TD; ![a](//evil.example/x.png)';
      const { fileComments } = plan([finding({ path, evidence })], { hunks: new Map() });
      expect(fileComments[0]?.body).toContain(`\n\n\`\`\`\n${evidence}\n\`\`\`\n\n`);
    },
  );
});

describe('a plan', () => {
  it('tells stage by stage what Claude cost, and nothing of how the operator calls a model', () => {
    const usage = { inputTokens: 900, cacheReadTokens: 7000, outputTokens: 300, costUsd: 0.0123 };
    const stages = [
      { stage: 'review', model: 'claude-sonnet-5-5', requests: 4, usage },
      { stage: 'refute', model: 'arn:aws:bedrock:eu-west-1:123456789012:inference-profile/ours', requests: 2, usage },
    ];
    const coverage = { ...COVERAGE, model: { ...COVERAGE.model, status: 'complete' as const, usage, stages } };
    const body = plan([finding()], { coverage }).review?.body ?? '';
    expect(body).toContain('<summary>What Claude cost</summary>');
    expect(body).toContain('| review | `claude-sonnet-5-5` | 4 | 900 | 7000 | 300 | $0.0123 |');
    expect(body).toContain('| refute |  | 2 | 900 | 7000 | 300 | $0.0123 |');
    expect(body).not.toContain('123456789012');
  });

  it('puts findings on a line of the diff, a few that have none on their file, and the rest into the summary', () => {
    const away = (line: number) =>
      finding({
        startLine: line,
        endLine: line,
        fingerprint: String(line).padStart(20, '1'),
        title: `Far away ${line}`,
      });
    const { review, fileComments } = plan([finding(), ...[90, 91, 92, 93, 94, 95, 96].map(away)]);
    const { comments = [], body = '' } = review ?? {};
    expect(comments).toMatchObject([{ path: 'src/a.ts', line: 2, side: 'RIGHT', startLine: null }]);
    expect(fileComments.map((one) => /Line \d+:/.exec(one.body)?.[0])).toEqual(
      [90, 91, 92, 93, 94].map((line) => `Line ${line}:`),
    );
    expect(body).toContain('2 without an inline comment');
    expect(body).toMatch(/Far away 95\*\* .* · not on a line of the diff/);
    expect(parseReviewMarker(body)).toEqual({ run: RUN, head: HEAD });
  });

  it('moves what GitHub refused from the line to the file, and from there to the summary', () => {
    const fingerprint = finding().fingerprint;
    const [line, file] = [`line ${fingerprint} src/a.ts`, `file ${fingerprint} src/a.ts`];
    const onFile = plan([finding()], { refused: new Set([line]) });
    expect([onFile.review?.comments, onFile.fileComments.map(keyOfComment)]).toEqual([[], [file]]);
    const nowhere = plan([finding()], { refused: new Set([line, file]) });
    expect([nowhere.review?.comments, nowhere.fileComments]).toEqual([[], []]);
    expect(nowhere.review?.body).toContain('GitHub refused the inline comment');
  });

  it('folds what is over the cap, the least severe first', () => {
    const many = Array.from({ length: 70 }, (_, index) =>
      finding({
        fingerprint: String(index).padStart(20, '0'),
        severity: index < 60 ? 'medium' : 'critical',
        title: `T${index}`,
      }),
    );
    const { comments = [], body = '' } = plan(many.sort((a, b) => (a.severity < b.severity ? -1 : 1))).review ?? {};
    expect(comments).toHaveLength(25);
    expect(comments.slice(0, 10).every((comment) => comment.body.includes('critical'))).toBe(true);
    expect(body).toContain('45 without an inline comment');
  });

  it('cuts a body that GitHub would refuse, and keeps its marker and its fences', () => {
    const long = finding({ path: 'src/b.ts', explanation: `😀${'x'.repeat(3000)}` });
    const body =
      plan(Array.from({ length: 40 }, (_, index) => ({ ...long, fingerprint: String(index).padStart(20, '0') }))).review
        ?.body ?? '';
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(parseReviewMarker(body)).not.toBeNull();
    expect(body.match(/<details>/g)?.length).toBe(body.match(/<\/details>/g)?.length);
    expect(fitBody(`\`\`\`js\n${'a\n'.repeat(300)}\`\`\``, 'END', 250)).toMatch(/\n```\n/);
    // What quoted code says of folds and fences opens and closes nothing.
    const quoted = `<details><summary>x</summary>\n\n\`\`\`html\n</details>\n\`\`\`js\n${'a\n'.repeat(300)}\`\`\`\n</details>`;
    expect(fitBody(quoted, 'END', 300)).toMatch(/a\n```\n<\/details>\n\n\*Cut here/);
  });
});

describe('the check', () => {
  const clipped = {
    ...COVERAGE,
    files: [
      ...COVERAGE.files,
      { path: 'b.ts', status: 'clipped' as const, reasonCode: null, detail: 'larger than 1 MB', analysers: [] },
    ],
  };
  it.each([
    { what: 'nothing found', findings: [], coverage: COVERAGE, conclusion: 'success' },
    {
      what: 'a finding below the threshold',
      findings: [finding({ severity: 'high' })],
      coverage: COVERAGE,
      conclusion: 'neutral',
    },
    { what: 'a critical finding', findings: [finding()], coverage: COVERAGE, conclusion: 'failure' },
    { what: 'a file that was not read', findings: [], coverage: clipped, conclusion: 'neutral' },
    {
      what: 'files that GitHub did not list',
      findings: [],
      coverage: { ...COVERAGE, unlisted: 5 },
      conclusion: 'neutral',
    },
    {
      what: 'a failed model',
      findings: [],
      coverage: { ...COVERAGE, model: { ...COVERAGE.model, status: 'failed' as const } },
      conclusion: 'neutral',
    },
  ])('with $what is $conclusion', ({ findings, coverage, conclusion }) => {
    const rows = findings.map(({ severity, title, path }) => ({
      severity,
      title,
      path,
      line: 1,
      url: null,
      note: null,
    }));
    const input = {
      rows,
      suspected: 3,
      coverage,
      agent: 'backend-dev',
      failAt: 'critical' as const,
      unread: [],
      override: null,
    };
    expect(decideCheck(input).conclusion).toBe(conclusion);
  });
});

describe('identity', () => {
  it('does not know the line or the white space, and keeps equal snippets apart', () => {
    const [a] = fingerprintFindings([finding()]);
    const [b] = fingerprintFindings([finding({ startLine: 50, endLine: 50, evidence: '  pool.query(`…   ${sort}`)' })]);
    const [c, d] = fingerprintFindings([finding(), finding({ startLine: 9 })]);
    expect(b?.fingerprint).toBe(a?.fingerprint);
    expect([c?.fingerprint === a?.fingerprint, d?.fingerprint === a?.fingerprint]).toEqual([true, false]);
  });

  it('merges two sources on one flaw, and lists the other places of one rule', () => {
    const other = finding({ ruleId: 'model-x', source: 'model', confidence: 'medium', fingerprint: '2'.repeat(20) });
    expect(mergeFindings([other, finding()])).toHaveLength(1);
    const places = [2, 20, 30].map((line) =>
      finding({ startLine: line, endLine: line, fingerprint: String(line).padStart(20, '0') }),
    );
    expect(groupPlaces(places)).toMatchObject([{ startLine: 2, alsoAt: [{ line: 20 }, { line: 30 }] }]);
  });

  it('round-trips the marker of a review', () => {
    expect(parseReviewMarker(formatReviewMarker({ run: RUN, head: HEAD }))).toEqual({ run: RUN, head: HEAD });
  });
});

describe('another forge', () => {
  const small = { ...TRAITS, suggest: false, longestBody: 1500, longestCheck: 300 };
  const suggestion = { startLine: 2, endLine: 2, replacement: 'safe();' };
  const long = finding({ suggestion, explanation: 'It is so. '.repeat(400) });

  it('gets no suggestions where it has none, and no longer texts than it takes', () => {
    const made = plan([long], { forge: small });
    const bodies = [...(made.review?.comments ?? []).map((one) => one.body), made.review?.body ?? ''];
    expect(bodies).toHaveLength(2);
    for (const body of bodies) expect(body.length).toBeLessThanOrEqual(1500);
    expect(made.check.summary.length).toBeLessThanOrEqual(300);
    expect(plan([finding({ suggestion })], { forge: small }).review?.comments[0]?.body).not.toContain('```suggestion');
    expect(plan([finding({ suggestion })]).review?.comments[0]?.body).toContain('```suggestion');
  });
});
