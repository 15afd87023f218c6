import { lastPart } from '../../text/last-part.ts';
import { compiled } from '../data/compiled.ts';
import { ALL, type CallModel } from '../data/models.ts';
import { chainResult } from '../guards/chain-checks.ts';
import { labelsOfMapped } from '../guards/character-test.ts';
import { writtenSchema } from '../guards/json-schema.ts';
import { labelsOfPart, labelsOfReplacement } from '../guards/replacement.ts';
import { valueOfType } from '../program/types.ts';
import { holdsWhen } from '../sinks/sinks.ts';
import { concatValues } from '../values/concat-values.ts';
import { foldCall } from '../values/fold.ts';
import { formatValue } from '../values/format-value.ts';
import { KEYS } from '../values/keys-of-object.ts';
import { knownParts } from '../values/known-parts.ts';
import { madeContainer } from '../values/made-container.ts';
import { mapTaints, withSafe } from '../values/map-taints.ts';
import { isHarmless } from '../values/pattern-labels.ts';
import { checkerResult, expectingResult, schemaResult } from '../values/schema-result.ts';
import { sourceValue } from '../values/source-value.ts';
import { splitValue } from '../values/split-value.ts';
import type { Place, Value } from '../values/value.ts';
import { constantKey, skeletonOf } from '../values/value-key.ts';
import {
  BLANK,
  constantText,
  containerValue,
  EMPTY,
  isFixed,
  joinTwo,
  joinValues,
  listValue,
  opaqueValue,
  patternValue,
  plainValue,
  taintsOf,
  textValue,
  UNKNOWN,
} from '../values/values.ts';
import { isStarted } from './arguments-behind.ts';
import { decode } from './environment.ts';
import { asShown, fieldTaints, itemOf } from './fields.ts';
import { iterate } from './iterate.ts';

import { madeWithKey, takeKeyed } from './keyed-places.ts';
import { mappedItems } from './mapped-items.ts';
import { mergedObjects } from './merged-objects.ts';
import { withNumbers } from './named-numbers.ts';
import { pickArguments } from './pick-arguments.ts';
import { type Evaluated, type Frame, modelsOf, placeOf, type Run, sourceOf } from './run.ts';

/** Methods that return a part of a list, or the list in another order. */
const SAME_ITEMS = /^(?:filter|slice|sort|reverse|toSorted|toReversed)$/;

