import { createHash, generateKeyPairSync } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadAgents } from '../../src/agents/load-agents.ts';
import { analyseFile } from '../../src/analysis/analyse-file.ts';
import type { Analysis } from '../../src/analysis/analysis.ts';
import { createAnalysers } from '../../src/analysis/create-analysers.ts';
import type { Change, ChangedFile } from '../../src/change/change.ts';
import type { PullRequest } from '../../src/change/pull-request.ts';
import type { Repository } from '../../src/change/repository.ts';
import { diffTexts } from '../../src/diff/diff-texts.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { listNames } from '../../src/findings/fingerprint.ts';
import { createSeal } from '../../src/github/seal.ts';
import type { Amendment } from '../../src/ledger/amend.ts';
import type { Conversation, OwnReview, Thread } from '../../src/ledger/conversation.ts';
import { idsOf, isOpen, type LedgerEntry, pathOf, rebuildLedger } from '../../src/ledger/ledger.ts';
import { findMarker, parseReviewMarker } from '../../src/ledger/marker.ts';
import { NO_PRECEDENTS } from '../../src/ledger/precedent.ts';
import type { Forge } from '../../src/pipeline/forge.ts';
import { type ModelReviewer, NO_MEMORY } from '../../src/pipeline/model-reviewer.ts';
import { analyseChange } from '../../src/pipeline/review-change.ts';
import type { ReviewDeps } from '../../src/pipeline/review-deps.ts';
import { reviewPullRequest } from '../../src/pipeline/review-pull-request.ts';
import type { Reviewer } from '../../src/pipeline/reviewer.ts';
import { mayHaveWritten, type Run, RunData } from '../../src/pipeline/run.ts';
import type { ReviewPlan } from '../../src/plan/plan.ts';
import { NO_USAGE } from '../../src/scope/coverage.ts';
import type { Reviewed } from '../../src/scope/scope.ts';
import { maskText } from '../../src/secrets/mask-text.ts';
import { TRAITS } from '../support/finding.ts';
import { createMemoryRepository } from '../support/memory-repository.ts';
import { openPurse } from '../support/open-purse.ts';
import { makePullRequest } from '../support/pull-request.ts';

const agent = loadAgents().get('backend-dev');
const analysers = createAnalysers('backend-dev', new Set(agent?.principles.map((one) => one.id)));
/** As the analysers say it, but for what the code calls calm: that is less bad, and otherwise the same. */
const analysis: Analysis = {
  analyse: (files) =>
    Promise.all(
      files.map(async (file) => {
        const analysed = await analyseFile(analysers, file);
        for (const { outcome } of analysed.outcomes)
          if (outcome.status !== 'failed')
            for (const one of outcome.findings)
              if (file.text.includes(`// ${one.symbol} is calm`)) one.severity = 'medium';
        return analysed;
      }),
    ),
  compare: async () => [],
  outline: async () => [],
};

const pem = (): string => generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const seal = createSeal([pem()]);

/** A function of the code under review: which file it is in, how many flaws it has, and how it is laid out. */
interface Unit {
  file: number;
  flaws: 0 | 1 | 2;
  wide: boolean;
  /** Its flaws are less bad. */
  calm: boolean;
}
interface World {
  units: Unit[];
  /** Comment lines at the top of each file, which move everything below. */
  shift: number[];
  /** Each file's name. */
  names: number[];
}

const FILES = 3;
const query = (name: string, wide: boolean): string =>
  wide
    ? `  await pool.query(\n    \`select id from orders where state = '\${req.query.${name}}'\`,\n  );\n`
    : `  await pool.query(\`select id from orders where state = '\${req.query.${name}}'\`);\n`;
const write = ({ flaws, wide, calm }: Unit, index: number): string =>
  `${calm ? `// f${index} is calm\n` : ''}export async function f${index}(pool, req) {\n${flaws === 0 ? `  await pool.query('select id from orders where state = $1', [req.query.f${index}]);\n` : query(`f${index}`, wide).repeat(flaws)}}\n`;

