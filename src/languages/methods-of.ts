import type { ClassForm, FunctionForm, Module } from './form.ts';
import { memo } from './memo.ts';

interface Methods {
  /** The first of each name. */
  byName: ReadonlyMap<string, FunctionForm>;
  constructors: readonly FunctionForm[];
}

/** The methods of a class: a class of thousands is not looked through for each call of one. */
export function methodsOf(module: Module, { id }: ClassForm): Methods {
  return listMethods(module)[id] ?? { byName: new Map(), constructors: [] };
}

const listMethods = memo(({ classes, functions }: Module): Methods[] =>
  classes.map(({ methods }) => {
    const forms = methods.flatMap((id) => functions[id] ?? []);
    return {
      byName: new Map(forms.toReversed().map((one) => [one.name, one])),
      constructors: forms.filter(({ role }) => role === 'constructor'),
    };
  }),
);
