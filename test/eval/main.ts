import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openRecording } from '../../src/cli/recording.ts';
import { composeReviewer } from '../../src/compose-reviewers.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { AppError, describeError } from '../../src/errors.ts';
import { readRange } from '../../src/git/read-range.ts';
import { openEndpoint } from '../../src/model/claude/open-endpoint.ts';
import { judgeChange } from '../../src/review/judge-change.ts';
import { createMemoryTill, createPurse } from '../../src/review/purse.ts';
import { analyseChange, type ReviewResult } from '../../src/review/review-change.ts';
import { maskText } from '../../src/secrets/mask-text.ts';
import { type Judgement, judgeCase } from './judge-case.ts';
import { type EvalCase, makeCaseRepository, readCases } from './read-cases.ts';

const RECORDINGS = fileURLToPath(new URL('./recordings/', import.meta.url));

interface Row extends Judgement {
  tokens: number;
  requests: number;
  status: string;
}

/** One pull request through the real reviewer: from the recording, or with a key from the model, which is then recorded. */
async function reviewCase(one: EvalCase, recordings: string, live: boolean): Promise<Row | null> {
  const path = join(recordings, `${one.name}.json`);
  if (!live && !existsSync(path)) return null;
  const dir = mkdtempSync(join(tmpdir(), 'backend-dev-eval-'));
  const recording = openRecording(path, live ? 'record' : 'replay');
  const reviewer = composeReviewer(readEnvironment(), { agent: 'backend-dev', model: true, replay: !live });
  try {
    const { base, head } = await makeCaseRepository(join(dir, one.name), one);
    const { change, snapshot, close } = await readRange(join(dir, one.name), base, head);
    const told = {
      ...change,
      title: maskText(one.title),
      description: maskText(one.description),
      commits: one.commits.map(maskText),
    };
    const analysis = reviewer.openAnalysis(null);
    const analysed = await analyseChange(told, snapshot, analysis);
    const result: ReviewResult = await judgeChange(told, analysed, reviewer.model, analysis, {
      name: one.name,
      repository: snapshot,
      memory: recording.memory,
      purse: createPurse(createMemoryTill(), []),
    }).finally(close);
    const { usage, stages = [], status, reason } = result.coverage.model;
    return {
      ...judgeCase(one, result),
      tokens: usage.inputTokens + usage.cacheReadTokens + usage.outputTokens,
      requests: live ? stages.reduce((sum, stage) => sum + stage.requests, 0) : recording.replayed(),
      status: status === 'complete' ? status : `${status}: ${reason}`,
    };
  } finally {
    recording.save();
    await reviewer.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

function print(rows: readonly Row[]): void {
  const flawed = rows.filter((row) => !row.clean);
  const clean = rows.filter((row) => row.clean);
  const lines = rows.map(
    ({ name, found, others, refuted, requests, tokens, status }) =>
      `${name.padEnd(28)} ${(found === null ? 'clean' : found ? 'found' : 'MISSED').padEnd(7)} ${String(others.length).padStart(6)} ${String(refuted.length).padStart(8)} ${String(requests).padStart(9)} ${String(tokens).padStart(8)}  ${status}`,
  );
  const said = rows.flatMap(({ name, others, doubted, refuted }) => [
    ...others.map((what) => `  ${name}, besides: ${what}`),
    ...doubted.map((what) => `  ${name}, found by an analyser, with the doubt beside it: ${what}`),
    ...refuted.map(({ what, wrongly }) => `  ${name}, refuted${wrongly ? ' WRONGLY' : ''}: ${what}`),
  ]);
  const refuted = rows.flatMap((row) => row.refuted);
  const falseOnes = clean.reduce((sum, row) => sum + row.others.length, 0);
  process.stdout.write(
    [
      `${'case'.padEnd(28)} ${'flaw'.padEnd(7)} others  refuted  requests   tokens  model`,
      ...lines,
      '',
      ...said,
      '',
      `found ${flawed.filter((row) => row.found).length} of ${flawed.length} flaws`,
      `${falseOnes} comments on ${clean.length} clean pull requests, and ${clean.reduce((sum, row) => sum + row.doubted.length, 0)} of analysers with a doubt beside them`,
      `refuted ${refuted.length}, of which ${refuted.filter((one) => one.wrongly).length} at the flaw`,
      '',
    ].join('\n'),
  );
}

const UNSEEN = fileURLToPath(new URL('./unseen/', import.meta.url));

/** `npm run eval [-- --only NAME,NAME] [--cases DIR] [--recordings DIR]`: replays; where Claude's endpoint is set up it asks and records. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      cases: { type: 'string' },
      recordings: { type: 'string', default: RECORDINGS },
    },
  });
  const live = !('off' in openEndpoint(readEnvironment()));
  const only = values.only?.split(',');
  const all = values.cases ? readCases(resolve(values.cases)) : [...readCases(), ...readCases(UNSEEN)];
  const cases = all.filter(({ name }) => !only || only.includes(name));
  const rows: Row[] = [];
  for (const one of cases) {
    process.stderr.write(`${one.name}\n`);
    const row = await reviewCase(one, values.recordings, live);
    if (row) rows.push(row);
    else process.stderr.write('  no recording; with ANTHROPIC_API_KEY (or another endpoint) it is made\n');
  }
  if (rows.length === 0) throw new AppError('CONFIG_INVALID', 'no case could be reviewed');
  print(rows);
}

main().catch((error: unknown) => {
  process.stderr.write(`${describeError(error)}\n`);
  process.exitCode = 2;
});
