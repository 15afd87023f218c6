import { parsePatch } from '../../src/diff/patch.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { decideTraits } from '../../src/github/decide-traits.ts';
import { rebuildLedger } from '../../src/ledger/ledger.ts';
import { NO_PRECEDENTS } from '../../src/ledger/precedent.ts';
import { type PlanInput, planReview } from '../../src/plan/plan.ts';
import { NO_USAGE } from '../../src/scope/coverage.ts';

export function finding(own: Partial<Finding> = {}): Finding {
  return {
    ruleId: 'sql-injection',
    principle: 'security/use-parameterized-queries',
    cwe: ['CWE-89'],
    severity: 'critical',
    confidence: 'high',
    path: 'src/a.ts',
    startLine: 2,
    endLine: 2,
    title: 'Request input becomes SQL text',
    explanation: '`sort` comes from the request (line 1) and is pasted into the statement.',
    fix: 'Use a placeholder.',
    evidence: 'pool.query(`… ${sort}`)',
    snippet: '',
    phrases: ['sql injection'],
    suggestion: null,
    source: 'data-flow',
    symbol: 'list',
    trace: [{ line: 1, text: 'req.query.sort' }],
    why: 'Because.',
    falseAlarm: 'Never.',
    references: ['https://cwe.mitre.org/data/definitions/89.html'],
    side: 'RIGHT',
    fingerprint: '0123456789abcdef0123',
    cause: null,
    alsoAt: [],
    grade: null,
    doubt: null,
    remark: null,
    ...own,
  };
}

export const HUNKS = parsePatch('@@ -1,3 +1,4 @@\n a\n+b\n c\n-d\n+e');
export const COVERAGE = {
  files: [{ path: 'src/a.ts', status: 'reviewed' as const, reasonCode: null, detail: null, analysers: ['rules'] }],
  model: { status: 'off' as const, reason: null, usage: NO_USAGE },
  unlisted: 0,
};
export const RUN = '11111111-2222-4333-8444-555555555555';
export const HEAD = 'a'.repeat(40);
export const EMPTY_LEDGER = rebuildLedger({ threads: [], reviews: [], commits: [], messages: [], unread: [] });

/** What a person's token may do on GitHub, and an installation that may not write contents. */
export const TRAITS = decideTraits(null);
export const READ_ONLY = decideTraits({ contents: 'read' });

/** A plan for findings in src/a.ts. */
export function plan(findings: readonly Finding[], own: Partial<PlanInput> = {}) {
  return planReview({
    run: RUN,
    head: HEAD,
    findings,
    coverage: COVERAGE,
    scope: { kind: 'all', reason: 'FIRST_REVIEW', since: null },
    hunks: new Map([['src/a.ts', HUNKS]]),
    ledger: EMPTY_LEDGER,
    standingOf: () => 'looked',
    renames: new Map(),
    amendments: [],
    agent: 'backend-dev',
    agents: ['backend-dev'],
    commands: true,
    link: (path, line) => `https://x/${path}#L${line}`,
    policyOf: () => ({ off: false, reason: null }),
    commentAt: 'low',
    failAt: 'critical',
    maxComments: 25,
    always: true,
    refused: new Set(),
    forge: TRAITS,
    notes: [],
    learning: { number: 1, author: 'dana', fork: false, precedents: NO_PRECEDENTS, configured: new Set() },
    seconds: 1,
    spent: null,
    ...own,
  });
}
