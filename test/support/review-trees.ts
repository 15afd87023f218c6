import { loadAgents } from '../../src/agents/load-agents.ts';
import { analyseFile } from '../../src/analysis/analyse-file.ts';
import { createAnalysers } from '../../src/analysis/create-analysers.ts';
import { diffTexts } from '../../src/diff/diff-texts.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { type AnalyseOptions, analyseChange } from '../../src/pipeline/review-change.ts';
import { maskText } from '../../src/secrets/mask-text.ts';
import { createMemoryRepository } from './memory-repository.ts';

const principles = loadAgents().get('backend-dev')?.principles ?? [];
const analysers = createAnalysers('backend-dev', new Set(principles.map(({ id }) => id)));

export type Tree = Record<string, string>;

/** What the analysers say of a change to a tree, with the repository around it. */
export async function reviewTrees(
  base: Tree,
  changed: Tree,
  options: AnalyseOptions = {},
): Promise<readonly Finding[]> {
  const repository = createMemoryRepository({ base, head: { ...base, ...changed } });
  const analysis = {
    compare: async () => [],
    outline: async () => [],
    analyse: async (files: Parameters<typeof analyseFile>[1][]) =>
      Promise.all(files.map((file) => analyseFile(analysers, { ...file, base: base[file.path] ?? '' }))),
  };
  const files = Object.entries(changed).map(([path, text]) => ({
    path,
    previousPath: null,
    status: path in base ? ('modified' as const) : ('added' as const),
    hunks: diffTexts(base[path] ?? '', text),
    binary: false,
    blob: null,
  }));
  const change = { title: maskText(''), description: maskText(''), base: null, head: null, unlisted: 0, files };
  return (await analyseChange(change, repository, analysis, { repository, ...options })).findings;
}
