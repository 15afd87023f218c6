import type { Agent } from '../agents/agent.ts';
import type { Area } from '../agents/guidance.ts';
import type { Outline } from '../analysis/outline/outline.ts';
import type { Context } from '../context/context.ts';
import { findContext } from '../context/find-context.ts';
import { BUNDLE_CHARS, type Bundle, planBundles } from '../context/plan-bundles.ts';
import { showFile } from '../context/show-file.ts';
import { AppError, describeError } from '../errors.ts';
import type { ModelCoverage, ModelStep } from '../review/coverage.ts';
import type { Finding, JudgedFinding } from '../review/finding.ts';
import { createGate, type Gate } from '../review/gate.ts';
import { type Hands, type ModelReview, NO_MEMORY, type Subject } from '../review/model-reviewer.ts';
import type { SelectedFile } from '../review/review-change.ts';
import { type Candidate, createAnswerSchema, type Verdict } from './answer.ts';
import { checkCandidate } from './check-candidate.ts';
import { chooseAreas } from './choose-areas.ts';
import type { Claude, ReadTool } from './claude/claude.ts';
import { createAnswerCleaner } from './clean-answer.ts';
import { createMeter, type Meter } from './meter.ts';
import { buildCode, buildIntent, buildPrompt, nameKnown } from './prompt.ts';
import { createReadTools, type MaskFileText } from './read-tools.ts';
import { sanitiseModelText, sanitiseModelTitle } from './sanitise.ts';
import { type Counted, mergeVotes } from './stages/merge.ts';
import { buildRefuteTask, type Claim, claimKnown, toClaim } from './stages/refute.ts';
import { listReviewTasks, type Tier } from './stages/review.ts';
import { type Ask, createAsk, type Delimiters } from './stages/stage.ts';
import { buildTriagePrompt, decideTier, needsTriage, TRIAGE_SYSTEM, Triage } from './stages/triage.ts';

export interface Reviewing {
  claude: Claude;
  models: { triage: string; review: string; refute: string };
  agent: Agent;
  system: string;
  areas: readonly Area[];
  mask: MaskFileText;
  guidance: readonly { paths: readonly string[]; text: string }[];
  budgetUsd: number;
  delimiters: Delimiters;
}

/** Requests at once in one review. */
const AT_ONCE = 4;
/** Of one request's claims, and of known findings, so many go to whoever disproves them: each is a conversation that is paid for. */
const MOST_CLAIMS = 24;

/** Errors after which asking further is useless. */
const FATAL = [
  'MODEL_BUDGET',
  'MODEL_SPEND_LIMIT',
  'MODEL_REJECTED',
  'MODEL_OVERLOADED',
  'MODEL_TIMEOUT',
  'MODEL_CANCELLED',
];

/** triage → review → merge → refute, each saved by the key of what it was asked. What one stage could not do is told, and the others go on. */
export async function reviewByStages(reviewing: Reviewing, subject: Subject, hands: Hands): Promise<ModelReview> {
  const { mark } = reviewing.delimiters;
  const meter = createMeter(hands.spend, reviewing.budgetUsd);
  const { repository } = subject;
  const changed = subject.files.map((file) => file.path);
  const outlines = await outlineFiles(subject);
  const shown = subject.files.map((file) => {
    const outline = outlines.get(file.path) ?? null;
    return { file, shown: showFile(file, mark, { outline, mostChars: BUNDLE_CHARS * 2 }) };
  });
  const { bundles, tooLarge } = planBundles(shown, { outlines });
  const tasks = listReviewTasks('deep', true).map(({ task }) => task);
  const cleanAnswer = createAnswerCleaner([reviewing.system, ...tasks], reviewing.delimiters.nonce);
  const work: Work = {
    ...reviewing,
    mark,
    subject,
    outlines,
    signal: hands.signal,
    meter,
    ask: createAsk(reviewing.claude, hands.memory ?? NO_MEMORY, reviewing.delimiters, cleanAnswer),
    openTools: () => (repository ? createReadTools(reviewing.agent, repository, reviewing.mask, changed) : []),
    schema: createAnswerSchema(reviewing.agent.principles.map((principle) => principle.id)),
    intent: buildIntent(subject, mark),
    gate: createGate(AT_ONCE),
    stopped: null,
    problems: tooLarge.map((file) => `${file.path} is too large for one request`),
    dropped: {},
    steps: [],
  };
  const tiers = await triage(work);
  const done = await Promise.all(bundles.map((bundle) => reviewBundle(work, bundle, tiers)));
  return {
    findings: done.flatMap((one) => one.findings),
    refuted: done.flatMap((one) => one.refuted),
    coverage: decideCoverage(work, done.filter((one) => one.looked).length, bundles.length),
  };
}