/** The result of a call to a library: by the library's model, or by the object that it is called on. */
export function resultOf(
  run: Run,
  frame: Frame,
  one: Evaluated,
  model: CallModel | null,
  results: readonly Value[],
): Value {
  const { home } = frame.closure;
  const { call, receiver, method, args } = one;
  const text = sourceOf(home, call.span);
  const place = placeOf(home, call.span);
  const schema = schemaResult(run, frame, one);
  if (schema) return schema;
  const known = writtenSchema(one, model) ?? checkerResult(run, frame, one, model);
  if (known) return known;
  const chain = chainResult(run, frame, one);
  if (chain) return chain;
  const expecting = expectingResult(run, frame, one, model);
  if (expecting) return expecting;
  const replaced = labelsOfReplacement(run, frame, one);
  if (isHarmless(run, replaced)) return plainValue(text);
  const changed =
    method === 'sub'
      ? opaqueValue(
          text,
          args.list.flatMap((value) => taintsOf(value)),
        )
      : method.startsWith('ReplaceAll') || method === 'Replace'
        ? (args.list[0] ?? null)
        : receiver;
  if (replaced !== 0 && changed) return withSafe(changed, replaced);
  // The first that is not empty.
  if (one.name === 'cmp.Or' && args.list[0] && constantText(args.list[0])) return args.list[0];
  if (one.name === 'strings.Map' && args.list[0] && args.list[1])
    return withSafe(args.list[1], labelsOfMapped(run, frame, args.list[0]));
  const part = labelsOfPart(run, frame, one);
  if (part !== 0 && receiver) return withSafe(opaqueValue(text, fieldTaints(receiver, `${method}()`)), part);
  const folded = foldCall(one);
  if (folded) return folded;
  const split = splitValue(one, home.module.language);
  if (split) return split;
  const filled = method === 'replace' && receiver ? filledIn(receiver, args.list, place) : null;
  if (filled) return filled;
  const container =
    home.module.language === 'python'
      ? madeContainer(one)
      : home.module.language === 'typescript'
        ? (mergedObjects(run, frame, one) ?? knownParts(one))
        : null;
  if (container) return container;
  const pairs = one.name === 'Map' && call.made ? (args.list[0]?.entries ?? null) : null;
  if (pairs) return { ...containerValue(mapOfPairs([...pairs.values()])), name: 'Map' };
  const source = one.name === 'RegExp' && args.list[0] ? constantText(args.list[0]) : null;
  if (source !== null) return patternValue(source, constantText(args.list[1] ?? EMPTY) ?? '');
  const fields = /^(?:dict|model_dump|asdict|_asdict)$/.test(method)
    ? declaredFields(run, receiver ?? args.list[0])
    : null;
  if (fields) return fields;
  if (model) {
    if (model.source) {
      const { numbers, byShape } = model.source;
      const given = sourceValue(frame, model.source, call.span, one.name ?? text, askedOf(one));
      const shape = byShape && receiver?.shape?.fields?.get(method)?.fields?.get(askedOf(one) ?? '');
      if (byShape) return shape ? asShown(shape, given) : opaqueValue(text);
      return { ...(numbers ? withNumbers(home, given, numbers) : given), name: model.gives ?? one.name };
    }
    if (model.plain) return { ...plainValue(text), name: model.gives };
    const made = resultOfModel(run, frame, one, model, text, place);
    if (made) return model.keeps ? { ...made, entries: optionsOf(one, made) } : made;
  }
  // `ids.map(Number)`
  const mapped = method === 'map' && results.length === 0 ? (args.list[0]?.name ?? null) : null;
  if (mapped !== null && modelsOf(run, home).call(mapped)?.plain)
    return containerValue(new Map([['*', plainValue(text)]]));
  if (one.name === 'map' && receiver === null && results.length === 0) return mapByLibrary(run, frame, one, text);
  // `pool.submit(find, name)`: what is asked of it later is what the function gives.
  if (home.module.language === 'python' && isStarted(method) && results[0]) return joinValues(results);
  const items = mappedItems(frame, one);
  if (items && items.length === results.length) return listValue(results);
  if (/^(?:map|flatMap|Map)$/.test(method) && results[0]) return containerValue(new Map([['*', joinValues(results)]]));
  if (one.name === 'functools.reduce' && results.length > 0) return joinValues(results);
  if (/^(?:then|catch|finally|reduce)$/.test(method) && receiver)
    return results.length > 0 ? joinValues(results) : receiver;
  // `zip.getEntries().filter(isFile)`: what its items are, the models say.
  if (SAME_ITEMS.test(method) && receiver?.name && modelsOf(run, home).gives(`${receiver.name}.*`) !== null)
    return { ...receiver, pieces: opaqueValue(text, taintsOf(receiver)).pieces };
  // `event.get('body')` is `event['body']`.
  const asked = /^(?:get|pop)$/.test(method) && receiver?.name && args.list[0] ? constantKey(args.list[0]) : null;
  if (asked !== null && receiver?.name) {
    // `session.pop('next')`: what another function has left there.
    const left = run.states.get(`${receiver.name}.${asked}`);
    if (left) return joinValues([left, ...args.list.slice(1)]);
    const source = modelsOf(run, home).field(`${receiver.name}.${asked}`);
    if (source) return sourceValue(frame, source, call.span, `${receiver.name}.${asked}`);
  }
  // `options.pop("query", default)` of a dictionary of Python.
  if ((method === 'get' || (method === 'pop' && args.list.length > 0)) && receiver?.entries) {
    const key = args.list[0] ? constantKey(args.list[0]) : null;
    // `(request.get_json() or {}).get('name')`: what was sent has other fields than those that are known.
    const sent = fieldTaints({ ...receiver, entries: null }, key ?? '*');
    const others = sent.length > 0 ? [opaqueValue(text, sent)] : [];
    if (key !== null) {
      const [known = UNKNOWN] = [receiver.entries.get(key), receiver.entries.get('*'), ...others].filter(Boolean);
      return joinValues([known, ...args.list.slice(1)]);
    }
    const all = joinValues([...receiver.entries.values(), ...others, ...args.list.slice(1)]);
    return taintsOf(all).length === 0 && all.functions.length === 0 ? plainValue(text) : all;
  }
  if (receiver && taintsOf(receiver).length > 0) {
    const key = args.list[0] ? constantKey(args.list[0]) : null;
    // `entry.Open()` of an archive: what the first of its results is, the model says.
    const name = one.name !== null && modelsOf(run, home).gives(`${made(one.name)}.0`) !== null ? made(one.name) : null;
    return { ...opaqueValue(text, fieldTaints(receiver, `${method}(${key ?? ''})`)), name };
  }
  // `id.String()` of what was parsed as a number or the like.
  if (method === 'String' && receiver && receiver.pieces.length > 0 && isFixed(receiver)) return plainValue(text);
  if (model?.keeps && one.name !== null)
    return {
      ...opaqueValue(text),
      name: one.name,
      entries: new Map([...args.named].filter(([, value]) => isFixed(value))),
    };
  if (call.made && one.name !== null) return { ...opaqueValue(text), name: one.name };
  return { ...opaqueValue(text), name: one.name === null ? null : made(one.name) };
}

