import type { SchemaLibrary } from '../data/models.ts';
import type { Run } from '../run/run.ts';
import { holdsBothEnds, labelsOfPattern } from '../values/pattern-labels.ts';
import type { Value } from '../values/value.ts';
import { constantText, opaqueValue, strangersOf, taintsOf } from '../values/values.ts';

/**
 * A schema is a value whose name is the chain of its calls, and whose entries are the schemas of its fields. A call that is not known
 * may let anything through: behind it the schema shows nothing any more.
 */

/** @param own the schema that the method is called on; null: the call begins one */
export function schemaValue(
  run: Run,
  library: SchemaLibrary,
  own: Value | null,
  one: { name: string; method: string; text: string; list: readonly Value[] },
): Value {
  const { name, method, text, list } = one;
  const doubted = (): Value => ({
    ...opaqueValue(
      text,
      list.flatMap((value) => taintsOf(value)),
    ),
    name: `${library.of}.?()`,
  });
  // `z.coerce` is none yet.
  const begins = !own?.name?.includes('(');
  if (begins && WRAPS.test(method) && list[0]?.name) return list[0];
  const any = ANY.test(method)
    ? oneOfAll(library, [...(begins || !own || method !== 'or' ? [] : [own]), ...listed(list)])
    : null;
  if (any) return any;
  const isKnown = begins || library.keeps.test(method) || library.fixed.test(`${name}()`.slice(own?.name?.length));
  if (!isKnown || isDoubted(own?.name ?? null)) return doubted();
  // What a function makes of what was refused is not known: `.catch((one) => one.input)`.
  const isOfAny = /^(?:catch|failover)$/.test(method) && list.some((value) => value.functions.length > 0);
  if (isOfAny || (library.names.test(method) && !list.every((value) => isConstant(library, value)))) return doubted();
  const entries = entriesOf(own, method, list);
  if (entries === undefined) return doubted();
  const isPattern = own !== null && library.text.test(own.name ?? '') && /^(?:regex|pattern|matches)$/.test(method);
  const said = isPattern ? patternLabels(run, list) : '';
  return { ...opaqueValue(text), name: `${name}(${said})`, entries };
}

/** `z.optional(z.number())`: what it lets through is as the schema says that it is given, or nothing. */
const WRAPS = /^(?:optional|nullable|nullish|nonoptional|readonly|promise)$/;
/** `z.union([a, b])`, `a.or(b)`, `Joi.alternatives().try(a, b)` */
const ANY = /^(?:union|or|alternatives|try)$/;

/** The one that lets the most through, where each lets through nothing but what is harmless, or no object; null: one may be anything. */
function oneOfAll(library: SchemaLibrary, all: readonly Value[]): Value | null {
  const isPlain = ({ name }: Value): boolean => name !== null && !isDoubted(name) && library.fixed.test(name);
  const changed = all.find(({ name }) => library.changes.test(name ?? ''));
  return all.length > 0 && all.every(isPlain) ? (changed ?? all[0] ?? null) : null;
}

/** `[[a, b]]` and `[a, b]` */
function listed(list: readonly Value[]): readonly Value[] {
  const [first] = list;
  return list.length === 1 && first?.name === null && first.entries && !first.open ? [...first.entries.values()] : list;
}

/** A call of its chain is not known. */
function isDoubted(name: string | null): boolean {
  return name?.includes('.?()') ?? false;
}

/** What the patterns of a chain have shown: `zod.string().regex(12)`. */
export function labelsOfChain(name: string): number {
  return [...name.matchAll(/\.(?:regex|pattern|matches)\((-?\d+)\)/g)].reduce((all, [, one]) => all | Number(one), 0);
}

/** `/^[a-z]+$/`: what a text that it matches cannot harm. */
export function patternLabels(run: Run, [pattern, options]: readonly Value[]): number {
  const source = pattern?.entries?.get('source');
  const text = source ? constantText(source) : null;
  const flags = pattern?.entries?.get('flags');
  const byLine = !flags || (constantText(flags) ?? 'm').includes('m');
  const isTurned = options !== undefined && (options.entries?.has('invert') ?? constantText(options) === null);
  return text === null || byLine || isTurned || !holdsBothEnds(text) ? 0 : labelsOfPattern(run, text);
}

/** Nobody outside decides it, and it is no schema: `Joi.ref('other')`, `Joi.override`. */
function isConstant(library: SchemaLibrary, value: Value, depth = 0): boolean {
  if (value.name?.startsWith(`${library.of}.`) || strangersOf(value).length > 0) return false;
  return depth > 2 || [...(value.entries?.values() ?? [])].every((one) => isConstant(library, one, depth + 1));
}

/** The schemas of its fields; undefined: it is not known which. */
function entriesOf(own: Value | null, method: string, [first]: readonly Value[]): Value['entries'] | undefined {
  if (/^(?:array|set)$/.test(method)) {
    const item = own ?? first;
    return item ? new Map([['*', item]]) : null;
  }
  if (/^(?:optional|nullable|nullish|readonly|promise|compile)$/.test(method) && first) return first.entries;
  const before = [...(own?.entries ?? [])];
  if (own && /^(?:omit|pick)$/.test(method)) {
    const named = first?.entries;
    if (!named || first.open) return undefined;
    // `['a', 'b']` of yup
    const keys = new Set([...named].flatMap(([key, value]) => [key, constantText(value) ?? key]));
    return new Map(before.filter(([key]) => keys.has(key) === (method === 'pick')));
  }
  if (!/^(?:\w*[oO]bject|extend|safeExtend|merge|keys|append|concat|shape|items|of)$/.test(method))
    return own?.entries ?? null;
  const given = first?.entries;
  if (own && first && !given) return undefined;
  return given ? new Map([...before, ...given]) : (own?.entries ?? null);
}
