/**
 * A part of a regular expression. `set`: one character, by its code; what stands beyond ASCII is one character more. `edge`: a place
 * between characters. `look`: what must, or must not, stand before or behind it.
 */
export type PatternNode =
  | { kind: 'set'; has: (code: number) => boolean }
  | { kind: 'edge'; at: 'start' | 'end' | 'word' }
  | { kind: 'look'; of: PatternNode; negated: boolean; behind: boolean }
  | { kind: 'group'; of: PatternNode }
  | { kind: 'sequence'; of: readonly PatternNode[] }
  | { kind: 'either'; of: readonly PatternNode[] }
  | { kind: 'repeat'; of: PatternNode; least: number; most: number };

/** Stands for all characters beyond ASCII. */
export const BEYOND = 128;
export const CODES: readonly number[] = Array.from({ length: BEYOND + 1 }, (_, code) => code);

const MOST_LENGTH = 2000;
const DEEPEST = 100;

/**
 * A pattern of JavaScript, Python, Go or Rust. Null: it cannot be read, or holds what is not judged: back references, flags that change
 * what signs mean.
 */
export function readPattern(source: string): PatternNode | null {
  if (source.length > MOST_LENGTH) return null;
  let at = 0;
  let depth = 0;
  const peek = (): string => source[at] ?? '';
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    if (found) at += found[0].length;
    return found;
  };

  function readEither(): PatternNode | null {
    if (depth >= DEEPEST) return null;
    depth++;
    const ways: PatternNode[] = [];
    for (;;) {
      const way = readSequence();
      if (!way) return null;
      ways.push(way);
      if (peek() !== '|') break;
      at++;
    }
    depth--;
    const [only] = ways;
    return only && ways.length === 1 ? only : { kind: 'either', of: ways };
  }

  function readSequence(): PatternNode | null {
    const of: PatternNode[] = [];
    while (at < source.length && peek() !== '|' && peek() !== ')') {
      const one = readOne();
      if (!one) return null;
      of.push(readRepeat(one));
    }
    return { kind: 'sequence', of };
  }

  function readRepeat(of: PatternNode): PatternNode {
    const [found, , from = '', comma, to] = take(/(\*|\+|\?|\{(\d+)(,?)(\d*)\})[?+]?/y) ?? [];
    if (found === undefined) return of;
    if (found.startsWith('*')) return { kind: 'repeat', of, least: 0, most: Number.POSITIVE_INFINITY };
    if (found.startsWith('+')) return { kind: 'repeat', of, least: 1, most: Number.POSITIVE_INFINITY };
    if (found.startsWith('?')) return { kind: 'repeat', of, least: 0, most: 1 };
    const most = comma === '' ? Number(from) : to === '' ? Number.POSITIVE_INFINITY : Number(to);
    return { kind: 'repeat', of, least: Number(from), most };
  }

  function readOne(): PatternNode | null {
    const char = peek();
    if (char === '(') return readGroup();
    if (char === '[') return readSet();
    if (char === '\\') return readEscaped();
    at++;
    if (char === '^') return { kind: 'edge', at: 'start' };
    if (char === '$') return { kind: 'edge', at: 'end' };
    return { kind: 'set', has: char === '.' ? (code) => code !== 10 && code !== 13 : is(char) };
  }

  function readEscaped(): PatternNode | null {
    const [, edge] = take(/\\([bBAZz])/y) ?? [];
    if (edge !== undefined) return { kind: 'edge', at: /b/i.test(edge) ? 'word' : edge === 'A' ? 'start' : 'end' };
    if (/[1-9k]/.test(source[at + 1] ?? '')) return null;
    const has = readSign();
    return has && { kind: 'set', has };
  }

  function readGroup(): PatternNode | null {
    // `(?i)`: letters of either case.
    if (take(/\(\?[is]+\)/y)) return { kind: 'sequence', of: [] };
    const [start = '(', sign] = take(/\((?:\?(?:([is]*:|[=!]|<[=!])|P?<\w+>))?/y) ?? [];
    if (peek() === '?') return null;
    const inner = readEither();
    if (!inner || peek() !== ')') return null;
    at++;
    if (sign?.endsWith(':')) return inner;
    if (sign === undefined) return { kind: 'group', of: inner };
    return { kind: 'look', of: inner, negated: sign.endsWith('!'), behind: start.includes('<') };
  }

  function readSet(): PatternNode | null {
    at++;
    const negated = peek() === '^';
    if (negated) at++;
    const parts: Has[] = [];
    for (let first = true; first || peek() !== ']'; first = false) {
      if (at >= source.length) return null;
      const [, other, named = ''] = take(/\[:(\^?)(\w+):\]/y) ?? [];
      const known = Object.hasOwn(NAMED, named) ? NAMED[named] : undefined;
      if (named !== '' && !known) return null;
      if (known) {
        parts.push(other === '^' ? not(known) : known);
        continue;
      }
      const begins = at;
      const has = readSign();
      if (!has) return null;
      const from = codeOf(source.slice(begins, at));
      if (from === null || peek() !== '-' || source[at + 1] === ']') {
        parts.push(has);
        continue;
      }
      at++;
      const ends = at;
      const last = readSign();
      if (!last) return null;
      const to = codeOf(source.slice(ends, at));
      // `[\w-.]`
      parts.push(...(to === null ? [has, is('-'), last] : [between(from, to)]));
    }
    at++;
    const has: Has = (code) => parts.some((one) => one(code));
    return { kind: 'set', has: negated ? not(has) : has };
  }

  /** One sign, as it is written or by an escape; null: it is not known what it stands for. */
  function readSign(): Has | null {
    const [, large, property = ''] = take(/\\([pP])(?:\{([^}]*)\}|[A-Z])/y) ?? [];
    if (large !== undefined) {
      const has = PROPERTIES.find(([name]) => name.test(property || (source[at - 1] ?? '')))?.[1];
      return has ? (large === 'P' ? not(has, true) : has) : null;
    }
    const [written = ''] = take(/\\x[\da-fA-F]{2}|\\u[\da-fA-F]{4}|\\u\{[\da-fA-F]+\}|\\c[A-Za-z]|\\?[^]/y) ?? [];
    const [, letter = ''] = /^\\([dwsDWS])$/.exec(written) ?? [];
    const known = CLASSES[letter.toLowerCase()];
    if (known) return letter === letter.toLowerCase() ? known : not(known);
    const code = codeOf(written);
    return code === null ? null : between(code, code);
  }

  const read = readEither();
  return at === source.length ? read : null;
}

