import { firstThat } from '../text/first-that.ts';
import type { Expression, FunctionForm, Module, Span, Statement } from './form.ts';
import { holds } from './holds.ts';
import { memo } from './memo.ts';

/** A node of the form, as far as whoever looks for what is around a place needs it. */
export type Around = (Statement | Expression) | { kind: 'entry' | 'argument'; name: string };

/** The function that a place stands in, innermost. The file's own code has index 0. */
export function functionAt(module: Module, [start, end]: Span): FunctionForm | null {
  const all = inOrder(module);
  // The last one that begins before it stands in all that are around it.
  let at = all[firstThat(all, ({ form }) => form.span[0] > start) - 1];
  while (at && at.form.span[1] < end) at = at.outer ?? undefined;
  return at?.form ?? null;
}

/** A function and those that it is written in, innermost first; without the file's own code. */
export function functionsAround(module: Module, form: FunctionForm | null): FunctionForm[] {
  const around: FunctionForm[] = [];
  for (let at = form; at && at.id !== 0; at = at.parent === null ? null : (module.functions[at.parent] ?? null))
    around.push(at);
  return around;
}

/** The functions of a file that no other one is written in. */
export function innermost({ functions }: Module): FunctionForm[] {
  const outer = new Set(functions.map(({ parent }) => parent));
  return functions.filter(({ id }) => id !== 0 && !outer.has(id));
}

interface Placed {
  form: FunctionForm;
  /** What it stands in by its place: a function in a decorator runs around the decorated one, and is written in it. */
  outer: Placed | null;
}

/** The functions of a file by where they begin. */
const inOrder = memo(({ functions }: Module): readonly Placed[] => {
  let around: Placed | null = null;
  return functions
    .toSorted((a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1])
    .map((form) => {
      while (around && around.form.span[1] < form.span[1]) around = around.outer;
      around = { form, outer: around };
      return around;
    });
});

/** What stands around a place within its function, outermost first; the place itself is the last one. */
export function listAround(form: FunctionForm, span: Span): Around[] {
  const around: Around[] = [];
  descend(form.body, span, around);
  return around;
}

/** The form is plain data: every part that has a span, and does not hold the place, is passed by with all that is in it. */
function descend(node: unknown, span: Span, around: Around[]): boolean {
  if (Array.isArray(node)) {
    for (let at = firstAround(node, span); at < node.length; at = firstAround(node, span, at + 1))
      if (descend(node[at], span, around)) return true;
    return false;
  }
  if (typeof node !== 'object' || node === null) return false;
  const { span: own, kind, key, name, value } = node as Record<string, unknown>;
  if (Array.isArray(own)) {
    if (own[0] > span[0] || own[1] < span[1]) return false;
    around.push(node as Around);
    if (own[0] === span[0] && own[1] === span[1] && !hasSame(node, span)) return true;
    for (const part of Object.values(node)) if (part !== own && descend(part, span, around)) return true;
    return true;
  }
  if (kind !== undefined) return Object.values(node).some((part) => descend(part, span, around));
  // An entry of a map, an argument, a case: they have no span of their own.
  const called = typeof name === 'string' ? name : textOfKey(key);
  const before = around.length;
  if (called !== null && value !== undefined) around.push({ kind: 'key' in node ? 'entry' : 'argument', name: called });
  if (Object.values(node).some((part) => descend(part, span, around))) return true;
  around.length = before;
  return false;
}

/** How far the items of a list reach: the furthest end up to each of them, and the earliest beginning from each on. */
interface Reach {
  ends: readonly number[];
  begins: readonly number[];
}

/** A shorter list is looked through. */
const LONG = 16;

const reachOf = memo((list: readonly unknown[]): Reach => {
  const extents = list.map(extentOf);
  let end = Number.NEGATIVE_INFINITY;
  const ends = extents.map((one) => {
    end = Math.max(end, one[1]);
    return end;
  });
  let begin = Number.POSITIVE_INFINITY;
  const begins = extents.toReversed().map((one) => {
    begin = Math.min(begin, one[0]);
    return begin;
  });
  return { ends, begins: begins.reverse() };
});

/** Of what has no span: all that is in it. */
function extentOf(node: unknown): Span {
  const own = (node as { span?: Span } | null | undefined)?.span;
  if (own) return own;
  const parts = typeof node === 'object' && node !== null ? Object.values(node).map(extentOf) : [];
  return parts.reduce<Span>(([start, end], one) => [Math.min(start, one[0]), Math.max(end, one[1])], NOWHERE);
}

const NOWHERE: Span = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

/** The index of the first item, from one on, that may hold a place; the list's length: none does. */
function firstAround(list: readonly unknown[], [start, end]: Span, from = 0): number {
  if (list.length <= LONG) return from;
  const { ends, begins } = reachOf(list);
  const first = firstThat(ends, (one) => one >= end, from);
  return (begins[first] ?? Number.POSITIVE_INFINITY) <= start ? first : list.length;
}

/** The first statement of a block that holds a place; -1: none does. */
export function indexAround(list: readonly Statement[], span: Span): number {
  for (let at = firstAround(list, span); at < list.length; at = firstAround(list, span, at + 1)) {
    const own = list[at]?.span;
    if (own && holds(own, span)) return at;
  }
  return -1;
}

/** A statement that is one expression has its span. */
function hasSame(node: object, span: Span): boolean {
  return Object.values(node).some((part) => {
    const own = (part as { span?: Span } | null)?.span;
    return own !== undefined && own[0] === span[0] && own[1] === span[1];
  });
}

function textOfKey(key: unknown): string | null {
  const one = key as Expression | null | undefined;
  return one?.kind === 'text' ? one.value : one?.kind === 'name' ? one.name : null;
}
