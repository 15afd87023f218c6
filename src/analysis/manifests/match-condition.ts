import { isMap, isScalar, isSeq, type Scalar } from 'yaml';
import { compilePattern } from '../rules/compile-pattern.ts';
import type { Condition } from './detection.ts';
import { type Path, parsePath } from './path.ts';
import type { Place, Walker } from './place.ts';
import { textOf } from './text-of.ts';

export interface CompiledCondition {
  paths: Path[];
  is: RegExp | null;
  names: RegExp | null;
  called: RegExp | null;
  here: boolean;
}

/** What a condition was fulfilled by: a value, and where in the document's text the pattern was found. */
export interface Match {
  place: Place;
  /** Null: the place as it stands. */
  offset: number | null;
  groups: Record<string, string>;
  here: boolean;
}

export function compileCondition({ path, is, names, called, here }: Condition): CompiledCondition {
  const compile = (text: string | undefined) => (text === undefined ? null : compilePattern(text));
  const paths = (typeof path === 'string' ? [path] : path).map(parsePath);
  return { paths, is: compile(is), names: compile(names), called: compile(called), here: here === true };
}

/** Whether a condition only asks if something is there. */
export function asksPresence({ is, names, called }: CompiledCondition): boolean {
  return is === null && names === null && called === null;
}

/** The first place that fulfils a condition; null: it does not hold. */
export function matchCondition(condition: CompiledCondition, walker: Walker, from: Place, text: string): Match | null {
  const { paths, is, names, called, here } = condition;
  for (const path of paths)
    for (const place of walker.find(from, path)) {
      if (called && !called.test(place.name)) continue;
      if (names && !isNamed(names, walker, place)) continue;
      const match = is ? matchValue(is, place, text) : { offset: null, groups: {} };
      if (match) return { ...match, place, here };
    }
  return null;
}

/** Of a script of several lines the source is searched, so that the line is known. */
function matchValue(pattern: RegExp, { node }: Place, text: string): Pick<Match, 'offset' | 'groups'> | null {
  if (!isScalar(node)) return null;
  const block = isBlock(node) ? node.range : null;
  const value = block ? text.slice(block[0], block[1]) : textOf(node);
  const found = pattern.exec(value.slice(0, MOST_TEXT));
  if (!found) return null;
  const groups = Object.fromEntries(
    Object.entries(found.groups ?? {}).flatMap(([name, one]) => (one === undefined ? [] : [[name, one]])),
  );
  return { offset: block ? block[0] + found.index : null, groups };
}

const MOST_TEXT = 100_000;

function isNamed(pattern: RegExp, walker: Walker, place: Place): boolean {
  const { node } = place;
  if (isScalar(node)) return pattern.test(textOf(node));
  const children = walker.find(place, ANY);
  if (isMap(node)) return children.some(({ name }) => pattern.test(name));
  return isSeq(node) && children.some((item) => isScalar(item.node) && pattern.test(textOf(item.node)));
}

const ANY = parsePath('*');

function isBlock({ type }: Scalar): boolean {
  return type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED';
}