interface Work extends Reviewing {
  subject: Subject;
  mark: string;
  outlines: ReadonlyMap<string, Outline>;
  signal: AbortSignal | undefined;
  meter: Meter;
  ask: Ask;
  /** A set for one conversation. */
  openTools: () => readonly ReadTool[];
  schema: ReturnType<typeof createAnswerSchema>;
  intent: string;
  gate: Gate;
  /** Why nothing more is asked. */
  stopped: string | null;
  problems: string[];
  dropped: Record<string, number>;
  steps: ModelStep[];
}

async function outlineFiles({ files, outline }: Subject): Promise<Map<string, Outline>> {
  const outlined = await outline(files);
  return new Map(
    files.flatMap(({ path }, index) => {
      const one = outlined[index];
      return one && 'outline' in one ? [[path, one.outline] as const] : [];
    }),
  );
}

/** Characters of what is shown beside the changed files. */
const MOST_CONTEXT: Record<Tier, number> = { light: 6000, deep: 24_000 };

/** What the change needs to be understood. Without a repository to look in, or where that fails, the reader is told. */
async function lookAround(work: Work, files: readonly SelectedFile[], tier: Tier): Promise<Context> {
  const { repository, outline, removed, previous } = work.subject;
  if (!repository) return { pieces: [], left: [] };
  try {
    const options = { mostChars: MOST_CONTEXT[tier], outlines: work.outlines, removed, previous };
    return await findContext(files, { repository, outline }, options);
  } catch (error) {
    work.problems.push(`definitions and callers could not be looked up: ${describeError(error)}`);
    return { pieces: [], left: ['Definitions and callers: they could not be looked up.'] };
  }
}

/** How closely each file is looked at. Without an answer by size alone: nothing is left out for that. */
async function triage(work: Work): Promise<Map<string, Tier>> {
  const { files } = work.subject;
  const tiers = new Map(files.map((file) => [file.path, decideTier(file)]));
  if (!needsTriage(files)) return tiers;
  try {
    const answer = await work.ask('triage', {
      model: work.models.triage,
      system: TRIAGE_SYSTEM,
      prompt: buildPrompt(
        work.intent,
        buildTriagePrompt(files, work.mark),
        'Say the tier of each file, and why in five words.',
      ),
      schema: Triage,
      account: work.meter.account('triage'),
      effort: 'low',
      signal: work.signal,
    });
    // What a stranger's text talks the small model into is a lighter look, never none.
    if (answer.kind === 'answer')
      for (const { path, tier } of answer.value.files) if (tiers.has(path)) tiers.set(path, tier);
  } catch (error) {
    note(work, error, 'triage');
  }
  return tiers;
}

interface Done {
  looked: boolean;
  findings: JudgedFinding[];
  refuted: ModelReview['refuted'];
}

