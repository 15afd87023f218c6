import type { CallModel } from '../data/models.ts';
import { valueOfType } from '../program/types.ts';
import { holdsWhen } from '../sinks/sinks.ts';
import { concatValues } from '../values/concat-values.ts';
import { formattedFrom } from '../values/format-value.ts';
import { sourceValue } from '../values/source-value.ts';
import type { Taint, Value } from '../values/value.ts';
import { constantKey } from '../values/value-key.ts';
import { EMPTY, joinTwo, opaqueValue, taintsOf, UNKNOWN } from '../values/values.ts';
import { replace } from './assign.ts';
import { picked } from './call-result.ts';
import { itemOf, keyed } from './fields.ts';
import { putKeyed } from './keyed-places.ts';
import { pickArguments } from './pick-arguments.ts';
import { type Evaluated, type Frame, placeOf, type Run, sourceOf } from './run.ts';

/** What a library call writes into its arguments and into its object, by the library's model. */
export function fill(run: Run, frame: Frame, one: Evaluated, model: CallModel): void {
  const { home } = frame.closure;
  for (const { argument, with: from, kind, says, undoes } of model.fills) {
    const target =
      typeof argument === 'number'
        ? one.call.arguments.filter(({ name }) => name === null)[argument]?.value
        : undefined;
    const [source] = pickArguments(one, from);
    if (!target || (!source && kind === undefined)) continue;
    const before = run.evaluate({ ...frame, made: [] }, target);
    const text = sourceOf(home, target.span);
    const taints =
      kind === undefined
        ? taintsOf(source?.value ?? UNKNOWN)
        : taintsOf(sourceValue(frame, { kind, says: says ?? kind }, target.span, text));
    if (taints.length === 0) continue;
    const undone = undoes.reduce((labels, one) => labels | run.labelOf(one), 0);
    const read = taints.map((taint) => ({ ...taint, safe: taint.safe & ~undone }));
    const filled = before.type
      ? valueOfType(run, before.type.home, before.type.type, text, read.map(asDecoded))
      : {
          ...before,
          pieces: opaqueValue(text, read).pieces,
          entries: before.entries?.size
            ? new Map([...before.entries].map(([key, value]) => [key, taintAll(value, read)]))
            : null,
        };
    replace(run, frame, target, filled.type ? { ...filled, entries: null } : filled);
  }
  for (const { to, when } of model.turns)
    if (one.receiver && one.call.of.kind === 'field' && holdsWhen(one, when))
      replace(run, frame, one.call.of.of, { ...one.receiver, name: to });
  const holder = one.call.of.kind === 'field' ? putKeyed(run, frame, one, model) : null;
  if (holder && one.call.of.kind === 'field') replace(run, frame, one.call.of.of, holder);
  if (model.adds) add(run, frame, one, model.adds);
}

function add(run: Run, frame: Frame, one: Evaluated, { to, from, concatenates, format }: Adds): void {
  const receiver = to === undefined ? one.receiver : one.args.list[to];
  const target =
    to !== undefined ? one.call.arguments[to]?.value : one.call.of.kind === 'field' ? one.call.of.of : undefined;
  // What was written to an answer is gone.
  if (!receiver || !target || receiver.name?.endsWith('ResponseWriter')) return;
  const added = from === 'all' ? one.args.list : picked(one, [from].flat());
  const place = placeOf(frame.closure.home, one.call.span);
  const entries = new Map(receiver.entries ?? []);
  const [first] = one.args.list;
  const isUpdate = /^(?:update|read_dict)$/.test(one.method);
  const key = one.method === 'setdefault' && first ? constantKey(first) : null;
  if (concatenates) {
    const text = entries.get('#text') ?? (receiver.entries || !receiver.built ? EMPTY : receiver);
    const texts = format ? [formattedFrom(one, Number(from), format, place)] : added;
    entries.set('#text', concatValues([text, ...texts], place));
  } else if (key !== null) for (const value of added) entries.set(key, entries.get(key) ?? value);
  // `values.update({'site': x})`
  else
    for (const value of added)
      if (isUpdate && value.entries && !value.of)
        for (const [key, item] of value.entries) put(entries, key, item, !frame.inLoop);
      // Attributes of an object that is a dictionary as well stay what they are.
      else if (isUpdate && !receiver.of) put(entries, '*', value.of ? value : itemOf(value, '…'));
      else entries.set('*', joinTwo(entries.get('*') ?? value, value));
  // `values.update(site=x)`
  if (!concatenates && isUpdate)
    for (const [key, item] of keyed(one.args.named)) put(entries, key, item, !frame.inLoop);
  replace(run, frame, target, { ...receiver, entries });
}

/** Under a key that is not known, `*`, it may stand in place of each of the others. */
function put(entries: Map<string, Value>, key: string, item: Value, isSure = false): void {
  if (isSure && key !== '*' && !entries.has('*')) {
    entries.set(key, item);
    return;
  }
  for (const one of new Set([key, ...(key === '*' ? entries.keys() : [])]))
    entries.set(one, joinTwo(entries.get(one) ?? item, item));
}

type Adds = NonNullable<CallModel['adds']>;

function asDecoded(taint: Taint): Taint {
  return { ...taint, decoded: true };
}

function taintAll(value: Value, taints: ReturnType<typeof taintsOf>): Value {
  return {
    ...value,
    pieces: value.pieces.map((piece) => (piece.kind === 'hole' && !piece.fixed ? { ...piece, taints } : piece)),
  };
}
