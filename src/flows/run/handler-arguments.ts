import type { CallModel, Models } from '../data/models.ts';
import { valueOfType } from '../program/types.ts';
import { isNumberOfRoute } from '../requests/route.ts';
import { asExpected } from '../values/schema-result.ts';
import type { Closure, Value } from '../values/value.ts';
import { constantText, plainValue, taintsOf, UNKNOWN } from '../values/values.ts';
import { itemOf, typeOfItems } from './fields.ts';
import type { Evaluated, Frame, Run } from './run.ts';
import { parameterOfType, taintOf } from './symbolic.ts';

/** What a library gives to a handler: by its model, and, where that says so, parts of the path by the names of the parameters. */
export function handlerArguments(
  run: Run,
  frame: Frame,
  one: Evaluated,
  fn: Closure,
  { parameters, others, says }: CallModel['handlers'][number],
): readonly Value[] {
  const route = constantText(one.args.list[0] ?? UNKNOWN) ?? '';
  return fn.form.parameters.map((parameter, index) => {
    const type = parameters[index];
    if (type) {
      const made = parameterOfType(run, fn, index, type);
      const value = index === 0 ? asExpected(run, frame, one.receiver, made, parameter.span) : made;
      return run.observer ? run.observer.given(run, frame, one, fn, index, value) : value;
    }
    if (others === undefined || index < parameters.length) return UNKNOWN;
    if (isNumberOfRoute(route, parameter.name)) return plainValue(parameter.name);
    const source = { kind: others, says: says ?? 'a part of the path', safe: run.labelOf('nosql'), whole: false };
    return valueOfType(run, fn.home, parameter.type, parameter.name, [taintOf(fn, parameter, source)]);
  });
}

/** `items.map((item) => …)`, `promise.then((value) => …)`. */
export function givenByMethod(models: Models, { receiver, method, args }: Evaluated, name: string): readonly Value[] {
  if (/^(?:map|forEach|filter|find|findIndex|some|every|flatMap|sort|each|mapSeries)$/.test(method)) {
    const list =
      receiver && (receiver.entries || taintsOf(receiver).length > 0)
        ? receiver
        : (args.list.find((one) => one.functions.length === 0) ?? (receiver?.name ? receiver : undefined));
    if (!list) return [];
    const type = typeOfItems(models, list);
    return [{ ...itemOf(list, name), ...(type !== null && { name: type }) }, plainValue('index')];
  }
  if (method === 'reduce' && receiver) return [args.list[1] ?? itemOf(receiver, name), itemOf(receiver, name)];
  if (method === 'then' && receiver) return [receiver];
  return [];
}
