import { ALL, type CallModel } from './models.ts';
import { holdsBothEnds, labelsOfPattern } from './pattern-labels.ts';
import type { Evaluated, Run } from './run.ts';
import type { Shape } from './shape.ts';
import { constantText, containerValue, textValue, type Value } from './value.ts';

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

/** What a JSON schema lets through. Null: it is none, or it is not written here. */
export function shapeOfJson(run: Run, schema: Value, depth = 0): Shape | null {
  const field = (name: string): Value | undefined => schema.entries?.get(name);
  if (!schema.entries || !['type', 'properties', 'enum', 'const', '$ref', 'anyOf', 'allOf'].some((name) => field(name)))
    return null;
  if (field('enum') || field('const')) return { labels: ALL, fields: null };
  const ways = listSchemas(field('anyOf')).map((one) => shapeOfJson(run, one, depth + 1));
  if (ways.length > 0 && ways.every((one) => one?.labels === ALL)) return { labels: ALL, fields: null };
  const parts = depth < MOST_DEPTH ? listSchemas(field('allOf')).map((one) => shapeOfJson(run, one, depth + 1)) : [];
  if (parts.length > 0) return { labels: 0, fields: new Map(parts.flatMap((one) => [...(one?.fields ?? [])])) };
  const types = typesOf(field('type'));
  const properties = field('properties')?.entries;
  if (properties && depth < MOST_DEPTH) return { labels: 0, fields: fieldsOf(run, properties, depth) };
  if (types.length > 0 && types.every((one) => PLAIN.has(one))) return { labels: ALL, fields: null };
  const items = types.includes('array') ? field('items') : undefined;
  if (items && depth < MOST_DEPTH) return { labels: 0, fields: fieldsOf(run, new Map([['*', items]]), depth) };
  const isText = types.includes('string') && types.every((one) => one === 'string' || PLAIN.has(one));
  return { labels: isText ? textLabels(run, field('format'), field('pattern')) : 0, fields: null };
}

function fieldsOf(run: Run, all: ReadonlyMap<string, Value>, depth: number): ReadonlyMap<string, Shape> {
  return new Map(
    [...all].map(([key, one]) => [key, shapeOfJson(run, one, depth + 1) ?? { labels: 0, fields: null }] as const),
  );
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