async function reviewBundle(work: Work, bundle: Bundle, tiers: ReadonlyMap<string, Tier>): Promise<Done> {
  const files = new Map(bundle.files.map(({ file }) => [file.path, file]));
  const tier: Tier = [...files.keys()].some((path) => tiers.get(path) === 'deep') ? 'deep' : 'light';
  const known = work.subject.known
    .map((finding, index) => ({ id: nameKnown(index), finding }))
    .filter(({ finding }) => files.has(finding.path));
  const code = buildCode(
    {
      bundle,
      context: await lookAround(work, [...files.values()], tier),
      known,
      areas: chooseAreas(work.areas, [...files.values()]),
      guidance: work.guidance,
    },
    work.mark,
  );
  const { counted, doubts, answered, truncated, asked } = await look(work, code, tier, files, known.length > 0);
  if (truncated && bundle.files.length > 1 && answered === 0) return await splitBundle(work, bundle, tiers);
  if (truncated)
    work.problems.push(`MODEL_TRUNCATED: the answer for ${[...files.keys()].join(', ')} was cut at the length limit`);
  const candidates = mergeVotes(counted);
  for (const { candidate } of candidates.slice(MOST_CLAIMS))
    drop(work, candidate, `more than ${MOST_CLAIMS} in one request`);
  const judged = await Promise.all(candidates.slice(0, MOST_CLAIMS).map((one) => judge(work, code, one)));
  const doubted = known.filter(({ id, finding }) => doubts.has(id) || finding.confidence !== 'high');
  const refuted = await Promise.all(doubted.slice(0, MOST_CLAIMS).map(({ finding }) => doubt(work, code, finding)));
  return {
    looked: answered === asked,
    findings: judged.flatMap((one) => one ?? []),
    refuted: refuted.flatMap((one) => one ?? []),
  };
}

/** All angles of a bundle. The others begin when the first answer does: by then its beginning is in the cache. */
async function look(work: Work, code: string, tier: Tier, files: ReadonlyMap<string, SelectedFile>, hasKnown: boolean) {
  const counted: Counted[] = [];
  const doubts = new Map<string, Verdict>();
  let [answered, truncated] = [0, false];
  const tasks = listReviewTasks(tier, hasKnown);
  let open: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    open = resolve;
  });
  await Promise.all(
    tasks.map(async ({ angle, task }, index) => {
      if (index > 0) await begun;
      await attempt(work, `review (${angle})`, async () => {
        const answer = await work.ask(`review ${angle}`, {
          model: work.models.review,
          system: work.system,
          prompt: buildPrompt(work.intent, code, task),
          schema: work.schema,
          account: work.meter.account('review'),
          tools: work.openTools(),
          effort: tier === 'deep' ? 'high' : 'medium',
          signal: work.signal,
          onBegin: open,
        });
        if (answer.kind === 'truncated') {
          truncated = true;
          return;
        }
        answered += 1;
        for (const candidate of answer.value.findings) {
          const checked = checkCandidate(candidate, files);
          if ('finding' in checked) counted.push({ ...checked, candidate, votes: 1 });
          else drop(work, candidate, checked.dropped);
        }
        for (const verdict of answer.value.verdicts)
          if (verdict.verdict === 'refuted' && verdict.reason.trim() !== '') doubts.set(verdict.id, verdict);
      });
      // Also where the first one failed: the others must not wait for ever.
      open();
    }),
  );
  return { counted, doubts, answered, truncated, asked: tasks.length };
}

/** A candidate before whoever tries to disprove it. Null: it does not stand. */
async function judge(work: Work, code: string, counted: Counted): Promise<JudgedFinding | null> {
  const { finding, votes } = counted;
  const { dependsOn } = counted.candidate;
  const step = { path: finding.path, line: finding.startLine, title: finding.title, votes };
  const verdict = await refute(work, code, toClaim(counted));
  if (verdict === null) {
    // Nobody tried: said by one alone and hanging on something unseen, it is not said.
    if (dependsOn !== null) return leave(work, step, 'dropped', 'it depends on something that nobody looked up');
    work.steps.push({ ...step, stage: 'refute', outcome: 'kept', reason: 'not checked by a second reader' });
    return { ...finding, confidence: 'medium' };
  }
  const reason = sanitiseModelText(verdict.reason, 400);
  if (verdict.verdict === 'refuted') return leave(work, step, 'refuted', reason);
  if (verdict.verdict === 'undecided' && (dependsOn !== null || votes === 1))
    return leave(work, step, 'undecided', reason);
  work.steps.push({ ...step, stage: 'refute', outcome: 'kept', reason });
  const sure = { ...finding, confidence: verdict.verdict === 'stands' ? ('high' as const) : ('medium' as const) };
  // A fix that does not work is worse than none.
  return verdict.fixFails === null ? sure : { ...sure, fix: null, suggestion: null };
}

/**
 * A known finding that a reader doubts, or that its analyser is not sure of, before the one who tries to disprove it. It stands
 * in every case: people see the doubt beside it.
 */
