import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';
import { Linter } from 'eslint';
import security from 'eslint-plugin-security';
import { loadAgents } from '../src/agents/load-agents.ts';
import { parseSource, type RuleLanguage } from '../src/analysis/languages.ts';
import { loadFlowData } from '../src/analysis/load-flow-data.ts';
import { loadRules } from '../src/analysis/rules/load-rules.ts';
import { compileRules, pickRules, runRules } from '../src/analysis/rules/run-rules.ts';
import type { SourceFile } from '../src/change/source-file.ts';
import { findProgramFlows } from '../src/flows/find-program-flows.ts';
import type { FlowData } from '../src/flows/flow-data.ts';
import { makeSource } from './corpus.ts';
import type { Figure } from './figure.ts';
import { median } from './statistics.ts';

const LINES = 2000;
const ROUNDS = 9;
const KINDS = { typescript: 'ts', python: 'py', go: 'go' } as const;

/** Lines a second on one thread, medians of nine (of real code one round), beside eslint-plugin-security and ruff's security rules on the same text. */
export async function benchAnalysis(): Promise<Figure[]> {
  const principles = new Set(
    loadAgents()
      .get('backend-dev')
      ?.principles.map((one) => one.id),
  );
  const rules = loadRules('backend-dev', principles);
  const data = loadFlowData('backend-dev', principles, rules);
  const figures: Figure[] = [];
  for (const language of ['typescript', 'python', 'go'] as const) {
    const compiled = compileRules(rules, language);
    for (const [kind, plain] of [
      ['one function in nine queries', 8],
      ['every function queries', 0],
    ] as const) {
      const text = makeSource(KINDS[language], LINES, 0, plain);
      const file: SourceFile = { path: `a.${KINDS[language]}`, kind: language, text, hunks: null };
      const flow = await speed(() => follow(data, file));
      const syntax = await speed(() =>
        runRules({ rules: pickRules(compiled, file), comments: null }, () => parseSource(language, file), file),
      );
      const beside = (await compare(language, text)) ?? `rules over syntax ${syntax.speed} lines/s`;
      figures.push({
        what: `data flow, ${language}, ${kind}`,
        value: `${flow.speed} lines/s, ${flow.found} findings`,
        beside,
        aim: 'over 30,000 lines/s',
      });
    }
  }
  figures.push(await measureInstalled(data), ...(await measurePythonLibrary(data)));
  return figures;
}

/** What the interpreter finds in one file: flows, and uses of libraries. */
async function follow(data: FlowData, { path, text }: SourceFile): Promise<unknown[]> {
  const { findings, suspects, uses } = await findProgramFlows([{ path, text }], [path], data);
  return [...findings, ...suspects, ...uses];
}

/** Real code: server packages that are installed here. */
const PACKAGES = [
  'pg-boss/dist',
  'pg/lib',
  'pg-pool',
  'probot/lib',
  '@octokit/webhooks/dist-bundle',
  'prom-client/lib',
  'commander/lib',
  'pino/lib',
  'knip/dist',
];

async function measureInstalled(data: FlowData): Promise<Figure> {
  const root = fileURLToPath(new URL('../node_modules/', import.meta.url));
  const paths = PACKAGES.flatMap((name) =>
    readdirSync(join(root, name), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.js'))
      .map((path) => join(root, name, path)),
  );
  const { files, lines, ours } = await measureFiles(data, 'typescript', paths);
  const linter = new Linter();
  const config = [{ plugins: { security }, rules: security.configs.recommended.rules }] as Linter.Config[];
  const eslint = await speed(() => files.flatMap((file) => linter.verify(file.text, config, 'a.js')), lines);
  return {
    what: `data flow, JavaScript of ${PACKAGES.length} installed packages, ${lines.toLocaleString('en')} lines`,
    value: `${ours.speed} lines/s, ${ours.found} findings`,
    beside: `eslint-plugin-security ${eslint.speed} lines/s, ${eslint.found} findings`,
    aim: 'over 30,000 lines/s',
  };
}

/** The standard library of the Python that is installed here, if one is: code that nobody wrote for this benchmark. */
async function measurePythonLibrary(data: FlowData): Promise<Figure[]> {
  const asked = spawnSync('python3', ['-c', 'import sysconfig; print(sysconfig.get_paths()["stdlib"])'], {
    encoding: 'utf8',
  });
  if (asked.status !== 0) return [];
  const root = asked.stdout.trim();
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.py') && !/(^|\/)(site-packages|tests?|lib2to3)\//.test(path))
    .map((path) => join(root, path));
  const { files, lines, ours } = await measureFiles(data, 'python', paths);
  const workspace = new Workspace({ lint: { select: SAME_CLASSES } }, PositionEncoding.Utf16);
  const ruff = await speed(() => files.flatMap((file) => workspace.check(file.text) as unknown[]), lines);
  return [
    {
      what: `data flow, Python’s standard library, ${lines.toLocaleString('en')} lines`,
      value: `${ours.speed} lines/s, ${ours.found} findings`,
      beside: `ruff (${SAME_CLASSES.join(', ')}) in WebAssembly ${ruff.speed} lines/s, ${ruff.found} findings`,
      aim: 'over 30,000 lines/s',
    },
  ];
}

/** ruff's rules of the kind that the interpreter covers. */
const SAME_CLASSES = ['S'];

async function measureFiles(data: FlowData, language: 'typescript' | 'python', paths: readonly string[]) {
  const files = paths.map(
    (path): SourceFile => ({ path, kind: language, text: readFileSync(path, 'utf8'), hunks: null }),
  );
  const lines = files.reduce((sum, file) => sum + file.text.split('\n').length, 0);
  const run = async (): Promise<unknown[]> => {
    const found: unknown[] = [];
    for (const file of files) found.push(...(await follow(data, file)));
    return found;
  };
  // A round of it is as long as many of the others.
  return { files, lines, ours: await speed(run, lines, 1) };
}

async function speed(
  work: () => unknown[] | Promise<unknown[]>,
  lines = LINES,
  rounds = ROUNDS,
): Promise<{ speed: string; found: number }> {
  const times: number[] = [];
  let found = 0;
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    found = (await work()).length;
    times.push(performance.now() - started);
  }
  return { speed: Math.round(lines / (median(times) / 1000)).toLocaleString('en'), found };
}

async function compare(language: RuleLanguage, text: string): Promise<string | null> {
  if (language === 'typescript') {
    const linter = new Linter();
    const config = [{ plugins: { security }, rules: security.configs.recommended.rules }] as Linter.Config[];
    const eslint = await speed(() => linter.verify(text, config, 'a.js'));
    return `eslint-plugin-security ${eslint.speed} lines/s, ${eslint.found} findings`;
  }
  if (language === 'python') {
    const workspace = new Workspace({ lint: { select: ['S'] } }, PositionEncoding.Utf16);
    const ruff = await speed(() => workspace.check(text) as unknown[]);
    return `ruff (S) in WebAssembly ${ruff.speed} lines/s, ${ruff.found} findings`;
  }
  return null;
}
