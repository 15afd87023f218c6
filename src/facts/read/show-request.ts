import type { ShownRequest } from '../../findings/shown-request.ts';
import type { FlowClass } from '../../flows/data/flow-class.ts';
import type { Entry } from '../../flows/requests/entry.ts';
import type { FactPlace, Facts, Message, Procedure, Route } from '../facts.ts';
import { nest, toJson } from '../procedures/json-texts.ts';
import { showProcedure } from '../procedures/show-procedure.ts';
import { encodePart, fillRoute, isShowable, namesIn } from '../routes/route-text.ts';

type Value = NonNullable<FlowClass['request']>;
/** A placeholder that the person who sends the request replaces. */
const MOUNT = '/MOUNT';

type Sent = Pick<Extract<ShownRequest, { kind: 'request' }>, 'method' | 'path' | 'headers' | 'body'>;

/**
 * The request, or message, that brings a harmless value by this way to where it does harm. Null where the route is not known, or
 * what carries the value is not. Of a router that another file mounts, the path goes on from there.
 */
export function showRequest(entry: Entry, facts: Facts, value: Value): ShownRequest | null {
  if (!entry.keys.every((key) => isShowable(key) && /^[\x20-\x7e]+$/.test(key))) return null;
  const given = entry.begins ? value.value : (value.inside ?? value.value);
  if (entry.part === 'event') return showEvent(entry, given, value);
  if (entry.part === 'message') return showMessage(entry, facts, given, value);
  if (entry.part === 'call' || entry.part === 'input' || entry.part === 'arguments') {
    const procedure = findAround(entry.places, facts.procedures);
    return procedure && showProcedure(entry, procedure, given, value);
  }
  const route = findAround(entry.places, facts.routes);
  if (!route) return null;
  const known = route.whole ? route : { ...route, path: route.path.replace(/^\/?…(?=\/)/, '') };
  const sent = placeValue(known, partOf(entry, known), entry.keys, given, value.field);
  if (!sent) return null;
  return {
    kind: 'request',
    ...sent,
    ...(!route.whole && { path: `${MOUNT}${sent.path}`, mount: MOUNT }),
    parameter: nameOf(entry.keys, 'the body'),
    value: value.field === undefined ? given : `{"${value.field}": "${given}"}`,
    authorised: route.authorised,
    shows: value.shows,
  };
}

function showMessage(entry: Entry, { consumers, procedures }: Facts, given: string, value: Value): ShownRequest | null {
  const { places, keys } = entry;
  const { field, shows } = value;
  const consumer =
    findAround<Message | Procedure>(places, [...consumers, ...procedures]) ?? onlyIn(places[0]?.path, consumers);
  if (!consumer) return null;
  if ('by' in consumer) return showProcedure(entry, consumer, given, value);
  const { name } = consumer;
  const isNamed = name !== null && /^[\x20-\x7e]+$/.test(name) && isShowable(name);
  return {
    kind: 'message',
    queue: isNamed ? name : null,
    body: keys.length === 0 && field === undefined ? given : toJson(nest(keys, given, field)),
    parameter: nameOf(keys, 'the message'),
    value: given,
    shows,
  };
}

/** Of a function in the cloud: the fields of the event that lead to the value. */
function showEvent({ keys: [first = '', ...rest] }: Entry, given: string, { field, shows }: Value): ShownRequest {
  const names = field === undefined ? rest : [...rest, field];
  const at = first === 'body' ? 0 : names.findIndex((name) => /^(?:body|Message)$/.test(name)) + 1;
  // What stands in a body is text.
  const inner = names.slice(at);
  const isText = first === 'body' || at > 0;
  const text = isText && inner.length > 0 ? toJson(nest(inner, given, undefined)) : given;
  const outer = isText ? names.slice(0, at) : names;
  const all = outer.reduceRight<unknown>(
    (value, name) => (/^\d+$/.test(name) ? [value] : Object.fromEntries([[name, value]])),
    text,
  );
  return {
    kind: 'message',
    sort: 'event',
    queue: null,
    body: toJson(Object.fromEntries([[first, all]])),
    parameter: [first, ...rest].filter((name) => !/^\d+$/.test(name)).join('.'),
    value: given,
    shows,
  };
}

