import type { Declaration, Outline } from '../analysis/outline/outline.ts';
import type { FileKind } from '../change/source-file.ts';
import type { ChangedLines } from './changed-lines.ts';
import { enclosing, isFunction } from './enclosing.ts';
import { listBlockHeads } from './enclosing-blocks.ts';

/** How many lines of a file are shown. */
export interface Measure {
  /** A file up to here is shown whole. */
  file: number;
  /** A function up to here is. */
  function: number;
  /** Around a change in a longer one; around one outside of functions. */
  around: number;
  outside: number;
}

/** From ample to narrow: a file that is too large for its budget is shown by the next one. */
export const MEASURES: readonly Measure[] = [
  { file: 120, function: 300, around: 50, outside: 8 },
  { file: 60, function: 100, around: 20, outside: 5 },
  { file: 0, function: 0, around: 6, outside: 3 },
];

/** Files without functions: what stands far from a change says nothing of it. */
const DATA: ReadonlySet<FileKind> = new Set([
  'yaml',
  'workflow',
  'view',
  'config',
  'openapi',
  'graphql',
  'protobuf',
  'credentials',
]);
const CODE: ReadonlySet<FileKind> = new Set(['typescript', 'javascript', 'python', 'go']);
const DATA_AROUND = 12;
const MOST_HEAD = 14;
/** Lines of a route that has no body of its own. */
const INLINE = 3;
/** An elision takes a line itself. */
const LEAST_GAP = 4;
/** Where a file has no outline. */
const BLIND: Measure = { file: 300, function: 0, around: 40, outside: 40 };

/**
 * The head lines to show: each changed function whole, the heads of what it stands in, and the imports that the shown code
 * uses.
 */
export function pickLines(
  kind: FileKind,
  changed: ChangedLines,
  outline: Outline | null,
  ample: Measure = MEASURES[0] as Measure,
): Set<number> {
  const total = changed.lines.length;
  const shown = new Set<number>();
  const show = (from: number, to: number): void => {
    for (let line = Math.max(1, from); line <= Math.min(total, to); line++) shown.add(line);
  };
  const hasOutline = outline !== null && outline.declarations.length > 0;
  // A program without functions is a list of settings, of a linter or a bundler.
  const isData = DATA.has(kind) || (CODE.has(kind) && outline !== null && !hasOutline);
  const measure = hasOutline || ample !== MEASURES[0] || isData ? ample : BLIND;
  const small = isData ? measure.file / 2 : measure.file;
  if (total <= small) {
    show(1, total);
    return shown;
  }
  const at = [...changed.added, ...changed.removed.keys()].sort((a, b) => a - b);
  for (const line of at) {
    if (shown.has(line) && shown.has(line + 1)) continue;
    if (isData) show(line - DATA_AROUND, line + DATA_AROUND);
    else showAround(line, changed, outline, measure, show);
  }
  if (outline) showImports(outline, shown, show);
  fillGaps(shown, total);
  return shown;
}

function showAround(
  line: number,
  changed: ChangedLines,
  outline: Outline | null,
  measure: Measure,
  show: (from: number, to: number) => void,
): void {
  const around = outline ? enclosing(outline, Math.min(line, changed.lines.length)) : [];
  // Around what only moved or was indented anew a few lines tell enough.
  if (changed.pairs.get(line)?.how === 'spaced') return show(line - 3, line + 3);
  for (const one of around) show(one.startLine, Math.min(one.headEndLine, one.startLine + MOST_HEAD));
  const functions = around.filter(isFunction);
  const size = (one: Declaration): number => one.endLine - one.startLine + 1;
  const [outer] = functions;
  const last = functions.at(-1);
  // A route that is a line of a router: what is mounted far from it does not matter, the groups around it do.
  const isMounted = last !== undefined && last !== outer && last.kind === 'route' && size(last) <= INLINE;
  const whole =
    functions.find((one) => size(one) <= measure.function / 2 && !(isMounted && one === last)) ??
    (isMounted ? undefined : functions.findLast((one) => size(one) <= measure.function));
  const inner = around.at(-1);
  if (whole) show(whole.startLine, whole.endLine);
  else if (outer) {
    const reach = isMounted ? measure.outside : measure.around;
    show(line - reach, line + reach);
    for (const head of listBlockHeads(changed.lines, line, outer.startLine)) show(head, head);
  } else if (inner && size(inner) <= measure.around) show(inner.startLine, inner.endLine);
  else show(line - measure.outside, line + measure.outside);
  const container = around.findLast(({ kind }) => kind === 'class');
  const maker = outline?.declarations.find(
    ({ name, container: of }) => of === container?.name && (name === 'constructor' || name === '__init__'),
  );
  if (container && maker) show(maker.startLine, Math.min(maker.headEndLine, maker.startLine + MOST_HEAD));
}

function showImports(outline: Outline, shown: ReadonlySet<number>, show: (from: number, to: number) => void): void {
  const used = new Set<string>();
  for (const { name, on, line } of outline.uses) {
    if (!shown.has(line)) continue;
    used.add(name);
    // `a.b.c()` uses `a`, or a module that is imported as `a.b`.
    if (on) used.add(on).add(on.split('.')[0] ?? '');
  }
  for (const { names, line, endLine } of outline.imports)
    if (names.some(({ as }) => used.has(as)) && endLine - line <= MOST_HEAD) show(line, endLine);
}

function fillGaps(shown: Set<number>, total: number): void {
  let last = 0;
  for (const line of [...[...shown].sort((a, b) => a - b), total + 1]) {
    if (line - last - 1 < LEAST_GAP) for (let at = last + 1; at < line; at++) shown.add(at);
    last = line;
  }
}
