import { BEYOND, CODES, type PatternNode, readPattern } from '../../text/read-pattern.ts';

/**
 * What a text must hold for a rule to match anywhere in it: of each list at least one, in lower case. ast-grep compiles a rule
 * anew for every file, for one to ten milliseconds; most files lack a word without which it finds nothing.
 */
export type Needed = readonly (readonly string[])[];

/** What a regular expression matches, as far as it is fixed. */
interface Shape {
  /** All texts that it matches; null: not known, or too many. */
  exact: readonly string[] | null;
  needed: Needed;
}

const ANYTHING: Shape = { exact: null, needed: [] };
const NOTHING: Shape = { exact: [''], needed: [] };
const MOST_TEXTS = 24;
const MOST_SIGNS = 4;
const SHORTEST = 2;

/** @param utils the rule's own definitions, for `matches` */
export function listNeeded(rule: unknown, utils: Readonly<Record<string, unknown>> = {}): Needed {
  if (typeof rule !== 'object' || rule === null) return [];
  const { regex, pattern, all, any, matches, ...rest } = rule as Record<string, unknown>;
  const inner = (one: unknown): Needed => listNeeded(one, utils);
  const { [String(matches)]: named, ...others } = utils;
  return [
    ...(typeof regex === 'string' ? ofRegex(regex) : []),
    ...(typeof pattern === 'string' ? ofPattern(pattern) : []),
    ...(Array.isArray(all) ? all.flatMap(inner) : []),
    ...(Array.isArray(any) ? ofOne(any.map(inner)) : []),
    ...(named === undefined ? [] : listNeeded(named, others)),
    ...['inside', 'has', 'follows', 'precedes'].flatMap((relation) => inner(rest[relation])),
  ];
}

/**
 * What a text must hold for the names of a match to stand for what they must: a resolved name is put together from words of its file.
 * Of several lists of names one must hold; of a single one those that every match has.
 */
export function listNeededNames(
  rule: unknown,
  lists: readonly Readonly<Record<string, string>>[],
  utils: Readonly<Record<string, unknown>> = {},
): Needed {
  const needed = lists.map((names) =>
    Object.entries(names).flatMap(([name, pattern]) =>
      lists.length > 1 || hasName(rule, name, utils) ? ofName(pattern) : [],
    ),
  );
  return needed.length === 1 ? (needed[0] ?? []) : ofOne(needed);
}

/** Whether every match of a rule has this metavariable. */
function hasName(rule: unknown, name: string, utils: Readonly<Record<string, unknown>>): boolean {
  if (typeof rule !== 'object' || rule === null) return false;
  const { pattern, all, any, matches, ...rest } = rule as Record<string, unknown>;
  const has = (one: unknown): boolean => hasName(one, name, utils);
  const { [String(matches)]: named, ...others } = utils;
  return (
    (typeof pattern === 'string' && new RegExp(`(?<!\\$)\\$${name}(?!\\w)`).test(pattern)) ||
    (Array.isArray(all) && all.some(has)) ||
    (Array.isArray(any) && any.length > 0 && any.every(has)) ||
    (named !== undefined && hasName(named, name, others)) ||
    ['inside', 'has', 'follows', 'precedes'].some((relation) => has(rest[relation]))
  );
}

/** The words of a resolved name stand somewhere in the file, not beside each other; those of a text may be put together from several. */
function ofName(pattern: string): Needed {
  if (pattern.includes('"')) return [];
  return ofRegex(pattern).flatMap((texts) => {
    const parts = texts.map((text) => text.match(/\w+/g) ?? ['']);
    // What it belongs to, a library's name, and what it is called there.
    const called = parts.map((words) => words.at(-1) ?? '');
    const of = parts.map((words) => longest(words.length > 1 ? words.slice(0, -1) : words));
    const both = parts.some((words) => words.length > 1) ? [of, called] : [called];
    return both.filter((words) => shortest(words) >= SHORTEST);
  });
}

/** @param holds whether the text holds a word, in lower case */
export function holdsNeeded(needed: Needed, holds: (word: string) => boolean): boolean {
  return needed.every((words) => words.some(holds));
}

/** The names in it; a metavariable is none. */
function ofPattern(pattern: string): Needed {
  return [...pattern.matchAll(/(?<![$\w])[A-Za-z_]\w+/g)].map(([name]) => [name.toLowerCase()]);
}

/** One of them holds, so a word of one of them is there: of each the longest, which is the rarest. */
function ofOne(branches: readonly Needed[]): Needed {
  const best = branches.map((needed) =>
    needed.reduce<readonly string[] | null>((a, b) => (a !== null && shortest(a) >= shortest(b) ? a : b), null),
  );
  return best.length > 0 && best.every((words) => words !== null) ? [[...new Set(best.flat())]] : [];
}

function longest(words: readonly string[]): string {
  return words.reduce((a, b) => (b.length > a.length ? b : a), '');
}

function shortest(words: readonly string[]): number {
  return Math.min(...words.map(({ length }) => length));
}

/** What is not understood says nothing. */
function ofRegex(source: string): Needed {
  // Classes of classes.
  if (/&&/.test(source)) return [];
  const read = readPattern(source);
  const shape = read ? shapeOf(read) : ANYTHING;
  return [...shape.needed, ...asNeeded(shape.exact)];
}

function asNeeded(exact: readonly string[] | null): Needed {
  return exact !== null && exact.length > 0 && shortest(exact) >= SHORTEST ? [exact] : [];
}

function shapeOf(node: PatternNode): Shape {
  switch (node.kind) {
    case 'set': {
      const codes = CODES.filter(node.has);
      // `[pP]` is one letter in lower case.
      const signs = new Set(codes.map((code) => String.fromCharCode(code).toLowerCase()));
      return codes.includes(BEYOND) || signs.size > MOST_SIGNS ? ANYTHING : { exact: [...signs], needed: [] };
    }
    case 'edge':
    case 'look':
      return NOTHING;
    case 'group':
      return shapeOf(node.of);
    case 'repeat':
      return shapeOfRepeat(node.least, node.most, shapeOf(node.of));
    case 'either':
      return shapeOfEither(node.of.map(shapeOf));
    case 'sequence':
      return shapeOfSequence(node.of.map(shapeOf));
  }
}

function shapeOfEither(branches: readonly Shape[]): Shape {
  const texts = branches.every(({ exact }) => exact !== null) ? branches.flatMap(({ exact }) => exact ?? []) : null;
  if (texts !== null && texts.length <= MOST_TEXTS) return { exact: texts, needed: [] };
  return { exact: null, needed: ofOne(branches.map(({ exact, needed }) => [...needed, ...asNeeded(exact)])) };
}

function shapeOfSequence(items: readonly Shape[]): Shape {
  const needed: (readonly string[])[] = [];
  /** What the last items in a row can be. */
  let run: readonly string[] = [''];
  let open = false;
  for (const { exact, needed: own } of items) {
    if (exact !== null && exact.length * run.length <= MOST_TEXTS) {
      run = run.flatMap((before) => exact.map((text) => before + text));
      continue;
    }
    needed.push(...asNeeded(run), ...own, ...asNeeded(exact));
    run = [''];
    open = true;
  }
  return open ? { exact: null, needed: [...needed, ...asNeeded(run)] } : { exact: run, needed };
}

function shapeOfRepeat(least: number, most: number, item: Shape): Shape {
  if (least === 0 && most === 1 && item.exact !== null) return { exact: ['', ...item.exact], needed: [] };
  return least > 0 ? { exact: null, needed: [...item.needed, ...asNeeded(item.exact)] } : ANYTHING;
}
