import { CODES, type PatternNode, readPattern } from '../../text/read-pattern.ts';
import { ALL, LEVEL, OURS, ROOTLESS, SEGMENT } from '../data/models.ts';
import type { Run } from '../run/run.ts';

/** Signs with which a text can do harm, by the kind of sink. What is not named here is harmed by any of `MARKS`. */
const HARMFUL: Readonly<Record<string, string>> = {
  path: '/\\',
  [SEGMENT]: '/\\',
  [ROOTLESS]: '/\\',
  url: './\\:@',
  redirect: './\\:',
  shell: ';|&$<>`(){}\'"\\\n\r',
  sql: '\'"`;\\()',
  html: '<>&\'"`',
  render: '<>&\'"`',
  header: '\n\r',
  log: '\n\r',
  regex: '\\^$|?*+()[]{}',
  slow: '',
  nosql: '',
  ldap: '()*\\&|=',
  xpath: '\'"[]()|',
  code: '\'"`;\\()[]{}=\n\r',
  where: '\'"`;\\()[]{}=\n\r',
  template: '{}<%$#@(',
  // `__proto__`
  merge: '_',
  aliases: '*',
};
const MARKS = '\'"`;<>\\{}[]';

/** Whether every text that a pattern matches is matched whole: each of its ways holds both ends. */
export function holdsBothEnds(source: string): boolean {
  const read = readPattern(source);
  return read !== null && holds(read, 'start') && holds(read, 'end');
}

function holds(node: PatternNode, edge: 'start' | 'end'): boolean {
  switch (node.kind) {
    case 'edge':
      return node.at === edge;
    case 'group':
      return holds(node.of, edge);
    case 'either':
      return node.of.every((one) => holds(one, edge));
    case 'sequence': {
      const own = node.of.filter((one) => one.kind !== 'look' && !isNothing(one));
      const one = own.at(edge === 'start' ? 0 : -1);
      return one !== undefined && holds(one, edge);
    }
    default:
      return false;
  }
}

function isNothing(node: PatternNode): boolean {
  return node.kind === 'sequence' && node.of.length === 0;
}

/** What a text that matches all of a pattern cannot harm any more: by the signs that it can hold. */
export function labelsOfPattern(run: Run, source: string): number {
  const read = readPattern(source);
  return read ? labelsOfNode(run, read) : 0;
}

/** What a text of these characters alone cannot harm any more. */
export function labelsOfCodes(run: Run, codes: ReadonlySet<number>): number {
  const one: PatternNode = { kind: 'set', has: (code) => codes.has(code) };
  const labels = labelsOfNode(run, { kind: 'repeat', of: one, least: 0, most: Number.POSITIVE_INFINITY });
  // No end of a line: `unicode.IsControl(c)` was refused.
  return HARMFUL['log'] && ![...HARMFUL['log']].some((sign) => codes.has(sign.charCodeAt(0)))
    ? labels | run.labelOf('log') | run.labelOf('header')
    : labels;
}

function labelsOfNode(run: Run, node: PatternNode): number {
  const codes = new Set<number>();
  collect(node, codes);
  if (isNearlyAll(codes)) return 0;
  const has = (signs: string): boolean => [...signs].some((sign) => codes.has(sign.charCodeAt(0)));
  let known = 0;
  let harmed = 0;
  for (const [kind, signs] of Object.entries(HARMFUL)) {
    known |= run.labelOf(kind);
    if (has(signs)) harmed |= run.labelOf(kind);
  }
  if (dotsOf(node).two) harmed |= run.labelOf('path') | run.labelOf(LEVEL);
  if (refusesDots(node)) harmed &= ~(run.labelOf('path') | run.labelOf(LEVEL));
  return ALL & ~OURS & ~harmed & (has(MARKS) ? known : ALL);
}

/** What a text in which a pattern of single signs (`<|>`, `[<>"]`) finds nothing cannot harm: it holds none of them. */
export function labelsOfAbsent(run: Run, source: string): number {
  const read = readPattern(source);
  const signs = read && signsOf(read);
  if (!signs) return read && namesAliases(read) ? run.labelOf('aliases') : 0;
  const isGone = (sign: string): boolean => signs.has(sign.charCodeAt(0));
  let labels = isGone('<') ? run.labelOf('html') : 0;
  // What has no anchor has no alias.
  if (isGone('&')) labels |= run.labelOf('aliases');
  for (const [kind, harmful] of Object.entries(HARMFUL))
    if (harmful !== '' && kind !== 'path' && [...harmful].every(isGone)) labels |= run.labelOf(kind);
  return labels;
}

