/** A part of a pattern. `set`: one character, by its code; what stands beyond ASCII is one character more. */
type Node =
  | { kind: 'set'; has: (code: number) => boolean }
  | { kind: 'nothing'; ends: boolean }
  | { kind: 'sequence'; of: readonly Node[] }
  | { kind: 'either'; of: readonly Node[] }
  | { kind: 'repeat'; of: Node; least: number; most: number };

const MOST_LENGTH = 1000;
/** As many rounds as that are as good as any number. */
const MANY = 10;
const BEYOND = 128;

/**
 * Whether an engine that goes back tries exponentially many ways through a pattern: something that is repeated without end can match
 * the same characters in several ways (`(a+)+$`, `(\w+\s?)*$`, `(a|a)*$`), and what follows it can fail. Only ways through one
 * character again and again are looked at, so what is found is so; a pattern with a back reference is not judged.
 */
export function isSlowPattern(source: string): boolean {
  if (source.length > MOST_LENGTH || !/[+*}][^]*\)[^]*[+*{]|\([^]*\|[^]*\)[+*{]|\)\{\d/.test(source)) return false;
  const parsed = parsePattern(source);
  return parsed !== null && hasSlow(parsed, false);
}

function hasSlow(node: Node, failsAfter: boolean): boolean {
  if (node.kind === 'either') return node.of.some((one) => hasSlow(one, failsAfter));
  if (node.kind === 'sequence') {
    let fails = failsAfter;
    for (const one of node.of.toReversed()) {
      if (hasSlow(one, fails)) return true;
      fails ||= canFail(one);
    }
    return false;
  }
  if (node.kind !== 'repeat') return false;
  const codes = Array.from({ length: BEYOND + 1 }, (_, code) => code);
  const fails = failsAfter || node.least >= MANY;
  if (node.most >= MANY && fails && codes.some((code) => isAmbiguous(node.of, code))) return true;
  return hasSlow(node.of, fails);
}

function canFail(node: Node): boolean {
  if (node.kind === 'set') return true;
  if (node.kind === 'nothing') return node.ends;
  if (node.kind === 'repeat') return node.least > 0 && canFail(node.of);
  return node.kind === 'sequence' ? node.of.some(canFail) : node.of.every(canFail);
}

/** How many of one character it matches: the fewest (Infinity: it does not match them alone), and whether more as well. */
interface Run {
  least: number;
  more: boolean;
}

function isAmbiguous(body: Node, code: number): boolean {
  const { least, more } = runOf(body, code);
  if (least !== Number.POSITIVE_INFINITY && more) return true;
  if (body.kind !== 'either') return false;
  const runs = body.of.map((one) => runOf(one, code)).filter((run) => run.least > 0 && run.least < BEYOND);
  return new Set(runs.map((run) => run.least)).size < runs.length;
}

function runOf(node: Node, code: number): Run {
  switch (node.kind) {
    case 'set':
      return { least: node.has(code) ? 1 : Number.POSITIVE_INFINITY, more: false };
    case 'nothing':
      return { least: 0, more: false };
    case 'sequence': {
      const runs = node.of.map((one) => runOf(one, code));
      return { least: runs.reduce((sum, run) => sum + run.least, 0), more: runs.some((run) => run.more) };
    }
    case 'either': {
      const runs = node.of.map((one) => runOf(one, code)).filter((run) => run.least !== Number.POSITIVE_INFINITY);
      return { least: Math.min(...runs.map((run) => run.least)), more: runs.some((run) => run.more) };
    }
    case 'repeat': {
      const inner = runOf(node.of, code);
      if (inner.least === Number.POSITIVE_INFINITY) return { least: node.least === 0 ? 0 : inner.least, more: false };
      return { least: inner.least * node.least, more: node.most >= MANY && (inner.least > 0 || inner.more) };
    }
  }
}

const CLASSES: Readonly<Record<string, (code: number) => boolean>> = {
  d: (code) => code >= 48 && code <= 57,
  w: (code) => /\w/.test(String.fromCharCode(code)) && code < BEYOND,
  s: (code) => /\s/.test(String.fromCharCode(code)) && code < BEYOND,
};
const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', 0: '\0' };

