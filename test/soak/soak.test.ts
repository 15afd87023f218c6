import { expect, it } from 'vitest';
import { FEWEST } from './judge.ts';
import { runSoak } from './run-soak.ts';

it('lives on: mixed traffic with pauses longer than every limit, which are seconds here', async () => {
  const report = await runSoak({
    ms: 0,
    // Each step of the clock and each bad day of GitHub's once.
    rounds: 4,
    limits: {
      githubRequest: 4000,
      writePause: 100,
      analysisIdle: 1000,
      sweep: 2000,
      provenAfter: 2000,
      body: 2000,
      purgeEvery: 3000,
      keepRuns: 20_000,
    },
    tokenMs: 6000,
    pauses: [7000],
    // Only what never comes is a fault.
    answerMs: 480_000,
    say: () => undefined,
  });
  expect(report.problems).toEqual([]);
  expect(report.answers.length).toBeGreaterThan(20);
  // So many, that what its JavaScript holds was judged.
  expect(report.memory.length).toBeGreaterThanOrEqual(FEWEST);
}, 1_800_000);
