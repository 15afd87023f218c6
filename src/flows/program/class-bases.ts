import type { Expression } from '../../languages/form.ts';
import { createEnvironment, readName } from '../run/environment.ts';
import { createFrame, type Frame, modelsOf, type Run } from '../run/run.ts';
import type { ClassRef, Closure, Home, Value } from '../values/value.ts';
import { lookUpGlobal } from './lookup.ts';
import { ownerOf } from './program.ts';

/** A frame for expressions that stand in a class or in another file. */
export function atTop(run: Run, home: Home, frame?: Frame): Frame {
  const closure: Closure = {
    key: `${home.path}:0`,
    home,
    form: home.module.functions[0] as Closure['form'],
    around: null,
  };
  const env = createEnvironment(home, run.globals.get(home.path) ?? null);
  return frame ? { ...frame, closure, env } : createFrame(closure, env);
}

/** The classes of the program that a class extends. */
export function basesOf(run: Run, ref: ClassRef): ClassRef[] {
  return ref.form.bases.flatMap((base) => {
    const found = baseValue(run, ref, base)?.of;
    return found && !found.instance && found.class.key !== ref.key ? [found.class] : [];
  });
}

/** What is found first in a class or in one that it extends, so many steps up. */
export function findUpwards<T>(run: Run, ref: ClassRef, look: (ref: ClassRef) => T | null, most = 6): T | null {
  const own = look(ref);
  if (own !== null || most === 0) return own;
  for (const base of basesOf(run, ref)) {
    const found = findUpwards(run, base, look, most - 1);
    if (found !== null) return found;
  }
  return null;
}

/** What a base is: a name, or a field of a module (`base.Model`). */
function baseValue(run: Run, { home }: ClassRef, base: Expression): Value | null {
  if (base.kind === 'name') return lookUpGlobal(run, home, base.name);
  return base.kind === 'field' ? run.evaluate(atTop(run, home), base) : null;
}

/** The classes of libraries that a class extends, directly or through others of the program. */
export function externalBases(run: Run, ref: ClassRef, depth = 0): readonly string[] {
  const known = run.bases.get(ref.key);
  if (known !== undefined) return known;
  run.bases.set(ref.key, []);
  const frame = atTop(run, ref.home);
  const found = ref.form.bases.flatMap((base) => {
    // `Repository[User]`
    const value = run.evaluate(frame, base.kind === 'index' ? base.of : base);
    return value.name !== null && !value.of ? [value.name] : [];
  });
  if (depth < 6) for (const base of basesOf(run, ref)) found.push(...externalBases(run, base, depth + 1));
  run.bases.set(ref.key, found);
  return found;
}

/** The class of a library that a class extends: what `this` is to the models. One that a model knows comes before mix-ins. */
export function externalBase(run: Run, ref: ClassRef): string | null {
  const all = externalBases(run, ref);
  const models = modelsOf(run, ref.home);
  return all.find((one) => models.knows(one)) ?? all[0] ?? null;
}

/** `super()`: the same object, as the class sees it that this one extends. Null: that is of a library. */
export function aboveOf(run: Run, { closure, env }: Frame): Value | null {
  const owner = ownerOf(closure);
  const self = readName(env, 'this');
  const [above] = owner && self ? basesOf(run, owner) : [];
  return above && self ? { ...self, of: { class: above, instance: true } } : null;
}
