import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEnvironment } from '../src/config/env.ts';
import type { Hunk } from '../src/diff/patch.ts';
import type { Finding } from '../src/findings/finding.ts';
import { runGit } from '../src/git/run-git.ts';
import { decideTraits } from '../src/github/decide-traits.ts';
import type { Thread } from '../src/ledger/conversation.ts';
import { rebuildLedger, toRecord } from '../src/ledger/ledger.ts';
import { formatFindingMarker } from '../src/ledger/marker.ts';
import { NO_PRECEDENTS } from '../src/ledger/precedent.ts';
import { planReview } from '../src/plan/plan.ts';
import { commitAll } from '../src/sandbox/demo/make-repository.ts';
import type { Sandbox } from '../src/sandbox/sandbox.ts';
import { startApp } from '../src/sandbox/start-app.ts';
import { startSandbox } from '../src/sandbox/start-sandbox.ts';
import { makeSource } from './corpus.ts';
import type { Figure } from './figure.ts';
import { median, ms } from './statistics.ts';

const FILES = 40;
const FLAW =
  'export const find = (pool, req) => pool.query(`select id from orders where state = ${req.query.state}`);\n';

/** What a push costs that changes 1 of 40 files, and what deciding costs for 500 findings against a ledger of 500. */
export async function benchPush(dir: string): Promise<Figure[]> {
  const sandbox = await startSandbox();
  const where = join(dir, 'push');
  mkdirSync(join(where, 'src'), { recursive: true });
  await runGit(where, ['init', '--quiet', '--initial-branch=main']);
  await commitAll(where, 'base');
  await runGit(where, ['checkout', '--quiet', '-b', 'feature']);
  for (let index = 0; index < FILES; index++)
    writeFileSync(join(where, `src/file${index}.ts`), makeSource('ts', 60, index, 20) + (index === 0 ? FLAW : ''));
  await commitAll(where, 'change');
  const env = { ...readEnvironment({}), DATA_DIR: join(dir, 'push-data'), LOG_LEVEL: 'error' as const };
  const service = await startApp(sandbox, env);
  const repository = sandbox.addRepository('acme', 'push', where);
  const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Push' });
  const review = async (action: string): Promise<{ text: string; seconds: number }> => {
    await sandbox.refresh(repository, pull);
    sandbox.requests.length = 0;
    const started = performance.now();
    await sandbox.sendPullRequest(repository, pull, action);
    while (!repository.checks.some((check) => check.headSha === pull.headSha && check.status === 'completed'))
      await new Promise((resolve) => setTimeout(resolve, 5));
    return { text: countRequests(sandbox), seconds: (performance.now() - started) / 1000 };
  };
  const first = await review('opened');
  const push = async (text: string) => {
    writeFileSync(join(where, 'src/file0.ts'), text);
    await commitAll(where, 'push');
    return await review('synchronize');
  };
  const fixed = await push(makeSource('ts', 60, 0, 20));
  const added = await push(makeSource('ts', 60, 0, 20) + FLAW.replace('find', 'other'));
  await service.stop();
  await sandbox.close();
  return [
    {
      what: `push that changes 1 of ${FILES} files and fixes a finding`,
      value: `${fixed.text}, ${fixed.seconds.toFixed(2)} s`,
      beside: `the first review ${first.text}, ${first.seconds.toFixed(2)} s`,
      aim: '8 requests, 3 writes or fewer',
    },
    {
      what: 'the same, and it brings a new finding',
      value: `${added.text}, ${added.seconds.toFixed(2)} s`,
      beside: '-',
      aim: '8 requests, 3 writes or fewer',
    },
    benchPlanning(),
  ];
}

/** GraphQL reads and writes by POST: a mutation of ours answers with fields m0, m1, … */
function countRequests({ requests }: Sandbox): string {
  const writes = requests.filter(({ method, template, body }) => {
    if (template === '/graphql') return 'm0' in ((body as { data?: object }).data ?? {});
    return method !== 'GET' && !template.endsWith('/access_tokens');
  });
  return `${requests.length} requests, ${writes.length} writes`;
}

