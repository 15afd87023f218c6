import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { AGENTS_DIR } from '../../agents/load-agents.ts';
import { readCallOff } from '../../call-off.ts';
import type { SourceFile } from '../../change/source-file.ts';
import { compareImportance } from '../../scope/importance.ts';
import type { Analysis, Compared as ComparedTexts } from '../analysis.ts';
import { type Child, type Done, type Ended, type Limits, startChild } from './start-child.ts';
import { createStopwatch, type Stopwatch } from './stopwatch.ts';
import { Compared, FileAnalysis, Outlined, type Task, withoutSearch } from './task.ts';
import { type Client, createTurns } from './turns.ts';

export interface AnalysisPool {
  /** Analyses for a client, with a budget of their own. */
  open(agent: string, client: Client): Analysis;
  /** Starts a process before there is work for it, with the analysers of this agent. */
  warm(agent: string): void;
  close(): Promise<void>;
}

interface Options extends Partial<Limits> {
  /** Where the agents lie. */
  dir?: string;
  /** Processes; each holds 240 MB when it is ready, and 400 after some hundred files. */
  size?: number;
  /** What one review may cost, and one owner at a time, in milliseconds of processor time. The command line has no bounds. */
  pullRequestMs?: number;
  ownerMs?: number;
  /** After so long without work they end, in milliseconds. */
  idleMs?: number;
  /**
   * One more process when nothing that waits was begun for so long, in milliseconds; beyond the usual number for whoever others keep
   * waiting.
   */
  patienceMs?: number;
}

interface Request {
  task: Task;
  /** Aborted, the process that works on it is ended, and it is not begun. */
  signal: AbortSignal | undefined;
  /** Null: not tried, for this reason. */
  answer: (outcome: Done | Ended | { kind: 'refused'; reason: string }) => void;
  refuse: () => string | null;
  charge: (ms: number) => void;
  /** Of work that somebody waits for. */
  watch: Stopwatch | undefined;
}

/**
 * A process that grew beyond this is not used again: what one file left in it is no other file's burden. Well above what any process
 * takes that has seen some hundred files (400 MB): a new one costs a second and a half, and runs at half the speed at first.
 */
const RECYCLE_MB = 600;
/**
 * What the start of a process costs, in milliseconds of processor time: another one is worth it when others waited while as much
 * was worked. Twenty small files take one process less than that, and a second one would be ready when they are done.
 */
const START_COST_MS = 1000;
/** A budget of an owner fills up again: half a second in each second. */
const RELIEF = 0.5;
const REMEMBERED = 5000;
const FORGET_MS = 3_600_000;
const MOST_TRIES = 5;
/** So many processes in a row that did not start: what is wrong is wrong for all files, and is tried again after this time. */
const MOST_FAILED_STARTS = 3;
const START_PAUSE_MS = 60_000;
const CALLED_OFF = 'the review was called off';

/**
 * Child processes that run the analysers: a file that hangs, eats memory or crashes native code costs its process, not the App.
 * They start on first use, serve every agent, and end after half a minute without work. What ended a process is remembered, and
 * not tried again for an hour; the other analysers still look at that file.
 */
