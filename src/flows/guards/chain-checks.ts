import { ALL } from '../data/models.ts';
import { type Evaluated, type Frame, modelsOf, type Run, sourceOf } from '../run/run.ts';
import { either } from '../values/join-shapes.ts';
import type { Shape } from '../values/shape.ts';
import type { Closure, Value } from '../values/value.ts';
import { constantText, opaqueValue, taintsOf } from '../values/values.ts';
import { patternLabels } from './schema-chain.ts';

/**
 * Checks of one field of a request, written as a chain (`param('id').isUUID()`), that refuse nothing themselves: what they have shown
 * counts where a function beside them asks for what they found (`validationResult(req)`).
 */

/** Null: the call is none of such a chain. */
export function chainResult(run: Run, frame: Frame, one: Evaluated): Value | null {
  const { name, receiver, method, args, call } = one;
  const { home } = frame.closure;
  const model = modelsOf(run, home).chains.find(({ of }) => name?.startsWith(`${of}.`));
  if (!model) return null;
  const value = (shape: Shape | null): Value => ({
    ...opaqueValue(sourceOf(home, call.span)),
    name: `${model.of}.chain`,
    ...(shape && { shape }),
  });
  if (receiver?.name !== `${model.of}.chain`) {
    const part = Object.hasOwn(model.parts, method) ? model.parts[method] : undefined;
    const field = args.list[0] ? constantText(args.list[0]) : null;
    return part === undefined || field === null ? null : value(nested([...part.split('.'), ...field.split('.')], 0));
  }
  const { shape } = receiver;
  if (!shape || model.drops.test(method)) return value(null);
  // `isAlpha('en-US', { ignore: ' -' })`, `isIn(req.query.all)`
  const isWider =
    (method.startsWith('isAlpha') && args.list.length > 1) || args.list.some((given) => taintsOf(given).length > 0);
  const labels = isWider
    ? 0
    : model.fixed.test(method)
      ? ALL
      : method === 'matches'
        ? patternLabels(run, args.list)
        : 0;
  return value(withLabels(shape, labels));
}

function nested([first, ...rest]: readonly string[], labels: number): Shape {
  return first === undefined
    ? { labels, fields: null }
    : { labels: 0, fields: new Map([[first, nested(rest, labels)]]) };
}

/** Of the one field that it is of. */
function withLabels({ labels, fields }: Shape, more: number): Shape {
  if (!fields) return { labels: labels | more, fields };
  return { labels, fields: new Map([...fields].map(([key, one]) => [key, withLabels(one, more)])) };
}

const MOST_TEXT = 2000;

/** What the chains among the arguments of a registration have shown. */
export function shownByChains(run: Run, frame: Frame, { args, call }: Evaluated): Shape | null {
  const functions = args.list.flatMap((value) => value.functions);
  const within = args.list.flatMap((value, index) => {
    // `validate([body('id').isUUID()])`: what it was made with is around it.
    const made = call.arguments[index]?.value.kind === 'call' ? value.functions.flatMap(namesAround) : [];
    return [value, ...(value.entries?.values() ?? []), ...made];
  });
  const shapes = modelsOf(run, frame.closure.home).chains.flatMap(({ of, asked }) =>
    functions.some((fn) => asked.test(textOf(fn))) ? within.flatMap((one) => shapeOfChain(of, one)) : [],
  );
  return shapes.length > 0 ? shapes.reduce(either) : null;
}

function shapeOfChain(of: string, value: Value): Shape[] {
  if (value.name === `${of}.chain`) return value.shape ? [value.shape] : [];
  return value.name === null && value.entries
    ? [...value.entries.values()].flatMap((one) => (one.name === `${of}.chain` && one.shape ? [one.shape] : []))
    : [];
}

function namesAround({ around }: Closure): Value[] {
  return [...(around?.names.values() ?? [])];
}

function textOf({
  home,
  form: {
    span: [start, end],
  },
}: Closure): string {
  return home.text.slice(start, Math.min(end, start + MOST_TEXT));
}

/** Whether a value is such a chain: by itself it refuses nothing. */
export function isChain(run: Run, frame: Frame, { name }: Value): boolean {
  return modelsOf(run, frame.closure.home).chains.some(({ of }) => name === `${of}.chain`);
}
