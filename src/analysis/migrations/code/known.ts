import type { Span } from '../../../languages/form.ts';
import { lastPart } from '../../../text/last-part.ts';

/** The names that a function knows, and those of the scopes around it. */
export interface Scope {
  names: Map<string, Known>;
  around: Scope | null;
}

/** What an expression of a migration is, as far as its own file says it. */
export type Known =
  /** `exact`: the file holds the text as it is, from this offset on. */
  | { kind: 'text'; value: string; exact: number | null; span: Span }
  | { kind: 'value'; value: number | boolean | null; span: Span }
  | { kind: 'list'; items: readonly Known[]; span: Span }
  | { kind: 'map'; entries: ReadonlyMap<string, Known>; span: Span }
  /** What is no value of this file, by its resolved name: `alembic.op`. */
  | { kind: 'name'; name: string; span: Span }
  | { kind: 'field'; of: Known; name: string; span: Span }
  | KnownCall
  /** `scope`: what its names are where it is written. */
  | { kind: 'function'; id: number; scope: Scope; span: Span }
  | { kind: 'unknown'; span: Span };

export interface KnownCall {
  kind: 'call';
  of: Known;
  arguments: readonly { name: string | null; value: Known }[];
  span: Span;
}

/** `alembic.op.get_context().autocommit_block`. */
export function nameKnown(one: Known): string {
  if (one.kind === 'name') return one.name;
  if (one.kind === 'field') return `${nameKnown(one.of)}.${one.name}`;
  return one.kind === 'call' ? `${nameKnown(one.of)}()` : '?';
}

/** The last part of a name: `AddField` of `django.db.migrations.AddField`. */
export function lastName(one: Known): string {
  const name = nameKnown(one.kind === 'call' ? one.of : one);
  return lastPart(name);
}

/** The argument of this name, or at this place. */
export function argumentOf(call: KnownCall, name: string, index?: number): Known | undefined {
  const named = call.arguments.find((one) => one.name === name)?.value;
  if (named !== undefined || index === undefined) return named;
  return call.arguments.filter((one) => one.name === null)[index]?.value;
}

export function textOf(one: Known | undefined): string | null {
  return one?.kind === 'text' ? one.value : null;
}

/** The value that it is, where it is one: a text, a number, true, false, null. Undefined where it is not known or not there. */
export function valueOf(one: Known | undefined): string | number | boolean | null | undefined {
  return one?.kind === 'text' || one?.kind === 'value' ? one.value : undefined;
}

export function textsOf(one: Known | undefined): string[] {
  if (one?.kind === 'text') return [one.value];
  return one?.kind === 'list' ? one.items.flatMap((item) => (item.kind === 'text' ? [item.value] : [])) : [];
}

/** `a.b(1).c(2)`: the calls in the order in which they run. */
export function chainOf(one: Known): KnownCall[] {
  if (one.kind === 'field') return chainOf(one.of);
  return one.kind === 'call' ? [...chainOf(one.of), one] : [];
}
