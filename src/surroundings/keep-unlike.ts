import type { FileAnalysis } from '../analysis/process/task.ts';
import type { RawFinding } from '../findings/finding.ts';
import { isTest } from '../scope/select.ts';
import { escapeRegExp } from '../text/escape-reg-exp.ts';
import { isComment } from '../text/is-comment.ts';
import { isNamedForAll } from '../text/is-named-for-all.ts';
import { namesGuard } from '../text/names-guard.ts';
import { dirOf, nameOf } from '../text/paths.ts';
import { isOfFolder, stemOf } from '../text/route-files.ts';
import { editFindings, listFound } from './edit-findings.ts';
import { askOnce, type FindReaders } from './find-readers.ts';

const RULE = 'unguarded-file';
/** So many files make a habit, and such a share of all must have it. */
const LEAST = 5;
const SHARE = 0.8;
/** Questions of one look. */
const MOST_ASKED = 20;
const MOST_NAMED = 3;
/** It changes or removes things: `router.delete('/:id', …)`, `@router.put("/{id}")`, `export async function DELETE(`. */
const CHANGES =
  /\.(?:put|patch|delete)\(\s*\[?\s*['"`](?:\/|['"`])|\.route\(\s*["'][^\n]*(?:PUT|PATCH|DELETE)|^export (?:async function|const) (?:PUT|PATCH|DELETE)\b/m;
/** What runs before a handler, or is called in one: `router.get('/', checkPermission('a'), …)`, `@login_required`, `Depends(get_user)`. */
const GUARDS = /(?<![.\w])(?:\w+\.)?(\w+)\s*\(|[,(]\s*(\w+)\s*(?=[,)])|^\s*@(?:\w+\.)?(\w+)/gm;

/**
 * A file of routes in which nothing asks who calls is told only where nearly all files beside it ask, by a guard that they share. Where
 * the file is put behind a guard by whoever mounts it, it is not told.
 */
export async function keepUnlike(
  analyses: readonly FileAnalysis[],
  find: FindReaders | null,
): Promise<readonly FileAnalysis[]> {
  const isAsked = ({ ruleId }: RawFinding): boolean => ruleId === RULE;
  if (!analyses.flatMap(listFound).some(isAsked)) return analyses;
  const asks = new Map<string, ReturnType<typeof askOnce>>();
  const ask = async (word: string, glob: string): Promise<ReadonlyMap<string, string> | null> => {
    if (find === null) return null;
    const known = asks.get(glob) ?? askOnce(find, [glob], MOST_ASKED);
    asks.set(glob, known);
    return await known(word);
  };
  return await editFindings(analyses, isAsked, async (finding, path) => {
    const beside = await listBeside(path, ask);
    const shared = beside && sharedGuard(beside);
    if (!beside || !shared || (await isMountedBehind(path, ask))) return null;
    const named = shared.files.slice(0, MOST_NAMED).map((one) => `\`${one.replaceAll('`', "'")}\``);
    const told = `\`${shared.name}\`, or one like it, stands in ${shared.files.length} of ${beside.size} such files beside it, as in ${named.join(', ')}.`;
    return { ...finding, explanation: `${finding.explanation} ${told}` };
  });
}

type Ask = (word: string, glob: string) => Promise<ReadonlyMap<string, string> | null>;

/** The files beside it whose routes change or remove things, too. */
async function listBeside(path: string, ask: Ask): Promise<Map<string, string> | null> {
  const own = nameOf(path);
  const isAlike = isOfFolder(path);
  const ending = own.slice(own.lastIndexOf('.'));
  // Whoever makes a router names it.
  const words = own.endsWith('.py')
    ? ['APIRouter', 'Blueprint']
    : own.startsWith('route.')
      ? ['DELETE', 'PUT']
      : ['Router'];
  const beside = new Map<string, string>();
  for (const word of words) {
    const found = await ask(word, isAlike ? `*${own}` : `*${ending}`);
    if (!found) return null;
    for (const [other, text] of found) {
      const isBeside = isAlike
        ? nameOf(other) === own && dirOf(dirOf(other)) === dirOf(dirOf(path))
        : dirOf(other) === dirOf(path);
      if (isBeside && other !== path && !isTest(other) && !isNamedForAll(stemOf(other)) && CHANGES.test(text))
        beside.set(other, text);
    }
  }
  return beside;
}

/** The guard that most of them have, and those that have it, or one of its kind: `checkPermission`, `checkAnyPermission`. */
function sharedGuard(beside: ReadonlyMap<string, string>): { name: string; files: string[] } | null {
  const kinds = new Map<string, { names: string[]; files: string[] }>();
  for (const [path, text] of beside) {
    const own = Map.groupBy(guardsIn(text), kindOf);
    for (const [kind, names] of own) {
      const known = kinds.get(kind) ?? { names: [], files: [] };
      kinds.set(kind, { names: [...known.names, ...names], files: [...known.files, path] });
    }
  }
  const [best] = [...kinds.values()].sort((a, b) => b.files.length - a.files.length);
  if (!best || best.files.length < LEAST || best.files.length < beside.size * SHARE) return null;
  const counts = [...Map.groupBy(best.names, (name) => name).values()].sort((a, b) => b.length - a.length);
  return { name: counts[0]?.[0] ?? '', files: best.files };
}

/** The last word of a name. */
function kindOf(name: string): string {
  return (/[A-Z]?[a-z0-9]+_*$/.exec(name)?.[0] ?? name).toLowerCase();
}

function guardsIn(text: string): Set<string> {
  const code = text
    .split('\n')
    .filter((line) => !isComment(line) && !/^\s*(?:import|from)\s/.test(line))
    .join('\n');
  const names = [...code.matchAll(GUARDS)].flatMap((found) => found.slice(1)).filter((name) => name !== undefined);
  return new Set(names.filter((name) => namesGuard(name)));
}

/** `app.use('/orders', requireUser, orders)`: the line that mounts it, or the one that brings it in, names a guard. */
async function isMountedBehind(path: string, ask: Ask): Promise<boolean> {
  const own = nameOf(path);
  const stem = stemOf(path);
  const found = await ask(stem, `*${own.slice(own.lastIndexOf('.'))}`);
  // Who mounts it is not known.
  if (!found) return true;
  const named = escapeRegExp(stem);
  const brings = new RegExp(
    `^\\s*(?:import\\s+(?:\\*\\s+as\\s+)?\\{?\\s*(?:default as )?(\\w+)[^\\n]*['"/]${named}(?:/\\w+)?(?:\\.\\w+)?['"]|(?:const|let|var)\\s+\\{?\\s*(\\w+)[^\\n]*require\\([^)\\n]*${named}|from\\s+[\\w.]*\\b${named}\\b\\s+import\\s+(?:\\w+\\s+as\\s+)?(\\w+))`,
    'gm',
  );
  return [...found].some(([other, text]) => {
    if (other === path || isTest(other)) return false;
    const names = [...text.matchAll(brings)].flatMap((one) => one.slice(1)).filter((name) => name !== undefined);
    const lines = text.split('\n').filter((line) => !/^\s*(?:import|from)\s/.test(line));
    // By its name, or by the path that it is put at.
    return [...names.map(escapeRegExp), `['"\`/]${named}['"\`]`].some((name) => {
      const word = new RegExp(`(?<!\\w)${name}(?!\\w)`);
      return lines.some((line) => word.test(line) && (line.match(/\w+/g) ?? []).some((one) => namesGuard(one)));
    });
  });
}
