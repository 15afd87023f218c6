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

export function holdsNeeded(needed: Needed, lowered: string): boolean {
  return needed.every((words) => words.some((word) => lowered.includes(word)));
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

function shortest(words: readonly string[]): number {
  return Math.min(...words.map(({ length }) => length));
}

/** What is not understood says nothing. */
function ofRegex(source: string): Needed {
  // Flags that change what signs mean, classes of classes.
  if (/\(\?[a-zA-Z-]*[xu-]|&&|\[\[:/.test(source)) return [];
  const reader = createReader(source);
  const shape = readChoice(reader);
  return reader.peek() === '' ? [...shape.needed, ...asNeeded(shape.exact)] : [];
}

function asNeeded(exact: readonly string[] | null): Needed {
  return exact !== null && exact.length > 0 && shortest(exact) >= SHORTEST ? [exact] : [];
}

interface Reader {
  peek(): string;
  /** Takes what matches here, or null: a pattern that is sticky. */
  take(pattern: RegExp): RegExpExecArray | null;
}

function createReader(source: string): Reader {
  let at = 0;
  return {
    peek: () => source.slice(at, at + 1),
    take(pattern) {
      pattern.lastIndex = at;
      const match = pattern.exec(source);
      if (match) at += match[0].length;
      return match;
    },
  };
}

function readChoice(reader: Reader): Shape {
  const branches = [readSequence(reader)];
  while (reader.take(/\|/sy)) branches.push(readSequence(reader));
  const [only] = branches;
  if (branches.length === 1 && only) return only;
  const texts = branches.every(({ exact }) => exact !== null) ? branches.flatMap(({ exact }) => exact ?? []) : null;
  if (texts !== null && texts.length <= MOST_TEXTS) return { exact: texts, needed: [] };
  return { exact: null, needed: ofOne(branches.map(({ exact, needed }) => [...needed, ...asNeeded(exact)])) };
}

function readSequence(reader: Reader): Shape {
  const needed: (readonly string[])[] = [];
  /** What the last items in a row can be; null once something before them was open. */
  let run: readonly string[] = [''];
  let open = false;
  const close = (): void => {
    needed.push(...asNeeded(run));
    run = [''];
    open = true;
  };
  while (reader.peek() !== '' && !/[|)]/.test(reader.peek())) {
    const item = readItem(reader);
    const { exact } = item;
    if (exact !== null && exact.length * run.length <= MOST_TEXTS) {
      run = run.flatMap((before) => exact.map((text) => before + text));
      continue;
    }
    close();
    needed.push(...item.needed, ...asNeeded(exact));
  }
  return open ? { exact: null, needed: [...needed, ...asNeeded(run)] } : { exact: run, needed };
}

/** One sign, class or group, with how often it stands there. */
function readItem(reader: Reader): Shape {
  const item = readOne(reader);
  const times = reader.take(/(\*|\+|\?|\{(\d*),?\d*\})\??/sy);
  if (!times) return item;
  const [, sign = '', least = ''] = times;
  if (sign === '?' && item.exact !== null) return { exact: ['', ...item.exact], needed: [] };
  const isThere = sign === '+' || Number(least) > 0;
  return isThere ? { exact: null, needed: [...item.needed, ...asNeeded(item.exact)] } : ANYTHING;
}

function readOne(reader: Reader): Shape {
  if (reader.take(/\^|\$|\\[bB]|\(\?[is]+\)/sy)) return NOTHING;
  if (reader.take(/\((?:\?(?:[is]*:|P?<\w+>))?/sy)) {
    const shape = readChoice(reader);
    reader.take(/\)/sy);
    return shape;
  }
  const set = reader.take(/\[(\^?)((?:\]?)(?:\\.|[^\]\\])*)\]/sy);
  if (set) return readClass(set[1] === '^', set[2] ?? '');
  const code = reader.take(/\\x([0-9a-fA-F]{2})/sy);
  if (code) return literal(String.fromCharCode(Number.parseInt(code[1] ?? '', 16)));
  if (reader.take(/\.|\\[wWdDsS]|\\[pP](?:\{[^}]*\}|.)/sy)) return ANYTHING;
  const escaped = reader.take(/\\(.)/sy);
  if (escaped) return /[a-zA-Z0-9]/.test(escaped[1] ?? '') ? ANYTHING : literal(escaped[1] ?? '');
  return literal(reader.take(/./sy)?.[0] ?? '');
}

function literal(sign: string): Shape {
  return { exact: [sign.toLowerCase()], needed: [] };
}

/** `[pP]` is one letter in lower case. */
function readClass(isOther: boolean, inside: string): Shape {
  if (isOther || /\\[^\]\\.\-/'"`()[{}$^*+?|]|.-./.test(inside)) return ANYTHING;
  const signs = new Set(inside.replaceAll(/\\(.)/g, '$1').toLowerCase());
  return signs.size > 0 && signs.size <= 4 ? { exact: [...signs], needed: [] } : ANYTHING;
}
