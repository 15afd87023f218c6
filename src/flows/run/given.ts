import type { Expression, Span } from '../../languages/form.ts';
import { sourceValue } from '../values/source-value.ts';
import type { Value } from '../values/value.ts';
import { listValue, opaqueValue, plainValue } from '../values/values.ts';
import { fieldTaints, itemOf, typeOfItems } from './fields.ts';
import { type Frame, modelsOf, type Run, sourceOf } from './run.ts';

/** The counter of a loop: `i` of `i < n`. */
export function counterOf(test: Expression | null): string | null {
  return test?.kind === 'binary' && test.left.kind === 'name' ? test.left.name : null;
}

/** `for i := 0; i < len(text); i++`: what it goes through, item by item. */
export function listCounted(test: Expression | null): Expression | null {
  if (test?.kind !== 'binary' || test.operator !== '<' || test.left.kind !== 'name') return null;
  const { right } = test;
  const [only] = right.kind === 'call' && right.of.kind === 'name' && right.of.name === 'len' ? right.arguments : [];
  return only?.value ?? null;
}

/** What the target of a loop is given. */
export function given(run: Run, frame: Frame, over: Value, gives: 'items' | 'keys' | 'pairs', span: Span): Value {
  // `for await (const chunk of request)`
  const full = `${over.name}.*`;
  const source = over.name === null || over.entries ? null : modelsOf(run, frame.closure.home).field(full);
  const type = typeOfItems(modelsOf(run, frame.closure.home), over);
  // Files that were sent are what others decide, one by one as well.
  if (type && gives === 'items')
    return {
      ...opaqueValue(
        full,
        fieldTaints(over, '*').filter(({ kind }) => kind === 'request'),
      ),
      name: type,
    };
  if (source && gives === 'items') return sourceValue(frame, source, span, full);
  const name = `${sourceOf(frame.closure.home, span, 40)}[…]`;
  const constant = over.entries !== null && !over.entries.has('*') && over.entries.size > 0;
  if (over.keys && (gives !== 'items' || frame.closure.home.module.language === 'python'))
    return gives === 'pairs' ? listValue([over.keys, itemOf(over, name)]) : over.keys;
  // The names of known fields are constants.
  if (gives === 'keys') return constant ? plainValue(name) : itemOf({ ...over, entries: null }, name);
  // A dict of Python gives its keys.
  const isDict =
    constant &&
    frame.closure.home.module.language === 'python' &&
    [...(over.entries?.keys() ?? [])].some((key) => !/^\d+$/.test(key));
  if (gives === 'items' && isDict) return plainValue(name);
  const item = type ? { ...itemOf(over, name), name: type } : itemOf(over, name);
  if (gives === 'items') return item;
  return listValue([constant ? plainValue(name) : itemOf({ ...over, entries: null }, name), item]);
}