/** `[&*]\w`: an anchor or an alias of YAML, before its name. */
function namesAliases(node: PatternNode): boolean {
  if (node.kind === 'group') return namesAliases(node.of);
  const [sign, name, ...rest] = node.kind === 'sequence' ? node.of : [];
  const first = sign && signsOf(sign);
  const second = name && signsOf(name.kind === 'repeat' ? name.of : name);
  const has = (signs: ReadonlySet<number>, text: string): boolean =>
    [...text].every((one) => signs.has(one.charCodeAt(0)));
  return rest.length === 0 && !!first && !!second && (has(first, '*') || has(first, '&')) && has(second, 'azAZ09');
}

/** Null: it can match more than one sign. */
function signsOf(node: PatternNode): Set<number> | null {
  if (node.kind === 'set') return new Set(CODES.filter((code) => node.has(code)));
  if (node.kind === 'group') return signsOf(node.of);
  if (node.kind === 'sequence') {
    const [one, ...rest] = node.of;
    return one && rest.length === 0 ? signsOf(one) : null;
  }
  if (node.kind !== 'either') return null;
  const all = node.of.map(signsOf);
  return all.some((one) => one === null) ? null : new Set(all.flatMap((one) => [...(one ?? [])]));
}

/** What a match holds, the whole of it first, cannot harm any more; null: it cannot be read. */
export function labelsOfMatch(run: Run, source: string): number[] | null {
  const read = readPattern(source);
  return read && [read, ...groupsIn(read)].map((one) => labelsOfNode(run, one));
}

function groupsIn(node: PatternNode): PatternNode[] {
  switch (node.kind) {
    case 'group':
      return [node.of, ...groupsIn(node.of)];
    case 'look':
    case 'repeat':
      return groupsIn(node.of);
    case 'either':
    case 'sequence':
      return node.of.flatMap(groupsIn);
    default:
      return [];
  }
}

/** A text that has passed a check or was found; as a key of an object it is another matter. */
export function isHarmless(run: Run, labels: number): boolean {
  return (labels | OURS | run.labelOf('merge')) === ALL;
}

function isNearlyAll(codes: ReadonlySet<number>): boolean {
  return CODES.every((code) => code < 33 || code === 127 || codes.has(code));
}

function collect(node: PatternNode, codes: Set<number>): void {
  if (node.kind === 'set') for (const code of CODES) if (node.has(code)) codes.add(code);
  if (node.kind === 'group' || node.kind === 'repeat') collect(node.of, codes);
  if (node.kind === 'sequence' || node.kind === 'either') for (const one of node.of) collect(one, codes);
}

/** Where a dot can stand in what a part of a pattern matches. */
interface Dots {
  first: boolean;
  last: boolean;
  /** One after the other. */
  two: boolean;
  /** It can match nothing. */
  empty: boolean;
}

const NONE: Dots = { first: false, last: false, two: false, empty: true };
const DOT = 46;

function dotsOf(node: PatternNode): Dots {
  switch (node.kind) {
    case 'set': {
      const isDot = node.has(DOT);
      return { first: isDot, last: isDot, two: false, empty: false };
    }
    case 'edge':
    case 'look':
      return NONE;
    case 'group':
      return dotsOf(node.of);
    case 'either': {
      const ways = node.of.map(dotsOf);
      const some = (key: keyof Dots): boolean => ways.some((one) => one[key]);
      return { first: some('first'), last: some('last'), two: some('two'), empty: some('empty') };
    }
    case 'sequence':
      return node.of.map(dotsOf).reduce(follow, NONE);
    case 'repeat': {
      const one = dotsOf(node.of);
      const all = node.most > 1 ? follow(one, one) : one;
      return { ...all, empty: one.empty || node.least === 0 };
    }
  }
}

function follow(a: Dots, b: Dots): Dots {
  return {
    first: a.first || (a.empty && b.first),
    last: b.last || (b.empty && a.last),
    two: a.two || b.two || (a.last && b.first),
    empty: a.empty && b.empty,
  };
}

/** `(?!.*\.\.)` at the beginning. */
function refusesDots(node: PatternNode): boolean {
  if (node.kind !== 'sequence') return false;
  const begins = node.of.findIndex((one) => one.kind !== 'edge' || one.at !== 'start');
  return node.of.slice(begins, begins + 1).some((one) => {
    if (one.kind !== 'look' || !one.negated || one.behind || one.of.kind !== 'sequence') return false;
    const [any, ...dots] = one.of.of;
    const isAny = any?.kind === 'repeat' && any.least === 0 && any.most > 1000 && isAll(any.of);
    return (
      isAny && dots.length === 2 && dots.every((dot) => dot.kind === 'set' && CODES.filter(dot.has).join() === `${DOT}`)
    );
  });
}

function isAll(node: PatternNode): boolean {
  return node.kind === 'set' && isNearlyAll(new Set(CODES.filter(node.has)));
}
