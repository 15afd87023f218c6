import { compiled } from '../../flows/data/compiled.ts';
import type { LibraryModel } from '../../flows/data/library-model.ts';
import { pickAt } from '../../flows/run/pick-arguments.ts';
import { type Frame, noteMatters, type Run, sourceOf, symbolOf } from '../../flows/run/run.ts';
import type { Closure, Home, Value } from '../../flows/values/value.ts';
import { textOf } from '../../flows/values/values.ts';
import type { Span } from '../../languages/form.ts';
import type { Message, OutgoingCall } from '../facts.ts';
import type { FactModels } from './compile-fact-models.ts';
import type { Doing, Doings } from './doings.ts';
import { find, type Look, siteOf } from './look.ts';
import { pickAll, textAt } from './read-argument.ts';
import { readDecorator } from './read-decorator.ts';

type Placed<T> = Omit<T, 'place' | 'handler'> & { home: Home; span: Span };
/** With the functions that are called with each message. */
export type PlacedMessage = Placed<Message> & { handlers: readonly Closure[] };

export interface Others {
  note(look: Look, result: Value): Value;
  /** A function that a decorator has the messages given to. */
  decorated(run: Run, frame: Frame, closure: Closure, models: FactModels): void;
  outgoing(): readonly Placed<OutgoingCall>[];
  consumers(): readonly PlacedMessage[];
  producers(): readonly PlacedMessage[];
}

/** That a client was made with a limit of time stands under this key of its entries. */
const LIMITED = '#limited';
/** The same of one that was made to wait for ever. */
const UNLIMITED = '#unlimited';

/** Calls that leave the program: to other services, and to queues. */
export function createOthers(doings: Doings): Others {
  const outgoing = new Map<string, Placed<OutgoingCall>>();
  const consumers = new Map<string, PlacedMessage>();
  const producers = new Map<string, PlacedMessage>();
  return {
    decorated(run, frame, closure, models) {
      if (!models.workedOff.has) return;
      const { form, home } = closure;
      const above = form.owner === null ? [] : (home.module.classes[form.owner]?.decorators ?? []);
      for (const decorator of [...form.decorators, ...above])
        for (const { look } of readDecorator(run, frame, decorator, models)) {
          const model = find(look, models.workedOff)?.model;
          const isAbove = !form.decorators.includes(decorator);
          if (!model || (isAbove ? model.method !== form.name : model.method !== undefined)) continue;
          const { one } = look;
          const name = model.name === undefined ? null : textAt(pickAt(one, model.name)[0]?.value);
          const at = { function: symbolOf({ closure }), home, span: form.at };
          const kept = { ...at, client: clientOf(look), name, automatic: null, handlers: [closure] };
          consumers.set(`${siteOf(look)} ${name}`, kept);
        }
    },
    note(look, result) {
      const { one, models, frame } = look;
      const at = { function: symbolOf(frame), home: frame.closure.home, span: one.call.span };
      const did = (does: Doing['does'], suspected = false): void =>
        doings.did({
          does,
          ...(suspected && { suspected }),
          call: sourceOf(at.home, one.call.of.span, 60),
          home: at.home,
          span: at.span,
        });
      const message = (
        found: { model: { name?: string | number | undefined } } | null,
        kept: Map<string, PlacedMessage>,
        automatic: boolean | null,
        around = false,
      ): void => {
        if (!found) return;
        const { name } = found.model;
        const values = name === undefined ? [] : pickAt(one, name);
        noteMatters(
          look.run,
          values.map(({ value }) => value),
        );
        const text = textAt(values[0]?.value);
        const given = [...one.args.list, ...one.args.named.values()].flatMap((value) =>
          [value, ...(value.entries?.values() ?? [])].flatMap(({ functions }) => functions),
        );
        const handlers = given.length === 0 && around ? [frame.closure] : given;
        kept.set(`${siteOf(look)} ${text}`, { ...at, client: clientOf(look), name: text, automatic, handlers });
      };
      const producer = find(look, models.producer);
      message(producer, producers, null);
      if (producer && isSentNow(look, producer.model)) did('message', !isOfLibrary(look, producer.model));
      const consumer = find(look, models.consumer);
      if (consumer && isWhen(look, consumer.model.when))
        message(consumer, consumers, automaticOf(look, consumer.model.automatic), consumer.model.around);
      const call = find(look, models.outgoing)?.model;
      if (!call) return result;
      const given = pickAll(one, call.timeout);
      const isNone = given.length > 0 && given.every(({ value }) => value.constant === null);
      const limited = !isNone && (call.limited || given.length > 0);
      if (call.makes)
        return limited || isNone
          ? { ...result, entries: new Map([...(result.entries ?? []), [isNone ? UNLIMITED : LIMITED, result]]) }
          : result;
      did(call.mail ? 'mail' : 'request');
      const url = call.url === undefined ? undefined : pickAt(one, call.url)[0]?.value;
      noteMatters(look.run, [one.receiver, url ?? null]);
      const isKnown = call.timeout !== undefined && [call.timeout].flat().length > 0;
      const host = hostOf(url);
      outgoing.set(`${siteOf(look)} ${host}`, {
        ...at,
        client: clientOf(look),
        method:
          call.method === 'name'
            ? one.method.toUpperCase()
            : (textAt(pickAt(one, call.method)[0]?.value)?.toUpperCase() ?? null),
        host,
        mail: call.mail,
        timeout: limitOf(look, { limited, isNone, isGiven: given.length > 0, isKnown }),
      });
      return result;
    },
    outgoing: () => dropUnknown([...outgoing.values()], ({ host }) => host),
    consumers: () => joinConsumers(dropUnknown([...consumers.values()], ({ name }) => name)),
    producers: () => dropUnknown([...producers.values()], ({ name }) => name),
  };
}

