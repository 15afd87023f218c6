import type { Analysis } from '../../analysis/analysis.ts';
import type { Declaration, Use } from '../../analysis/outline/outline.ts';
import type { SourceFile } from '../../change/source-file.ts';
import { revertPatch } from '../../diff/patch.ts';
import { listRuns, type Run } from '../../diff/runs.ts';

/** A file from which the change took lines, as it is and as it was. */
export interface Changed {
  path: string;
  text: string;
  before: string;
  /** The parts of the change that took something away. */
  runs: Run[];
}

const CODE = new Set(['typescript', 'javascript', 'python', 'go']);
const RUNNING: ReadonlySet<Declaration['kind']> = new Set(['function', 'method', 'value']);
/** A line without a letter ends a block, and says nothing by itself. */
const SAYS = /[A-Za-z_]/;

export function listChanged(sources: readonly SourceFile[]): Changed[] {
  return sources.flatMap(({ path, kind, text, hunks }): Changed[] => {
    if (!CODE.has(kind) || !hunks) return [];
    const runs = listRuns(hunks).filter(({ removed }) => removed.some((line) => SAYS.test(line.text)));
    const before = runs.length > 0 ? revertPatch(text, hunks) : null;
    return before === null ? [] : [{ path, text, before, runs }];
  });
}

/** Names by the file that declares them. */
export type Names = ReadonlyMap<string, ReadonlySet<string>>;

/** The functions and values whose meaning may be another one now: those that lost lines, and what uses them in the same file. */
export function listChangedNames(changed: readonly Changed[], analysis: Analysis): Promise<Names> {
  const texts = changed.map(({ path, before }) => ({ path, text: before }));
  return namesIn(texts, analysis, (declarations, at) => {
    const lines = (changed[at]?.runs ?? []).flatMap(({ removed }) => removed.flatMap(({ oldLine }) => oldLine ?? []));
    return declarations.filter((one) => lines.some((line) => isAround(one, line)));
  });
}

/** What uses these names in other files. */
export function listUsingNames(users: readonly SourceFile[], names: Names, analysis: Analysis): Promise<Names> {
  const asked = new Set([...names.values()].flatMap((own) => [...own]));
  return namesIn(users, analysis, (declarations, _, uses) => {
    const lines = uses.flatMap(({ name, line }) => (asked.has(name) ? [line] : []));
    return declarations.filter((one) => lines.some((line) => isAround(one, line)));
  });
}

async function namesIn(
  files: readonly { path: string; text: string }[],
  analysis: Analysis,
  pick: (declarations: readonly Declaration[], at: number, uses: readonly Use[]) => Declaration[],
): Promise<Names> {
  const outlines = await analysis.outline(files.map(({ path, text }) => ({ path, text })));
  return new Map(
    files.map(({ path }, at): [string, ReadonlySet<string>] => {
      const outlined = outlines[at];
      if (!outlined || !('outline' in outlined)) return [path, new Set()];
      const { declarations, uses } = outlined.outline;
      // Who names a class uses one of its methods, and names that.
      const running = declarations.filter(({ kind }) => RUNNING.has(kind));
      return [path, withUsers(pick(running, at, uses), running, uses)];
    }),
  );
}

/** Their names, and those of what uses them, and so on. */
function withUsers(
  first: readonly Declaration[],
  declarations: readonly Declaration[],
  uses: readonly Use[],
): ReadonlySet<string> {
  const touched = new Set(first);
  const names = new Set(first.map(({ name }) => name));
  // Each round adds a declaration at least.
  for (let size = -1; size < touched.size; ) {
    size = touched.size;
    const using = uses.filter(({ name }) => names.has(name));
    for (const one of declarations) {
      if (touched.has(one) || !using.some(({ line }) => isAround(one, line))) continue;
      touched.add(one);
      names.add(one.name);
    }
  }
  return names;
}

function isAround({ startLine, endLine }: Declaration, line: number): boolean {
  return startLine <= line && line <= endLine;
}