function nameOf(keys: readonly string[], all: string): string {
  return keys.length === 0 ? all : keys.join('.');
}

/** Where no function is known that works its messages off: the file's only consumer. */
function onlyIn(path: string | undefined, all: readonly Message[]): Message | null {
  const [first, ...others] = all.filter(({ place }) => place.path === path);
  return first && others.length === 0 && first.handler.place === null ? first : null;
}

/** Whose handler holds one of these places, the smallest first; one whose whole path is known where there are several. */
function findAround<T extends { handler: { place: FactPlace | null } }>(
  places: Entry['places'],
  all: readonly T[],
): T | null {
  for (const { path, line } of places) {
    const around = all.filter(({ handler: { place } }) => {
      return place !== null && place.path === path && place.startLine <= line && line <= place.endLine;
    });
    const size = ({ handler: { place } }: T): number => (place ? place.endLine - place.startLine : 0);
    const least = Math.min(...around.map(size));
    const nearest = around.filter((one) => size(one) === least);
    const [first] = nearest.toSorted((a, b) => Number(isWhole(b)) - Number(isWhole(a)));
    if (first) return first;
  }
  return null;
}

function isWhole(one: object): boolean {
  return 'whole' in one && one.whole === true;
}

/** A parameter of a function stands in the path if the route names it. */
function partOf({ part, keys }: Entry, { path, method }: Route): Entry['part'] {
  if (part === 'parameter') return namesIn(path).includes(keys[0] ?? '') ? 'path' : 'query';
  // Pages of Next.js read both from one object.
  if (part === 'query' && path.includes(`[${keys[0]}]`)) return 'path';
  return part === 'form' && method === 'GET' ? 'query' : part;
}

function placeValue(
  { method, path }: Route,
  part: Entry['part'],
  keys: readonly string[],
  value: string,
  field: string | undefined,
): Sent | null {
  const [name] = keys;
  const inBody = part === 'body' || part === 'form';
  if (part === 'path' && (name === undefined || field !== undefined || !namesIn(path).includes(name))) return null;
  const filled = fillRoute(path, (one) => (part === 'path' && one === name ? value : '1'));
  const said = method === 'ANY' ? (inBody ? 'POST' : 'GET') : method;
  if (filled === null || !/^[A-Z]{3,10}$/.test(said)) return null;
  const sent: Sent = { method: said, path: filled, headers: [], body: null };
  const pair = name === undefined ? null : `${encodePart(bracketed(keys, field))}=${encodePart(value)}`;
  switch (part) {
    case 'path':
      return sent;
    case 'query':
      return pair === null ? null : { ...sent, path: `${filled}?${pair}` };
    case 'form':
      return pair === null ? null : { ...sent, headers: [type('application/x-www-form-urlencoded')], body: pair };
    case 'body':
      return name === undefined && field === undefined
        ? { ...sent, headers: [type(value.startsWith('<') ? 'application/xml' : 'text/plain')], body: value }
        : { ...sent, headers: [type('application/json')], body: toJson(nest(keys, value, field)) };
    case 'header': {
      // `HTTP_X_NAME` of WSGI, `x_name` of a parameter.
      const header = name?.replace(/^HTTP_/, '').replaceAll('_', '-');
      return header !== undefined && /^[\w-]+$/.test(header)
        ? { ...sent, headers: [{ name: header.toLowerCase(), value }] }
        : null;
    }
    case 'cookie':
      return name !== undefined && /^[\w.-]+$/.test(name)
        ? {
            ...sent,
            headers: [{ name: 'cookie', value: `${name}=${/[;,"\s\\]/.test(value) ? encodePart(value) : value}` }],
          }
        : null;
    default:
      return null;
  }
}

function type(value: string): { name: string; value: string } {
  return { name: 'content-type', value };
}

/** `a[b][c]`, as most parsers read fields of a field. */
function bracketed([first = '', ...rest]: readonly string[], field: string | undefined): string {
  return first + [...rest, ...(field === undefined ? [] : [field])].map((key) => `[${key}]`).join('');
}
