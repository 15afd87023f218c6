import type { Outline } from '../analysis/outline/outline.ts';
import type { SelectedFile } from '../change/selected-file.ts';
import type { Context, Piece } from '../context/context.ts';
import { findContext, indexTree } from '../context/find-context.ts';
import { findDocuments } from '../context/find-documents.ts';
import { BUNDLE_CHARS, type Bundle, planBundles } from '../context/plan-bundles.ts';
import { showFile } from '../context/show-file.ts';
import { describeError } from '../errors.ts';
import type { RawFinding } from '../findings/finding.ts';
import { createGate } from '../gate.ts';
import { once } from '../once.ts';
import { type Disproved, type Hands, type ModelReview, NO_MEMORY, type Subject } from '../pipeline/model-reviewer.ts';
import type { ModelCoverage } from '../scope/coverage.ts';
import { createKnownValues, type KnownValues } from '../secrets/mask-text.ts';
import { createAnswerSchema } from './answer.ts';
import { chooseAreas } from './choose-areas.ts';
import { createAnswerCleaner } from './clean-answer.ts';
import { createCodeTools } from './code-tools.ts';
import { createMeter } from './meter.ts';
import { buildCode, buildIntent, nameKnown } from './prompt.ts';
import { createReadTools, noteMasked } from './read-tools.ts';
import { createSentLines } from './sent-lines.ts';
import { readShownLines } from './shown-lines.ts';
import { type Counted, isSame, joinPlaces, mergeVotes } from './stages/merge.ts';
import { listReviewTasks, type Tier } from './stages/review.ts';
import { type Judged, judgeCandidate, tryKnown, tryStanding, type Unsure } from './stages/run-refute.ts';
import { runReview } from './stages/run-review.ts';
import { runTriage } from './stages/run-triage.ts';
import { createAsk } from './stages/stage.ts';
import { drop, MOST_CLAIMS, type Reviewing, type Work } from './work.ts';

/** The most requests at once in one review. */
const AT_ONCE = 4;
/** triage → review → merge → refute, each saved by the key of what it was asked. What one stage could not do is told, and the others go on. */
export async function reviewByStages(reviewing: Reviewing, subject: Subject, hands: Hands): Promise<ModelReview> {
  const { without } = reviewing;
  const { mark } = reviewing.delimiters;
  const meter = createMeter(hands.purse);
  const { repository } = subject;
  const known = createKnownValues(subject.hide);
  const library = repository && { repository, readTree: once(() => indexTree(repository)) };
  const outlines = await outlineFiles(subject);
  const shown = subject.files.map((file) => {
    const outline = outlines.get(file.path) ?? null;
    return {
      file,
      shown: showFile(file, mark, { outline, mostChars: BUNDLE_CHARS * 2, narrow: without.has('functions') }),
    };
  });
  const { bundles, tooLarge } = planBundles(shown, { outlines });
  const tasks = listReviewTasks('deep').map(({ task }) => task);
  const principles = reviewing.agent.principles.map(({ id }) => id);
  const { nonce } = reviewing.delimiters;
  const clean = createAnswerCleaner([reviewing.system, ...tasks], nonce, known.hide, principles);
  const documents = await readDocuments(reviewing, subject, library, known);
  const work: Work = {
    ...reviewing,
    subject,
    outlines,
    library,
    signal: hands.signal,
    meter,
    ask: createAsk(reviewing.claude, hands.memory ?? NO_MEMORY, reviewing.delimiters, {
      clean,
      hide: known.hide,
    }),
    openTools: (shown) =>
      library ? openTools({ ...reviewing, mask: noteMasked(reviewing.mask, known) }, library, subject, shown) : [],
    schema: createAnswerSchema(principles),
    intent: without.has('intent') ? '' : buildIntent(subject, mark, documents),
    precedents: hands.precedents ?? [],
    gate: createGate(AT_ONCE),
    stopped: new Map(),
    untried: [],
    problems: tooLarge.map((file) => `${file.path} is too large for one request`),
    dropped: {},
    steps: [],
  };
  const tiers = await runTriage(work);
  const done = await Promise.all(bundles.map((bundle) => reviewBundle(work, bundle, tiers)));
  const { answered, unsure, ...said } = combine(done);
  // Last of all: what the budget is short of is a second look at what stands anyway.
  const tried = await tryKnown(work, unsure);
  return { ...said, ...tried, coverage: decideCoverage(work, answered) };
}

/** What cannot be read is looked for by whoever needs it. */
async function readDocuments(
  { mask, without }: Reviewing,
  { files }: Subject,
  library: Work['library'],
  known: KnownValues,
): Promise<Piece[]> {
  if (!library || without.has('documents')) return [];
  const { repository, readTree } = library;
  const read = noteMasked(mask, known);
  const changed = files.map(({ path }) => path);
  try {
    const { paths } = await readTree();
    return await findDocuments(
      repository,
      paths,
      changed,
      async (path, text) => (await read(path, text))?.text ?? null,
    );
  } catch {
    return [];
  }
}

