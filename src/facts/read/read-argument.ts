import type { At } from '../../flows/data/fact-keys.ts';
import { type Picked, pickAt } from '../../flows/run/pick-arguments.ts';
import type { Evaluated } from '../../flows/run/run.ts';
import type { Value } from '../../flows/values/value.ts';
import { HOLE, skeletonOf } from '../../flows/values/value-key.ts';
import { constantText } from '../../flows/values/values.ts';

export function pickAll(one: Evaluated, ats: At | readonly At[] | undefined): Picked[] {
  return ats === undefined ? [] : [ats].flat().flatMap((at) => pickAt(one, at));
}

/** A text with `…` for what is not known; null: it is no text, or nothing of it is known. */
export function textAt(value: Value | undefined): string | null {
  if (!value || value.functions.length > 0 || !value.pieces.some(({ kind }) => kind === 'text'))
    return value && value.pieces.length === 0 && !value.entries ? '' : null;
  return skeletonOf(value).replaceAll(HOLE, '…');
}

export function numberAt(value: Value | undefined): number | null {
  if (!value) return null;
  if (typeof value.constant === 'number') return value.constant;
  const text = constantText(value);
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

/** The items of a list, of lists in it too; another value is itself. */
export function itemsOf(value: Value, depth = 2): readonly Value[] {
  const keys = value.entries ? [...value.entries.keys()] : [];
  const isList = depth > 0 && value.name === null && keys.length > 0 && keys.every((key) => /^(?:\d+|\*)$/.test(key));
  return isList ? [...(value.entries?.values() ?? [])].flatMap((one) => itemsOf(one, depth - 1)) : [value];
}

/** What people would call it here. */
export function nameOfValue(value: Value): string {
  const [only] = value.pieces;
  const own = value.pieces.length === 1 && only?.kind === 'hole' ? only.name : null;
  const [fn] = value.functions;
  if (fn && fn.form.name === '' && (own === null || own === 'function')) return 'inline function';
  return clip(own ?? fn?.form.name ?? textAt(value) ?? '…');
}

export function clip(text: string, most = 60): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}
