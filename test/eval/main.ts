import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openRecording } from '../../src/cli/recording.ts';
import { type ComposedReviewer, composeReviewer } from '../../src/compose-reviewer.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { DEFAULT_CONFIG } from '../../src/config/repository-config.ts';
import { KINDS, type Kind } from '../../src/context/kinds.ts';
import { AppError, describeError } from '../../src/errors.ts';
import { createGate } from '../../src/gate.ts';
import { makeOwnFolder } from '../../src/git/make-own-folder.ts';
import { readRange } from '../../src/git/read-range.ts';
import type { Answer } from '../../src/model/answer.ts';
import { openEndpoint } from '../../src/model/claude/open-endpoint.ts';
import { judgeChange } from '../../src/pipeline/judge-change.ts';
import type { Asked, StageMemory } from '../../src/pipeline/model-reviewer.ts';
import { createMemoryTill, createPurse } from '../../src/pipeline/purse.ts';
import { analyseChange, type ReviewResult } from '../../src/pipeline/review-change.ts';
import { maskText } from '../../src/secrets/mask-text.ts';
import { judgeCase, judgeClaims } from './judge-case.ts';
import { printFound, printStale, printTrial, printWeights, type Row } from './print-rows.ts';
import { type EvalCase, makeCaseRepository, readCases } from './read-cases.ts';
import { type EvalClaim, readClaims } from './read-claims.ts';
import { weighContext } from './weigh-context.ts';

const RECORDINGS = fileURLToPath(new URL('./recordings/', import.meta.url));

/** What was asked and answered, as it goes by. */
function watch(memory: StageMemory, claims: EvalClaim[] | null) {
  let prompt: readonly string[] = [];
  const answers: Answer[] = [];
  const calls: string[] = [];
  const note = (value: unknown): void => {
    if (value !== null && typeof value === 'object' && 'findings' in value) answers.push(value as Answer);
  };
  return {
    memory: {
      read: async (...[key, asked]: Parameters<StageMemory['read']>) => {
        const isReview = asked.stage.startsWith('review');
        if (isReview) prompt = asked.prompt;
        // What is claimed stands in the place of what the first reader says.
        const value = claims && isReview ? say(claims.splice(0)) : await memory.read(key, asked);
        note(value);
        return value;
      },
      write: async (...[key, asked, value, how]: Parameters<StageMemory['write']>) => {
        note(value);
        calls.push(...how.calls.map(({ name, input }) => `${asked.stage}: ${name} ${JSON.stringify(input)}`));
        await memory.write(key, asked, value, how);
      },
    },
    weigh: () => ({ ...weighContext(prompt, answers), calls }),
  };
}

/** All claims at once, for the first of a case's readers; the others are silent. */
function say(claims: readonly EvalClaim[]): Answer {
  return { findings: claims.map(({ candidate }) => candidate), verdicts: [] };
}

interface Options {
  reviewer: ComposedReviewer;
  recordings: string;
  live: boolean;
  /** Not what readers say of the case is tried, but these claims about it. */
  claims: boolean;
}

/** What was said from the same side, or of the same claim, is taken for an answer to what is asked in other words now, and counted. */
function isSameTask(recorded: Asked, now: Asked): boolean {
  return now.stage.startsWith('review') || recorded.prompt.at(-1) === now.prompt.at(-1);
}

/** One pull request through the real reviewer: from the recording, or with a key from the model, which is then recorded. */
async function reviewCase(
  one: EvalCase,
  { reviewer, recordings, live, claims: isTrial }: Options,
): Promise<Row | null> {
  const claims = isTrial ? readClaims(one, RECORDINGS) : null;
  if (claims?.length === 0) return null;
  const path = join(recordings, `${one.name}.json`);
  if (!live && !existsSync(path)) return null;
  const { path: dir, remove } = makeOwnFolder('eval');
  const recording = openRecording(path, live ? 'record' : 'replay', isSameTask);
  const exchange = watch(recording.memory, claims && [...claims]);
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
    const result: ReviewResult = await judgeChange(told, analysed, reviewer.chooseModel(DEFAULT_CONFIG), analysis, {
      name: one.name,
      repository: snapshot,
      memory: exchange.memory,
      purse: createPurse(createMemoryTill(), []),
    }).finally(close);
    const { usage, stages = [], status, reason } = result.coverage.model;
    const replayed = recording.replayed();
    const spent = live
      ? {
          tokens: usage.inputTokens + usage.cacheReadTokens + usage.outputTokens,
          rounds: stages.reduce((sum, { requests }) => sum + requests, 0),
        }
      : replayed;
    return {
      ...judgeCase(one, result),
      tried: judgeClaims(claims ?? [], result),
      ...exchange.weigh(),
      ...spent,
      answers: replayed.answers,
      stale: recording.stale(),
      status: status === 'complete' ? status : `${status}: ${reason}`,
    };
  } finally {
    recording.save();
    remove();
  }
}

/** @throws AppError CONFIG_INVALID for a kind that there is not */
function readKinds(text: string): Kind[] {
  return text
    .split(',')
    .filter((word) => word !== '')
    .map((word) => {
      const kind = KINDS.find((one) => one === word);
      if (!kind) throw new AppError('CONFIG_INVALID', `--without ${word}: there are ${KINDS.join(', ')}`);
      return kind;
    });
}

const UNSEEN = fileURLToPath(new URL('./unseen/', import.meta.url));

/** `npm run eval [-- --only NAME,NAME] [--cases DIR] [--recordings DIR] [--without KIND,KIND] [--weigh] [--claims] [--stale] [--at-once N]`: replays; where Claude's endpoint is set up it asks and records. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      cases: { type: 'string' },
      recordings: { type: 'string' },
      claims: { type: 'boolean', default: false },
      'at-once': { type: 'string', default: '2' },
      weigh: { type: 'boolean', default: false },
      stale: { type: 'boolean', default: false },
      without: { type: 'string', default: '' },
    },
  });
  const live = !('off' in openEndpoint(readEnvironment()));
  const only = values.only?.split(',');
  const without = readKinds(values.without);
  const all = values.cases ? readCases(resolve(values.cases)) : [...readCases(), ...readCases(UNSEEN)];
  const cases = all.filter(({ name }) => !only || only.includes(name));
  const recordings = values.recordings ?? (values.claims ? join(RECORDINGS, 'claims') : RECORDINGS);
  const reviewer = composeReviewer(readEnvironment(), { agent: 'backend-dev', model: true, replay: !live, without });
  const gate = createGate(Number(values['at-once']));
  const review = async (one: EvalCase): Promise<Row | null> => {
    process.stderr.write(`${one.name}\n`);
    const row = await reviewCase(one, { reviewer, recordings, live, claims: values.claims });
    if (!row) process.stderr.write(`  ${one.name}: nothing is recorded; where Claude's endpoint is set up it is\n`);
    return row;
  };
  const rows = (await Promise.all(cases.map((one) => gate(() => review(one))))).flatMap((row) => row ?? []);
  await reviewer.close();
  if (rows.length === 0) throw new AppError('CONFIG_INVALID', 'no case could be reviewed');
  if (values.claims) printTrial(rows);
  else printFound(rows);
  if (values.weigh) printWeights(rows);
  if (values.stale) printStale(rows);
}

main().catch((error: unknown) => {
  process.stderr.write(`${describeError(error)}\n`);
  process.exitCode = 2;
});
