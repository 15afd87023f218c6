import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';
import { Linter } from 'eslint';
import security from 'eslint-plugin-security';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadAgents } from '../src/agents/load-agents.ts';
import { loadRules } from '../src/analysis/rules/load-rules.ts';
import type { PublicReport } from '../src/report/report.ts';
import type { Figure } from './figure.ts';
import { CLASSES } from './quality/classes.ts';

const LANGUAGES = { typescript: 'ts', python: 'py', go: 'go' } as const;
type Language = keyof typeof LANGUAGES;

/**
 * A small program. `code` is one file; `files` are several, by path. A line that ends in `// !` (or `# !`) is flawed, by a flaw of
 * the class; a program without one is right, though it may look wrong.
 */
const Case = z
  .strictObject({ name: z.string(), code: z.string().optional(), files: z.record(z.string(), z.string()).optional() })
  .refine(({ code, files }) => (code === undefined) !== (files === undefined), 'one of code and files');
const Cases = z.array(Case);

interface Program {
  name: string;
  class: string;
  language: Language;
  files: Record<string, string>;
  isFlawed: boolean;
  /** Its flawed lines, by file; none: what is said of any line of a flawed program counts. */
  marked: { path: string; line: number }[];
}

/** Where a tool says something that may be of the class. */
interface Said {
  path: string;
  startLine: number;
  endLine: number;
  cwe: readonly string[];
}

