import type { Span } from '../languages/form.ts';
import { fieldTaints, itemOf, readField } from './fields.ts';
import type { CallModel, Models } from './models.ts';
import { type Evaluated, type Frame, modelsOf, type Run, sourceOf } from './run.ts';
import { containerValue, mapTaints, opaqueValue, plainValue, UNKNOWN, type Value, withSafe } from './value.ts';

type Schema = Models['schemas'][number];
const MOST_DEPTH = 6;

/**
 * Schemas that programs write in a library's calls (`z.object({ id: z.uuid() })`), and what they let through: a schema is a value
 * whose name is the chain of its calls and whose entries are the schemas of its fields.
 *
 * Null: the call is none of such a library.
 */
export function schemaResult(run: Run, frame: Frame, one: Evaluated): Value | null {
  const { name, receiver, method, args, call } = one;
  const { schemas } = modelsOf(run, frame.closure.home);
  const library = name === null ? undefined : schemas.find(({ of }) => name.startsWith(`${of}.`));
  if (!library || name === null) return null;
  const text = sourceOf(frame.closure.home, call.span);
  const own = receiver?.name === library.of ? null : receiver;
  const under = own && Object.hasOwn(library.parses, method) ? library.parses[method] : undefined;
  if (own && under !== undefined) {
    const parsed = shaped(run, library, own, args.list[0] ?? UNKNOWN, 0);
    return under === '' ? parsed : containerValue(new Map([[under, parsed]]));
  }
  return { ...opaqueValue(text), name: `${name}()`, entries: entriesOf(own, method, args.list) };
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

/** What a handler is called with: of its fields those that a schema is known of are as that lets them through. */
export function asExpected(run: Run, frame: Frame, builder: Value | null, given: Value, span: Span): Value {
  const models = modelsOf(run, frame.closure.home);
  if (!builder?.entries || builder.name === null || !models.isExpecting(builder.name)) return given;
  const entries = [...builder.entries].map(([field, schema]): [string, Value] => {
    const library = models.schemas.find(({ of }) => schema.name?.startsWith(`${of}.`));
    const sent = readField(run, frame, given, field, span);
    return [field, library ? shaped(run, library, schema, sent, 0) : sent];
  });
  return { ...given, entries: new Map(entries), open: true };
}

function entriesOf(own: Value | null, method: string, [first]: readonly Value[]): Value['entries'] {
  if (/^(?:array|set)$/.test(method)) {
    const item = own ?? first;
    return item ? new Map([['*', item]]) : null;
  }
  if (/^(?:optional|nullable|nullish|readonly|promise)$/.test(method) && !own) return first?.entries ?? null;
  const given = /^(?:\w*[oO]bject|extend|merge|keys|append|concat|shape|items|of)$/.test(method)
    ? first?.entries
    : null;
  if (!given) return own?.entries ?? null;
  return new Map([...(own?.entries ?? []), ...given]);
}

function shaped(run: Run, library: Schema, schema: Value, given: Value, depth: number): Value {
  const name = schema.name ?? '';
  if (library.fixed.test(name)) return plainValue(name);
  const open = mapTaints(given, (taint) => ({ ...taint, whole: false }));
  if (schema.entries && depth < MOST_DEPTH) {
    const fields = [...schema.entries].map(([key, inner]): [string, Value] => [
      key,
      shaped(run, library, inner, key === '*' ? itemOf(given, '…') : fieldOf(given, key), depth + 1),
    ]);
    return containerValue(new Map(fields));
  }
  return library.text.test(name)
    ? withSafe(open, run.labelOf('nosql') | run.labelOf('merge') | run.labelOf('record'))
    : open;
}

function fieldOf(of: Value, key: string): Value {
  return of.entries?.get(key) ?? opaqueValue(key, fieldTaints(of, key));
}