/** Null: it cannot be read, or holds what is not judged. */
function parsePattern(source: string): Node | null {
  let at = 0;
  const peek = (): string => source[at] ?? '';

  function parseEither(): Node | null {
    const ways: Node[] = [];
    for (;;) {
      const way = parseSequence();
      if (!way) return null;
      ways.push(way);
      if (peek() !== '|') return ways.length === 1 ? way : { kind: 'either', of: ways };
      at++;
    }
  }

  function parseSequence(): Node | null {
    const of: Node[] = [];
    while (at < source.length && peek() !== '|' && peek() !== ')') {
      const one = parseOne();
      if (!one) return null;
      of.push(parseRepeat(one));
    }
    return { kind: 'sequence', of };
  }

  function parseRepeat(of: Node): Node {
    const [found, , from, comma, to] = /^(\*|\+|\?|\{(\d+)(,?)(\d*)\})[?+]?/.exec(source.slice(at, at + 20)) ?? [];
    if (found === undefined) return of;
    at += found.length;
    if (found.startsWith('*')) return { kind: 'repeat', of, least: 0, most: Number.POSITIVE_INFINITY };
    if (found.startsWith('+')) return { kind: 'repeat', of, least: 1, most: Number.POSITIVE_INFINITY };
    if (found.startsWith('?')) return { kind: 'repeat', of, least: 0, most: 1 };
    const most = comma === '' ? Number(from) : to === '' ? Number.POSITIVE_INFINITY : Number(to);
    return { kind: 'repeat', of, least: Number(from), most };
  }

  function parseOne(): Node | null {
    const char = peek();
    if (char === '(') return parseGroup();
    if (char === '[') return parseSet();
    at++;
    if (char === '^') return { kind: 'nothing', ends: false };
    if (char === '$') return { kind: 'nothing', ends: true };
    if (char === '.') return { kind: 'set', has: (code) => code !== 10 && code !== 13 };
    if (char !== '\\') return { kind: 'set', has: is(char) };
    const escaped = peek();
    at++;
    if (/[bB]/.test(escaped)) return { kind: 'nothing', ends: true };
    if (/[AZz]/.test(escaped)) return { kind: 'nothing', ends: escaped !== 'A' };
    if (/[1-9k]/.test(escaped)) return null;
    return { kind: 'set', has: hasEscaped(escaped) };
  }

  function parseGroup(): Node | null {
    const [start = '('] = /^\((?:\?(?:[:=!]|<[=!]|P?<\w+>))?/.exec(source.slice(at, at + 80)) ?? [];
    at += start.length;
    if (peek() === '?') return null;
    const inner = parseEither();
    if (!inner || peek() !== ')') return null;
    at++;
    return /[=!]$/.test(start) ? { kind: 'nothing', ends: true } : inner;
  }

  function parseSet(): Node | null {
    at++;
    const negated = peek() === '^';
    if (negated) at++;
    const parts: ((code: number) => boolean)[] = [];
    for (let first = true; first || peek() !== ']'; first = false) {
      if (at >= source.length) return null;
      const [found = ''] =
        /^(?:\\x[\da-fA-F]{2}|\\u[\da-fA-F]{4}|\\[^]|[^\\])(?:-(?:\\[^]|[^\]\\]))?/.exec(source.slice(at, at + 14)) ??
        [];
      if (found === '') return null;
      at += found.length;
      const range = /^(\\?[^])-(\\?[^])$/.exec(found);
      if (range && !/^\\[dwsDWS]/.test(range[1] ?? ''))
        parts.push(between(charOf(range[1] ?? '').charCodeAt(0), charOf(range[2] ?? '').charCodeAt(0)));
      else if (found.startsWith('\\')) {
        parts.push(hasEscaped(found[1] ?? ''));
        if (found.length > 2) parts.push(is(found.slice(-1)), is('-'));
      } else parts.push(is(found));
    }
    at++;
    return { kind: 'set', has: (code) => parts.some((has) => has(code)) !== negated };
  }

  const parsed = parseEither();
  return at === source.length ? parsed : null;
}

function is(char: string): (code: number) => boolean {
  const own = Math.min(char.charCodeAt(0), BEYOND);
  return (code) => code === own;
}

function between(from: number, to: number): (code: number) => boolean {
  return (code) => (code === BEYOND ? to >= BEYOND : code >= from && code <= to);
}

function charOf(written: string): string {
  const escaped = written.startsWith('\\') ? written.slice(1) : null;
  return escaped === null ? written : (ESCAPED[escaped] ?? escaped);
}

function hasEscaped(escaped: string): (code: number) => boolean {
  const known = CLASSES[escaped.toLowerCase()];
  if (known && /[dws]/i.test(escaped)) return escaped === escaped.toLowerCase() ? known : (code) => !known(code);
  if (/[pPxu]/.test(escaped)) return (code) => code === BEYOND;
  return is(ESCAPED[escaped] ?? escaped);
}
