import type { Syntax } from '../../languages/syntax-node.ts';
import { lazy } from '../lazy.ts';

/** Whether something holds; `MAYBE`: it is not told here. The lowest is what all of several come to, the highest one of several. */
type Told = 0 | 1 | 2;
const NO = 0;
const MAYBE = 1;
const YES = 2;

/** A file's tree, to be asked by many rules. */
export interface Tree {
  text: string;
  /** Nodes by their kind, and all of them. */
  byKind: ReadonlyMap<string, readonly Syntax[]>;
  all: readonly Syntax[];
  parents: ReadonlyMap<Syntax, Syntax>;
  /** How many nodes stand in one, itself too. */
  sizeOf(node: Syntax): number;
}

/** Questions of one rule in one file: whoever asks for more asks ast-grep. */
const MOST_STEPS = 300_000;

export function indexTree(root: Syntax, text: string): Tree {
  const byKind = new Map<string, Syntax[]>();
  const all: Syntax[] = [];
  const parents = new Map<Syntax, Syntax>();
  const visit = (node: Syntax): void => {
    all.push(node);
    const same = byKind.get(node.kind);
    if (same) same.push(node);
    else byKind.set(node.kind, [node]);
    for (const child of node.children) {
      parents.set(child, node);
      visit(child);
    }
  };
  visit(root);
  const sizes = lazy(() => {
    const known = new Map<Syntax, number>();
    for (const node of all.toReversed())
      known.set(
        node,
        node.children.reduce((sum, child) => sum + (known.get(child) ?? 0), 1),
      );
    return known;
  });
  return { text, byKind, all, parents, sizeOf: (node) => sizes().get(node) ?? 1 };
}

/**
 * Whether an ast-grep rule may match in a tree. Never stricter than ast-grep, which compiles a rule anew for each file and reads the
 * text once more: of what is not understood here (a pattern, a formula of places) anything may be true.
 */
export type TreeTest = (tree: Tree) => boolean;

type Ask = (node: Syntax, asking: Asking) => Told;

interface Asking {
  tree: Tree;
  left: number;
}

class TooMany extends Error {}

export function compileTreeTest(rule: unknown, utils: Readonly<Record<string, unknown>> = {}): TreeTest {
  const compiled = compile(rule, utils);
  const kinds = kindsOf(rule, utils);
  return (tree) => {
    const asking = { tree, left: MOST_STEPS };
    const nodes = kinds ? [...kinds].flatMap((kind) => tree.byKind.get(kind) ?? []) : tree.all;
    try {
      return nodes.some((node) => compiled(node, asking) !== NO);
    } catch (error) {
      if (error instanceof TooMany) return true;
      throw error;
    }
  };
}

/** Questions of a part of a rule: it is asked to save time. */
const MOST_OF_PART = 20_000;

/** Whether a part of a rule may hold of any node. Of one that may be of any kind nothing is told: it would be asked of all of them. */
export function mayBeAnywhere(
  rule: Record<string, unknown>,
  utils: Readonly<Record<string, unknown>>,
  tree: Tree,
): boolean {
  const kinds = kindsOf(rule, utils);
  if (!kinds) return true;
  const asking = { tree, left: MOST_OF_PART };
  const compiled = compile(rule, utils);
  try {
    return [...kinds].some((kind) => tree.byKind.get(kind)?.some((node) => compiled(node, asking) !== NO));
  } catch (error) {
    if (error instanceof TooMany) return true;
    throw error;
  }
}

/** The nodes that may match, and more: where there is too much to ask, all of its kind. */
export function listCandidates(rule: unknown, utils: Readonly<Record<string, unknown>>, tree: Tree): readonly Syntax[] {
  const kinds = kindsOf(rule, utils);
  const nodes = kinds ? [...kinds].flatMap((kind) => tree.byKind.get(kind) ?? []) : tree.all;
  const asking = { tree, left: MOST_STEPS };
  const compiled = compile(rule, utils);
  try {
    return nodes.filter((node) => compiled(node, asking) !== NO);
  } catch (error) {
    if (error instanceof TooMany) return nodes;
    throw error;
  }
}

/** What a match must be; null: anything. */
export function kindsOf(rule: unknown, utils: Readonly<Record<string, unknown>>): ReadonlySet<string> | null {
  if (!isObject(rule)) return null;
  const { kind, all, any, matches } = rule;
  if (isKind(kind)) return new Set([kind]);
  const { [String(matches)]: named, ...others } = utils;
  const own = named === undefined ? null : kindsOf(named, others);
  if (own) return own;
  for (const one of Array.isArray(all) ? all : []) {
    const found = kindsOf(one, utils);
    if (found) return found;
  }
  const each = Array.isArray(any) ? any.map((one) => kindsOf(one, utils)) : [];
  return each.length > 0 && each.every((one) => one !== null) ? new Set(each.flatMap((one) => [...one])) : null;
}

