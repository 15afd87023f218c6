import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';
import { Linter } from 'eslint';
import security from 'eslint-plugin-security';
import { loadAgents } from '../src/agents/load-agents.ts';
import { analyseFile } from '../src/analysis/analyse-file.ts';
import type { Analyser } from '../src/analysis/analyser.ts';
import { createAnalysers } from '../src/analysis/create-analysers.ts';
import { createAnalysisPool } from '../src/analysis/process/pool.ts';
import type { SourceFile } from '../src/change/source-file.ts';
import { diffTexts } from '../src/diff/diff-texts.ts';
import { makeSource } from './corpus.ts';
import type { Figure } from './figure.ts';
import { median } from './statistics.ts';

const ROUNDS = 3;
const KINDS = { ts: 'typescript', py: 'python', go: 'go' } as const;
const LINES_OF_FILE = 300;
/** What a growth is told by, and the size of a large service. */
const [SMALL, LARGE] = [1000, 300_000];

/** Everything that the analysis of a file does, all analysers on, as a process of the pool does it. */
export async function benchRealPath(): Promise<Figure[]> {
  const principles = loadAgents().get('backend-dev')?.principles ?? [];
  const analysers = createAnalysers('backend-dev', new Set(principles.map(({ id }) => id)));
  return [
    await measureJavaScript(analysers),
    ...(await measurePython(analysers)),
    ...(await measureLanguages(analysers)),
    ...(await measureGrowth()),
  ];
}

/** Seconds of processor time that one core takes, all else being ready; the machine may be busy with other things. */
async function secondsOf(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1e6);
  }
  return median(times);
}

async function analyseAll(analysers: readonly Analyser[], files: readonly SourceFile[]): Promise<void> {
  for (const file of files) {
    for (const one of analysers) if (one.handles(file)) await one.prepare?.(file);
    await analyseFile(analysers, file);
  }
}

function countLines(files: readonly SourceFile[]): number {
  return files.reduce((sum, { text }) => sum + text.split('\n').length, 0);
}

function perSecond(lines: number, seconds: number): string {
  return `${Math.round(lines / seconds).toLocaleString('en')} lines/s`;
}

async function measureJavaScript(analysers: readonly Analyser[]): Promise<Figure> {
  const root = fileURLToPath(new URL('../node_modules/', import.meta.url));
  const files = ['pg-boss/dist', 'pg/lib', 'pg-pool', 'probot/lib', 'prom-client/lib', 'pino/lib'].flatMap((name) =>
    readdirSync(join(root, name), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.js'))
      .map((path): SourceFile => {
        const text = readFileSync(join(root, name, path), 'utf8');
        return { path: `src/${name}/${path}`, kind: 'javascript', text, hunks: null };
      }),
  );
  const lines = countLines(files);
  const ours = await secondsOf(() => analyseAll(analysers, files));
  const linter = new Linter();
  const config = [{ plugins: { security }, rules: security.configs.recommended.rules }] as Linter.Config[];
  const eslint = await secondsOf(() => files.map(({ text }) => linter.verify(text, config, 'a.js')));
  return {
    what: `everything, JavaScript of installed packages, ${lines.toLocaleString('en')} lines`,
    value: `${perSecond(lines, ours)} of a core`,
    beside: `eslint-plugin-security ${perSecond(lines, eslint)}, x${(ours / eslint).toFixed(1)} of its time`,
    aim: '60,000 lines/s',
  };
}

/** A part of the standard library of the Python that is installed here, if one is. */
async function measurePython(analysers: readonly Analyser[]): Promise<Figure[]> {
  const asked = spawnSync('python3', ['-c', 'import sysconfig; print(sysconfig.get_paths()["stdlib"])'], {
    encoding: 'utf8',
  });
  if (asked.status !== 0) return [];
  const root = asked.stdout.trim();
  const files = readdirSync(root, { encoding: 'utf8' })
    .filter((path) => path.endsWith('.py'))
    .sort()
    .map((path): SourceFile => {
      return { path: `src/${path}`, kind: 'python', text: readFileSync(join(root, path), 'utf8'), hunks: null };
    });
  const lines = countLines(files);
  const ours = await secondsOf(() => analyseAll(analysers, files));
  const workspace = new Workspace({ lint: { select: ['S'] } }, PositionEncoding.Utf16);
  const ruff = await secondsOf(() => files.map(({ text }) => workspace.check(text) as unknown));
  return [
    {
      what: `everything, Python’s standard library, ${lines.toLocaleString('en')} lines`,
      value: `${perSecond(lines, ours)} of a core`,
      beside: `ruff (S) in WebAssembly ${perSecond(lines, ruff)}, x${(ours / ruff).toFixed(1)} of its time`,
      aim: '60,000 lines/s',
    },
  ];
}

function makeFiles(kind: keyof typeof KINDS, lines: number): SourceFile[] {
  return Array.from({ length: Math.ceil(lines / LINES_OF_FILE) }, (_, index) => ({
    path: `src/part${index}/file${index}.${kind}`,
    kind: KINDS[kind],
    text: makeSource(kind, LINES_OF_FILE, index, 8),
    hunks: null,
  }));
}

async function measureLanguages(analysers: readonly Analyser[]): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const kind of ['ts', 'py', 'go'] as const) {
    const files = makeFiles(kind, 15_000);
    const lines = countLines(files);
    figures.push({
      what: `everything, ${KINDS[kind]}, one function in nine queries`,
      value: `${perSecond(lines, await secondsOf(() => analyseAll(analysers, files)))} of a core`,
      beside: '-',
      aim: '60,000 lines/s',
    });
  }
  return figures;
}

