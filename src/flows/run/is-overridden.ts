import type { FunctionForm } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { methodsOf } from '../../languages/methods-of.ts';
import { basesOf } from '../program/class-bases.ts';
import { ownerOf } from '../program/program.ts';
import type { ClassRef, Closure, Value } from '../values/value.ts';
import type { Run } from './run.ts';

/** So many classes, one above the other, and so many methods that call each other are looked at. */
const MOST_CLASSES = 6;
const MOST_METHODS = 16;

/**
 * A method calls one of its object, of which the object's own class, or one between the two, has another one: `self.pick(x)` in
 * `Base.run` of a `Real`. So do the methods that it calls.
 */
export function isOverridden(run: Run, closure: Closure, self: Value | null): boolean {
  const of = self?.of?.instance ? self.of.class : null;
  const owner = of && ownerOf(closure);
  if (!of || !owner || owner.key === of.key) return false;
  const below = belowOf(run, of, owner);
  if (below.length === 0) return false;
  const { byName } = methodsOf(owner.home.module, owner.form);
  const forms = new Set([closure.form]);
  for (const form of forms)
    for (const name of calledOfSelf(form)(closure.home.text)) {
      if (below.some((one) => methodsOf(one.home.module, one.form).byName.has(name))) return true;
      const own = byName.get(name);
      if (own && forms.size < MOST_METHODS) forms.add(own);
    }
  return false;
}

/** The classes from that of an object up to the one that a method stands in, without that one. */
function belowOf(run: Run, from: ClassRef, owner: ClassRef): readonly ClassRef[] {
  const below: ClassRef[] = [];
  for (let at: ClassRef | undefined = from; at && at.key !== owner.key && below.length < MOST_CLASSES; ) {
    below.push(at);
    [at] = basesOf(run, at);
  }
  return below;
}

const calledOfSelf = memo((form: FunctionForm) => {
  let known: readonly string[] | null = null;
  return (text: string): readonly string[] =>
    (known ??= [
      ...new Set([...text.slice(...form.span).matchAll(/\b(?:self|this)\.(\w+)\(/g)].map(([, name = '']) => name)),
    ]);
});