function compile(rule: unknown, utils: Readonly<Record<string, unknown>>): Ask {
  if (!isObject(rule)) return () => MAYBE;
  const asks = Object.entries(rule).map(([key, value]) => compileKey(key, value, utils));
  return (node, asking) => {
    if (--asking.left < 0) throw new TooMany();
    return lowest(asks, node, asking);
  };
}

function compileKey(key: string, value: unknown, utils: Readonly<Record<string, unknown>>): Ask {
  const again = (one: unknown): Ask => compile(one, utils);
  switch (key) {
    case 'kind':
      return isKind(value) ? (node) => (node.kind === value ? YES : NO) : () => MAYBE;
    case 'regex': {
      const pattern = compileRegex(value);
      if (pattern) return ({ start, end }, { tree }) => (pattern.test(tree.text.slice(start, end)) ? YES : NO);
      const wider = compileWider(value);
      if (!wider) return () => MAYBE;
      return ({ start, end }, { tree }) => (wider.test(tree.text.slice(start, end)) ? MAYBE : NO);
    }
    case 'pattern': {
      const words = typeof value === 'string' ? (value.match(/(?<![$\w])[A-Za-z_]\w*/g) ?? []) : [];
      return ({ start, end, named }, { tree }) => {
        const text = words.length > 0 ? tree.text.slice(start, end) : '';
        return named && words.every((word) => text.includes(word)) ? MAYBE : NO;
      };
    }
    case 'all': {
      const asks = Array.isArray(value) ? value.map(again) : [];
      return (node, asking) => lowest(asks, node, asking);
    }
    case 'any': {
      const asks = Array.isArray(value) ? value.map(again) : [];
      return (node, asking) => highest(asks, (ask) => ask(node, asking));
    }
    case 'not': {
      const ask = again(value);
      return (node, asking) => not(ask(node, asking));
    }
    case 'matches': {
      // Of a definition that asks for itself nothing is told.
      const { [String(value)]: named, ...others } = utils;
      return named === undefined ? () => MAYBE : compile(named, others);
    }
    case 'has':
      return compileHas(value, utils);
    case 'inside':
      return compileInside(value, utils);
    case 'follows':
    case 'precedes':
      return compileBeside(value, utils, key === 'follows' ? -1 : 1);
    case 'nthChild':
      return compileNth(value);
    default:
      return () => MAYBE;
  }
}

function compileHas(value: unknown, utils: Readonly<Record<string, unknown>>): Ask {
  if (!isObject(value)) return () => MAYBE;
  const { field, stopBy = 'neighbor', ...rest } = value;
  const ask = compile(rest, utils);
  const stops = compileStop(stopBy, utils);
  const below = (node: Syntax, asking: Asking, most: Told): Told => {
    let best: Told = NO;
    for (const child of node.children) {
      best = higher(best, lower(ask(child, asking), most));
      if (best === YES) return YES;
      const further = lower(most, not(stops(child, asking)));
      if (further !== NO) best = higher(best, below(child, asking, further));
    }
    return best;
  };
  if (field === undefined) return (node, asking) => below(node, asking, YES);
  return (node, asking) => {
    const child = node.children.find((one) => one.field === field);
    if (!child) return NO;
    const own = ask(child, asking);
    if (own === YES || stopBy === 'neighbor') return own;
    return higher(own, below(child, asking, stopBy === 'end' ? YES : MAYBE));
  };
}

/** Whether what is behind a node is looked at no more. */
function compileStop(stopBy: unknown, utils: Readonly<Record<string, unknown>>): Ask {
  if (stopBy === 'neighbor') return () => YES;
  return stopBy === 'end' ? () => NO : compile(stopBy, utils);
}

function compileInside(value: unknown, utils: Readonly<Record<string, unknown>>): Ask {
  if (!isObject(value)) return () => MAYBE;
  const { field, stopBy = 'neighbor', ...rest } = value;
  const ask = compile(rest, utils);
  const stops = compileStop(stopBy, utils);
  return (node, asking) => {
    let best: Told = NO;
    let most: Told = field === undefined ? YES : MAYBE;
    for (let at = asking.tree.parents.get(node); at && most !== NO; at = asking.tree.parents.get(at)) {
      best = higher(best, lower(ask(at, asking), most));
      if (best === YES) return YES;
      most = lower(most, not(stops(at, asking)));
    }
    return best;
  };
}