/** Through the pool, as a review does it: all of a large service, and a push of one file of it when the processes are warm. */
async function measureGrowth(): Promise<Figure[]> {
  const pool = createAnalysisPool();
  const analysis = pool.open('backend-dev', { owner: 'bench', pullRequest: 'bench#1' });
  const timed = async (files: readonly SourceFile[]): Promise<number> => {
    const started = performance.now();
    await analysis.analyse(files);
    return (performance.now() - started) / 1000;
  };
  const large = (['ts', 'py', 'go'] as const).flatMap((kind) => makeFiles(kind, LARGE / 3));
  const small = (['ts', 'py', 'go'] as const).flatMap((kind) => makeFiles(kind, SMALL / 3));
  // The processes start, and load what they need.
  await timed(large.slice(0, 60));
  const few = median([await timed(small), await timed(small), await timed(small)]);
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, memoryOfChildren());
  }, 200);
  const all = await timed(large);
  clearInterval(watch);
  const pushes: number[] = [];
  for (const changed of large.slice(0, 5)) {
    const text = changed.text.replace('let sum = 0;', 'let sum = 1;');
    pushes.push(await timed([{ ...changed, text, hunks: diffTexts(changed.text, text) }]));
  }
  await pool.close();
  const perLine = all / countLines(large) / (few / countLines(small));
  return [
    {
      what: `first look at ${LARGE.toLocaleString('en')} lines, two processes`,
      value: `${all.toFixed(1)} s`,
      beside: `x${perLine.toFixed(2)} a line of what ${SMALL.toLocaleString('en')} lines take`,
      aim: '15 s; x1 or less',
    },
    {
      what: 'push that changes 1 file of them, analysis, warm',
      value: `${median(pushes).toFixed(2)} s`,
      beside: `x${(median(pushes) / all).toFixed(4)} of the first look`,
      aim: '1 s',
    },
    ...(most === 0
      ? []
      : [{ what: 'memory of its processes meanwhile, the largest', value: `${most} MB`, beside: '-', aim: '700 MB' }]),
  ];
}

/** Of the largest process that this one has started; 0 where the system does not tell. */
function memoryOfChildren(): number {
  try {
    const ids = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
    const sizes = ids.map((id) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0));
    return Math.round(Math.max(0, ...sizes) / 1024);
  } catch {
    return 0;
  }
}
