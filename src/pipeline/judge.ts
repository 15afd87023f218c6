import type { Analysis } from '../analysis/analysis.ts';
import type { Change, ChangedFile, Snapshot } from '../change/change.ts';
import type { RepositoryConfig } from '../config/repository-config.ts';
import { findHeadLine } from '../diff/anchor.ts';
import type { Hunk } from '../diff/patch.ts';
import type { Finding } from '../findings/finding.ts';
import { applySeverity, limitPaths } from '../scope/apply-config.ts';
import type { FileCoverage } from '../scope/coverage.ts';
import { type Judgement, judgeChange, proveChange } from './judge-change.ts';
import type { ModelReviewer } from './model-reviewer.ts';
import { type AnalyseOptions, analyseChange, type ReviewResult } from './review-change.ts';

export interface JudgeInput {
  change: Change;
  snapshot: Snapshot;
  config: RepositoryConfig;
  analysis: Analysis;
  model: ModelReviewer | { off: string };
  options: AnalyseOptions;
  hands: Judgement;
  /** Where a path of the change lies below the top of the repository; absent: there. */
  locate?: ((path: string) => string | null) | undefined;
  /** What is known of files that need not be looked at again. */
  carry?: (files: readonly ChangedFile[]) => FileCoverage[];
  /** All files were looked at; the model begins. */
  onAnalysed?: () => Promise<void> | void;
  /** Told of the work that the model has, with what is proven without it. It waits as long as it likes. */
  meanwhile?: (work: Promise<unknown>, prove: () => JudgeResult) => Promise<void>;
}

export interface JudgeResult extends ReviewResult {
  hunks: ReadonlyMap<string, readonly Hunk[]>;
  /** Paths that were not looked at again. */
  carried: string[];
  /** Files for which the config's globs take too long to match. */
  unmatched: number;
}

/** Why a model that is there is not asked; or the model. */
export function decideModel<T>(model: T | { off: string }, config: RepositoryConfig): T | { off: string } {
  return config.model ? model : { off: 'switched off in the repository’s config' };
}

/**
 * What a change holds, by the repository's config: its paths, the analysers, the model, its severities. The same for the worker,
 * the Action and the command line.
 */
export async function judge(input: JudgeInput): Promise<JudgeResult> {
  const { change, snapshot, config, analysis, options, hands } = input;
  const { wanted, left, unmatched } = limitPaths(change, config, input.locate);
  const carried = input.carry?.(wanted.files) ?? [];
  const known = new Set(carried.map((file) => file.path));
  const todo: Change = { ...wanted, files: wanted.files.filter((file) => !known.has(file.path)) };
  const analysed = await analyseChange(todo, snapshot, analysis, options);
  await input.onAnalysed?.();
  const describe = ({ findings, coverage, disproved = [] }: ReviewResult): JudgeResult => ({
    findings: findings.map((finding) => applySeverity(locateInHead(finding, analysed.hunks), config)),
    coverage: {
      ...coverage,
      files: [...coverage.files, ...carried, ...left].sort((a, b) => (a.path < b.path ? -1 : 1)),
    },
    disproved,
    hunks: analysed.hunks,
    carried: [...known],
    unmatched,
  });
  const work = judgeChange(todo, analysed, decideModel(input.model, config), analysis, hands);
  await input.meanwhile?.(work, () => describe(proveChange(todo, analysed)));
  return describe(await work);
}

function locateInHead(finding: Finding, hunks: ReadonlyMap<string, readonly Hunk[]>): Finding {
  if (finding.side === 'RIGHT') return finding;
  const headLine = findHeadLine(hunks.get(finding.path) ?? [], finding.startLine);
  return headLine === null ? finding : { ...finding, headLine };
}