export function createAnalysisPool({
  dir = AGENTS_DIR,
  size = 2,
  limitMs = 20_000,
  heapMb = 512,
  rssMb = 900,
  pullRequestMs = Number.POSITIVE_INFINITY,
  ownerMs = Number.POSITIVE_INFINITY,
  idleMs = 30_000,
  patienceMs = 1000,
}: Options = {}): AnalysisPool {
  const idle: Child[] = [];
  const all = new Set<Child>();
  const turns = createTurns<Request>(RELIEF);
  const blamed = createMemory();
  const starts = createStartRecord();
  let closed = false;
  /** Processor time of work since something waits. */
  let worked = 0;
  let sleep: NodeJS.Timeout | undefined;
  let nudge: NodeJS.Timeout | undefined;

  const start = (agent?: string): Child => {
    const child: Child = startChild(dir, { limitMs, heapMb, rssMb, ...(agent !== undefined && { agent }) }, () => {
      all.delete(child);
      if (idle.includes(child)) idle.splice(idle.indexOf(child), 1);
    });
    all.add(child);
    return child;
  };

  const stop = (child: Child): void => {
    all.delete(child);
    child.stop();
  };

  const next = (): void => {
    clearTimeout(sleep);
    clearTimeout(nudge);
    if (turns.waiting() === 0) worked = 0;
    const isWorthIt = (): boolean => all.size === 0 || (all.size < size && worked >= START_COST_MS);
    while (idle.length > 0 || isWorthIt()) if (!begin(false)) break;
    if (turns.waiting() > 0) nudge = setTimeout(hurry, patienceMs);
    sleep = setTimeout(() => idle.splice(0).forEach(stop), idleMs).unref();
  };

  const hurry = (): void => {
    // While the first one still starts, another would take its time from it.
    const starts = all.size < size && [...all].some((child) => !child.isReady());
    if (!starts && all.size < 2 * size) begin(all.size >= size);
    next();
  };

  const begin = (onlyIdle: boolean): boolean => {
    const turn = closed ? undefined : turns.take(performance.now(), onlyIdle);
    if (!turn) return false;
    void serve(turn.client, turn.item);
    return true;
  };

  const serve = async (client: Client, { task, signal, answer, refuse, charge, watch }: Request): Promise<void> => {
    const began = performance.now();
    const spent = turns.spentBy(client.owner, began);
    const refused =
      refuse() ??
      (spent > ownerMs ? `the time budget of ${client.owner} for analysis is spent; it fills up again` : null);
    if (refused !== null) {
      turns.settle(client, began, 0);
      // No process is taken, so whoever called this begins the next one.
      return answer({ kind: 'refused', reason: refused });
    }
    const agent = task.kind === 'analyse' ? task.agent : '';
    const unable = starts.whyNot(agent, began);
    if (unable) {
      turns.settle(client, began, 0);
      return answer(unable);
    }
    const child = idle.pop() ?? start();
    const callOff = (): void => child.stop();
    signal?.addEventListener('abort', callOff, { once: true });
    let lap: (() => void) | undefined;
    const outcome = await child.run(task, () => (lap = watch?.start()));
    lap?.();
    signal?.removeEventListener('abort', callOff);
    // Ended by `close`: the App stops, and nothing is to be concluded from it. The next start takes the work up again.
    if (closed) return;
    const now = performance.now();
    const ms = outcome.kind === 'done' ? outcome.cpuMs : now - began;
    charge(ms);
    worked += ms;
    if (!signal?.aborted) starts.note(agent, outcome, now);
    turns.settle(client, now, ms);
    if (outcome.kind === 'ended' || outcome.rssMb > RECYCLE_MB || all.size > size || signal?.aborted) stop(child);
    else idle.push(child);
    // Nothing is concluded from a process that was ended on request.
    answer(signal?.aborted ? { kind: 'refused', reason: refuse() ?? CALLED_OFF } : outcome);
    next();
  };

  return {
    open: (agent, client) => {
      let left = pullRequestMs;
      const ask = (task: Task, watch?: Stopwatch): Promise<Parameters<Request['answer']>[0]> =>
        new Promise((answer) => {
          const callOff = readCallOff();
          const signal = AbortSignal.any([callOff, watch?.signal].filter((one) => one !== undefined));
          const refuse = (): string | null => {
            if (callOff?.aborted) return CALLED_OFF;
            if (watch?.signal.aborted) return watch.reason;
            return left > 0
              ? null
              : `the time budget of this pull request (${pullRequestMs / 1000} s of analysis) is spent`;
          };
          const charge = (ms: number): void => {
            left -= ms;
          };
          turns.add(client, { task, signal, answer, refuse, charge, watch });
          next();
        });

      const analyse = async (files: readonly SourceFile[], watch?: Stopwatch): Promise<FileAnalysis[]> => {
        const key = hash([agent, ...files.flatMap(({ kind, text }) => [kind, text])], listRemoved(files));
        const failed = blamed.read(key);
        const apart = async (): Promise<FileAnalysis[]> => {
          const half = Math.ceil(files.length / 2);
          return (await Promise.all([analyse(files.slice(0, half), watch), analyse(files.slice(half), watch)])).flat();
        };
        const without = (reason: string, spent = false): FileAnalysis[] =>
          files.map(({ path }) => withoutSearch(path, reason, spent));
        if (files.length > 1 && failed.size > 0) return await apart();
        for (let tries = 0; tries < MOST_TRIES; tries++) {
          const outcome = await ask({ kind: 'analyse', agent, files, without: [...failed.keys()] }, watch);
          if (outcome.kind === 'refused') return without(outcome.reason, true);
          if (outcome.kind === 'done')
            return FileAnalysis.array()
              .length(files.length)
              .parse(outcome.answer)
              .map((one) => addFailed(one, failed));
          const { step, reason } = outcome;
          // Without its credentials known a text goes nowhere, and a process that never started says nothing of the file.
          if (step === null) return without(reason);
          if (outcome.warm && !outcome.slow) continue;
          blamed.add(key, step, reason);
          // Too much for one look, or one of them is to blame.
          if (files.length > 1) return await apart();
          failed.set(step, reason);
          if (step === 'secrets') return without(reason);
        }
        return without('its analysis ended the process again and again');
      };

      const compare = async (base: string, head: string): Promise<ComparedTexts> => {
        const key = hash(['compare', base, head]);
        const known = blamed.read(key).get('compare');
        if (known !== undefined) return { reason: known };
        const outcome = await ask({ kind: 'compare', base, head });
        if (outcome.kind === 'done') {
          const hunks = Compared.parse(outcome.answer);
          return hunks ? { hunks } : { reason: 'the texts are too different to compare' };
        }
        if (outcome.kind === 'ended' && outcome.step !== null) blamed.add(key, 'compare', outcome.reason);
        return { reason: outcome.reason };
      };

      const outline = async ({
        path,
        text,
      }: {
        path: string;
        text: string;
      }): Promise<Outlined | { reason: string }> => {
        const key = hash(['outline', path, text]);
        const [known] = blamed.read(key).values();
        if (known !== undefined) return { reason: known };
        for (let tries = 0; tries < MOST_TRIES; tries++) {
          const outcome = await ask({ kind: 'outline', path, text });
          if (outcome.kind === 'refused') return { reason: outcome.reason };
          if (outcome.kind === 'done') return Outlined.parse(outcome.answer);
          if (outcome.step !== null && outcome.warm && !outcome.slow) continue;
          if (outcome.step !== null) blamed.add(key, outcome.step, outcome.reason);
          return { reason: outcome.reason };
        }
        return { reason: 'reading it ended the process again and again' };
      };

      const openWith = (watch?: Stopwatch): Analysis => ({
        // What matters most first: it is what a spent budget must not leave out.
        analyse: async (files, onDone) => {
          const programs = Map.groupBy([...files].sort(compareImportance), (file) => file.together ?? file);
          const done = await Promise.all(
            [...programs.values()].map(async (program) => {
              const analyses = await analyse(program, watch);
              for (const { path } of program) onDone?.(path);
              return program.map((file, at) => [file, analyses[at]] as const);
            }),
          );
          const analyses = new Map(done.flat());
          return files.flatMap((file) => analyses.get(file) ?? []);
        },
        compare: (pairs) => Promise.all(pairs.map(({ base, head }) => compare(base, head))),
        outline: (files) => Promise.all(files.map(outline)),
        within: (ms) => openWith(createStopwatch(ms)),
      });
      return openWith();
    },
    warm: (agent) => {
      if (all.size === 0) idle.push(start(agent));
    },
    close: async () => {
      closed = true;
      clearTimeout(sleep);
      clearTimeout(nudge);
      [...all].forEach(stop);
    },
  };
}

