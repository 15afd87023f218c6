import type { Declaration, Outline, Use } from '../analysis/outline/outline.ts';
import { type ChangedLines, readChangedLines } from './changed-lines.ts';
import { enclosing, isFunction } from './enclosing.ts';
import { listOpeners } from './list-openers.ts';
import type { Source } from './source.ts';

/** A function (or type, or the top of a file) that the change touches, as it was and as it is. */
export interface Place {
  /** What it stands in now; for what is gone the file as it was. */
  source: Source;
  /** Null: outside of all declarations. */
  declaration: Declaration | null;
  status: 'added' | 'changed' | 'signature' | 'removed';
  /** Names that the changed lines use. */
  added: Use[];
  /** Names that only the removed lines used: nothing in the file as it is uses them. */
  gone: Use[];
  /** Names that this function used and now does not, while the rest of the file still does, as it did before. */
  dropped: Use[];
  /** Names that its other lines use. */
  near: Use[];
  /** The text of the changed lines, of the head and of the base. */
  changedText: string;
}

/** Of a longer function what stands further than this from the change is another matter: a router, a `main`. */
const LONG = 80;
const NEAR = 30;

interface Touched {
  declaration: Declaration | null;
  lines: Set<number>;
}

/** What a change touches in a file, in the order of the file. `base` is null where the file is new or its text is not known. */
export function listPlaces(
  head: Source,
  base: Source | null,
  hunks: Parameters<typeof readChangedLines>[0]['hunks'],
): Place[] {
  const changed = readChangedLines({ text: head.text, hunks });
  const now = group(head.outline, listNew(changed));
  const before = base ? group(base.outline, listGone(changed)) : new Map<string, Touched>();
  const places: Place[] = [];
  const used = new Set(head.outline.uses.map(({ name }) => name));
  // What the file itself declared and no longer does stands among its removed lines.
  const declared = new Set(head.outline.declarations.map(({ name }) => name));
  const undeclared = new Set(base?.outline.declarations.flatMap(({ name }) => (declared.has(name) ? [] : [name])));
  const newLines = new Set(listNew(changed));
  // What a new line uses was moved there, not dropped.
  const moved = new Set(head.outline.uses.filter(({ line }) => newLines.has(line)).map(({ name }) => name));
  for (const key of new Set([...now.keys(), ...before.keys()])) {
    const declaration = now.get(key)?.declaration ?? find(head.outline, key);
    const old = before.get(key)?.declaration ?? (base ? find(base.outline, key) : null);
    const isGone = declaration === null && old !== null;
    const source = isGone && base ? base : head;
    const lines = now.get(key)?.lines ?? new Set<number>();
    const oldLines = before.get(key)?.lines ?? new Set<number>();
    const own = usesIn(head.outline, declaration);
    const names = new Set(own.map(({ name }) => name));
    // What is told an argument that was changed, or lost one.
    const openers = listOpeners(head.lines, lines, declaration?.startLine ?? 1);
    const lost = base ? listOpeners(base.lines, oldLines, old?.startLine ?? 1) : new Set<number>();
    const asked = new Set([
      ...own.filter(({ line }) => openers.has(line)).map(({ name }) => name),
      ...(base?.outline.uses ?? []).filter(({ line }) => lost.has(line)).map(({ name }) => name),
    ]);
    const gone = base
      ? usesIn(base.outline, old).filter(
          ({ line, name, on }) => oldLines.has(line) && !names.has(name) && !(on === null && undeclared.has(name)),
        )
      : [];
    places.push({
      source,
      declaration: declaration ?? old,
      status: decideStatus(head, base, declaration, old, changed.added),
      added: isGone ? [] : own.filter(({ line, as, name }) => lines.has(line) || (as === 'call' && asked.has(name))),
      gone: isGone ? usesIn((base ?? head).outline, old) : gone.filter(({ name }) => !used.has(name)),
      dropped: isGone ? [] : gone.filter(({ name }) => used.has(name) && !moved.has(name)),
      near:
        isGone || declaration === null || !isFunction(declaration)
          ? []
          : own.filter(({ line }) => !lines.has(line) && isNear(line, declaration, changed)),
      changedText: [
        ...[...lines].map((line) => head.lines[line - 1] ?? ''),
        ...[...oldLines].map((line) => base?.lines[line - 1] ?? ''),
      ].join('\n'),
    });
  }
  return places;
}

function isNear(line: number, { startLine, endLine }: Declaration, { added, removed }: ChangedLines): boolean {
  if (endLine - startLine < LONG) return true;
  for (let at = line - NEAR; at <= line + NEAR; at++) if (added.has(at) || removed.has(at)) return true;
  return false;
}

function listNew({ added, pairs }: ChangedLines): number[] {
  return [...added].filter((line) => !pairs.has(line));
}

function listGone({ removed, movedAway }: ChangedLines): number[] {
  const all = [...removed.values()].flat().map(({ oldLine }) => oldLine ?? 0);
  return all.filter((line) => !movedAway.has(line));
}

/** Lines by the innermost function around them, else by the innermost declaration. */
function group(outline: Outline, lines: readonly number[]): Map<string, Touched> {
  const groups = new Map<string, Touched>();
  for (const line of lines) {
    const around = enclosing(outline, line);
    const declaration =
      around.findLast((one) => isFunction(one) && one.endLine > one.startLine) ?? around.at(-1) ?? null;
    const key = keyOf(declaration);
    const known = groups.get(key);
    if (known) known.lines.add(line);
    else groups.set(key, { declaration, lines: new Set([line]) });
  }
  return groups;
}

function keyOf(declaration: Declaration | null): string {
  return declaration === null ? '' : JSON.stringify([declaration.container, declaration.name]);
}

function find({ declarations }: Outline, key: string): Declaration | null {
  return declarations.find((one) => one.kind !== 'table' && keyOf(one) === key) ?? null;
}

function usesIn({ uses }: Outline, declaration: Declaration | null): Use[] {
  if (!declaration) return [...uses];
  return uses.filter(({ line }) => declaration.startLine <= line && line <= declaration.endLine);
}

function decideStatus(
  head: Source,
  base: Source | null,
  now: Declaration | null,
  old: Declaration | null,
  added: ReadonlySet<number>,
): Place['status'] {
  if (now === null) return old === null ? 'changed' : 'removed';
  // Where nothing was removed there is no base: what has a line that was not added was there before.
  if (base === null) return listLines(now).every((line) => added.has(line)) ? 'added' : 'changed';
  if (old === null) return 'added';
  return headOf(head, now) === headOf(base, old) ? 'changed' : 'signature';
}

/** From its name on: what its decorators and comment say is no signature. */
function headOf(source: Source, { name, startLine, headEndLine }: Declaration): string {
  const text = source.lines
    .slice(startLine - 1, headEndLine)
    .join(' ')
    .replace(/\s+/g, ' ');
  const bare = name.split(' ').at(-1) ?? name;
  return text.slice(Math.max(0, text.indexOf(bare)));
}

function listLines({ startLine, endLine }: Declaration): number[] {
  return Array.from({ length: endLine - startLine + 1 }, (_, index) => startLine + index);
}