/** Most rules look away from comments (code-alone.ts): which nodes are next to each other is told without them. */
function isComment({ kind }: Syntax): boolean {
  return kind === 'comment';
}

/** Of the nodes before or behind it, the nearest first. */
function compileBeside(value: unknown, utils: Readonly<Record<string, unknown>>, way: -1 | 1): Ask {
  if (!isObject(value) || value['field'] !== undefined) return () => MAYBE;
  const { stopBy = 'neighbor', ...rest } = value;
  const ask = compile(rest, utils);
  const stops = compileStop(stopBy, utils);
  return (node, asking) => {
    const all = asking.tree.parents.get(node)?.children ?? [];
    if (all.some(isComment)) return MAYBE;
    let best: Told = NO;
    let most: Told = YES;
    for (let at = all.indexOf(node) + way; most !== NO; at += way) {
      const one = all[at];
      if (!one) return best;
      best = higher(best, lower(ask(one, asking), most));
      if (best === YES) return YES;
      most = lower(most, not(stops(one, asking)));
    }
    return best;
  };
}

/** Among the named children, from 1 on. */
function compileNth(value: unknown): Ask {
  const { position, reverse = false, ...others } = isObject(value) ? value : { position: value };
  if (typeof position !== 'number' || Object.keys(others).length > 0) return () => MAYBE;
  return (node, { tree }) => {
    const all = tree.parents.get(node)?.children.filter(({ named }) => named) ?? [];
    if (all.some(isComment)) return MAYBE;
    return all.at(reverse === true ? -position : position - 1) === node ? YES : NO;
  };
}

/**
 * What Rust and JavaScript read differently: escapes, groups and classes. `(?i:…)` is left to ast-grep: Node 22 does not know it, and
 * with Node 24 a rule that has one was told now and then, late in a long run, not to match what it matches.
 */
const FOREIGN = /\\(?:[zAZpPhHkQE]|x(?![0-9A-Fa-f]{2}))|(?<!\\)\(\?(?!:)/;
const CLASSES = /\\[\s\S]|\[\^?\]?(?:\\[\s\S]|[^\]\\])*\]/g;
/** A class in a class, classes that are joined, and a bracket that JavaScript takes for the end. */
const FOREIGN_CLASS = /^\[\^?\]|^\[.*(?:(?<!\\)\[|&&|--|~~)/;
/** Flags of the whole expression, which JavaScript has beside it. */
const FLAGS = /^\(\?([is]+)\)/;

function compileRegex(value: unknown): RegExp | null {
  if (typeof value !== 'string') return null;
  const [written = '', flags = ''] = FLAGS.exec(value) ?? [];
  const source = value.slice(written.length);
  if (FOREIGN.test(source) || source.match(CLASSES)?.some((one) => FOREIGN_CLASS.test(one))) return null;
  try {
    return new RegExp(source, flags);
  } catch {
    return null;
  }
}

const ANY_CASE = '(?i:';

/** An expression with a part in any case, as one that is all of it in any case: that matches the same and more. */
function compileWider(value: unknown): RegExp | null {
  if (typeof value !== 'string' || !value.includes(ANY_CASE)) return null;
  // A class that lacks a letter lacks both of its cases then, and one may hold the signs of a group.
  const isNarrowed = (one: string): boolean =>
    one.startsWith('[') && (one.includes('(?') || (one[1] === '^' && /[A-Za-z]/.test(one.replace(/\\./g, ''))));
  const parts = value.match(CLASSES) ?? [];
  if (parts.some(isNarrowed) || /\\\(\?i:/.test(value)) return null;
  return compileRegex(`(?i)${value.replaceAll(ANY_CASE, '(?:')}`);
}

function not(told: Told): Told {
  return (YES - told) as Told;
}

function lowest(asks: readonly Ask[], node: Syntax, asking: Asking): Told {
  let told: Told = YES;
  for (const ask of asks) {
    told = lower(told, ask(node, asking));
    if (told === NO) return NO;
  }
  return told;
}

function highest<T>(all: readonly T[], ask: (one: T) => Told): Told {
  let told: Told = NO;
  for (const one of all) {
    told = higher(told, ask(one));
    if (told === YES) return YES;
  }
  return told;
}

function lower(a: Told, b: Told): Told {
  return a < b ? a : b;
}

function higher(a: Told, b: Told): Told {
  return a > b ? a : b;
}

/** `a > b` is a path of kinds. */
function isKind(kind: unknown): kind is string {
  return typeof kind === 'string' && /^\w+$/.test(kind);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
