import { functionAt, functionsAround } from '../../languages/enclosing.ts';
import type { FunctionForm, Module } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { visitExpressions } from '../../languages/visit-expressions.ts';
import type { Home } from '../values/value.ts';
import { isInHandler } from './is-handler.ts';

/** Whether a place is in a function that answers requests, or in one of the same file that such a one calls, at some remove. */
export function servesRequest(home: Home, form: FunctionForm | null): boolean {
  if (isInHandler(home, form)) return true;
  const serving = listServing(home);
  return functionsAround(home.module, form).some((one) => serving.has(one));
}

const listServing = memo((home: Home): ReadonlySet<FunctionForm> => {
  const { module } = home;
  const callees = new Map<FunctionForm, FunctionForm[]>();
  for (const [callee, by] of listCallers(module))
    for (const form of by) {
      const own = callees.get(form) ?? [];
      own.push(callee);
      callees.set(form, own);
    }
  const serving = new Set<FunctionForm>();
  const open = module.functions.filter((form) => isInHandler(home, form));
  for (let form = open.pop(); form; form = open.pop())
    for (const callee of callees.get(form) ?? []) {
      if (serving.has(callee)) continue;
      serving.add(callee);
      open.push(callee);
    }
  return serving;
});

/** Who calls a function in its own file. */
export function callersOf(module: Module, form: FunctionForm): ReadonlySet<FunctionForm> {
  return listCallers(module).get(form) ?? new Set();
}

/** Functions of the file, and methods that are called on their own object, with those that call them. */
const listCallers = memo((module: Module): ReadonlyMap<FunctionForm, ReadonlySet<FunctionForm>> => {
  const top = new Map<string, FunctionForm>();
  for (const form of module.functions)
    if (form.parent === 0 && form.owner === null && !form.receiver) top.set(form.name, form);
  const callers = new Map<FunctionForm, Set<FunctionForm>>();
  visitExpressions(module, (one) => {
    if (one.kind !== 'call') return;
    const by = functionAt(module, one.span);
    if (!by || by.id === 0) return;
    const callee =
      one.of.kind === 'name' ? top.get(one.of.name) : one.of.kind === 'field' ? methodOf(module, by, one.of) : null;
    if (!callee) return;
    const all = callers.get(callee) ?? new Set();
    // Whatever is written in a function is its.
    for (const one of functionsAround(module, by)) all.add(one);
    callers.set(callee, all);
  });
  return callers;
});

/** `this.load()`, `s.load()` of Go's receiver. */
function methodOf(
  module: Module,
  by: FunctionForm,
  { of, name }: { of: { kind: string; name?: string }; name: string },
): FunctionForm | null {
  const at = functionsAround(module, by).find((one) => one.owner !== null || one.receiver !== null);
  if (!at || of.kind !== 'name') return null;
  if (at.receiver !== null) {
    const { receiver } = at;
    return of.name === at.parameters[0]?.name ? (methodsIn(module).get(`${receiver} ${name}`) ?? null) : null;
  }
  return of.name === 'this' ? (methodsIn(module).get(`${at.owner} ${name}`) ?? null) : null;
}

/** By the type of Go, or the class (its number), that they belong to, and their names: the first of each. */
const methodsIn = memo(
  ({ functions }: Module): ReadonlyMap<string, FunctionForm> =>
    new Map(functions.toReversed().map((one) => [`${one.receiver ?? one.owner} ${one.name}`, one])),
);