/** Path -> text. The first file has been there before; a file without functions is not there. */
function render({ units, shift, names }: World): Map<string, string> {
  const texts = new Map<string, string>();
  for (let file = 0; file < FILES; file++) {
    const own = units.flatMap((unit, index) => (unit.file === file ? [write(unit, index)] : []));
    if (own.length > 0) texts.set(`src/${names[file]}.ts`, '// moved\n'.repeat(shift[file] ?? 0) + own.join('\n'));
  }
  return texts;
}

const sha = (text: string): string => createHash('sha1').update(text).digest('hex');

/** The change between two trees; a file that is gone and one that is new, in the same place of the world, are a rename. */
function makeChange(base: ReadonlyMap<string, string>, head: ReadonlyMap<string, string>): Change {
  const files: ChangedFile[] = [];
  const gone = [...base.keys()].filter((path) => !head.has(path));
  for (const [path, text] of head) {
    const before = base.get(path);
    if (before === text) continue;
    const renamedFrom = before === undefined ? gone.shift() : undefined;
    files.push({
      path,
      previousPath: renamedFrom ?? null,
      status: renamedFrom ? 'renamed' : before === undefined ? 'added' : 'modified',
      hunks: diffTexts(before ?? base.get(renamedFrom ?? '') ?? '', text),
      binary: false,
      blob: sha(text),
    });
  }
  for (const path of gone)
    files.push({ path, previousPath: null, status: 'removed', hunks: null, binary: false, blob: null });
  return { title: maskText(''), description: maskText(''), base: null, head: null, unlisted: 0, files };
}

function makeSnapshot(base: ReadonlyMap<string, string>, head: ReadonlyMap<string, string>): Repository {
  return createMemoryRepository({ base: Object.fromEntries(base), head: Object.fromEntries(head) });
}

const PULL = makePullRequest();

/** One pull request as GitHub holds it, and nothing else: what is posted is written here, and read back from here. */
function makeGitHub(config: string) {
  const threads: Thread[] = [];
  const reviews: OwnReview[] = [];
  /** As it is read from GitHub: what somebody edited does not pass for ours. */
  const read = (): Conversation => ({
    threads: threads.map((one) => ({
      ...one,
      first: { ...one.first, seal: seal.check('finding', one.first.body, PULL) },
    })),
    reviews: reviews.map((one) => ({ ...one, seal: seal.check('summary', one.body, PULL) })),
    commits: [...commits],
    messages: [],
    unread: [],
  });
  const now = { pull: PULL, change: makeChange(new Map(), new Map()), snapshot: makeSnapshot(new Map(), new Map()) };
  const commits: string[] = [];
  let count = 0;
  const github = {
    readPullRequest: async () => now.pull,
    readChange: async () => ({ change: now.change, snapshot: now.snapshot }),
    readContext: async () => ({
      config: { text: config, source: 'x' },
      agent: null,
      conversation: read(),
    }),
    startCheck: async () => 'CR',
    finishCheck: async () => undefined,
    publishReview: async (_: PullRequest, plan: ReviewPlan) => {
      const { run, review, fileComments } = seal.signPlan(plan, PULL);
      expect(fileComments).toEqual([]);
      if (!review) return null;
      const there = reviews.some(({ body }) => parseReviewMarker(body)?.run === run);
      if (there) return { kind: 'posted' as const, url: 'https://x/r', adopted: true };
      for (const { path, side, line, startLine, body } of review.comments) {
        const id = ++count;
        const first = {
          id: `C${id}`,
          databaseId: id,
          body,
          mine: true,
          seal: 'current' as const,
          author: 'b',
          bot: true,
          url: `https://x/${id}`,
        };
        threads.push({
          id: `T${id}`,
          path,
          side,
          line,
          startLine,
          resolved: false,
          resolvedBy: null,
          outdated: false,
          onFile: false,
          first,
        });
      }
      reviews.push({ id: `R${reviews.length}`, body: review.body, seal: 'current', url: 'https://x/r' });
      return { kind: 'posted' as const, url: 'https://x/r', adopted: false };
    },
    applyEdits: async (_: PullRequest, plan: ReviewPlan) => {
      const { edits, resolve, unresolve, summary } = seal.signPlan(plan, PULL);
      for (const { commentId, body } of edits)
        for (const { first } of threads) if (first.id === commentId) first.body = body;
      for (const thread of threads)
        if (resolve.includes(thread.id)) thread.resolved = true;
        else if (unresolve.includes(thread.id)) thread.resolved = false;
      for (const review of reviews) if (review.id === summary?.reviewId) review.body = summary.body;
    },
    traits: () => TRAITS,
    linkTo: (_: PullRequest, path: string, line: number) => `https://x/${path}#L${line}`,
  } as unknown as Forge;
  return { github, threads, reviews, now, commits, ledger: () => rebuildLedger(read()) };
}