const COUNT = 500;

function benchPlanning(): Figure {
  const findings = Array.from({ length: COUNT }, (_, index) => makeFinding(index));
  // Half of the findings were said; half of what was said is gone.
  const threads = findings.map((_, index) => makeThread(makeFinding(index + COUNT / 2), index));
  const ledger = rebuildLedger({ threads, reviews: [], commits: [], messages: [], unread: [] });
  const times: number[] = [];
  for (let round = 0; round < 15; round++) {
    const started = performance.now();
    planReview({
      run: '11111111-2222-4333-8444-555555555555',
      head: 'a'.repeat(40),
      findings,
      coverage: {
        files: findings.map(({ path }) => ({
          path,
          status: 'reviewed',
          reasonCode: null,
          detail: null,
          analysers: ['rules'],
        })),
        model: {
          status: 'off',
          reason: null,
          usage: { inputTokens: 0, cacheReadTokens: 0, outputTokens: 0, costUsd: 0 },
        },
        unlisted: 0,
      },
      scope: { kind: 'all', reason: 'FIRST_REVIEW', since: null },
      hunks: new Map(findings.map(({ path }) => [path, HUNKS])),
      ledger,
      standingOf: () => 'looked',
      renames: new Map(),
      amendments: [],
      agent: 'backend-dev',
      commands: true,
      agents: ['backend-dev'],
      link: (path, line) => `https://github.test/${path}#L${line}`,
      policyOf: () => ({ off: false, reason: null }),
      commentAt: 'low',
      failAt: 'critical',
      maxComments: 25,
      always: true,
      refused: new Set(),
      forge: decideTraits(null),
      notes: [],
      learning: { number: 1, author: 'dana', fork: false, precedents: NO_PRECEDENTS, configured: new Set() },
      spent: null,
      seconds: 1,
    });
    times.push(performance.now() - started);
  }
  return {
    what: `planning ${COUNT} findings against a ledger of ${COUNT}`,
    value: ms(median(times)),
    beside: 'median of 15',
    aim: 'under 50 ms',
  };
}

const HUNKS: Hunk[] = [
  { oldStart: 1, newStart: 1, lines: [{ kind: 'added', oldLine: null, newLine: 2, text: 'query(`${x}`);' }] },
];

function makeFinding(index: number): Finding {
  return {
    ruleId: 'sql-injection',
    principle: 'security/use-parameterized-queries',
    cwe: ['CWE-89'],
    severity: index % 3 === 0 ? 'critical' : 'medium',
    confidence: 'high',
    path: `src/file${index % 200}.ts`,
    startLine: 2,
    endLine: 2,
    title: `Request input becomes SQL text ${index}`,
    explanation: 'The value is pasted into the statement, so a crafted one is executed as SQL for any caller.',
    fix: 'Use a placeholder.',
    evidence: 'query(`${x}`);',
    snippet: '',
    phrases: ['sql injection'],
    suggestion: null,
    source: 'data-flow',
    symbol: `load${index}`,
    trace: [],
    why: 'Because.',
    falseAlarm: 'Never.',
    references: [],
    side: 'RIGHT',
    fingerprint: index.toString(16).padStart(20, '0'),
    cause: null,
    alsoAt: [],
    grade: null,
    doubt: null,
    remark: null,
  };
}

function makeThread(finding: Finding, index: number): Thread {
  return {
    id: `T${index}`,
    path: finding.path,
    side: 'RIGHT',
    startLine: null,
    line: 2,
    resolved: false,
    resolvedBy: null,
    outdated: false,
    onFile: false,
    first: {
      id: `C${index}`,
      databaseId: index,
      body: `${finding.explanation}\n\n${formatFindingMarker(toRecord(finding, 'backend-dev'))}`,
      mine: true,
      seal: 'current',
      author: 'backend-dev',
      bot: true,
      url: `https://github.test/${index}`,
    },
  };
}
