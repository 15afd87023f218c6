import { ALL, type CallModel } from '../data/models.ts';
import type { Evaluated, Run } from '../run/run.ts';
import { both, either, NOTHING } from '../values/join-shapes.ts';
import { holdsBothEnds, labelsOfPattern } from '../values/pattern-labels.ts';
import type { Shape } from '../values/shape.ts';
import type { Value } from '../values/value.ts';
import { constantText, containerValue, textValue, UNKNOWN } from '../values/values.ts';

const MOST_DEPTH = 6;
const PLAIN = new Set(['integer', 'number', 'boolean', 'null']);
/** Formats of which no value can hold a sign that does harm anywhere. */
const FIXED = /^(?:uuid|date|time|date-time|duration|ipv4|ipv6)$/;

/** `Type.String({ format: 'uuid' })`. Null: the call writes none. */
export function writtenSchema({ args }: Evaluated, model: CallModel | null): Value | null {
  if (!model?.writes) return null;
  const { type, at } = model.writes;
  const [first, second] = args.list;
  if (at === 'same') return first ?? null;
  const further = (at === undefined ? first : second)?.entries ?? [];
  const own = [
    ...(type === undefined ? [] : [['type', textValue(type)] as const]),
    ...(at && first ? [[at, first] as const] : []),
  ];
  return containerValue(new Map([...further, ...own]));
}

/** Where a schema stands: what its `$ref` leads to, and whether its formats are looked at. */
interface Around {
  root: Value;
  formats: boolean;
}

/** What a JSON schema lets through. Null: it is none, or it is not written here. */
export function shapeOfJson(run: Run, schema: Value, { formats = true } = {}): Shape | null {
  return shapeAt(run, schema, { root: schema, formats }, 0);
}

function shapeAt(run: Run, schema: Value, around: Around, depth: number): Shape | null {
  const field = (name: string): Value | undefined => schema.entries?.get(name);
  const below = (one: Value): Shape => shapeAt(run, one, around, depth + 1) ?? NOTHING;
  if (
    !schema.entries ||
    !['type', 'properties', 'enum', 'const', '$ref', 'anyOf', 'oneOf', 'allOf'].some((name) => field(name))
  )
    return null;
  if (field('enum') || field('const')) return { labels: ALL, fields: null };
  if (depth >= MOST_DEPTH) return NOTHING;
  const led = leadsTo(run, around, field('$ref'));
  if (led) return shapeAt(run, led.schema, { ...around, root: led.root }, depth + 1);
  const parts = listSchemas(field('allOf')).map(below);
  const ways = listSchemas(field('anyOf') ?? field('oneOf')).map(below);
  const shapes = [...parts, ...(ways.length > 0 ? [ways.reduce(both)] : [])];
  const own = ownShape(run, schema, around, below);
  return shapes.length > 0 ? [own, ...shapes].reduce(either) : own;
}

/** What it says itself, and not by other schemas. */
function ownShape(run: Run, { entries }: Value, { formats }: Around, below: (one: Value) => Shape): Shape {
  const field = (name: string): Value | undefined => entries?.get(name);
  const types = typesOf(field('type'));
  const properties = field('properties')?.entries;
  if (properties) return { labels: 0, fields: new Map([...properties].map(([key, one]) => [key, below(one)])) };
  if (types.length > 0 && types.every((one) => PLAIN.has(one))) return { labels: ALL, fields: null };
  const items = types.includes('array') ? field('items') : undefined;
  if (items) return { labels: 0, fields: new Map([['*', below(items)]]) };
  const isText = types.includes('string') && types.every((one) => one === 'string' || PLAIN.has(one));
  if (!isText) return NOTHING;
  return { labels: textLabels(run, formats ? field('format') : undefined, field('pattern')), fields: null };
}

/** `{ $ref: '#/definitions/page' }`, `{ $ref: 'page#' }` of a schema that was added with that `$id`. */
function leadsTo(run: Run, { root }: Around, ref: Value | undefined): { schema: Value; root: Value } | null {
  const [id, pointer = ''] = (ref ? (constantText(ref) ?? '') : '').split('#');
  const base = id === '' ? root : run.jsonSchemas.get(id ?? '');
  if (!ref || !base) return null;
  let schema: Value | undefined = base;
  for (const key of pointer.split('/').slice(1)) schema = schema?.entries?.get(key);
  return schema && schema !== root ? { schema, root: base } : null;
}

/** `app.addSchema(schema)`, by its `$id` or the name that it is given. */
export function noteJsonSchema(run: Run, [schema, name]: readonly Value[]): void {
  const id = (name && constantText(name)) ?? constantText(schema?.entries?.get('$id') ?? UNKNOWN);
  if (schema && id) run.jsonSchemas.set(id.replace(/#$/, ''), schema);
}

/** Of a list that is not known as a whole nothing is. */
function listSchemas(list: Value | undefined): Value[] {
  return list && !list.open ? [...(list.entries?.values() ?? [])] : [];
}

/** `'string'`, `['string', 'null']` */
function typesOf(type: Value | undefined): string[] {
  const all = type?.entries ? [...type.entries.values()] : type ? [type] : [];
  return all.map((one) => constantText(one) ?? '?');
}

function textLabels(run: Run, format: Value | undefined, pattern: Value | undefined): number {
  if (format && FIXED.test(constantText(format) ?? '')) return ALL;
  const source = pattern ? constantText(pattern) : null;
  const held = source !== null && holdsBothEnds(source) ? labelsOfPattern(run, source) : 0;
  return held | run.labelOf('nosql') | run.labelOf('merge') | run.labelOf('record');
}
