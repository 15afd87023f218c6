import { describe, expect, it, onTestFinished } from 'vitest';
import { loadAgents } from '../../src/agents/load-agents.ts';
import { createAnalysisPool } from '../../src/analysis/pool.ts';
import type { SourceFile } from '../../src/review/source-file.ts';

const principles = new Set(
  loadAgents()
    .get('backend-dev')
    ?.principles.map((principle) => principle.id),
);

function open(limits: { limitMs?: number; memoryMb?: number }) {
  const pool = createAnalysisPool({ agent: 'backend-dev', principles, ...limits });
  onTestFinished(() => pool.close());
  return pool;
}

const file = (path: string, text: string): SourceFile => ({ path, kind: 'python', text, hunks: null });
const flawed = 'import requests\nrequests.get(url)\n';

describe('the analysis pool', () => {
  it('analyses many files side by side and says when each is done', async () => {
    const done: string[] = [];
    const files = Array.from({ length: 12 }, (_, index) => file(`${index}.py`, flawed));
    const analyses = await open({}).analyse(files, (path) => done.push(path));
    expect(analyses.map((one) => one.path)).toEqual(files.map((one) => one.path));
    expect(
      analyses.every((one) =>
        one.outcomes.some(({ outcome }) => outcome.status === 'analysed' && outcome.findings.length === 1),
      ),
    ).toBe(true);
    expect(done).toHaveLength(12);
  });

  it('ends a file that takes too long, and says so', async () => {
    const [analysis] = await open({ limitMs: 1 }).analyse([file('slow.py', flawed.repeat(20_000))]);
    expect(analysis?.outcomes).toEqual([
      { analyser: 'all', outcome: { status: 'failed', reason: 'stopped after 0.001 s' } },
    ]);
  });

  it('survives a file that eats its memory', async () => {
    const pool = open({ memoryMb: 16 });
    const [analysis] = await pool.analyse([file('big.py', flawed.repeat(50_000))]);
    expect(analysis?.outcomes).toMatchObject([
      { outcome: { status: 'failed', reason: expect.stringContaining('the analysis thread died') } },
    ]);
    expect(await pool.analyse([file('empty.py', '')])).toHaveLength(1);
  });
});
