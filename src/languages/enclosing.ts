import type { Expression, FunctionForm, Module, Span, Statement } from './form.ts';
import { memo } from './memo.ts';

/** A node of the form, as far as whoever looks for what is around a place needs it. */
export type Around = (Statement | Expression) | { kind: 'entry' | 'argument'; name: string };

/** The function that a place stands in, innermost. The file's own code has index 0. */
export function functionAt(module: Module, [start, end]: Span): FunctionForm | null {
  const all = inOrder(module);
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.span[0] ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  // The last one that begins before it stands in all that are around it.
  let at = all[low - 1];
  while (at && at.span[1] < end) at = at.parent === null ? undefined : module.functions[at.parent];
  return at ?? null;
}

/** A function and those that it is written in, innermost first; without the file's own code. */
export function functionsAround(module: Module, form: FunctionForm | null): FunctionForm[] {
  const around: FunctionForm[] = [];
  for (let at = form; at && at.id !== 0; at = at.parent === null ? null : (module.functions[at.parent] ?? null))
    around.push(at);
  return around;
}

/** The functions of a file by where they begin. */
const inOrder = memo(({ functions }: Module) => functions.toSorted((a, b) => a.span[0] - b.span[0]));

/** What stands around a place within its function, outermost first; the place itself is the last one. */
export function listAround(form: FunctionForm, span: Span): Around[] {
  const around: Around[] = [];
  descend(form.body, span, around);
  return around;
}

/** The form is plain data: every part that has a span, and does not hold the place, is passed by with all that is in it. */
function descend(node: unknown, span: Span, around: Around[]): boolean {
  if (Array.isArray(node)) return node.some((one) => descend(one, span, around));
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
