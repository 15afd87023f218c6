import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';
import { Linter } from 'eslint';
import security from 'eslint-plugin-security';
import { loadAgents } from '../src/agents/load-agents.ts';
import { loadFlows } from '../src/analysis/flows/load-flows.ts';
import { compileFlows, runFlows } from '../src/analysis/flows/run-flows.ts';
import { parseSource, type RuleLanguage } from '../src/analysis/languages.ts';
import { loadRules } from '../src/analysis/rules/load-rules.ts';
import { compileRules, pickRules, runRules } from '../src/analysis/rules/run-rules.ts';
import type { SourceFile } from '../src/change/source-file.ts';
import { makeSource } from './corpus.ts';
import type { Figure } from './main.ts';
import { median } from './statistics.ts';

const LINES = 2000;
const ROUNDS = 9;
const KINDS = { typescript: 'ts', python: 'py', go: 'go' } as const;

/** Lines a second on one thread, medians of nine, beside eslint-plugin-security and ruff's security rules on the same text. */
export async function benchAnalysis(): Promise<Figure[]> {
  const principles = new Set(
    loadAgents()
      .get('backend-dev')
      ?.principles.map((one) => one.id),
  );
  const [flows, rules] = [loadFlows('backend-dev', principles), loadRules('backend-dev', principles)];
  const figures: Figure[] = [];
  for (const language of ['typescript', 'python', 'go'] as const) {
    const table = compileFlows(flows, language);
    const compiled = compileRules(rules, language);
    for (const [kind, plain] of [
      ['one function in nine queries', 8],
      ['every function queries', 0],
    ] as const) {
      const text = makeSource(KINDS[language], LINES, 0, plain);
      const file: SourceFile = { path: `a.${KINDS[language]}`, kind: language, text, hunks: null };
      const flow = speed(() => runFlows(table, parseSource(language, file), file).findings);
      const all = speed(() => {
        const root = parseSource(language, file);
        return [...runRules(pickRules(compiled, text), root, file), ...runFlows(table, root, file).findings];
      });
      const beside = compare(language, text) ?? `with all rules ${all.speed} lines/s`;
      figures.push({
        what: `data flow, ${language}, ${kind}`,
        value: `${flow.speed} lines/s, ${flow.found} findings`,
        beside,
        aim: 'over 50,000 lines/s',
      });
    }
  }
  figures.push(measureInstalled(flows), ...measurePythonLibrary(flows));
  return figures;
}

/** Real code: server packages that are installed here. The cheap test before parsing is part of the path, as in the App. */
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

function measureInstalled(flows: ReturnType<typeof loadFlows>): Figure {
  const root = fileURLToPath(new URL('../node_modules/', import.meta.url));
  const paths = PACKAGES.flatMap((name) =>
    readdirSync(join(root, name), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.js'))
      .map((path) => join(root, name, path)),
  );
  const { files, lines, ours } = measureFiles(flows, 'typescript', paths);
  const linter = new Linter();
  const config = [{ plugins: { security }, rules: security.configs.recommended.rules }] as Linter.Config[];
  const eslint = speed(() => files.flatMap((file) => linter.verify(file.text, config, 'a.js')), lines);
  return {
    what: `data flow, JavaScript of ${PACKAGES.length} installed packages, ${lines.toLocaleString('en')} lines`,
    value: `${ours.speed} lines/s, ${ours.found} findings`,
    beside: `eslint-plugin-security ${eslint.speed} lines/s, ${eslint.found} findings`,
    aim: 'over 50,000 lines/s',
  };
}

/** The standard library of the Python that is installed here, if one is: code that nobody wrote for this benchmark. */
function measurePythonLibrary(flows: ReturnType<typeof loadFlows>): Figure[] {
  const asked = spawnSync('python3', ['-c', 'import sysconfig; print(sysconfig.get_paths()["stdlib"])'], {
    encoding: 'utf8',
  });
  if (asked.status !== 0) return [];
  const root = asked.stdout.trim();
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.py') && !/(^|\/)(site-packages|tests?|lib2to3)\//.test(path))
    .map((path) => join(root, path));
  const { files, lines, ours } = measureFiles(flows, 'python', paths);
  const workspace = new Workspace({ lint: { select: SAME_CLASSES } }, PositionEncoding.Utf16);
  const ruff = speed(() => files.flatMap((file) => workspace.check(file.text) as unknown[]), lines);
  return [
    {
      what: `data flow, Python’s standard library, ${lines.toLocaleString('en')} lines`,
      value: `${ours.speed} lines/s, ${ours.found} findings`,
      beside: `ruff (${SAME_CLASSES.join(', ')}) in WebAssembly ${ruff.speed} lines/s, ${ruff.found} findings`,
      aim: 'over 50,000 lines/s',
    },
  ];
}

/** ruff's rules for the two classes that the data flow covers: SQL and shell commands. */
const SAME_CLASSES = ['S602', 'S604', 'S605', 'S608'];

function measureFiles(
  flows: ReturnType<typeof loadFlows>,
  language: 'typescript' | 'python',
  paths: readonly string[],
) {
  const files = paths.map(
    (path): SourceFile => ({ path, kind: language, text: readFileSync(path, 'utf8'), hunks: null }),
  );
  const lines = files.reduce((sum, file) => sum + file.text.split('\n').length, 0);
  const table = compileFlows(flows, language);
  const run = (file: SourceFile) =>
    table.mayMatch(file.text) ? runFlows(table, parseSource(language, file), file).findings : [];
  return { files, lines, ours: speed(() => files.flatMap(run), lines) };
}

function speed(work: () => unknown[], lines = LINES): { speed: string; found: number } {
  const times: number[] = [];
  let found = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    found = work().length;
    times.push(performance.now() - started);
  }
  return { speed: Math.round(lines / (median(times) / 1000)).toLocaleString('en'), found };
}

function compare(language: RuleLanguage, text: string): string | null {
  if (language === 'typescript') {
    const linter = new Linter();
    const config = [{ plugins: { security }, rules: security.configs.recommended.rules }] as Linter.Config[];
    const eslint = speed(() => linter.verify(text, config, 'a.js'));
    return `eslint-plugin-security ${eslint.speed} lines/s, ${eslint.found} findings`;
  }
  if (language === 'python') {
    const workspace = new Workspace({ lint: { select: ['S'] } }, PositionEncoding.Utf16);
    const ruff = speed(() => workspace.check(text) as unknown[]);
    return `ruff (S) in WebAssembly ${ruff.speed} lines/s, ${ruff.found} findings`;
  }
  return null;
}