const MARK = /[ \t]*(?:\/\/|#) !(?: ?(?:critical|high|medium|low)\??)?[ \t]*$/;

/**
 * Precision, recall and F1 over labelled programs, by class and language, beside ruff and eslint-plugin-security in the same run.
 * `unseen`: written by people who did not know the rules, and not looked at while rules are written. Only this part says how good
 * it is. `seen`: written likewise, and read since; what is missed or wrong there is printed by name. `examples`: those of the rules.
 */
export async function benchQuality(dir: string): Promise<Figure[]> {
  return [
    ...measure('unseen', readPrograms('unseen'), dir),
    ...measure('seen', readPrograms('seen'), dir),
    ...measure('examples', readExamples(), dir),
  ];
}

function measure(part: string, programs: readonly Program[], dir: string): Figure[] {
  const said = scan(programs, join(dir, part));
  if (part === 'seen') tellFailures(programs, said);
  return (Object.keys(LANGUAGES) as Language[]).flatMap((language) => {
    const own = programs.filter((one) => one.language === language);
    const peer = createPeer(language);
    const line = (what: string, some: readonly Program[]): Figure => ({
      what: `${part}, ${language}: ${what} (${some.length} programs, ${some.filter((one) => one.isFlawed).length} flawed)`,
      value: score(some, (one) => said.get(one) ?? []),
      beside: peer === null ? '' : `${peer.name} ${score(some, peer.check)}`,
      aim: what === 'all' ? 'F1 .80 at precision .90' : '',
    });
    const classes = Object.entries(Object.groupBy(own, (one) => one.class));
    return own.length === 0 ? [] : [line('all', own), ...classes.map(([name, some = []]) => line(name, some))];
  });
}

/** What is missed and what is falsely said, a line each, for whoever writes rules. */
function tellFailures(programs: readonly Program[], said: ReadonlyMap<Program, readonly Said[]>): void {
  for (const one of programs) {
    const verdict = judge(one, said.get(one) ?? []);
    if (verdict === 'missed' || verdict === 'wrong')
      process.stderr.write(`${verdict}: seen/${one.language}/${one.class}.yml: ${one.name}\n`);
  }
}

/** A flawed program is found when something of its class is said on one of its flawed lines; of a right one anything of it is wrong. */
function judge(one: Program, said: readonly Said[]): 'found' | 'missed' | 'wrong' | 'silent' {
  if (!one.isFlawed) return said.length > 0 ? 'wrong' : 'silent';
  const isHit = said.some(
    (on) =>
      one.marked.length === 0 ||
      one.marked.some((at) => on.path === at.path && on.startLine <= at.line && at.line <= on.endLine),
  );
  return isHit ? 'found' : 'missed';
}

function score(programs: readonly Program[], check: (one: Program) => readonly Said[]): string {
  const { found = [], missed = [], wrong = [] } = Object.groupBy(programs, (one) => judge(one, check(one)));
  const precision = found.length / (found.length + wrong.length || 1);
  const recall = found.length / (found.length + missed.length || 1);
  const f1 = (2 * precision * recall) / (precision + recall || 1);
  return `F1 ${f1.toFixed(2)}, precision ${precision.toFixed(2)}, recall ${recall.toFixed(2)}`;
}

/** The command line over all programs, each a package of its own, as a user would run it. */
function scan(programs: readonly Program[], root: string): Map<Program, Said[]> {
  const folders = programs.map((one, index) => ({ one, folder: `${one.class}-${index}` }));
  for (const { one, folder } of folders)
    for (const [path, text] of Object.entries({ ...manifestOf(one, folder), ...one.files })) {
      const file = join(root, folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  mkdirSync(root, { recursive: true });
  const run = fileURLToPath(new URL('../src/run.mjs', import.meta.url));
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [run, 'cli/main.ts', 'scan', '.', '--format', 'json', '--no-model'],
    { cwd: root, encoding: 'utf8', maxBuffer: 1 << 30 },
  );
  if (status !== 0 && status !== 3) throw new Error(`scan ended with ${status}: ${stderr}`);
  const { findings } = JSON.parse(stdout) as PublicReport;
  const byFolder = Map.groupBy(findings, ({ path }) => path.slice(0, path.indexOf('/')));
  return new Map(
    folders.map(({ one, folder }) => [
      one,
      (byFolder.get(folder) ?? [])
        .filter(({ cwe }) => cwe.some((id) => CLASSES[one.class]?.cwe.includes(id)))
        .map((said) => ({ ...said, path: said.path.slice(folder.length + 1) })),
    ]),
  );
}

function manifestOf({ language }: Program, name: string): Record<string, string> {
  if (language === 'typescript') return { 'package.json': JSON.stringify({ name, private: true }) };
  if (language === 'go') return { 'go.mod': `module example.com/${name}\n\ngo 1.22\n` };
  return { 'pyproject.toml': `[project]\nname = "${name}"\nversion = "1.0.0"\n` };
}

function createPeer(language: Language): { name: string; check: (one: Program) => Said[] } | null {
  const over =
    (ask: (text: string, rules: ReturnType<typeof rulesOf>) => Omit<Said, 'path' | 'cwe'>[]) => (one: Program) =>
      Object.entries(one.files).flatMap(([path, text]) =>
        ask(text, rulesOf(one)).map((said) => ({ ...said, path, cwe: [] })),
      );
  if (language === 'python') {
    const workspace = new Workspace({ lint: { select: ['S'] } }, PositionEncoding.Utf16);
    return {
      name: 'ruff (S)',
      check: over((text, { ruff }) =>
        (workspace.check(text) as RuffDiagnostic[])
          .filter(({ code }) => ruff.includes(code ?? ''))
          .map(({ start_location: start, end_location: end }) => ({ startLine: start.row, endLine: end.row })),
      ),
    };
  }
  if (language === 'go') return null;
  const linter = new Linter();
  const config = [{ plugins: { security }, rules: security.configs.recommended.rules }] as Linter.Config[];
  return {
    name: 'eslint-plugin-security',
    check: over((text, { eslint }) =>
      linter
        .verify(withoutTypes(text), config, 'a.js')
        .filter(({ ruleId }) => eslint.some((name) => ruleId === `security/${name}`))
        .map(({ line, endLine = line }) => ({ startLine: line, endLine })),
    ),
  };
}

/** eslint reads JavaScript; the lines stay as they are. */
function withoutTypes(text: string): string {
  try {
    return stripTypeScriptTypes(text);
  } catch {
    return text;
  }
}

interface RuffDiagnostic {
  code: string | null;
  start_location: { row: number };
  end_location: { row: number };
}

function rulesOf({ class: name }: Program) {
  return CLASSES[name] ?? { cwe: [], ruff: [], eslint: [] };
}

/** @throws ZodError and Error that name the file */
function readPrograms(part: 'unseen' | 'seen'): Program[] {
  const root = fileURLToPath(new URL(`quality/${part}`, import.meta.url));
  return (Object.keys(LANGUAGES) as Language[]).flatMap((language) =>
    (existsSync(join(root, language)) ? readdirSync(join(root, language)) : [])
      .filter((name) => name.endsWith('.yml'))
      .flatMap((name) => {
        const file = basename(name, '.yml');
        if (!CLASSES[file])
          throw new Error(`bench/quality/${part}/${language}/${name}: no class of bench/quality/classes.ts`);
        const cases = Cases.safeParse(parse(readFileSync(join(root, language, name), 'utf8')));
        if (!cases.success)
          throw new Error(`bench/quality/${part}/${language}/${name}: ${z.prettifyError(cases.error)}`);
        return cases.data.map(({ name, code, files }) =>
          toProgram(name, file, language, files ?? { [`src/app.${LANGUAGES[language]}`]: code ?? '' }),
        );
      }),
  );
}

/** The examples of the rules, each under the first class that its rule's CWE is of. */
function readExamples(): Program[] {
  const principles = new Set(
    loadAgents()
      .get('backend-dev')
      ?.principles.map(({ id }) => id),
  );
  return loadRules('backend-dev', principles).flatMap((rule) => {
    const [name] = Object.entries(CLASSES).find(([, { cwe }]) => rule.cwe.some((id) => cwe.includes(id))) ?? [];
    if (name === undefined) return [];
    return rule.examples.flatMap(({ language, invalid, valid }) => {
      const [known] = Object.keys(LANGUAGES).filter((one): one is Language => one === language);
      if (!known) return [];
      // What is about a change has a base, which a scan has not.
      const read = (code: unknown, isFlawed: boolean): Program[] =>
        typeof code === 'string'
          ? [{ ...toProgram(rule.id, name, known, { [`src/app.${LANGUAGES[known]}`]: code }), isFlawed }]
          : [];
      return [...invalid.flatMap((code) => read(code, true)), ...valid.flatMap((code) => read(code, false))];
    });
  });
}

function toProgram(name: string, ofClass: string, language: Language, marked: Record<string, string>): Program {
  const lines = Object.entries(marked).flatMap(([path, text]) =>
    text.split('\n').flatMap((line, index) => (MARK.test(line) ? [{ path, line: index + 1 }] : [])),
  );
  const files = Object.fromEntries(
    Object.entries(marked).map(([path, text]) => [
      path,
      text
        .split('\n')
        .map((line) => line.replace(MARK, ''))
        .join('\n'),
    ]),
  );
  return { name, class: ofClass, language, files, isFlawed: lines.length > 0, marked: lines };
}
