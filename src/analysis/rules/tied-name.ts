import type { NapiConfig, SgNode } from '@ast-grep/napi';
import { memo } from '../../languages/memo.ts';
import { withAsciiClasses } from './ascii-classes.ts';
import { isObject, kindsOf } from './tree-test.ts';

type Rule = Readonly<Record<string, unknown>>;

/** The part of a rule that looks at what is near, and what must hold of each match of it. */
export interface Tied {
  near: NapiConfig;
  isLeft: (match: SgNode, root: SgNode) => boolean;
}

/** What a function around does with the name, or must not do. */
interface Far {
  wanted: boolean;
  name: string;
  around: ReadonlySet<string>;
  kinds: ReadonlySet<string> | null;
  does: Rule;
}

/**
 * A rule about what the function around does with a name of the match, or never does (`rows` is not closed). ast-grep looks through all of
 * the function for each match: a thousand queries in one took a hundred seconds. Where the function says that name is found once, and
 * only what stands around these places is asked. Null: the rule is none of these, or more of it is far.
 */
export function splitTied(rule: unknown, constraints: unknown): Tied | null {
  if (!isObject(rule) || !Array.isArray(rule['all'])) return null;
  const parts = rule['all'].map((one) => ({ one, far: readFar(one) }));
  const far = parts.flatMap((part) => part.far ?? []);
  const near = { ...rule, all: parts.flatMap(({ one, far }) => (far ? [] : [one])) };
  const bound = namesIn(near);
  if (far.length === 0 || !far.every(({ name }) => bound.includes(name)) || 'stopBy' in keysOf(near)) return null;
  const config = { rule: near, ...(isObject(constraints) && { constraints }) };
  return {
    near: withAsciiClasses(config) as unknown as NapiConfig,
    isLeft: (match, root) => far.every((one) => isDone(one, match, root) === one.wanted),
  };
}

/** `inside: { stopBy: end, any: [functions], has: { stopBy: end, … $NAME … } }`, or `not` that */
function readFar(one: unknown): Far | null {
  const not = onlyIn(one, 'not');
  const inside = onlyIn(not ?? one, 'inside');
  if (!isObject(inside)) return null;
  const { stopBy, has, ...functions } = inside;
  const kinds = onlyIn(functions, 'any');
  if (stopBy !== 'end' || !isObject(has) || has['stopBy'] !== 'end' || !Array.isArray(kinds)) return null;
  const around = kinds.map((kind) => onlyIn(kind, 'kind')).filter((kind) => typeof kind === 'string');
  if (around.length < kinds.length) return null;
  const { stopBy: _, ...does } = has;
  const [name, ...others] = namesIn(does);
  if (name === undefined || others.length > 0 || !saysName(does, name)) return null;
  return { wanted: not === undefined, name, around: new Set(around), kinds: kindsOf(does, {}), does };
}

function onlyIn(one: unknown, key: string): unknown {
  return isObject(one) && Object.keys(one).join() === key ? one[key] : undefined;
}

/** The names for which its patterns stand. */
function namesIn(rule: unknown): string[] {
  return [...new Set([...JSON.stringify(rule).matchAll(/\$+([A-Z_][A-Z_0-9]*)/g)].map(([, name = '']) => name))];
}

function keysOf(rule: unknown): Record<string, true> {
  if (typeof rule !== 'object' || rule === null) return {};
  const own = Object.entries(rule).flatMap(([key, value]) => [[key, true] as const, ...Object.entries(keysOf(value))]);
  return Object.fromEntries(own);
}

/** Whatever it matches holds the name, at any depth. */
function saysName(rule: unknown, name: string): boolean {
  if (!isObject(rule) || 'matches' in rule) return false;
  const { pattern, all, any, has } = rule;
  if (pattern === `$${name}` || saysName(has, name)) return true;
  if (Array.isArray(all) && all.some((one) => saysName(one, name))) return true;
  return Array.isArray(any) && any.length > 0 && any.every((one) => saysName(one, name));
}

function isDone(far: Far, match: SgNode, root: SgNode): boolean {
  const said = match.getMatch(far.name)?.text() ?? '';
  // What stands in a function stands in those around it as well.
  const outer = match.ancestors().findLast((one) => far.around.has(String(one.kind())));
  if (!outer) return false;
  // A function may open a thousand things under one name.
  const known = doneIn(root).get(far) ?? new Map<string, boolean>();
  doneIn(root).set(far, known);
  const key = `${outer.id()} ${said}`;
  const done = known.get(key) ?? isDoneIn(far, said, outer, root);
  known.set(key, done);
  return done;
}

function isDoneIn({ name, kinds, does }: Far, said: string, outer: SgNode, root: SgNode): boolean {
  const config = withAsciiClasses({ rule: withName(does, name, said) }) as unknown as NapiConfig;
  const asked = new Set([outer.id()]);
  for (const place of placesOf(said, outer, root))
    for (const one of [place, ...place.ancestors()]) {
      if (asked.has(one.id())) break;
      asked.add(one.id());
      if ((!kinds || kinds.has(String(one.kind()))) && one.matches(config)) return true;
    }
  return false;
}

/** The rule with a name in place of what stands for it: ast-grep compares a name by its text. */
function withName(rule: unknown, name: string, said: string): unknown {
  if (Array.isArray(rule)) return rule.map((one) => withName(one, name, said));
  if (!isObject(rule)) return typeof rule === 'string' ? rule.replaceAll(`$${name}`, said) : rule;
  const entries = Object.entries(rule).map(([key, value]) => [key, withName(value, name, said)] as const);
  const { pattern: _, ...rest } = Object.fromEntries(entries);
  if (rule['pattern'] !== `$${name}`) return Object.fromEntries(entries);
  return {
    ...rest,
    all: [...(Array.isArray(rest['all']) ? rest['all'] : []), { regex: `^${said.replaceAll('$', '\\$')}$` }],
  };
}

const NAME = '^[A-Za-z_]\\w*$';

function placesOf(said: string, outer: SgNode, root: SgNode): readonly SgNode[] {
  const known = namesOf(root);
  const names =
    known.get(outer.id()) ??
    Map.groupBy(outer.findAll(withAsciiClasses({ rule: { regex: NAME } })), (one) => one.text());
  known.set(outer.id(), names);
  return names.get(said) ?? [];
}

/** Of a tree: the names that its functions say, by the function. */
const namesOf = memo((_root: SgNode) => new Map<number, ReadonlyMap<string, readonly SgNode[]>>());

/** Of a tree: what was found of a name in a function. */
const doneIn = memo((_root: SgNode) => new Map<Far, Map<string, boolean>>());
