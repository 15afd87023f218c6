import type { Agent } from '../agents/agent.ts';
import type { Area } from '../agents/guidance.ts';
import type { Outline } from '../analysis/outline/outline.ts';
import type { Repository } from '../change/repository.ts';
import type { IndexedTree } from '../context/find-context.ts';
import type { Kind } from '../context/kinds.ts';
import { AppError, describeError } from '../errors.ts';
import type { Gate } from '../gate.ts';
import type { Precedent } from '../ledger/precedent.ts';
import type { Subject } from '../pipeline/model-reviewer.ts';
import type { ModelStep } from '../scope/coverage.ts';
import type { Candidate, createAnswerSchema } from './answer.ts';
import type { Claude, ReadTool } from './claude/claude.ts';
import type { Meter } from './meter.ts';
import type { MaskFileText } from './read-tools.ts';
import { sanitiseModelTitle } from './sanitise.ts';
import type { Ask, Delimiters } from './stages/stage.ts';

export interface Reviewing {
  claude: Claude;
  models: { triage: string; review: string; refute: string };
  agent: Agent;
  system: string;
  areas: readonly Area[];
  mask: MaskFileText;
  guidance: readonly { paths: readonly string[]; text: string }[];
  delimiters: Delimiters;
  /** What is not shown, to see what it earns. */
  without: ReadonlySet<Kind>;
}

/** Of one request's claims, and of a review's known findings, so many go to whoever disproves them: each is a conversation that is paid for. */
export const MOST_CLAIMS = 24;

/** Errors after which asking further is useless: whomever, or the model that was asked. */
const ENDS_ALL = ['MODEL_BUDGET', 'MODEL_SPEND_LIMIT', 'MODEL_CANCELLED'];
const ENDS_MODEL = ['MODEL_REJECTED', 'MODEL_OVERLOADED', 'MODEL_TIMEOUT'];

/** One review under way: what its stages share, and what they note. */
export interface Work extends Reviewing {
  subject: Subject;
  outlines: ReadonlyMap<string, Outline>;
  /** Where definitions and callers are looked up, and its files, read once for all bundles; null: nowhere. */
  library: { repository: Repository; readTree: () => Promise<IndexedTree> } | null;
  signal: AbortSignal | undefined;
  meter: Meter;
  ask: Ask;
  /** A set for one conversation, whose request shows this. */
  openTools: (shown: readonly string[]) => readonly ReadTool[];
  schema: ReturnType<typeof createAnswerSchema>;
  intent: string;
  /** What people of this repository settled, newest first. */
  precedents: readonly Precedent[];
  gate: Gate;
  /** Why nothing more is asked of a model. */
  stopped: Map<string, string>;
  problems: string[];
  /** Why known findings were not tried, each once. */
  untried: string[];
  dropped: Record<string, number>;
  steps: ModelStep[];
}

/**
 * At most so many at once, none after one that shows that it is useless. Null: it failed, and that is noted.
 *
 * @param problems where it is noted: where the review is whole without it, not among those of the review
 */
export async function attempt<T>(
  work: Work,
  stage: keyof Work['models'],
  what: string,
  run: (model: string) => Promise<T>,
  problems: string[] = work.problems,
): Promise<T | null> {
  return await work.gate(async () => {
    const model = work.models[stage];
    const why = work.stopped.get(model);
    if (why !== undefined) {
      problems.push(why);
      return null;
    }
    try {
      return await run(model);
    } catch (error) {
      note(work, stage, what, error, problems);
      return null;
    }
  });
}

function note(work: Work, stage: keyof Work['models'], what: string, error: unknown, problems: string[]): void {
  const problem = describeError(error);
  const isKnown = error instanceof AppError;
  problems.push(isKnown && stage !== 'triage' ? problem : `${what}: ${problem}`);
  if (!isKnown) return;
  if (ENDS_MODEL.includes(error.code)) work.stopped.set(work.models[stage], problem);
  if (ENDS_ALL.includes(error.code)) for (const model of Object.values(work.models)) work.stopped.set(model, problem);
}

/** The first of them are told one by one, in the model's words made plain; all are counted. */
export function drop(
  work: Work,
  { path, line, title }: Pick<Candidate, 'path' | 'line' | 'title'>,
  reason: string,
): void {
  if (count(work, reason) > MOST_CLAIMS) return;
  const said = { path: sanitiseModelTitle(path, 200), line, title: sanitiseModelTitle(title, 90) };
  work.steps.push({ stage: 'review', ...said, votes: 1, outcome: 'dropped', reason });
}

export function leave(
  work: Work,
  step: Omit<ModelStep, 'stage' | 'outcome' | 'reason'>,
  outcome: 'refuted' | 'undecided' | 'dropped',
  reason: string,
): null {
  const why = { refuted: 'disproved by a second reader', undecided: 'not decided by the code', dropped: reason }[
    outcome
  ];
  count(work, why);
  work.steps.push({ ...step, stage: 'refute', outcome, reason });
  return null;
}

/** @returns how many there are now */
function count(work: Work, reason: string): number {
  const known = (work.dropped[reason] ?? 0) + 1;
  work.dropped[reason] = known;
  return known;
}
