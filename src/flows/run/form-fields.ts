import type { Span } from '../../languages/form.ts';
import { compiled } from '../data/compiled.ts';
import { atTop, basesOf, externalBases } from '../program/class-bases.ts';
import { keyOfField } from '../values/field-taint.ts';
import { mapTaints } from '../values/map-taints.ts';
import { sourceValue } from '../values/source-value.ts';
import type { ClassRef, Value } from '../values/value.ts';
import { containerValue, plainValue } from '../values/values.ts';
import { type Frame, modelsOf, type Run } from './run.ts';

const MOST_UP = 5;
/** Methods of a form that check its fields themselves. */
const CHECKS = /^(?:clean|validate)/;

/**
 * What a form or a serialiser of the program lets through (`form.cleaned_data`): of the fields that it declares, those that are texts are
 * what somebody has sent; the others are numbers, dates, one of a few. Null: it is none, or declares nothing here.
 *
 * @param at the field that holds them; null: whichever
 */
export function formValue(run: Run, frame: Frame, ref: ClassRef, at: string | null, span: Span): Value | null {
  const { forms } = modelsOf(run, ref.home);
  if (forms.length === 0) return null;
  const bases = externalBases(run, ref);
  const form = forms.find((one) => (at === null || one.at === at) && bases.some((base) => one.extends.includes(base)));
  if (!form) return null;
  const entries = new Map<string, Value>();
  const add = (one: ClassRef, depth: number): void => {
    for (const field of one.form.fields) {
      const made = field.value ? run.evaluate(atTop(run, one.home, frame), field.value).name : null;
      if (!made?.endsWith('Field') || entries.has(field.name)) continue;
      const isText = compiled(`^(?:${form.texts})$`).test(made) && !isChecked(one, field.name);
      const full = `${form.at}.${field.name}`;
      entries.set(field.name, isText ? sent(sourceValue(frame, form, span, full), field.name) : plainValue(full));
    }
    if (depth < MOST_UP) for (const base of basesOf(run, one)) add(base, depth + 1);
  };
  add(ref, 0);
  return entries.size > 0 ? containerValue(entries) : null;
}

/** Each field is a value of its own: a check of one says nothing of the others. */
function sent(value: Value, name: string): Value {
  return { ...mapTaints(value, (taint) => ({ ...taint, key: keyOfField(taint.key, name) })), name: null };
}

/** A method of the class that checks fields names this one. */
function isChecked({ home, form }: ClassRef, name: string): boolean {
  return form.methods.some((id) => {
    const method = home.module.functions[id];
    if (!method || !CHECKS.test(method.name)) return false;
    const text = home.text.slice(...method.span);
    return method.name.endsWith(`_${name}`) || text.includes(`"${name}"`) || text.includes(`'${name}'`);
  });
}
