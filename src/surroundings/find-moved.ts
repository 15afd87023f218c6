import type { Analysis } from '../analysis/analysis.ts';
import type { Change, ChangedFile, Snapshot } from '../change/change.ts';
import type { SourceFile } from '../change/source-file.ts';
import { touchesOf } from '../diff/patch.ts';
import { type BaseFinding, pickNew, toBaseFindings } from '../findings/base-finding.ts';
import type { RawFinding } from '../findings/finding.ts';
import { squeeze } from '../findings/fingerprint.ts';
import { decideSelection } from '../scope/select.ts';
import { listFound } from './edit-findings.ts';

/** What was found in one file of the head, and what its base has. */
export interface Looked {
  source: SourceFile;
  findings: readonly RawFinding[];
  before: readonly BaseFinding[] | null;
}

/** A shorter piece of code stands in many files by chance. */
const LEAST = 12;
const MOST_FILES = 20;

/**
 * Flaws that only moved: they stood in another file of the change and stand there no more. For each file what it may take over.
 * Other files are read and analysed as they were only where their removed lines hold the code of a finding that seems new.
 */
export async function findMoved(
  change: Change,
  looked: readonly Looked[],
  snapshot: Snapshot,
  analysis: Analysis,
): Promise<Map<string, BaseFinding[]>> {
  const fresh = looked.flatMap(({ source, findings, before }) => {
    if (findings.length === 0) return [];
    const isTouched = touchesOf(source.hunks ?? []);
    return [...pickNew(findings, before ?? [], source.hunks ?? [])].filter(isTouched);
  });
  const codes = [...new Set(fresh.map((finding) => squeeze(finding.snippet || finding.evidence)))];
  const long = codes.filter((code) => code.length >= LEAST);
  if (long.length === 0) return new Map();
  let searched = 0;
  const spend = (characters: number): boolean => (searched += characters) <= MOST_SEARCHED;
  const origins = change.files.filter((file) => holdsRemoved(file, long, spend)).slice(0, MOST_FILES);
  const gone = await readGone(origins, looked, snapshot, analysis);
  return new Map(looked.map(({ source }) => [source.path, gone.filter((one) => one.path !== source.path)]));
}

/** Characters that are searched in all: a tenth of a second. A flaw that was moved beyond that is said as new. */
const MOST_SEARCHED = 200_000_000;

function holdsRemoved(
  { hunks, previousPath, status }: ChangedFile,
  codes: readonly string[],
  spend: (characters: number) => boolean,
): boolean {
  if (previousPath !== null && status === 'renamed' && hunks?.length === 0) return false;
  const removed = (hunks ?? []).flatMap(({ lines }) => lines.filter((line) => line.kind === 'removed'));
  const text = squeeze(removed.map((line) => line.text).join('\n'));
  return codes.some((code) => spend(text.length) && text.includes(code));
}

/** What the bases of these files have and their heads have no more. */
async function readGone(
  files: readonly ChangedFile[],
  looked: readonly Looked[],
  snapshot: Snapshot,
  analysis: Analysis,
): Promise<(BaseFinding & { path: string })[]> {
  const byPath = new Map(looked.map((one) => [one.source.path, one]));
  const nameBefore = (file: ChangedFile): string => file.previousPath ?? file.path;
  const texts = files.length > 0 ? await snapshot.readBase(files.map(nameBefore)) : new Map();
  const sources = files.flatMap((file): SourceFile[] => {
    const content = texts.get(nameBefore(file));
    const selection = decideSelection(nameBefore(file));
    return content?.kind === 'text' && 'kind' in selection
      ? [{ path: file.path, kind: selection.kind, text: content.text, hunks: null }]
      : [];
  });
  const analyses = sources.length > 0 ? await analysis.analyse(sources) : [];
  return analyses.flatMap((base) => {
    const before = listFound(base);
    const left: BaseFinding[] = [];
    const head = byPath.get(base.path);
    pickNew(head?.findings ?? [], toBaseFindings(before), head?.source.hunks ?? [], left);
    return left.map((one) => ({ ...one, line: null, path: base.path }));
  });
}
