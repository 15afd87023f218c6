import type { Value } from '../values/value.ts';
import { constantText, containerValue, EMPTY, joinValues, taintsOf, UNKNOWN } from '../values/values.ts';
import { mergeFields } from './fields.ts';
import type { Evaluated, Frame, Run } from './run.ts';

const IN_ORDER = /^(?:Object\.assign|lodash\.(?:assign|assignIn|extend|merge))$/;
/** Of these the first that has a field counts. */
const BACKWARDS = /^lodash\.defaults(?:Deep)?$/;
const MOST_PATH = 8;

/**
 * `Object.assign({}, req.query, { limit: 10 })`, `_.get(options, 'a.b', 'c')`, `_.pick(query, ['name'])`: as fields, where what is given
 * is known. Null: it is another call, or nothing more is known than what goes into it.
 */
export function mergedObjects(run: Run, frame: Frame, { name, args: { list }, call }: Evaluated): Value | null {
  if (name === null) return null;
  if (IN_ORDER.test(name)) return merged(run, frame, list, call.span);
  if (BACKWARDS.test(name)) return merged(run, frame, list.toReversed(), call.span);
  const [of, by = EMPTY, otherwise] = list;
  if (!of?.entries || of.open || of.keys || of.name !== null) return null;
  if (name === 'lodash.get') return taken(of, constantText(by), otherwise);
  return name === 'lodash.pick' ? picked(of.entries, by) : null;
}

type Span = Evaluated['call']['span'];

/** Like the fields of an object that others are spread into. */
function merged(run: Run, frame: Frame, all: readonly Value[], span: Span): Value | null {
  const isKnown = ({ entries, open }: Value): boolean => entries !== null && !open;
  const known = all.filter((one) => one.name === null && !one.of && isKnown(one));
  const others = all.filter((one) => !isKnown(one) && taintsOf(one).length > 0);
  if (known.length === 0 || others.length === 0 || known.length + others.length < all.length) return null;
  const fields = mergeFields(run, frame, all, span);
  return fields && containerValue(fields);
}

/** `a.b[0].c` of what is known as far as that. */
function taken(of: Value, path: string | null, otherwise: Value | undefined): Value | null {
  const keys = path?.split(/[.[\]]+/).filter((key) => key !== '');
  if (!keys?.length || keys.length > MOST_PATH) return null;
  let found: Value | undefined = of;
  for (const key of keys) {
    if (!found?.entries || found.open || found.name !== null || found.entries.has('*')) return null;
    found = found.entries.get(key);
    if (!found) return otherwise ?? UNKNOWN;
  }
  return otherwise ? joinValues([found, otherwise]) : found;
}

function picked(entries: ReadonlyMap<string, Value>, by: Value): Value | null {
  const names = [...(by.entries?.values() ?? [])].map((one) => constantText(one));
  if (names.length === 0 || names.includes(null)) return null;
  const rest = entries.get('*');
  return containerValue(new Map(names.map((one) => [one ?? '', entries.get(one ?? '') ?? rest ?? UNKNOWN])));
}
