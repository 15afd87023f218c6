import type { Span } from '../../languages/form.ts';
import { ALL, type CallModel, type SchemaLibrary } from '../data/models.ts';
import { noteJsonSchema, shapeOfJson } from '../guards/json-schema.ts';
import { labelsOfChain, schemaValue } from '../guards/schema-chain.ts';
import { partOf, readField } from '../run/fields.ts';
import { pickAt } from '../run/pick-arguments.ts';
import { type Evaluated, type Frame, modelsOf, type Run, sourceOf } from '../run/run.ts';
import { holdsWhen } from '../sinks/sinks.ts';
import { clear } from './clear.ts';
import { either } from './join-shapes.ts';
import { mapTaints, withSafe } from './map-taints.ts';
import type { Shape } from './shape.ts';
import type { Value } from './value.ts';
import { constantText, containerValue, opaqueValue, plainValue, UNKNOWN } from './values.ts';

const MOST_DEPTH = 6;

/**
 * Schemas that programs write in a library's calls (`z.object({ id: z.uuid() })`), and what they let through: a schema is a value
 * whose name is the chain of its calls and whose entries are the schemas of its fields.
 *
 * Null: the call is none of such a library.
 */
export function schemaResult(run: Run, frame: Frame, one: Evaluated): Value | null {
  const { name, receiver, method, args, call } = one;
  const library = libraryOf(run, frame, name);
  if (!library || name === null) return null;
  const text = sourceOf(frame.closure.home, call.span);
  const own = receiver?.name === library.of ? null : receiver;
  const under = own ? parsesUnder(library, method) : undefined;
  if (own && under !== undefined) {
    if (under === '' && !library.waits.includes(method)) clearParsed(run, frame, one);
    const given = args.list[0] ?? UNKNOWN;
    const shape = library.givesRefused && under !== '' ? null : shapeOf(run, library, own);
    const parsed = shape
      ? shaped(shape, given, own.name ?? text)
      : mapTaints(given, (taint) => ({ ...taint, whole: false }));
    return under === '' ? parsed : containerValue(new Map([[under, parsed]]));
  }
  return schemaValue(run, library, own, { name, method, text, list: args.list });
}

function libraryOf(run: Run, frame: Frame, name: string | null): SchemaLibrary | undefined {
  const { schemas } = modelsOf(run, frame.closure.home);
  return name === null ? undefined : schemas.find(({ of }) => name.startsWith(`${of}.`));
}

/** A call of such a library, or of a schema that it has made. */
export function isOfSchema(run: Run, frame: Frame, name: string | null): boolean {
  return libraryOf(run, frame, name) !== undefined;
}

function parsesUnder({ parses }: SchemaLibrary, method: string): string | undefined {
  return Object.hasOwn(parses, method) ? parses[method] : undefined;
}

/** `schema.parse(x)` has come back: `x` itself is as the schema says, whatever is done with the result. */
export function clearParsed(run: Run, frame: Frame, { name, receiver, method, args }: Evaluated): void {
  const library = libraryOf(run, frame, name);
  const [given] = args.list;
  if (!library || !receiver || !given || parsesUnder(library, method) === undefined) return;
  clearShape(run, frame, given, shapeOf(run, library, receiver, true));
}

/** `parsed.success`, `result.error`: whether a field of what a schema gives says that it let the value through. */
export function tellsParsed(run: Run, frame: Frame, name: string | null, field: string): boolean | undefined {
  const library = libraryOf(run, frame, name);
  return library && Object.hasOwn(library.tells, field) ? library.tells[field] : undefined;
}

/** Whether a call parses only when its result is waited for. */
export function parsesLater(run: Run, frame: Frame, { name, method }: Evaluated): boolean {
  return libraryOf(run, frame, name)?.waits.includes(method) ?? false;
}

/**
 * `procedure.input(schema)`: a builder of handlers keeps, under the field of their parameter, what schema its values have passed.
 *
 * Null: the call makes no such builder.
 */
export function expectingResult(run: Run, frame: Frame, one: Evaluated, model: CallModel | null): Value | null {
  const { receiver, args, call } = one;
  const { home } = frame.closure;
  if (!model?.gives || !modelsOf(run, home).isExpecting(model.gives)) return null;
  const kept = receiver?.name === model.gives ? receiver.entries : null;
  const made = { ...opaqueValue(sourceOf(home, call.span)), name: model.gives, entries: kept };
  const [schema] = args.list;
  if (model.expects === null || !schema) return made;
  const before = kept?.get(model.expects)?.entries;
  const both = before ? { ...schema, entries: new Map([...before, ...(schema.entries ?? [])]) } : schema;
  return { ...made, entries: new Map([...(kept ?? []), [model.expects, both]]) };
}