/** Of one conversation: what its request shows, and what one tool sent, no other sends again. */
function openTools(
  { agent, mask, delimiters }: Reviewing,
  library: NonNullable<Work['library']>,
  { files, others, removed, previous, outline }: Subject,
  shown: readonly string[],
) {
  const changed = files.map((file) => file.path);
  const all = new Set([...changed, ...others.map(({ path }) => path), ...removed, ...previous.values()]);
  const sent = createSentLines(readShownLines(shown, delimiters.mark, (path) => all.has(path)));
  return [
    ...createReadTools(agent, library.repository, mask, changed, sent),
    ...createCodeTools(agent, { ...library, outline, changed, sent }),
  ];
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
const MOST_CONTEXT: Record<Tier, number> = { light: 10_000, deep: 24_000 };

/** What the change needs to be understood. Without a repository to look in, or where that fails, the reader is told. */
async function lookAround(work: Work, files: readonly SelectedFile[], tier: Tier): Promise<Context> {
  const { outline, removed, previous } = work.subject;
  const { outlines, library } = work;
  if (!library) return { pieces: [], left: [] };
  const { repository, readTree } = library;
  try {
    const options = { mostChars: MOST_CONTEXT[tier], outlines, removed, previous, readTree, without: work.without };
    return await findContext(files, { repository, outline }, options);
  } catch (error) {
    work.problems.push(`definitions and callers could not be looked up: ${describeError(error)}`);
    return { pieces: [], left: ['Definitions and callers: they could not be looked up.'] };
  }
}

interface Done {
  /** Readers who came to an end. */
  answered: number;
  findings: RawFinding[];
  unsure: Unsure[];
  disproved: Disproved[];
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
      // By what is shown: what the rest of a long file is about is not under review.
      areas: chooseAreas(
        work.without.has('guidance') ? [] : work.areas,
        bundle.files.map(({ file, shown }) => ({ path: file.path, text: shown })),
      ),
      guidance: work.guidance,
    },
    work.delimiters.mark,
  );
  const { counted, doubts, answered, truncated } = await runReview(work, code, tier, files);
  if (truncated && bundle.files.length > 1 && answered === 0) return await splitBundle(work, bundle, tiers);
  if (truncated)
    work.problems.push(
      `MODEL_TRUNCATED: what was asked about ${[...files.keys()].join(', ')}, or the answer, reached a length limit`,
    );
  const candidates = mergeVotes(counted);
  for (const { candidate } of candidates.slice(MOST_CLAIMS))
    drop(work, candidate, `more than ${MOST_CLAIMS} in one request`);
  const tried = candidates.slice(0, MOST_CLAIMS);
  const judged = await Promise.all(tried.map((one) => judgeCandidate(work, code, one)));
  const unsure = known.filter(({ id, finding }) => doubts.has(id) || finding.confidence !== 'high');
  return {
    answered,
    findings: joinPlaces(judged.flatMap(({ finding }) => finding ?? [])),
    unsure: unsure.map(({ finding }) => ({ finding, code })),
    disproved: await lookAgain(work, code, files, tried, judged),
  };
}

/** What stands open in these files. What a reader said again, and what held, was tried just now. */
async function lookAgain(
  work: Work,
  code: string,
  files: ReadonlyMap<string, SelectedFile>,
  tried: readonly Counted[],
  judged: readonly Judged[],
): Promise<Disproved[]> {
  const standing = work.subject.standing.filter(({ path }) => files.has(path)).slice(0, MOST_CLAIMS);
  const looked = await Promise.all(
    standing.map(async (one) => {
      const place = { ...one, startLine: one.line, endLine: one.line };
      const again = tried.flatMap(({ finding }, index) => (isSame(finding, place) ? (judged[index] ?? []) : []));
      // What was said beside it and refuted may have been another claim.
      return again.some(({ finding }) => finding !== null) ? null : await tryStanding(work, code, one);
    }),
  );
  return looked.flatMap((one) => one ?? []);
}

async function splitBundle(work: Work, bundle: Bundle, tiers: ReadonlyMap<string, Tier>): Promise<Done> {
  const half = Math.ceil(bundle.files.length / 2);
  const halves = [bundle.files.slice(0, half), bundle.files.slice(half)];
  return combine(await Promise.all(halves.map((files) => reviewBundle(work, { files }, tiers))));
}

function combine(done: readonly Done[]): Done {
  return {
    answered: done.reduce((sum, one) => sum + one.answered, 0),
    findings: done.flatMap((one) => one.findings),
    unsure: done.flatMap((one) => one.unsure),
    disproved: done.flatMap((one) => one.disproved),
  };
}

function decideCoverage({ meter, problems, dropped, untried, steps }: Work, answered: number): ModelCoverage {
  const coverage = {
    reason: [...new Set(problems)].slice(0, 3).join('; ') || null,
    usage: meter.total(),
    stages: meter.stages(),
    ...(Object.keys(dropped).length > 0 && { dropped }),
    ...(untried.length > 0 && {
      untried: { findings: untried.length, reason: [...new Set(untried)].slice(0, 3).join('; ') },
    }),
    ...(steps.length > 0 && { steps }),
  };
  if (problems.length === 0) return { status: 'complete', ...coverage };
  return { status: answered === 0 ? 'failed' : 'partial', ...coverage };
}
