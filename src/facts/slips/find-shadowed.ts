import type { Home } from '../../flows/values/value.ts';
import type { FunctionForm } from '../../languages/form.ts';
import { indentOf } from '../../text/indent-of.ts';
import { MOST_LOOKS } from './limits.ts';
import type { FoundSlip } from './slip.ts';

const DECLARED = /^\s+var (\w+) ([\w.*[\]]+)$/;
/** Its zero value is one to work with. */
const READY =
  /^(?:u?int\d*|float\d+|string|bool|byte|rune|uintptr|complex\d+|bytes\.Buffer|strings\.Builder|(?:sync|atomic|time)\.\w+|\[\d+\].*)$/;
/** Its zero value is nothing. */
const NOTHING = /^(?:\*|\[\]|map\[|error$|any$)/;
const LEAVES = /^(?:return|continue|break|panic)\b/;
const MOST_LINES = 3000;

/** Go: `client, err := connect()` in a block, while the `client` of the function around, which is used later on, stays empty. */
export function findShadowed(home: Home): FoundSlip[] {
  if (home.module.language !== 'go' || !/^[ \t]+var \w+ [\w.*[\]]+[ \t]*$/m.test(home.text)) return [];
  const own = home.module.functions.filter(({ id, parent }) => id !== 0 && (parent === 0 || parent === null));
  return own.flatMap((form) => findIn(home, form));
}

/** The lines of a function, with where each begins, how deep it stands, and the first line behind it that stands less deep. */
interface Lines {
  all: readonly string[];
  starts: readonly number[];
  depths: readonly number[];
  closes: readonly number[];
}

function findIn(home: Home, form: FunctionForm): FoundSlip[] {
  const written = home.text.slice(...form.span).split('\n');
  // Where a comment stood at the end of a line are blanks.
  const all = written.map((line) => line.trimEnd());
  if (all.length > MOST_LINES) return [];
  const declared = all.flatMap((line, at) => {
    const [, name = '_', type = ''] = DECLARED.exec(line) ?? [];
    return name === '_' || READY.test(type) ? [] : [{ name, type, at }];
  });
  if (declared.length === 0) return [];
  const lines = linesOf(written, all, form.span[0]);
  return declared.slice(0, MOST_LOOKS).flatMap(({ name, type, at: index }): FoundSlip[] => {
    const shadowed = shadowedAt(lines, index, name);
    if (!shadowed) return [];
    const { at, use } = shadowed;
    const start = lines.starts[at] ?? form.span[0];
    const declares = lines.starts[index] ?? 0;
    return [
      {
        kind: 'outer-shadowed',
        home,
        form,
        suspected: !NOTHING.test(type) || !/^\s*return\b/.test(use),
        span: [start + (lines.depths[at] ?? 0), start + (all[at] ?? '').length],
        names: { NAME: name, LINE: [declares, declares + (all[index] ?? '').length] },
      },
    ];
  });
}

/** The line in a block that declares the name anew, with the one behind the block that uses the outer one. */
function shadowedAt({ all, depths, closes }: Lines, index: number, name: string): { at: number; use: string } | null {
  const depth = depths[index] ?? 0;
  const end = closes[index] ?? all.length;
  const sets = new RegExp(`^\\s*(?:if\\s+)?(?:\\w+, )*${name}(?:, \\w+)* :=`);
  const given = new RegExp(`(?<![\\w.])${name}(?:, \\w+)*\\s*=(?!=)|&${name}\\b|\\b${name}, ?\\w+ = |\\w+, ${name} =`);
  let behind: Behind | null = null;
  for (let at = index + 1; at < end; at++) {
    const line = all[at] ?? '';
    if (sets.test(line) && (depths[at] ?? 0) > depth && !/^\s*(?:if|for|switch)\b/.test(line)) {
      const close = closes[at] ?? all.length;
      behind ??= behindOf(all, depths, { from: index + 1, end, depth, name });
      // What failed is looked at on the spot, and leaves: the outer one has nothing to tell of it.
      if (name === 'err' && isLeftAtOnce(all, closes, at)) continue;
      const falls = !LEAVES.test((all[close - 1] ?? '').trim());
      const use = behind.useOf(close);
      if (falls && use !== null && !behind.hasFunction(close)) return { at, use };
    }
    // Before it, or in a function that runs when it likes, it is given elsewhere.
    if (given.test(line) || /\bfunc\(/.test(line)) return null;
  }
  return null;
}

/** `if err != nil {` on the next line, whose block ends with a return, or the next pass of the loop. */
function isLeftAtOnce(all: readonly string[], closes: readonly number[], at: number): boolean {
  const isAsked = /^\s*if err != nil \{$/.test(all[at + 1] ?? '');
  return isAsked && LEAVES.test((all[(closes[at + 2] ?? 0) - 1] ?? '').trim());
}

interface Behind {
  /** The first line from this one on that names the outer one, where that gives it no new value. */
  useOf: (close: number) => string | null;
  /** From this line to where the outer one is named again at its own depth there stands a function. */
  hasFunction: (close: number) => boolean;
}

/** Asked for each line of the block that may close it: what stands behind is looked through once, from its end. */
function behindOf(
  all: readonly string[],
  depths: readonly number[],
  { from, end, depth, name }: { from: number; end: number; depth: number; name: string },
): Behind {
  const named = new RegExp(`(?<![\\w."])${name}\\b(?!\\s*:)`);
  const isGiven = new RegExp(`(?<![\\w."])${name}(?:, ?\\w+)*\\s*:?=(?!=)`);
  const uses: (string | null)[] = [];
  const functions: boolean[] = [];
  let use: string | null = null;
  // Where it is not named again, all but the last line is looked at.
  let hasFunction = false;
  for (let at = end - 1; at >= from; at--) {
    const line = all[at] ?? '';
    if (named.test(line)) use = isGiven.test(line) ? null : line;
    if ((depths[at] ?? 0) <= depth && line.includes(name)) hasFunction = false;
    else if (at < end - 1 && /\bfunc\(/.test(line)) hasFunction = true;
    uses[at] = use;
    functions[at] = hasFunction;
  }
  return { useOf: (close) => uses[close] ?? null, hasFunction: (close) => functions[close] ?? false };
}

function linesOf(written: readonly string[], all: readonly string[], from: number): Lines {
  const starts: number[] = [];
  const depths = all.map(indentOf);
  const closes = all.map(() => all.length);
  let start = from;
  const open: number[] = [];
  all.forEach((line, at) => {
    starts.push(start);
    start += (written[at] ?? '').length + 1;
    if (line.trim() === '') return;
    while (open.length > 0 && (depths[open.at(-1) ?? 0] ?? 0) > (depths[at] ?? 0)) closes[open.pop() ?? 0] = at;
    open.push(at);
  });
  return { all, starts, depths, closes };
}