/** Constants of the call are as the patterns say. */
function isWhen({ one }: Look, when: Readonly<Record<string, string>>): boolean {
  return Object.entries(when).every(([at, pattern]) =>
    pickAt(one, at).some(({ value }) => compiled(`^(?:${pattern})$`).test(textAt(value) ?? '')),
  );
}

/** It leaves at once, to others: not in an hour, and not to a table of the same database. */
function isSentNow({ one }: Look, { late, decorated }: LibraryModel['producers'][number]): boolean {
  if (pickAll(one, late).length > 0) return false;
  const [fn] = one.receiver?.functions ?? [];
  const { home, form } = fn ?? { home: null, form: null };
  if (decorated === undefined || !home || form.decorators.length === 0) return true;
  return form.decorators.some(({ span }) => compiled(decorated).test(home.text.slice(...span)));
}

/** What sends it is a library that is known, as the file of what is sent imports it; where that is not there it is believed. */
function isOfLibrary({ one }: Look, { known }: LibraryModel['producers'][number]): boolean {
  const home = one.receiver?.functions[0]?.home;
  return known === undefined || !home || compiled(known, 'm').test(home.text);
}

/** Options that are not known may hold a limit. */
/** What the call says counts more than its client, and that more than what the library does by itself. */
function limitOf(
  look: Look,
  { limited, isNone, isGiven, isKnown }: Record<'limited' | 'isNone' | 'isGiven' | 'isKnown', boolean>,
): boolean | null {
  if (isNone) return false;
  const made = look.one.receiver?.entries;
  if (!isGiven && made?.has(UNLIMITED)) return false;
  return limited || made?.has(LIMITED) ? true : isKnown ? isOpen(look) : null;
}

function isOpen({ one }: Look): false | null {
  const open = one.args.list
    .slice(1)
    .some(
      (value) =>
        !value.entries &&
        value.constant === undefined &&
        value.pieces.length > 0 &&
        textAt(value) === null &&
        value.functions.length === 0,
    );
  return open || one.args.named.has('**') || [...one.args.list].some((value) => value.entries?.has('*')) ? null : false;
}

/** Of one call what is known, where some run of it tells it. */
function dropUnknown<T extends { home: Home; span: Span }>(all: readonly T[], know: (one: T) => string | null): T[] {
  const callOf = ({ home, span }: T): string => `${home.path} ${span.join(' ')}`;
  const known = new Set(all.filter((one) => know(one) !== null).map(callOf));
  return all.filter((one) => know(one) !== null || !known.has(callOf(one)));
}

function clientOf({ one, names }: Look): string {
  return (one.name ?? names[0] ?? one.method).replace(/^.*\/(?=[^/]*$)/, '').replaceAll('()', '');
}

/**
 * `consumer.subscribe({ topic })`, and further on `consumer.run({ eachMessage })`: what works the messages off has the name that its
 * file says, where it says one.
 */
function joinConsumers(all: readonly PlacedMessage[]): PlacedMessage[] {
  const keyOf = ({ home, client }: PlacedMessage): string => `${home.path} ${client.split('.')[0]}`;
  const bare = Map.groupBy(
    all.filter(({ name, handlers }) => name !== null && handlers.length === 0),
    keyOf,
  );
  const nameless = all.filter(({ name, handlers }) => name === null && handlers.length > 0);
  const named = new Map(
    nameless.flatMap((one) => {
      const names = new Set((bare.get(keyOf(one)) ?? []).map(({ name }) => name));
      return names.size === 1 ? [[one, [...names][0] ?? null] as const] : [];
    }),
  );
  const joined = new Set([...named.keys()].flatMap((one) => bare.get(keyOf(one)) ?? []));
  return all
    .filter((one) => !joined.has(one))
    .map((one) => (named.has(one) ? { ...one, name: named.get(one) ?? null } : one));
}

/** `https://api.example.com/x`: `api.example.com`. */
function hostOf(value: Value | undefined): string | null {
  if (!value) return null;
  const [, host] = /^[a-z+]+:\/\/(?:[^/@\0]*@)?([\w.-]+(?::\d+)?)(?=[/?#\0]|$)/i.exec(textOf(value)) ?? [];
  return host ?? null;
}

function automaticOf(look: Look, automatic: Readonly<Record<string, string>> | undefined): boolean | null {
  if (!automatic) return null;
  return Object.entries(automatic).some(([at, pattern]) =>
    pickAt(look.one, at).some(({ value }) =>
      new RegExp(`^(?:${pattern})$`).test(String(value.constant ?? textAt(value))),
    ),
  );
}