/** For each agent: whether its processes start at all. Wrong data of an agent, or a machine without memory, ends each of them. */
function createStartRecord() {
  const failed = new Map<string, { last: Ended; count: number; until: number }>();
  return {
    whyNot: (agent: string, now: number): Ended | null => {
      const known = failed.get(agent);
      return known && known.count >= MOST_FAILED_STARTS && known.until > now ? known.last : null;
    },
    note: (agent: string, outcome: Done | Ended, now: number): void => {
      if (outcome.kind === 'done' || outcome.step !== null) return void failed.delete(agent);
      const count = (failed.get(agent)?.count ?? 0) + 1;
      failed.set(agent, { last: outcome, count, until: now + START_PAUSE_MS });
    },
  };
}

/** By content: which analyser ended its process over it, and how. For an hour: it may have been the machine. */
function createMemory() {
  const known = new Map<string, { step: string; reason: string; until: number }[]>();
  return {
    read: (key: string): Map<string, string> =>
      new Map(
        (known.get(key) ?? [])
          .filter((one) => one.until > performance.now())
          .map(({ step, reason }) => [step, `not tried again: ${reason}`]),
      ),
    add: (key: string, step: string, reason: string): void => {
      const list = (known.get(key) ?? []).filter((one) => one.step !== step);
      known.delete(key);
      known.set(key, [...list, { step, reason, until: performance.now() + FORGET_MS }]);
      const [oldest] = known.keys();
      if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
    },
  };
}

/** The text before counts as well: a stranger's base must not blame the analysis of the same text in another change. */
function* listRemoved(files: readonly SourceFile[]): Generator<string> {
  for (const { lines } of files.flatMap(({ hunks }) => hunks ?? []))
    for (const { kind, oldLine, text } of lines) if (kind === 'removed') yield `${oldLine} ${text}`;
}

function hash(parts: readonly string[], more: Iterable<string> = []): string {
  const made = createHash('sha256');
  for (const part of parts) made.update(part).update('\0');
  for (const part of more) made.update(part).update('\0');
  return made.digest('base64');
}

function addFailed(analysis: FileAnalysis, failed: ReadonlyMap<string, string>): FileAnalysis {
  const outcomes = [...failed].map(([analyser, reason]) => ({
    analyser,
    outcome: { status: 'failed' as const, reason },
  }));
  return { ...analysis, outcomes: [...analysis.outcomes, ...outcomes] };
}
