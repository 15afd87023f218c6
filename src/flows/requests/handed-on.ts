import { functionsAround } from '../../languages/enclosing.ts';
import type { Span } from '../../languages/form.ts';
import { compiled } from '../data/compiled.ts';
import { ALL, type CallModel } from '../data/models.ts';
import { isChain, shownByChains } from '../guards/chain-checks.ts';
import { readName, settle } from '../run/environment.ts';
import { type Call, type Evaluated, type Frame, modelsOf, type Run, sourceOf } from '../run/run.ts';
import { symbolicArguments } from '../run/symbolic.ts';
import { isInside } from '../uses/around-place.ts';
import { fieldsOfKey } from '../values/field-taint.ts';
import { both, either, NOTHING } from '../values/join-shapes.ts';
import { shapeOfParts } from '../values/schema-result.ts';
import type { Shape } from '../values/shape.ts';
import type { Closure, Environment, Value } from '../values/value.ts';
import { strangersOf } from '../values/values.ts';

/**
 * A request goes through functions of the program, each of which may check a part of it or put something checked in its place, before
 * the handler sees it: what they have shown goes with it.
 */

/** A request as it is handed to another function: `handler(req)`. */
export function withShown(run: Run, frame: Frame, value: Value, span: Span): Value {
  if (value.name === null || partsOf(run, frame, value).length === 0) return value;
  const shape = shownOf(run, frame, value, sourceOf(frame.closure.home, span));
  return shape ? { ...value, shape } : value;
}

/** `next()`: what was shown of the request goes on to whatever was registered behind this function. */
export function noteGoesOn(run: Run, frame: Frame, { call, args }: Pick<Evaluated, 'call' | 'args'>): void {
  const { home, form } = frame.closure;
  if (call.of.kind !== 'name' || args.list.some(({ constant }) => constant !== null)) return;
  const { name } = call.of;
  const at = functionsAround(home.module, form).find(({ parameters }) =>
    parameters.some((one, index) => index > 0 && one.name === name),
  );
  for (const { name: given } of at?.parameters ?? []) {
    const request = readName(frame.env, given);
    if (!at || !request || partsOf(run, frame, request).length === 0) continue;
    const shape = shownOf(run, frame, request, given) ?? NOTHING;
    const known = run.goesOn.get(at);
    run.goesOn.set(at, known ? both(known, shape) : shape);
  }
}

/** What a library checks before the functions of a registration: by schemas of its options, by what stands among its arguments. */
export function shownBefore(run: Run, frame: Frame, one: Evaluated, model: CallModel | null): Shape | null {
  // What stands behind the last handler runs after it.
  const last = one.args.list.findLastIndex(({ shape, functions }) => !shape || functions.length > 0);
  const shapes = [
    ...(model?.handlers ?? []).flatMap(({ schemas, unless }) =>
      compiled(unless).test(frame.closure.home.text) ? [] : (shapeOfParts(run, frame, one, schemas) ?? []),
    ),
    ...one.args.list
      .slice(0, last)
      .flatMap((value) =>
        value.shape && value.functions.length === 0 && !isChain(run, frame, value) ? value.shape : [],
      ),
    ...[shownByChains(run, frame, one) ?? []].flat(),
  ];
  return shapes.length > 0 ? shapes.reduce(either) : null;
}

/**
 * What the functions of one registration are called with, one after the other.
 *
 * @param call calls it, with these arguments
 */
export function handOn(
  run: Run,
  frame: Frame,
  before: Shape | null,
  fn: Closure,
  parameters: readonly Value[],
  call: (parameters: readonly Value[]) => void,
): Shape | null {
  run.goesOn.delete(fn.form);
  call(before ? withShape(run, frame, fn, parameters, before) : parameters);
  const shown = run.goesOn.get(fn.form);
  if (run.rewritten.has(fn.form)) return shown ?? null;
  return shown ? (before ? either(before, shown) : shown) : before;
}

/** One of several functions that stand in one place is called, as in `strict ? validate(schema) : passOn`: what all of them have shown. */
export function shownByEach(ways: readonly (Shape | null)[]): Shape | null {
  const shown = ways.flatMap((one) => one ?? []);
  return shown.length > 0 && shown.length === ways.length ? shown.reduce(both) : null;
}

/** What was shown before by functions that `router.use(validate(schema))` has put before all that is registered on it later. */
export function withUsed(run: Run, frame: Frame, { call }: Evaluated, shown: Shape | null): Shape | null {
  const used = run.used.get(routerOf(frame, call));
  return used && shown ? either(used, shown) : (used ?? shown);
}

