import type { FileAnalysis } from '../analysis/process/task.ts';
import type { Snapshot } from './change.ts';
import type { Runtime } from './decide-runtime.ts';
import type { RawFinding } from './finding.ts';
import { readRuntimes } from './read-runtimes.ts';
import type { SourceFile } from './source-file.ts';

/** Manifests that are asked for where reading costs requests; an ordinary change asks for a dozen. */
const MOST_MANIFESTS = 200;

/**
 * Without the findings that hurt nobody, given what their packages run as. Only they make anybody read a manifest: most changes
 * have none, and a reading costs requests.
 */
export async function dropQuiet(
  analyses: readonly FileAnalysis[],
  sources: readonly SourceFile[],
  snapshot: Snapshot,
  { mostText }: { mostText?: number },
): Promise<FileAnalysis[]> {
  const asking = new Set(
    analyses.filter((one) => listFound(one).some(({ quietIn }) => quietIn)).map(({ path }) => path),
  );
  const scripts = sources.filter(
    ({ path, kind }) => asking.has(path) && (kind === 'typescript' || kind === 'javascript'),
  );
  const most = mostText === undefined ? Number.POSITIVE_INFINITY : MOST_MANIFESTS;
  const paths = scripts.map(({ path }) => path);
  const runtimeOf = await readRuntimes(paths, snapshot, most);
  const runtimes = new Map(scripts.map((script) => [script.path, runtimeOf(script)]));
  return analyses.map((analysis) =>
    asking.has(analysis.path) ? dropIn(analysis, runtimes.get(analysis.path)) : analysis,
  );
}

function dropIn(analysis: FileAnalysis, runtime: Runtime | null = null): FileAnalysis {
  const outcomes = analysis.outcomes.map(({ analyser, outcome }) => {
    if (outcome.status === 'failed') return { analyser, outcome };
    const findings = outcome.findings.flatMap(({ quietIn, ...finding }): RawFinding[] =>
      runtime !== null && quietIn?.includes(runtime) ? [] : [finding],
    );
    return { analyser, outcome: { ...outcome, findings } };
  });
  return { ...analysis, outcomes };
}

function listFound({ outcomes }: FileAnalysis): RawFinding[] {
  return outcomes.flatMap(({ outcome }) => (outcome.status === 'failed' ? [] : outcome.findings));
}
