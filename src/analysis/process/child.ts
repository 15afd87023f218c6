import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { loadAgents } from '../../agents/load-agents.ts';
import { urlOfProgram } from '../../built-files.ts';
import { diffTexts } from '../../diff/diff-texts.ts';
import { analyseTogether } from '../analyse-file.ts';
import type { Analyser } from '../analyser.ts';
import { createAnalysers } from '../create-analysers.ts';
import { outlineFile } from '../outline/outline-file.ts';
import type { Message, Task } from './task.ts';

/** Runs inside a child process of the pool: one task in, where it is, its answer out. */
const [dir = '', parent = '', rssMb = '', agent = ''] = process.argv.slice(2);
const watchdog = new Worker(urlOfProgram('analysis/process/watchdog'), {
  workerData: { parent: Number(parent), rssMb: Number(rssMb) },
  env: {},
});
const ready = once(watchdog, 'online').then(keepParsersAsTheyAre);
watchdog.unref();

const analysers = new Map<string, readonly Analyser[]>();

function analysersOf(agent: string): readonly Analyser[] {
  const known = analysers.get(agent);
  if (known) return known;
  const principles = loadAgents(dir).get(agent)?.principles ?? [];
  const made = createAnalysers(agent, new Set(principles.map((principle) => principle.id)), dir);
  analysers.set(agent, made);
  return made;
}

const say = (message: Message): void => {
  process.send?.(message);
};

async function answer(task: Task): Promise<unknown> {
  const at = (step: string): void => say({ kind: 'at', step });
  if (task.kind === 'analyse')
    return await analyseTogether(analysersOf(task.agent), task.files, { without: new Set(task.without), at });
  if (task.kind === 'outline') return await outlineFile(task, at);
  at('compare');
  return diffTexts(task.base, task.head);
}

/** What every file of its kind needs is loaded before the cost of this one is counted. */
async function prepare(task: Task): Promise<void> {
  if (task.kind !== 'analyse') return;
  for (const file of task.files)
    for (const analyser of analysersOf(task.agent)) if (analyser.handles(file)) await analyser.prepare?.(file);
}

/**
 * The parsers are WebAssembly with functions of thousands of branches: to optimise them takes 400 MB for some seconds, and an analysis
 * becomes no faster by it. With another flag than Node was built with, V8 compiles Node's own modules anew, 50 ms of processor in each
 * thread that starts then: so these are no flags of the start, and the watchdog runs before.
 */
function keepParsersAsTheyAre(): void {
  for (const flag of ['--liftoff-only', '--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) setFlagsFromString(flag);
}

async function work(task: Task): Promise<void> {
  if (task.kind === 'analyse') analysersOf(task.agent);
  await ready;
  await prepare(task);
  const before = process.cpuUsage();
  const value = await answer(task);
  const { user, system } = process.cpuUsage(before);
  const rssMb = process.memoryUsage.rss() / 1_048_576;
  say({ kind: 'done', answer: value, cpuMs: (user + system) / 1000, rssMb });
}

process.on('message', (task: Task) => void work(task));
process.on('disconnect', () => process.exit());
if (agent !== '') analysersOf(agent);
