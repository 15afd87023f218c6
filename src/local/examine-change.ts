import { performance } from 'node:perf_hooks';
import { throwIfCalledOff } from '../call-off.ts';
import type { Change, Snapshot } from '../change/change.ts';
import type { Repository } from '../change/repository.ts';
import type { ComposedReviewer } from '../compose-reviewer.ts';
import { judge } from '../pipeline/judge.ts';
import type { ModelReviewer, StageMemory } from '../pipeline/model-reviewer.ts';
import type { Purse } from '../pipeline/purse.ts';
import { describeUnmatched } from '../render/describe-config.ts';
import type { Report } from '../report/report.ts';
import type { Below } from '../report/seen-from.ts';
import { isWanted } from '../scope/apply-config.ts';
import type { Settings } from './read-settings.ts';

export interface Subject {
  change: Change;
  snapshot: Snapshot;
  settings: Settings;
  /** To look things up in; absent: there are the files alone. */
  repository?: Repository;
  /** Of a scan, every line of which counts: the files that a person named. */
  named?: ReadonlySet<string>;
  /** No repository is around the files. */
  anyTop?: boolean;
  /** The folder below which the paths are; unset: where the command was given. */
  below?: Below;
}

export interface Means {
  reviewer: Pick<ComposedReviewer, 'name' | 'openAnalysis'>;
  model: ModelReviewer | { off: string };
  /** Each file, when it was looked at. */
  onDone?: ((path: string) => void) | undefined;
  /** All files were; the model begins. */
  onAnalysed?: () => void;
  purse: Purse;
  memory?: StageMemory | undefined;
  signal?: AbortSignal;
}

/** What is on this machine, reviewed as the App does: analysers, then the model. Nothing is written. */
export async function examineChange(
  { change, snapshot, settings, repository, named, anyTop, below }: Subject,
  { reviewer, model, onDone, onAnalysed, purse, memory, signal }: Means,
): Promise<Report> {
  const started = performance.now();
  const { config } = settings;
  const { findings, coverage, unmatched } = await judge({
    change,
    snapshot,
    config,
    analysis: reviewer.openAnalysis(null),
    model,
    options: {
      whole: named !== undefined,
      named: named ?? new Set(),
      anyTop: anyTop === true,
      attributes: await readAttributes(snapshot),
      repository: repository ?? null,
      ...(onDone && { onDone }),
    },
    hands: { purse, ...(memory && { memory }), ...(signal && { signal }), repository: repository ?? null },
    locate: settings.locate,
    onAnalysed: () => {
      throwIfCalledOff();
      onAnalysed?.();
    },
  });
  throwIfCalledOff();
  const seconds = (performance.now() - started) / 1000;
  return {
    agent: reviewer.name,
    base: change.base,
    head: change.head,
    config: settings.counted,
    notes: [...settings.notes, describeUnmatched(unmatched), describeNothing(change, named)].filter(
      (note) => note !== null,
    ),
    ...(below !== undefined && { below }),
    result: { findings: findings.filter((finding) => isWanted(finding, config)), coverage },
    seconds,
  };
}

/** Nothing to look at is no good news: people name the wrong commit, or stand on the default branch with all committed. */
function describeNothing({ base, head, files }: Change, named: Subject['named']): string | null {
  if (files.length > 0) return null;
  if (named !== undefined) return 'There is no file to scan, so nothing was reviewed.';
  if (base === null) return 'The patch is empty, so nothing was reviewed.';
  const to = head === null ? 'the working tree' : head.slice(0, 7);
  return `Nothing changed from ${base.slice(0, 7)} to ${to}, so nothing was reviewed. Name another base to compare with another commit, or scan to have all files reviewed.`;
}

/** As they stand on the base: what a change says of itself switches nothing off. */
async function readAttributes(snapshot: Snapshot): Promise<string | null> {
  const content = (await snapshot.readBase(['.gitattributes'])).get('.gitattributes');
  return content?.kind === 'text' ? content.text : null;
}