/** `'select * from t where name = X'.replace('X', name)`: a template with a value put in. */
function filledIn(
  { pieces, entries }: Value,
  [mark = UNKNOWN, by = UNKNOWN]: readonly Value[],
  place: Place,
): Value | null {
  const text = constantText(mark);
  if (!text || entries || taintsOf(by).length === 0) return null;
  if (!pieces.some((piece) => piece.kind === 'text' && piece.text.includes(text))) return null;
  const parts = pieces.flatMap((piece) =>
    piece.kind === 'text'
      ? piece.text.split(text).flatMap((part, index) => (index === 0 ? [textValue(part)] : [by, textValue(part)]))
      : [{ ...UNKNOWN, pieces: [piece] }],
  );
  return concatValues(parts, place);
}

/** `map(str.strip, names)`, `map(shlex.quote, names)`: of each item what the library's function gives for it. */
function mapByLibrary(run: Run, frame: Frame, one: Evaluated, text: string): Value {
  const [callee = UNKNOWN, over = UNKNOWN] = one.args.list;
  const models = modelsOf(run, frame.closure.home);
  const exact = callee.name === null ? null : models.call(callee.name);
  const method = lastPart(callee.name ?? '');
  const each = (item: Value): Value => {
    const args = { ...one.args, list: exact ? [item] : [] };
    const call: Evaluated = { ...one, method, name: callee.name, receiver: exact ? null : item, args };
    return resultOf(run, frame, call, exact ?? models.call(`*.${method}`), []);
  };
  const items = mappedItems(frame, one);
  return items ? listValue(items.map(each)) : containerValue(new Map([['*', each(itemOf(over, text))]]));
}

/** `new Map([['a', x]])` */
function mapOfPairs(pairs: readonly Value[]): Map<string, Value> {
  const entries = new Map<string, Value>();
  for (const pair of pairs) {
    const key = constantKey(pair.entries?.get('0') ?? UNKNOWN) ?? '*';
    const value = pair.entries?.get('1') ?? opaqueValue('…', taintsOf(pair));
    const before = entries.get(key);
    entries.set(key, before && key === '*' ? joinTwo(before, value) : value);
  }
  return entries;
}

/** `axios.create({ httpsAgent })`: what was made with which options, as far as strangers decide nothing of them. */
function optionsOf({ args }: Evaluated, made: Value): Value['entries'] {
  const [options] = args.list;
  const known = [...(options?.entries ?? [])].filter(([, value]) => taintsOf(value).length === 0);
  return known.length > 0 ? new Map([['options', containerValue(new Map(known))]]) : made.entries;
}

