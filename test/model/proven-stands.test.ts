import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadAgents } from '../../src/agents/load-agents.ts';
import { analyseFile } from '../../src/analysis/analyse-file.ts';
import { createAnalysers } from '../../src/analysis/create-analysers.ts';
import type { Change } from '../../src/change/change.ts';
import { isAtLeast, isSuspected } from '../../src/findings/finding.ts';
import { mergeFindings } from '../../src/findings/merge.ts';
import type { Answer } from '../../src/model/answer.ts';
import type { Claude } from '../../src/model/claude/claude.ts';
import { createReviewerOn } from '../../src/model/create-model-reviewer.ts';
import { nameKnown } from '../../src/model/prompt.ts';
import { judgeChange } from '../../src/pipeline/judge-change.ts';
import { analyseChange } from '../../src/pipeline/review-change.ts';
import { maskText } from '../../src/secrets/mask-text.ts';
import { finding, plan } from '../support/finding.ts';
import { maskAlone } from '../support/mask-alone.ts';

const agent = loadAgents().get('backend-dev') as NonNullable<ReturnType<ReturnType<typeof loadAgents>['get']>>;
const principles = agent.principles.map((one) => one.id);
const analysers = createAnalysers('backend-dev', new Set(principles));
const analysis = {
  compare: async () => [],
  outline: async () => [],
  analyse: (files: Parameters<typeof analyseFile>[1][]) =>
    Promise.all(files.map((file) => analyseFile(analysers, file))),
};

const PATH = 'src/orders.ts';
const TEXT = `import { pool } from './db.js';
export async function list(req) {
  const order = req.query.sort;
  return pool.query(\`select id from orders order by \${order}\`);
}
export async function run(req, res) {
  return eval(req.body.code);
}
export async function one(kind) {
  return pool.query(\`select id from orders where kind = '\${kind}'\`);
}
`;
const lines = TEXT.split('\n').length;
const CHANGE: Change = {
  title: maskText(''),
  description: maskText(''),
  base: null,
  head: null,
  unlisted: 0,
  files: [{ path: PATH, previousPath: null, status: 'added', hunks: null, binary: false, blob: null }],
};
const snapshot = {
  readHead: async (paths: readonly string[]) =>
    new Map(
      paths.map((path) => [path, path === PATH ? { kind: 'text' as const, text: TEXT } : { kind: 'absent' as const }]),
    ),
  readBase: async () => new Map(),
};

const severity = fc.constantFrom('critical' as const, 'high' as const, 'medium' as const, 'low' as const);
/** Anything that the schema takes: mostly about the lines of the proven findings, with their classes. */
const answer: fc.Arbitrary<Answer> = fc.record({
  findings: fc.array(
    fc
      .record({
        line: fc.integer({ min: 1, max: lines }),
        removed: fc.boolean(),
        title: fc.string(),
        explanation: fc.string({ unit: 'binary' }),
        fix: fc.string(),
        replacement: fc.option(
          fc.record({ startLine: fc.integer(), endLine: fc.integer({ min: 1, max: lines }), text: fc.string() }),
        ),
        imports: fc.array(fc.string(), { maxLength: 2 }),
        principle: fc.constantFrom(...principles),
        cwe: fc.array(fc.constantFrom('CWE-89', 'CWE-95', 'CWE-94', 'CWE-78', 'x')),
        severity,
        dependsOn: fc.option(fc.string()),
        alsoAt: fc.constant<Answer['findings'][number]['alsoAt']>([]),
        path: fc.constantFrom(PATH, PATH, PATH, 'src/x.ts'),
      })
      .map((one) => ({ ...one, quote: TEXT.split('\n')[one.line - 1] ?? '' })),
    { maxLength: 8 },
  ),
  verdicts: fc.array(
    fc.record({
      id: fc.oneof(fc.nat(4).map(nameKnown), fc.constant('claim')),
      verdict: fc.constantFrom('stands' as const, 'refuted' as const, 'undecided' as const),
      path: fc.constant(PATH),
      side: fc.constantFrom('head' as const, 'base' as const),
      quote: fc.oneof(fc.string(), fc.constant(TEXT.split('\n')[2] ?? '')),
      reason: fc.string({ unit: 'binary' }),
      fixFails: fc.option(fc.string()),
    }),
    { maxLength: 6 },
  ),
});

