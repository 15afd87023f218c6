import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createAnalysisPool } from '../../src/analysis/process/pool.ts';
import { analyseChange } from '../../src/pipeline/review-change.ts';
import { describeReason } from '../../src/render/describe-reason.ts';
import { NO_USAGE } from '../../src/scope/coverage.ts';
import { code, escapeMarkdown } from '../../src/text/markdown.ts';
import { plan } from '../support/finding.ts';
import { CORPUS, INNOCENT, toChange } from './corpus.ts';

/**
 * A process of its own, as the App is: every hostile pull request through the real pool, as far as the plan. For each it prints a
 * line of JSON.
 */
const pool = createAnalysisPool({ limitMs: 20_000, pullRequestMs: 60_000 });
const histogram = monitorEventLoopDelay({ resolution: 10 });
let last = process.threadCpuUsage();
let blocked = 0;
const tick = (): void => {
  const now = process.threadCpuUsage();
  blocked = Math.max(blocked, now.user + now.system - last.user - last.system);
  last = now;
};
for (const [number, hostile] of CORPUS.entries()) {
  const { change, snapshot } = toChange(hostile);
  const analysis = pool.open('backend-dev', { owner: 'mallory', pullRequest: String(number) });
  const limits = { mostText: 30_000_000, mostFindings: 1000, attributes: hostile.attributes ?? null };
  await new Promise((resolve) => setImmediate(resolve));
  last = process.threadCpuUsage();
  blocked = 0;
  histogram.reset();
  histogram.enable();
  const ticking = setInterval(tick, 5);
  const began = performance.now();
  const { findings, coverage, hunks } = await analyseChange(change, snapshot, analysis, limits);
  const model = { status: 'off' as const, reason: null, usage: NO_USAGE };
  const planned = plan(findings, { hunks, coverage: { files: coverage, unlisted: 0, model } });
  await new Promise((resolve) => setTimeout(resolve, 20));
  tick();
  clearInterval(ticking);
  histogram.disable();
  const file = (path: string) => coverage.find((one) => one.path === path);
  const lines = planned.review?.body.split('\n') ?? [];
  const isTold = (path: string): boolean => {
    const known = file(path);
    const reason = escapeMarkdown((known && describeReason(known)) ?? 'no reason');
    return known?.status === 'clipped' && lines.includes(`- ${code(path)}: ${reason}`);
  };
  process.stdout.write(
    `${JSON.stringify({
      name: hostile.name,
      seconds: (performance.now() - began) / 1000,
      blockedMs: blocked / 1000,
      delayMs: histogram.max / 1e6,
      rssMb: process.memoryUsage.rss() / 1_048_576,
      innocent: { ...file(INNOCENT.path), findings: findings.filter((one) => one.path === INNOCENT.path).length },
      hostile: Object.keys(hostile.files)
        .slice(0, 4)
        .map((path) => ({ ...file(path), path: path.slice(0, 60) })),
      told: Object.keys(hostile.files).filter(isTold).length,
      unnamed:
        coverage.filter((one) => one.status !== 'reviewed' && one.reasonCode === null).length +
        Object.keys(hostile.files).length +
        1 -
        coverage.length,
      rules: [...new Set(findings.filter((one) => one.path !== INNOCENT.path).map((one) => one.ruleId))],
    })}\n`,
  );
}
await pool.close();