/** A schema that lets through what it does not declare. Source: docs.pydantic.dev, ConfigDict.extra. */
const KEEPS_EXTRA = /\bextra\s*=\s*(?:["']allow["']|Extra\.allow)|["']extra["']\s*:\s*["']allow["']/;

/** `body.model_dump()`: what is declared, and no other key. */
function declaredFields(run: Run, of: Value | undefined): Value | null {
  const ref = of?.of?.instance ? of.of.class : null;
  if (!of || !ref || !ref.form.fields.some((one) => !one.static)) return null;
  if (KEEPS_EXTRA.test(sourceOf(ref.home, ref.form.span, 20_000))) return opaqueValue(of.name ?? '…', taintsOf(of));
  const own = ref.form.fields.filter((one) => !one.static);
  return containerValue(
    new Map(
      own.map(({ name, type }) => [
        name,
        of.entries?.get(name) ?? valueOfType(run, ref.home, type, name, fieldTaints(of, name)),
      ]),
    ),
  );
}

/** `Client()` of Python makes a `Client`; of another call only the call is known. */
function made(name: string): string {
  return /(?:^|[./])[A-Z]\w*$/.test(name) ? name : `${name}()`;
}

/** `c.Query("sort")`, `chi.URLParam(r, "id")` */
function askedOf({ args }: Evaluated): string | null {
  for (const value of args.list) {
    const text = constantText(value);
    if (text !== null && text !== '') return text;
  }
  return null;
}

/** `append(items, one, other)` */
function collect([first = EMPTY, ...added]: readonly Value[], place: Place): Value {
  // How long it is now is not counted.
  const list = { ...first, length: undefined };
  if (!list.entries && list.pieces.some(({ kind }) => kind === 'text')) return concatValues([list, ...added], place);
  // What was made with a length holds nothing of anybody.
  const entries = new Map(list.entries ?? (list.name === BLANK ? [] : [['*', itemOf(list, '…')]]));
  // Behind items that are all known they have places of their own: `append([]string{"-c"}, command)`.
  const isKnown = entries.size > 0 && !entries.has('*');
  for (const value of added)
    if (isKnown) entries.set(String(entries.size), value);
    else entries.set('*', joinTwo(entries.get('*') ?? value, value));
  return { ...list, entries };
}

/** `', '.join(items)`: of a list that is known, item by item; of another one, two of them. */
function joinItems(items: Value, separator: Value, text: string, place: Place): Value {
  if (!items.entries) return opaqueValue(text, taintsOf(items));
  const all = [...items.entries].flatMap(([key, value]) =>
    key === KEYS ? [] : key === '*' ? [value, value] : [value],
  );
  return concatValues(
    all.flatMap((value, index) => (index === 0 ? [value] : [separator, value])),
    place,
  );
}

function resultOfModel(
  run: Run,
  frame: Frame,
  one: Evaluated,
  model: CallModel,
  text: string,
  place: ReturnType<typeof placeOf>,
): Value | null {
  const named = (value: Value): Value => (model.gives === null ? value : { ...value, name: model.gives });
  const values = (from: readonly (string | number)[]): Value[] => picked(one, from);
  const safe = model.safe.find(({ when }) => holdsWhen(one, when));
  if (safe) {
    if (safe.labels === ALL) return named(plainValue(text));
    const passed = resultOfModel(run, frame, one, { ...model, safe: [], gives: null }, text, place);
    const taints = values(safe.from).flatMap((value) => taintsOf(value));
    const made = withSafe(passed ?? opaqueValue(text, taints), safe.labels);
    const apart = mapTaints(made, (taint) => ({ ...taint, whole: false }));
    return named(safe.keys && !takesAny(one) ? { ...apart, keys: plainValue(text) } : apart);
  }
  if (model.iterates) {
    const [first] = values([model.iterates.from]);
    if (first) return iterate(model.iterates.as, first, one.args.list, text);
  }
  if (model.collects) return collect(one.args.list, place);
  if (model.joins) {
    const [items] = values([model.joins.items]);
    const [separator] = values([model.joins.separator]);
    if (items && separator) return named(joinItems(items, separator, text, place));
  }
  if (model.formats) {
    const [template] = values([model.formats.template]);
    const rest = one.args.list
      .filter((value) => value !== template)
      .map((value) => ({ name: null as string | null, value }));
    const keyed = [...one.args.named].map(([name, value]) => ({ name, value }));
    return template ? named(formatValue(template, [...rest, ...keyed], model.formats.style, place)) : null;
  }
  if (model.concatenates && beginsSo(model.concatenates.begins, values(model.concatenates.from))) {
    const { from, between } = model.concatenates;
    const texts = values(from).filter((value) => constantText(value) !== '');
    // With nothing added to it, it is not put together.
    if (texts.length === 1 && texts[0]) return named(texts[0]);
    const separator = textValue(between);
    const parts = between === '' ? texts : texts.flatMap((one, index) => (index === 0 ? [one] : [separator, one]));
    return named(concatValues(parts, place));
  }
  const taken = takeKeyed(run, frame, one, model, text) ?? madeWithKey(run, frame, one, model);
  if (taken) return named(taken);
  if (model.passes) {
    const { undoes, behind } = model.passes;
    const given = values(model.passes.from).map((value) => (undoes === 0 ? value : decode(frame.env, value, undoes)));
    const [only] = given;
    if (only?.entries && model.passes.field !== null) {
      const begins = only.entries.get(model.passes.field);
      return named(
        begins ? concatValues([textValue('//'), begins, textValue('/')], place) : { ...only, entries: null },
      );
    }
    if (given.length === 1 && only) return named(only.entries?.get('#text') ?? only);
    // `filepath.Join("/srv", name)` of constants.
    if (given.length > 0 && given.every((value) => isFixed(value) && !value.entries && value.pieces.length > 0))
      return named(plainValue(text));
    return named(
      opaqueValue(
        text,
        given.flatMap((value, at) =>
          taintsOf(at === 0 || constantText(given[0] ?? value) === '' ? value : withSafe(value, behind)),
        ),
      ),
    );
  }
  if (model.gives === null) return null;
  const kept = model.keeps ? listValue(one.args.list.filter(isFixed)).entries : null;
  return { ...opaqueValue(text), name: model.gives, entries: kept };
}

function beginsSo(begins: string | null, given: readonly Value[]): boolean {
  const last = given.at(-1);
  return begins === null || (last !== undefined && compiled(begins).test(skeletonOf(last)));
}

/** A schema that keeps what it does not know: `extra = "allow"`. */
function takesAny({ receiver }: Evaluated): boolean {
  const known = receiver?.of?.class;
  return (
    known !== undefined && /\bextra\s*[=:]\s*["']?(?:Extra\.)?allow\b/.test(known.home.text.slice(...known.form.span))
  );
}

export function picked(one: Evaluated, picks: readonly (string | number)[]): Value[] {
  return picks.flatMap((pick) => pickArguments(one, pick).map(({ value }) => value));
}