it('whatever the model answers, what the analysers found stands in the plan with its severity, and counts in the check', async () => {
  const analysed = await analyseChange(CHANGE, snapshot, analysis);
  expect(analysed.findings.length).toBeGreaterThanOrEqual(2);
  expect(analysed.findings.some((one) => one.severity === 'critical')).toBe(true);
  await fc.assert(
    fc.asyncProperty(answer, fc.constantFrom(0, 1, 25), async (value, maxComments) => {
      const claude: Claude = {
        converse: (async () => ({ kind: 'answer', value, rounds: 1 })) as Claude['converse'],
      };
      const model = createReviewerOn(
        claude,
        { triage: 's', review: 'm', refute: 'm' },
        agent,
        { core: '', areas: [] },
        maskAlone,
      );
      const { findings, coverage } = await judgeChange(CHANGE, analysed, model, analysis);
      for (const proven of analysed.findings) {
        const kept = findings.find((one) => one.fingerprint === proven.fingerprint);
        const { doubt: _, remark: __, severity: now, confidence, ...rest } = kept ?? proven;
        expect(kept).toBeDefined();
        expect(rest).toEqual(Object.fromEntries(Object.entries(proven).filter(([key]) => key in rest)));
        expect(isAtLeast(now, proven.severity)).toBe(true);
        // A line that stands there, or what Claude says itself, lifts a suspicion; nothing lowers what is proven.
        expect(isSuspected(proven) ? ['low', 'medium'] : [proven.confidence]).toContain(confidence);
      }
      const { check, review } = plan(findings, {
        coverage,
        hunks: analysed.hunks,
        maxComments,
        failAt: analysed.findings.some((one) => one.severity === 'critical') ? 'critical' : 'low',
      });
      expect(check.conclusion).toBe('failure');
      const said = JSON.stringify([review, check.annotations]);
      for (const { title } of analysed.findings) expect(said).toContain(title);
      const open = (list: readonly { severity: string }[]) => list.filter((one) => one.severity === 'critical').length;
      expect(Number(/(\d+) critical/.exec(check.title)?.[1])).toBeGreaterThanOrEqual(open(analysed.findings));
    }),
    { numRuns: 60 },
  );
}, 120_000);

it('keeps the proven finding where the model says the same of an earlier line, and adds its words', () => {
  const proven = finding({ startLine: 4, endLine: 4, severity: 'high', confidence: 'medium' });
  const model = finding({
    source: 'model',
    ruleId: 'model-use-parameterized-queries',
    startLine: 3,
    endLine: 5,
    severity: 'critical',
    title: 'Claude’s words',
    explanation: 'So it is.',
    fingerprint: 'f'.repeat(20),
  });
  const merged = mergeFindings([model, proven]);
  expect(merged).toEqual([{ ...proven, severity: 'critical', remark: 'Claude’s words. So it is.' }]);
  expect(plan(merged).review?.comments[0]?.body).toContain('**Claude adds:** Claude’s words. So it is.');
});

it('shows why Claude doubts a high finding in the first comment that says it, and leaves its severity and the check as they were', async () => {
  const text =
    "import { exec } from 'node:child_process';\nexport const run = (req) => exec(`convert ${req.query.name}`);\n";
  const read = async (paths: readonly string[]) =>
    new Map(paths.map((path) => [path, path === PATH ? { kind: 'text' as const, text } : { kind: 'absent' as const }]));
  const analysed = await analyseChange(CHANGE, { ...snapshot, readHead: read }, analysis);
  // As high as a flaw of this kind is where not everyone reaches it.
  const findings = analysed.findings.map((one) => ({ ...one, severity: 'high' as const }));
  expect(findings).toHaveLength(1);
  const reason = 'Line 2 of `src/orders.ts` is reached by nobody.';
  const refuted = { verdict: 'refuted', path: PATH, side: 'head', quote: text.split('\n')[1], reason, fixFails: null };
  const value = { findings: [], verdicts: [nameKnown(0), nameKnown(1), 'claim'].map((id) => ({ id, ...refuted })) };
  const claude: Claude = { converse: (async () => ({ kind: 'answer', value, rounds: 1 })) as Claude['converse'] };
  const ids = { triage: 's', review: 'm', refute: 'm' };
  const model = createReviewerOn(claude, ids, agent, { core: '', areas: [] }, maskAlone);
  const judged = await judgeChange(CHANGE, { ...analysed, findings }, model, analysis);
  expect(judged.findings).toMatchObject([{ severity: 'high', confidence: findings[0]?.confidence, doubt: reason }]);
  const own = { coverage: judged.coverage, hunks: analysed.hunks, failAt: 'high' as const };
  const [doubted, without] = [plan(judged.findings, own), plan(findings, own)];
  expect(doubted.review?.comments[0]?.body).toMatch(
    /^🟠.*high[^]*\*\*Claude doubts this:\*\* Line 2 of `src\/orders\.ts`/,
  );
  expect(doubted.check).toMatchObject({ conclusion: 'failure', title: without.check.title });
  // With its reason in the summary's row as well.
  expect(doubted.review?.body).toContain('Claude doubts this: Line 2');
});
