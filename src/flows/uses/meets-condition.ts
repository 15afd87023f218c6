import type { Expression, Span, Statement } from '../../languages/form.ts';
import { blocksOf } from '../../languages/visit-expressions.ts';
import { compiled } from '../data/compiled.ts';
import type { Condition } from '../data/use-clause.ts';
import { noteMatters, type Run, sourceOf } from '../run/run.ts';
import { isHarmless } from '../values/pattern-labels.ts';
import type { Hole, Home, Value } from '../values/value.ts';
import { skeletonOf } from '../values/value-key.ts';
import { constantText, textOf } from '../values/values.ts';
import { isPromised } from './is-promised.ts';

/** The value at a place of a call or of a new object; null if it is not known whether there is one. */
export type Picked = { value: Value; span: Span } | 'missing' | null;

/** Whether a condition holds for the picked value. The value of a caller may decide it. */
export function meetsCondition(run: Run, home: Home, picked: Picked, condition: Condition): boolean {
  if (typeof condition === 'object' && 'missing' in condition) return picked === 'missing';
  if (picked === null || picked === 'missing') return false;
  const { value } = picked;
  noteMatters(run, [value]);
  if (typeof condition === 'string') return whole(condition, value);
  if (condition.is !== undefined) return whole(condition.is, value);
  if (condition.isNot !== undefined) return isKnown(value) && !whole(condition.isNot, value);
  if (condition.constant) return isConstant(value) || (condition.constant === 'otherwise' && isOtherwise(value));
  if (condition.async) return value.functions.length > 0 && value.functions.every(isPromised);
  if (condition.includes !== undefined)
    return [value, ...(value.entries?.values() ?? [])].some((one) => whole(condition.includes ?? '', one));
  if (condition.named !== undefined) return isNamed(condition.named, picked, home);
  if (condition.unknown) return isUnknown(run, value, condition.unknown === true ? 0 : run.labelOf(condition.unknown));
  const { unknownItem } = condition;
  if (unknownItem) {
    const label = unknownItem === true ? 0 : run.labelOf(unknownItem);
    return [...(value.entries?.values() ?? [])].some((one) => !one.entries && isUnknown(run, one, label));
  }
  if (condition.holds !== undefined) return compiled(condition.holds, 'i').test(textOf(value).replaceAll('\0', '…'));
  if (condition.looks !== undefined)
    return isUnknown(run, value) && compiled(condition.looks, 'i').test(skeletonOf(value));
  if (condition.bare) {
    const [only, ...others] = value.pieces;
    return value.constant === undefined && others.length === 0 && only?.kind === 'hole' && isOpen(run, only);
  }
  const { item } = condition;
  if (item !== undefined) return [...(value.entries?.values() ?? [])].some((one) => whole(item, one));
  if (condition.returns !== undefined) return returnsOnly(value, condition.returns);
  if (condition.shorter !== undefined) {
    const text = constantText(value);
    return text !== null && text.length < condition.shorter;
  }
  if (typeof value.constant !== 'number') return false;
  if (condition.below !== undefined) return value.constant < condition.below;
  if (condition.above !== undefined) return value.constant > condition.above;
  return condition.bits !== undefined && (value.constant & condition.bits) !== 0;
}

/** Not all of its text is constant. */
function isUnknown(run: Run, { constant, pieces }: Value, safeFor = 0): boolean {
  return constant === undefined && pieces.some((piece) => piece.kind === 'hole' && isOpen(run, piece, safeFor));
}

/** Not fixed, and no check before it has shown that it is one of ours. */
function isOpen(run: Run, { fixed, taints }: Hole, safeFor = 0): boolean {
  return !fixed && (taints.length === 0 || taints.some(({ safe }) => !isHarmless(run, safe) && (safe & safeFor) === 0));
}

/** `() => true`, `func(…) error { return nil }` */
function returnsOnly({ functions }: Value, pattern: string): boolean {
  const matches = compiled(`^(?:${pattern})$`, 'i');
  return (
    functions.length > 0 &&
    functions.every(({ form }) => {
      const results = form.body.length === 0 ? ['null'] : listReturns(form.body);
      return results.length > 0 && results.every((one) => one !== null && matches.test(one));
    })
  );
}

/** What a function gives back, each where it is constant. */
function listReturns(body: readonly Statement[]): (string | null)[] {
  return body.flatMap((one) => {
    if (one.kind === 'return') return [constantOf(one.value)];
    if (one.kind === 'throw') return [null];
    return listReturns(blocksOf(one));
  });
}

function constantOf(value: Expression | null): string | null {
  if (value?.kind === 'list') return constantOf(value.items[0] ?? null);
  // `[]byte("key")`
  if (value?.kind === 'cast') return constantOf(value.of);
  return value?.kind === 'value' || value?.kind === 'text' ? String(value.value) : null;
}

/** `env.SECRET || 'secret'`, or a list with such an item. */
function isOtherwise({ otherwise, entries }: Value): boolean {
  return otherwise !== undefined || [...(entries?.values() ?? [])].some((item) => item.otherwise !== undefined);
}

/** A text, or a list of constants: the bytes of one. */
function isConstant(value: Value): boolean {
  if (!value.entries) return (constantText(value) ?? '') !== '';
  const items = [...value.entries].filter(([key]) => key !== '*');
  return (
    items.length > 0 &&
    items.length === value.entries.size &&
    items.every(([key, item]) => /^\d+$/.test(key) && (item.constant !== undefined || constantText(item) !== null))
  );
}

function isNamed(pattern: string, { value, span }: { value: Value; span: Span }, home: Home): boolean {
  const names = value.pieces.flatMap((piece) => (piece.kind === 'hole' ? [piece.name] : []));
  return [sourceOf(home, span, MOST_WRITTEN), ...names].some((name) => compiled(pattern, 'i').test(name));
}

/** As much of an argument as is looked at for a name. */
const MOST_WRITTEN = 400;

function isKnown(value: Value): boolean {
  return (
    value.constant !== undefined || constantText(value) !== null || (value.name !== null && !value.name.endsWith('()'))
  );
}

function whole(pattern: string, value: Value): boolean {
  const said = [value.constant !== undefined ? String(value.constant) : constantText(value), value.name];
  return said.some((text) => text !== null && compiled(`^(?:${pattern})$`, 'i').test(text));
}

/** What is known of a value, as text; null: nothing. */
export function said(value: Value): string | null {
  if (value.constant !== undefined) return String(value.constant);
  const text = textOf(value);
  return text === '\0' ? value.name : text.replaceAll('\0', '…');
}