type Has = (code: number) => boolean;

const isDigit: Has = (code) => code >= 48 && code <= 57;
const isLetter: Has = (code) => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
const isMark: Has = (code) => code > 32 && code < 127 && !isDigit(code) && !isLetter(code);
const isSymbol: Has = (code) => '$+<=>^`|~'.includes(String.fromCharCode(code));
const isSpace: Has = (code) => code === 32 || (code >= 9 && code <= 13);
const isWord: Has = (code) => isDigit(code) || isLetter(code) || code === 95;

const CLASSES: Readonly<Record<string, Has>> = { d: isDigit, w: isWord, s: isSpace };
/** `[[:alpha:]]` */
const NAMED: Readonly<Record<string, Has>> = {
  alpha: isLetter,
  digit: isDigit,
  alnum: (code) => isDigit(code) || isLetter(code),
  upper: between(65, 90),
  lower: between(97, 122),
  word: isWord,
  xdigit: (code) => isDigit(code) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102),
  space: isSpace,
  blank: (code) => code === 32 || code === 9,
  punct: isMark,
  graph: between(33, 126),
  print: between(32, 126),
  cntrl: (code) => code < 32 || code === 127,
  ascii: between(0, 127),
};
/** `\p{L}`: what it holds of ASCII, and of what stands beyond. */
const PROPERTIES: readonly (readonly [RegExp, Has])[] = [
  [
    /^(?:L|Lu|Ll|Letter|Alpha|Alphabetic|ID_Start|Script=\w+|sc=\w+|Latin)$/,
    (code) => isLetter(code) || code === BEYOND,
  ],
  [/^(?:N|Nd|Number|Digit)$/, (code) => isDigit(code) || code === BEYOND],
  [/^(?:M|Mn|Mark)$/, (code) => code === BEYOND],
  [/^(?:P|Pd|Punctuation)$/, (code) => (isMark(code) && !isSymbol(code)) || code === BEYOND],
  [/^(?:S|Symbol)$/, (code) => isSymbol(code) || code === BEYOND],
  [/^(?:Z|Zs|Separator)$/, (code) => code === 32 || code === BEYOND],
  [/^(?:Any|ASCII)$/, () => true],
];
const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', 0: '\0', a: '\x07' };

/** Of a sign as it is written; null: it stands for more than one, or for something that is not known. */
function codeOf(written: string): number | null {
  const [, , , digits] = /^\\([xu])(\{?)([\da-fA-F]+)\}?$/.exec(written) ?? [];
  if (digits !== undefined) return Math.min(Number.parseInt(digits, 16), BEYOND);
  const [, control] = /^\\c([A-Za-z])$/.exec(written) ?? [];
  if (control !== undefined) return control.toUpperCase().charCodeAt(0) - 64;
  if (!written.startsWith('\\')) return Math.min(written.charCodeAt(0), BEYOND);
  const escaped = written.slice(1);
  const known = ESCAPED[escaped];
  if (known === undefined && (/[a-zA-Z0-9]/.test(escaped) || escaped === '')) return null;
  return Math.min((known ?? escaped).charCodeAt(0), BEYOND);
}

/** @param isOther of what stands beyond ASCII it has some, and so has its opposite */
function not(has: Has, isOther = false): Has {
  return (code) => (isOther && code === BEYOND) || !has(code);
}

function is(char: string): Has {
  const own = Math.min(char.charCodeAt(0), BEYOND);
  return (code) => code === own;
}

function between(from: number, to: number): Has {
  return (code) => code >= from && code <= to;
}