const unit = fc.record<Unit>({
  file: fc.nat(FILES - 1),
  flaws: fc.constantFrom(0, 1, 2),
  wide: fc.boolean(),
  calm: fc.boolean(),
});
const step = fc.oneof(
  fc.record({ kind: fc.constant('rewrite' as const), index: fc.nat(4), unit }),
  fc.record({ kind: fc.constant('shift' as const), file: fc.nat(FILES - 1), lines: fc.nat(4) }),
  fc.record({ kind: fc.constant('rename' as const), file: fc.nat(FILES - 1), name: fc.nat(9) }),
  fc.record({
    kind: fc.constantFrom('ignore' as const, 'delete comment' as const, 'forge' as const),
    entry: fc.nat(5),
  }),
  fc.record({ kind: fc.constantFrom('rebase' as const, 'force-push' as const, 'lose database' as const) }),
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** One pull request over its life: steps change the world, a push reviews it with what was posted before. */
function startLife(units: readonly Unit[], maxComments: number) {
  const world: World = { units: units.map((one) => ({ ...one })), shift: [0, 0, 0], names: [0, 1, 2] };
  const base = render({ ...world, units: world.units.map((one) => ({ ...one, flaws: 0 })) });
  base.delete('src/1.ts');
  let baseSha = sha('base');
  let reviewed = new Map<string, Reviewed>();
  let amendments: Amendment[] = [];
  let saved: Run | null = null;
  /** Somebody edited or deleted comments of ours: a review that began before knows nothing of it, the next one does. */
  let touched = false;
  const life = makeGitHub(`max_comments: ${maxComments}\nfail_at: never\n`);
  const { github, threads, now, commits, ledger } = life;

  /** Somebody edits our comment: it says now that a person has settled it. */
  const forge = (thread: Thread | undefined): void => {
    const found = thread && findMarker('finding', thread.first.body);
    if (!found) return;
    const json = JSON.stringify({ ...JSON.parse(found.json), state: 'ignored', by: 'mallory' });
    const signature = found.signature === null ? '' : ` sig=${found.signature}`;
    thread.first.body = `${thread.first.body.slice(0, found.start)}<!-- backend-dev:finding ${json}${signature} -->`;
  };

  const act = (one: Step): void => {
    if (one.kind === 'rewrite') world.units[one.index] = { ...one.unit };
    if (one.kind === 'shift') world.shift[one.file] = one.lines;
    if (one.kind === 'rename' && !world.names.includes(one.name)) world.names[one.file] = one.name;
    if (one.kind === 'rebase') baseSha = sha(baseSha);
    if (one.kind === 'force-push') commits.splice(0);
    if (one.kind === 'lose database') reviewed = new Map();
    if (one.kind === 'delete comment') threads.splice(one.entry, 1);
    if (one.kind === 'forge') forge(threads[one.entry]);
    if (one.kind === 'delete comment' || one.kind === 'forge') touched = true;
    if (one.kind !== 'ignore') return;
    const open = ledger().entries.filter((entry) => isOpen(entry.record));
    const { record } = open[one.entry % Math.max(1, open.length)] ?? {};
    if (record) amendments.push({ kind: 'ignore', path: pathOf(record), id: record.id, by: 'wes', reason: null });
  };

  /** False: the App was killed at the given write; what it saved and posted until then stands. */
  const push = async (by: Reviewer, crash: Crash | null, slow = false): Promise<boolean> => {
    const head = render(world);
    const headSha = sha(JSON.stringify([...head]) + baseSha);
    commits.push(headSha);
    now.pull = { ...PULL, headSha, baseSha };
    now.change = makeChange(base, head);
    now.snapshot = makeSnapshot(base, head);
    // What was begun for another head is given up.
    if (saved && saved.headSha !== headSha && mayHaveWritten(saved)) reviewed = new Map();
    if (saved?.headSha !== headSha) saved = null;
    let writes = 0;
    const write = async <T>(work: () => T | Promise<T>): Promise<T> => {
      const killed = writes++ === crash?.write;
      if (killed && !crash.done) throw new Error('killed');
      const result = await work();
      if (killed) throw new Error('killed');
      return result;
    };
    const deps: ReviewDeps = {
      github: {
        ...github,
        startCheck: (...call) => write(() => github.startCheck(...call)),
        publishReview: (...call) => write(() => github.publishReview(...call)),
        applyEdits: (...call) => write(() => github.applyEdits(...call)),
      },
      reviewers: { names: [REVIEWER.name, OTHER.name], get: () => by, listUnknownRules: () => [] },
      save: (run) =>
        write(() => {
          saved = structuredClone({ ...run, resumed: true });
          if (run.stage !== 'done') return;
          saved = null;
          if (run.data.reviewed) reviewed.set(by.name, run.data.reviewed);
        }),
      readReviewed: async () => reviewed,
      commands: true,
      alone: true,
      readPrecedents: async () => NO_PRECEDENTS,
      memory: NO_MEMORY,
      openPurse: () => openPurse().purse,
      now: () => 0,
      // Of a slow model: it is waited for no longer.
      patience: (signal) =>
        slow
          ? Promise.resolve()
          : new Promise((resolve) => {
              signal.addEventListener('abort', () => resolve());
            }),
    };
    for (;;) {
      const run = saved?.headSha === headSha ? saved : makeRun(headSha);
      // As the worker does with decisions: a plan that was saved before them is posted, and then there is another.
      const behind = (run.data.plan !== null && amendments.length > 0) || (run.stage !== 'started' && touched);
      try {
        await reviewPullRequest(deps, now.pull, run, { agent: null, forced: true, full: false, amendments });
      } catch (error) {
        expect((error as Error).message).toBe('killed');
        return false;
      }
      touched = false;
      if (behind) continue;
      amendments = [];
      return true;
    }
  };

  const findAll = async (): Promise<Finding[]> =>
    (await analyseChange(now.change, now.snapshot, analysis, { repository: now.snapshot })).findings;
  const isListed = (path: string): boolean =>
    now.change.files.some((one) => one.path === path && one.status !== 'removed');
  return { act, push, findAll, isListed, ledger, threads };
}

/** Killed at this write, counted from 0; `done`: after it took effect. */
interface Crash {
  write: number;
  done: boolean;
}
const crash = fc.option(fc.record<Crash>({ write: fc.nat(14), done: fc.boolean() }), { freq: 3 });

const makeRun = (headSha: string): Run => ({
  id: crypto.randomUUID(),
  headSha,
  baseRef: 'main',
  stage: 'started',
  attempts: 1,
  resumed: false,
  data: RunData.parse({}),
});

/** Has nothing to say, and says so when there was time for anything else. */
const SILENT: ModelReviewer = {
  review: async () => {
    await setTimeout(0);
    return {
      findings: [],
      refuted: [],
      confirmed: [],
      disproved: [],
      coverage: { status: 'complete', reason: null, usage: NO_USAGE },
    };
  },
};

const REVIEWER: Reviewer = {
  name: 'backend-dev',
  version: '1',
  openAnalysis: () => analysis,
  chooseModel: () => ({ model: SILENT, note: null }),
};

/** An agent that has no rules: it finds nothing, and must not take that for a proof. */
const OTHER: Reviewer = {
  ...REVIEWER,
  name: 'other',
  openAnalysis: () => ({ ...analysis, analyse: (files) => Promise.all(files.map((file) => analyseFile([], file))) }),
};

const speaksOf = (entry: LedgerEntry, { path, fingerprint }: Finding): boolean =>
  path === pathOf(entry.record) && idsOf(entry.record).some((id) => listNames(fingerprint).includes(id));
const describeEntry = ({ record, thread }: LedgerEntry): string =>
  `${thread?.id ?? 'summary'} ${pathOf(record)} ${record.state} ${idsOf(record).join('+')}`;

/** Every flaw stands in one entry, every open entry stands for a flaw in its place, and what is settled is resolved. */
function checkLedger(entries: readonly LedgerEntry[], findings: readonly Finding[]): void {
  const speaking = findings.map((one) =>
    entries.filter((entry) => entry.record.state !== 'fixed' && speaksOf(entry, one)),
  );
  for (const [at, list] of speaking.entries()) {
    const calm = findings[at]?.severity === 'medium';
    const open = list.filter(({ record }) => isOpen(record));
    const ignored = list.filter(({ record }) => record.state === 'ignored');
    // Ignored as it is, or open: what was ignored while it was less bad covers nothing worse.
    const covering = ignored.filter(({ record }) => calm || !(record.grade ?? '').startsWith('medium'));
    expect([open.length, covering.length > 0], list.map(describeEntry).join('\n')).toEqual(
      covering.length > 0 ? [0, true] : [1, false],
    );
    expect(list.filter(({ record }) => record.by === 'mallory')).toEqual([]);
  }
  for (const entry of entries) {
    const open = isOpen(entry.record);
    if (open) expect(findings.some((one) => speaksOf(entry, one))).toBe(true);
    expect(entry.thread?.resolved ?? false).toBe(entry.thread !== null && !open);
  }
}

/** A comment is made for what none spoke of before, in its file or in one that is gone. */
function checkNew(thread: Thread, before: readonly LedgerEntry[], isListed: (path: string) => boolean): void {
  const ids = rebuildLedger({ threads: [thread], reviews: [], commits: [], messages: [], unread: [] }).entries.flatMap(
    (entry) => idsOf(entry.record),
  );
  const repeated = before.filter((entry) => {
    const place = pathOf(entry.record);
    // A comment on several places whose file is gone follows to one file; what went to another is said there.
    const gone = !isListed(place) && entry.record.also.length === 0;
    return (place === thread.path || gone) && idsOf(entry.record).some((id) => ids.includes(id));
  });
  expect(repeated.map(describeEntry)).toEqual([]);
}

it('says every flaw once, whatever is pushed: the ledger is what a full review finds, less what people ignored', async () => {
  let pushes = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(unit, { minLength: 5, maxLength: 5 }),
      fc.array(fc.tuple(fc.array(step, { minLength: 1, maxLength: 3 }), crash, fc.boolean(), fc.boolean()), {
        maxLength: 6,
      }),
      fc.constantFrom(1, 4, 25),
      async (units, history, maxComments) => {
        const { act, push, findAll, isListed, ledger, threads } = startLife(units, maxComments);
        const attempt = async (by: Reviewer, killed: Crash | null, slow: boolean): Promise<boolean> => {
          const [before, said] = [ledger().entries, new Set(threads.map((one) => one.id))];
          const done = await push(by, killed, slow);
          for (const thread of threads.filter((one) => !said.has(one.id))) checkNew(thread, before, isListed);
          const open = ledger().entries.filter(({ record, thread }) => thread && isOpen(record));
          if (done && threads.some((one) => !said.has(one.id))) expect(open.length).toBeLessThanOrEqual(maxComments);
          return done;
        };
        for (const [steps, killed, again, slow] of [[[], null, false, true] as const, ...history]) {
          steps.forEach(act);
          // Killed, it is started again at once, or not before the next push.
          const done = (await attempt(REVIEWER, killed, slow)) || (again && (await attempt(REVIEWER, null, slow)));
          if (!done) continue;
          pushes += 1;
          const { entries } = ledger();
          checkLedger(entries, await findAll());
          await attempt(OTHER, null, slow);
          expect(ledger().entries.map(describeEntry)).toEqual(entries.map(describeEntry));
        }
      },
    ),
    { numRuns: 60 },
  );
  expect(pushes).toBeGreaterThan(20);
}, 120_000);
