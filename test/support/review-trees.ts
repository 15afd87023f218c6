import { loadAgents } from '../../src/agents/load-agents.ts';
import { analyseTogether } from '../../src/analysis/analyse-file.ts';
import { createAnalysers } from '../../src/analysis/create-analysers.ts';
import { outlineFile } from '../../src/analysis/outline/outline-file.ts';
import type { SourceFile } from '../../src/change/source-file.ts';
import { diffTexts } from '../../src/diff/diff-texts.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { type Analysed, type AnalyseOptions, analyseChange } from '../../src/pipeline/review-change.ts';
import { maskText } from '../../src/secrets/mask-text.ts';
import { createMemoryRepository } from './memory-repository.ts';

const principles = loadAgents().get('backend-dev')?.principles ?? [];
const analysers = createAnalysers('backend-dev', new Set(principles.map(({ id }) => id)));

export type Tree = Record<string, string>;

type Trees = [
  base: Tree,
  changed: Tree,
  options?: AnalyseOptions,
  /** Of a file of the head that was renamed, its path on the base. */
  renamed?: Readonly<Record<string, string>>,
];

/** What the analysers say of a change to a tree, with the repository around it. */
export async function reviewTrees(...trees: Trees): Promise<readonly Finding[]> {
  return (await analyseTrees(...trees)).findings;
}

export async function analyseTrees(...[base, changed, options = {}, renamed = {}]: Trees): Promise<Analysed> {
  const gone = new Set(Object.values(renamed));
  const kept = Object.fromEntries(Object.entries(base).filter(([path]) => !gone.has(path)));
  const repository = createMemoryRepository({ base, head: { ...kept, ...changed } });
  const before = (path: string): string => base[renamed[path] ?? path] ?? '';
  const analysis = {
    compare: async () => [],
    outline: (files: readonly { path: string; text: string }[]) =>
      Promise.all(files.map((file) => outlineFile(file, () => undefined))),
    analyse: async (files: readonly SourceFile[]) => {
      const known = files.map((file) => ({ ...file, base: before(file.path) }));
      const programs = Map.groupBy(known, (file) => file.together ?? file);
      return (await Promise.all([...programs.values()].map((program) => analyseTogether(analysers, program)))).flat();
    },
  };
  const files = Object.entries(changed).map(([path, text]) => ({
    path,
    previousPath: renamed[path] ?? null,
    status: path in renamed ? ('renamed' as const) : path in base ? ('modified' as const) : ('added' as const),
    hunks: diffTexts(before(path), text),
    binary: false,
    blob: null,
  }));
  const change = { title: maskText(''), description: maskText(''), base: null, head: null, unlisted: 0, files };
  return await analyseChange(change, repository, analysis, { repository, ...options });
}