/** An address says that it stands before some of them alone, and a condition that it perhaps stands before none. */
export function noteUsed(run: Run, frame: Frame, { call, method, args }: Evaluated, shown: Shape | null): void {
  const { home } = frame.closure;
  const isForAll = args.list.every(
    ({ functions, shape, pieces, entries }) =>
      functions.length > 0 ||
      shape ||
      entries ||
      (pieces.length === 1 && pieces[0]?.kind === 'text' && /^(?:\/?\*|\/)$/.test(pieces[0].text)),
  );
  if (method !== 'use' || !shown || !isForAll || !isInside(home, call.span, 'straight')) return;
  run.used.set(routerOf(frame, call), shown);
}

/** On what handlers are registered, by how it is written in one function. */
export function routerOf({ closure: { home, form } }: Frame, { of }: Call): string {
  return `${home.path}:${form.id} ${of.kind === 'field' ? sourceOf(home, of.of.span) : ''}`;
}

function withShape(run: Run, frame: Frame, fn: Closure, given: readonly Value[], shape: Shape): readonly Value[] {
  const symbolic = given.length === 0 ? symbolicArguments(run, fn, false) : given;
  if (symbolic.every((value) => partsOf(run, frame, value).length === 0)) return given;
  run.served.add(fn.form);
  return symbolic.map((value) => (partsOf(run, frame, value).length > 0 ? { ...value, shape } : value));
}

/** Whether what a function is given is a request of which something was shown: its own name says less of it. */
export function isShown(value: Value | undefined): boolean {
  return value?.shape !== undefined;
}

function partsOf(run: Run, { closure: { home } }: Frame, { name }: Value): readonly string[] {
  return name === null ? [] : modelsOf(run, home).partsOf(name);
}

/** What is known of the parts of a request here. Null: nothing. */
function shownOf(run: Run, frame: Frame, request: Value, written: string): Shape | null {
  const parts = partsOf(run, frame, request);
  let shape: Shape | null = request.shape ? withoutPut(request.shape, request) : null;
  const note = (path: readonly string[], labels: Shape): void => {
    const [part, ...rest] = path;
    if (part === undefined) return;
    const inner = rest.reduceRight((one, key): Shape => ({ labels: 0, fields: new Map([[key, one]]) }), labels);
    const one: Shape = { labels: 0, fields: new Map([[part, inner]]) };
    shape = shape ? either(shape, one) : one;
  };
  for (const part of parts) {
    const path = part.split('.');
    const put = path.reduce<Value | undefined>((of, key) => of?.entries?.get(key), request);
    if (put) note(path, shapeOfValue(settle(frame.env, put)));
    // `req.body = value`, whose fields a schema has shown.
    const [own, ...others] = put && !put.entries ? strangersOf(put) : [];
    const of = own && others.length === 0 ? own.key : null;
    const read = `|${written}.${part}`;
    for (const [key, labels] of listCleared(frame.env)) {
      const fields = fieldsOfKey(key);
      const [whole = ''] = key.split('\0');
      if (of !== null && key.startsWith(`${of}\0`))
        note([...path, ...fields.slice(fieldsOfKey(of).length)], { labels, fields: null });
      // A check of all of a part, a signature's, says nothing of what stands in it.
      if (fields.length === 0 && labels === ALL) continue;
      // What was put there since is known by itself.
      if (put && (!put.open || fields[0] === undefined || put.entries?.has(fields[0]))) continue;
      if (whole.endsWith(read) || whole.endsWith(`|${written}?.${part}`))
        note([...path, ...fields], { labels, fields: null });
    }
  }
  return shape;
}

/** What is known of the parts in whose place nothing was put. */
function withoutPut({ labels, fields }: Shape, { entries }: Value): Shape {
  return { labels, fields: fields && new Map([...fields].filter(([key]) => !entries?.has(key))) };
}

function* listCleared(env: Environment): Iterable<[string, number]> {
  for (let at: Environment | null = env; at; at = at.around) yield* at.cleared;
}

const MOST_DEPTH = 4;

function shapeOfValue(value: Value, depth = 0): Shape {
  const own = strangersOf({ ...value, entries: null });
  const labels = own.reduce((all, { safe }) => all & safe, ALL);
  if (!value.entries || depth >= MOST_DEPTH)
    return { labels: depth >= MOST_DEPTH && value.entries ? 0 : labels, fields: null };
  const fields = [...value.entries].map(([key, one]): [string, Shape] => [key, shapeOfValue(one, depth + 1)]);
  return {
    labels: value.open ? 0 : fields.reduce((all, [, one]) => all & one.labels, labels),
    fields: new Map(fields),
  };
}
