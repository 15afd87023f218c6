import type { Analysis } from '../../analysis/analysis.ts';
import type { Declaration, Use } from '../../analysis/outline/outline.ts';
import type { SourceFile } from '../../change/source-file.ts';
import { findFrom } from '../../diff/find-from.ts';
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
/** A line that may decide what goes on: other lines are taken out every day, and arm nothing. */
const DECIDES =
  /\b(?:if|unless|throw|raise|panic|assert\w*|abort)\b|\?\?|&&|\|\||(?:allow|deny|denied|forbid|refuse|reject|valid|verif|check|guard|require|saniti[sz]e|escape|quote|clean|strip|limit|clamp|trust|safe)|\b(?:min|max)\(/i;

export function listChanged(sources: readonly SourceFile[]): Changed[] {
  return sources.flatMap(({ path, kind, text, hunks }): Changed[] => {
    if (!CODE.has(kind) || !hunks) return [];
    const runs = listRuns(hunks).filter(({ removed }) => removed.some((line) => DECIDES.test(line.text)));
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
    return listAround(declarations, lines);
  });
}

/** What uses these names in other files. */
export function listUsingNames(users: readonly SourceFile[], names: Names, analysis: Analysis): Promise<Names> {
  const asked = new Set([...names.values()].flatMap((own) => [...own]));
  return namesIn(users, analysis, (declarations, _, uses) => {
    const lines = uses.flatMap(({ name, line }) => (asked.has(name) ? [line] : []));
    return listAround(declarations, lines);
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

/** Their names, and those of what uses them, and so on. A stranger chooses how many there are, so each use is looked at once. */
function withUsers(
  first: readonly Declaration[],
  declarations: readonly Declaration[],
  uses: readonly Use[],
): ReadonlySet<string> {
  const names = new Set(first.map(({ name }) => name));
  const usesOf = Map.groupBy(uses, ({ name }) => name);
  const around = indexAround(declarations);
  // A set gives what is added while it is gone through, too.
  for (const name of names)
    for (const { line } of usesOf.get(name) ?? []) for (const { name: user } of around(line)) names.add(user);
  return names;
}

function listAround(declarations: readonly Declaration[], lines: readonly number[]): Declaration[] {
  const around = indexAround(declarations);
  const touched = new Set([...new Set(lines)].flatMap((line) => [...around(line)]));
  return declarations.filter((one) => touched.has(one));
}

/** Nobody nests functions deeper, or writes more of them in one line. */
const MOST_DEEP = 40;

/** The declarations around a line: the last one that began, what encloses that, and so on. */
function indexAround(declarations: readonly Declaration[]): (line: number) => Declaration[] {
  const ordered = declarations.toSorted((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
  const starts = ordered.map(({ startLine }) => startLine);
  const outer: (number | undefined)[] = [];
  const open: number[] = [];
  for (const [at, { startLine }] of ordered.entries()) {
    while (open.length > 0 && (ordered[open.at(-1) ?? 0]?.endLine ?? 0) < startLine) open.pop();
    outer.push(open.at(-1));
    open.push(at);
  }
  return (line) => {
    const found: Declaration[] = [];
    let at: number | undefined = findFrom(starts, line + 1) - 1;
    for (let deep = 0; deep < MOST_DEEP && at !== undefined; deep++) {
      const one: Declaration | undefined = ordered[at];
      if (one && line <= one.endLine) found.push(one);
      at = outer[at];
    }
    return found;
  };
}
