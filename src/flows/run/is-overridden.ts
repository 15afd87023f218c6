import type { FunctionForm } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { methodsOf } from '../../languages/methods-of.ts';
import { ownerOf } from '../program/program.ts';
import type { Closure, Value } from '../values/value.ts';

/** A method calls one of its object, of which the object's own class has another one: `self.pick(x)` in `Base.run` of a `Real`. */
export function isOverridden(closure: Closure, self: Value | null): boolean {
  const of = self?.of?.instance ? self.of.class : null;
  const owner = of && ownerOf(closure);
  if (!of || !owner || owner.key === of.key) return false;
  const { byName } = methodsOf(of.home.module, of.form);
  return calledOfSelf(closure.form)(closure.home.text).some((name) => byName.has(name));
}

const calledOfSelf = memo((form: FunctionForm) => {
  let known: readonly string[] | null = null;
  return (text: string): readonly string[] =>
    (known ??= [...text.slice(...form.span).matchAll(/\b(?:self|this)\.(\w+)\(/g)].map(([, name = '']) => name));
});
