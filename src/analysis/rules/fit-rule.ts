import { isObject, kindsOf, listCandidates, mayBeAnywhere, type Tree } from './tree-test.ts';

type Rule = Readonly<Record<string, unknown>>;
type Utils = Readonly<Record<string, unknown>>;

const RELATIONS: ReadonlySet<string> = new Set(['has', 'inside', 'follows', 'precedes']);
/** A rule object that matches no node, and one that matches every node. */
const NEVER = 'never';
const ALWAYS = 'always';

/**
 * A rule without what holds nowhere in a tree: ast-grep looks through all of a function for each call of it, again and again, for an
 * exception that the file does not have. It matches what the whole rule matches there.
 */
export function fitRule(rule: unknown, utils: Utils, tree: Tree): unknown {
  const fitted = fit(rule, (one) => !mayBeAnywhere(one, utils, tree));
  return isObject(fitted) ? fitted : rule;
}

function fit(rule: unknown, isNowhere: (rule: Rule) => boolean): unknown {
  if (!isObject(rule)) return rule;
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(rule)) {
    const own = fitKey(key, value, isNowhere);
    if (own === NEVER) return NEVER;
    if (own !== ALWAYS) kept[key] = own;
  }
  return Object.keys(kept).length === 0 ? ALWAYS : kept;
}

function fitKey(key: string, value: unknown, isNowhere: (rule: Rule) => boolean): unknown {
  const again = (one: unknown): unknown => fit(one, isNowhere);
  if (key === 'not') {
    const inner = again(value);
    return inner === NEVER ? ALWAYS : keep(inner, value);
  }
  if (key === 'any' && Array.isArray(value)) {
    const some = value
      .map((one) => (isObject(one) && isNowhere(one) ? NEVER : keep(again(one), one)))
      .filter((one) => one !== NEVER);
    return some.length === 0 ? NEVER : some;
  }
  if (key === 'all' && Array.isArray(value)) {
    const each = value.map(again).filter((one) => one !== ALWAYS);
    if (each.includes(NEVER)) return NEVER;
    return each.length === 0 ? ALWAYS : each;
  }
  if (!RELATIONS.has(key) || !isObject(value)) return value;
  const { field, stopBy, ...rest } = value;
  const inner = again(rest);
  if (inner === NEVER || isNowhere(rest)) return NEVER;
  if (!isObject(inner)) return value;
  return { ...inner, ...(field !== undefined && { field }), ...(stopBy !== undefined && { stopBy }) };
}

/** A rule without a condition is none. */
function keep(fitted: unknown, whole: unknown): unknown {
  return fitted === ALWAYS ? whole : fitted;
}

/** Nodes that ast-grep may look at for one rule, at most: some seconds. */
const MOST_LOOKED_AT = 30_000_000;

/**
 * Whether a rule would look through large parts of a tree for each of thousands of nodes: nobody writes a function like that, and
 * one file must not take the time of all others.
 */
export function isTooDear(rule: unknown, utils: Utils, tree: Tree): boolean {
  const far = listFar(rule, utils);
  if (far.length === 0) return false;
  let left = MOST_LOOKED_AT;
  for (const node of listCandidates(withoutFar(rule), utils, tree))
    for (let at = tree.parents.get(node); at; at = tree.parents.get(at))
      for (const { kinds, part } of far)
        if (!kinds || kinds.has(at.kind)) {
          left -= tree.sizeOf(at) * part;
          if (left < 0) return true;
        }
  return false;
}

/** A node of code takes so many characters. */
const OF_NODE = 5;

/**
 * The same of a file whose tree is not read a second time: it is too large, or its grammar does not know all of it. `count` says
 * how many nodes a rule matches there; each is taken to stand in all of the file.
 */
export function isTooDearUnread(rule: unknown, utils: Utils, length: number, count: (near: Near) => number): boolean {
  const part = listFar(rule, utils).reduce((sum, one) => sum + one.part, 0);
  const most = MOST_LOOKED_AT / ((length / OF_NODE) * part);
  if (part === 0 || most > length) return false;
  const near = Object.entries(utils).map(([name, one]) => [name, withoutFar(one) ?? {}] as const);
  const kinds = [...(kindsOf(rule, utils) ?? [])].map((kind) => ({ kind }));
  try {
    return count({ rule: withoutFar(rule) ?? { any: kinds }, utils: Object.fromEntries(near) }) > most;
  } catch {
    // What is left of it is no rule by itself.
    return kinds.length > 0 && count({ rule: { any: kinds }, utils: {} }) > most;
  }
}

/** A rule as far as it looks at what is near, with what it speaks of. */
export interface Near {
  rule: unknown;
  utils: Utils;
}

/** A part of a rule that looks through all of what stands around a node. */
interface Far {
  /** Of what stands around: null: any. */
  kinds: ReadonlySet<string> | null;
  /** What it costs for each node that it holds, where 1 is to look at it. */
  part: number;
}

/** A text is read faster than its nodes are looked at. */
const OF_TEXT = 1 / 8;

function listFar(rule: unknown, utils: Utils): Far[] {
  if (Array.isArray(rule)) return rule.flatMap((one) => listFar(one, utils));
  if (!isObject(rule)) return [];
  return Object.entries(rule).flatMap(([key, value]) => {
    if (key === 'matches') {
      const { [String(value)]: named, ...others } = utils;
      return listFar(named, others);
    }
    const part = key !== 'inside' || !isObject(value) ? 0 : looksFar(value) ? 1 : readsFar(value) ? OF_TEXT : 0;
    return [...(part > 0 ? [{ kinds: kindsOf(value, utils), part }] : []), ...listFar(value, utils)];
  });
}

/** The text of what stands around, near or far, is asked. */
function readsFar(rule: Rule): boolean {
  return rule['stopBy'] !== undefined && readsText(rule);
}

function readsText(rule: unknown): boolean {
  if (Array.isArray(rule)) return rule.some(readsText);
  if (!isObject(rule)) return false;
  return Object.entries(rule).some(
    ([key, value]) => key === 'regex' || (['all', 'any', 'not'].includes(key) && readsText(value)),
  );
}

function looksFar(rule: unknown): boolean {
  if (Array.isArray(rule)) return rule.some(looksFar);
  if (!isObject(rule)) return false;
  return Object.entries(rule).some(
    ([key, value]) => (key === 'has' && isObject(value) && value['stopBy'] !== undefined) || looksFar(value),
  );
}

/** A rule as far as it looks at what is near: it matches that and more. Null: nothing is left. */
function withoutFar(rule: unknown): unknown {
  if (!isObject(rule)) return null;
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(rule)) {
    if (key === 'not' ? looksOn(value) : RELATIONS.has(key) && looksOn(value)) continue;
    if (key === 'all' && Array.isArray(value)) kept[key] = value.map(withoutFar).filter((one) => one !== null);
    else if (key === 'any' && Array.isArray(value)) {
      const some = value.map(withoutFar);
      if (!some.includes(null)) kept[key] = some;
    } else kept[key] = value;
  }
  return Object.keys(kept).length === 0 ? null : kept;
}

/** It looks further than at the next node. */
function looksOn(rule: unknown): boolean {
  if (Array.isArray(rule)) return rule.some(looksOn);
  return isObject(rule) && ('stopBy' in rule || Object.values(rule).some(looksOn));
}