async function doubt(work: Work, code: string, finding: Finding): Promise<ModelReview['refuted'][number] | null> {
  const verdict = await refute(work, code, claimKnown(finding));
  if (verdict?.verdict !== 'refuted') return null;
  const reason = sanitiseModelText(verdict.reason, 400);
  const { path, startLine: line, title } = finding;
  work.steps.push({ stage: 'refute', path, line, title, votes: 1, outcome: 'doubted', reason });
  return { finding, reason };
}

async function refute(work: Work, code: string, claim: Claim): Promise<Verdict | null> {
  return await attempt(work, 'refute', async () => {
    const answer = await work.ask('refute', {
      model: work.models.refute,
      system: work.system,
      prompt: buildPrompt(work.intent, code, buildRefuteTask(claim, work.mark)),
      schema: work.schema,
      account: work.meter.account('refute'),
      tools: work.openTools(),
      effort: 'high',
      signal: work.signal,
    });
    if (answer.kind === 'truncated') throw new AppError('MODEL_TRUNCATED', `no verdict on ${claim.path}:${claim.line}`);
    const verdict = answer.value.verdicts.find((one) => one.id === claim.id);
    if (!verdict || verdict.reason.trim() === '')
      throw new AppError('MODEL_INVALID', `no verdict on ${claim.path}:${claim.line}`);
    return verdict;
  });
}

/** At most so many at once, none after one that shows that it is useless. Null: it failed, and that is noted. */
async function attempt<T>(work: Work, what: string, run: () => Promise<T>): Promise<T | null> {
  return await work.gate(async () => {
    if (work.stopped !== null) {
      work.problems.push(work.stopped);
      return null;
    }
    try {
      return await run();
    } catch (error) {
      note(work, error, what);
      return null;
    }
  });
}

function note(work: Work, error: unknown, what: string): void {
  const problem = describeError(error);
  work.problems.push(error instanceof AppError ? problem : `${what}: ${problem}`);
  if (error instanceof AppError && FATAL.includes(error.code)) work.stopped = problem;
}

/** The first of them are told one by one, in the model's words made plain; all are counted. */
function drop(work: Work, { path, line, title }: Pick<Candidate, 'path' | 'line' | 'title'>, reason: string): void {
  const count = (work.dropped[reason] ?? 0) + 1;
  work.dropped[reason] = count;
  if (count > MOST_CLAIMS) return;
  const said = { path: sanitiseModelTitle(path, 200), line, title: sanitiseModelTitle(title, 90) };
  work.steps.push({ stage: 'review', ...said, votes: 1, outcome: 'dropped', reason });
}

function leave(
  work: Work,
  step: Omit<ModelStep, 'stage' | 'outcome' | 'reason'>,
  outcome: 'refuted' | 'undecided' | 'dropped',
  reason: string,
): null {
  const why = { refuted: 'disproved by a second reader', undecided: 'not decided by the code', dropped: reason }[
    outcome
  ];
  work.dropped[why] = (work.dropped[why] ?? 0) + 1;
  work.steps.push({ ...step, stage: 'refute', outcome, reason });
  return null;
}

async function splitBundle(work: Work, bundle: Bundle, tiers: ReadonlyMap<string, Tier>): Promise<Done> {
  const half = Math.ceil(bundle.files.length / 2);
  const halves = [bundle.files.slice(0, half), bundle.files.slice(half)];
  const done = await Promise.all(halves.map((files) => reviewBundle(work, { files }, tiers)));
  return {
    looked: done.every((one) => one.looked),
    findings: done.flatMap((one) => one.findings),
    refuted: done.flatMap((one) => one.refuted),
  };
}

function decideCoverage({ meter, problems, dropped, steps }: Work, done: number, bundles: number): ModelCoverage {
  const coverage = {
    reason: [...new Set(problems)].slice(0, 3).join('; ') || null,
    usage: meter.total(),
    stages: meter.stages(),
    ...(Object.keys(dropped).length > 0 && { dropped }),
    ...(steps.length > 0 && { steps }),
  };
  if (problems.length === 0) return { status: 'complete', ...coverage };
  return { status: done === 0 || bundles === 0 ? 'failed' : 'partial', ...coverage };
}