/** `ajv.compile(schema)`, `celebrate({ body: schema })`. Null: the call makes no check, or its schema is not written here. */
export function checkerResult(run: Run, frame: Frame, one: Evaluated, model: CallModel | null): Value | null {
  if (model?.namesSchema) noteJsonSchema(run, one.args.list);
  if (!model?.checker) return null;
  const { schema, parts, withoutFormats } = model.checker;
  const formats = !Object.entries(withoutFormats).some(([pick, pattern]) => holdsWhen(one, { [pick]: pattern }));
  const shape = parts
    ? shapeOfParts(run, frame, one, parts)
    : pickAt(one, schema).flatMap(({ value }) => shapeOfSchema(run, frame, value, formats) ?? [])[0];
  return shape ? { ...opaqueValue(sourceOf(frame.closure.home, one.call.span)), name: `${one.name}()`, shape } : null;
}

/** The schemas that stand at these places of a call, each of a part of a request. Null: none that can be read. */
export function shapeOfParts(
  run: Run,
  frame: Frame,
  one: Evaluated,
  parts: Readonly<Record<string, string>>,
): Shape | null {
  const shapes = Object.entries(parts).flatMap(([at, part]) =>
    pickAt(one, at).flatMap(({ value }): Shape[] => {
      const shape = shapeOfSchema(run, frame, value);
      const path = part
        .replace(/\{(\d+)\}/g, (_, index) => constantText(one.args.list[Number(index)] ?? UNKNOWN) ?? '?')
        .split('.');
      return shape
        ? [path.reduceRight((inner, key): Shape => ({ labels: 0, fields: new Map([[key, inner]]) }), shape)]
        : [];
    }),
  );
  return shapes.length > 0 ? shapes.reduce(either) : null;
}

function shapeOfSchema(run: Run, frame: Frame, schema: Value, formats = true): Shape | null {
  // Who calls what was made of it gets a promise, which is true whatever it tells.
  if (schema.entries?.has('$async')) return null;
  const library = libraryOf(run, frame, schema.name);
  return library ? shapeOf(run, library, schema) : shapeOfJson(run, schema, { formats });
}

/** What a handler is called with: of its fields those that a schema is known of are as that lets them through. */
export function asExpected(run: Run, frame: Frame, builder: Value | null, given: Value, span: Span): Value {
  const models = modelsOf(run, frame.closure.home);
  if (!builder?.entries || builder.name === null || !models.isExpecting(builder.name)) return given;
  const entries = [...builder.entries].map(([field, schema]): [string, Value] => {
    const library = libraryOf(run, frame, schema.name);
    const sent = readField(run, frame, given, field, span);
    return [field, library ? shaped(shapeOf(run, library, schema), sent, schema.name ?? field) : sent];
  });
  return { ...given, entries: new Map(entries), open: true };
}

/** @param asIs what is known of the value that was given, not of what the schema makes of it */
function shapeOf(run: Run, library: SchemaLibrary, schema: Value, asIs = false, depth = 0): Shape {
  const name = schema.name ?? '';
  const isChanged = asIs && library.changes.test(name);
  if (library.fixed.test(name) && !isChanged) return { labels: ALL, fields: null };
  // `z.object({ … }).catch({ … })`: what is not as the schema says has come through.
  const isReplaced = asIs && library.replaces.test(name);
  if (schema.entries && depth < MOST_DEPTH && !isReplaced) {
    const fields = [...schema.entries].map(([key, inner]): [string, Shape] => [
      key,
      shapeOf(run, library, inner, asIs, depth + 1),
    ]);
    return { labels: 0, fields: new Map(fields), open: library.opens.test(name) };
  }
  const isText = library.text.test(name) && !isChanged;
  return {
    labels: isText ? labelsOfChain(name) | run.labelOf('nosql') | run.labelOf('merge') | run.labelOf('record') : 0,
    fields: null,
  };
}

/** What a schema makes of a value: the fields that it names, and no other one. */
function shaped({ labels, fields, open: isOpen }: Shape, given: Value, name: string): Value {
  if (labels === ALL) return plainValue(name);
  const open = mapTaints(given, (taint) => ({ ...taint, whole: false }));
  if (!fields) return withSafe(open, labels);
  const named = [...fields].map(([key, one]): [string, Value] => [key, shaped(one, partOf(given, key), key)]);
  return isOpen
    ? {
        ...given,
        entries: new Map([...(given.entries ?? []), ...named, ['*', { ...given, entries: null }]]),
        open: true,
      }
    : containerValue(new Map(named));
}

export function clearShape(run: Run, frame: Frame, given: Value, { labels, fields }: Shape): void {
  clear(run, frame, given, labels);
  for (const [key, one] of fields ?? []) clearShape(run, frame, partOf(given, key), one);
}
