import type { ShownRequest } from '../../findings/shown-request.ts';
import type { FlowClass } from '../../flows/data/flow-class.ts';
import type { Entry } from '../../flows/requests/entry.ts';
import type { Procedure } from '../facts.ts';
import { encodePart, isShowable } from '../routes/route-text.ts';
import { camelOf } from './graphql-types.ts';
import { nest, toJson } from './json-texts.ts';

type Value = NonNullable<FlowClass['request']>;

const PRINTABLE = /^[\x20-\x7e]+$/;
const JSON_TYPE = { name: 'content-type', value: 'application/json' };

/** What a client says to a procedure, with a harmless value where the way of the data begins. Null: not all of it is known. */
export function showProcedure(entry: Entry, procedure: Procedure, given: string, value: Value): ShownRequest | null {
  const { name, at, takes } = procedure;
  const names = [
    ...name.split(/[./]/),
    ...(at ?? '').split('/'),
    ...takes.flatMap((one) => [one.name, one.type ?? '']),
  ];
  if (!PRINTABLE.test(name) || !names.every(isShowable)) return null;
  const { keys } = entry;
  const { field, shows } = value;
  const said = {
    parameter: keys.length === 0 ? 'the message' : keys.join('.'),
    value: field === undefined ? given : `{"${field}": "${given}"}`,
    shows,
  };
  switch (procedure.by) {
    case 'trpc':
      return showInput(keys, procedure, given, value);
    case 'graphql':
      return showQuery(entry, procedure, given, value);
    case 'grpc': {
      const method = procedure.whole ? name : `PACKAGE.${name}`;
      if (keys.length === 0 || field !== undefined || !/^[\w.]+\/\w+$/.test(method)) return null;
      return {
        kind: 'call',
        method,
        ...(!procedure.whole && { package: 'PACKAGE' }),
        body: toJson(nest(keys, given, field)),
        ...said,
      };
    }
    case 'websocket':
      if (name !== 'message') return null;
      return {
        kind: 'message',
        sort: 'socket',
        queue: null,
        body: keys.length === 0 && field === undefined ? given : toJson(nest(keys, given, field)),
        ...said,
      };
    case 'socket.io':
      return showEmitted(entry, procedure, nest(keys, given, field), said);
  }
}

function showEmitted(
  { written, keys }: Entry,
  { name, at, takes }: Procedure,
  sent: unknown,
  said: { parameter: string; value: string; shows: string },
): ShownRequest | null {
  const index = takes.findIndex((one) => one.name === written || one.name.startsWith(`${written}:`));
  if (index < 0 || at === null || !/^\/[\w./-]*$/.test(at)) return null;
  const values = [...Array.from({ length: index }, () => '1'), sent];
  return {
    kind: 'emitted',
    namespace: at,
    event: name,
    arguments: toJson(values),
    ...said,
    ...(keys.length === 0 && isShowable(written) && /^\w+$/.test(written) && { parameter: written }),
  };
}

/** Source: trpc.io/docs/rpc. */
function showInput(
  keys: readonly string[],
  { name, operation, at, whole, authorised, takes: [wrapper] }: Procedure,
  given: string,
  { field, shows }: Value,
): ShownRequest | null {
  // What is sent for a transformer stands in a field.
  const input = toJson(nest([...(wrapper ? [wrapper.name] : []), ...keys], given, field));
  const isQuery = operation === 'query';
  const path = `${at ?? '/MOUNT'}${whole ? '/' : '.'}${encodePart(name)}`;
  if (!/^\/[\w.~/%-]*$/.test(path)) return null;
  return {
    kind: 'request',
    method: isQuery ? 'GET' : 'POST',
    path: isQuery ? `${path}?input=${encodePart(input)}` : path,
    ...(at === null && { mount: '/MOUNT', mounted: whole ? 'procedures' : 'prefix' }),
    headers: isQuery ? [] : [JSON_TYPE],
    body: isQuery ? null : input,
    parameter: keys.length === 0 ? 'the input' : keys.join('.'),
    value: field === undefined ? given : `{"${field}": "${given}"}`,
    authorised,
    shows,
  };
}

/** What stands for arguments that must be there, by their type. */
const SAMPLES: Readonly<Record<string, string>> = {
  String: '"1"',
  ID: '"1"',
  Int: '1',
  Float: '1',
  Boolean: 'true',
  '"text"': '"1"',
  '"number"': '1',
  '"flag"': 'true',
};

function showQuery(
  { keys: [first, ...rest] }: Entry,
  { name, operation, at, takes, fields, handler, authorised }: Procedure,
  given: string,
  { field, shows }: Value,
): ShownRequest | null {
  const [, called = ''] = name.split('.');
  if (first === undefined || fields === null || !/^\w+$/.test(called)) return null;
  const isCamel = handler.place?.path.endsWith('.py') === true;
  const carrier = takes.find((one) => one.name === first || (isCamel && one.name === camelOf(first)));
  if (!carrier || !/^\w+$/.test(carrier.name)) return null;
  const inner = isCamel ? rest.map(camelOf) : rest;
  const type = carrier.type?.replace(/!$/, '') ?? null;
  // An object for a text is refused before it comes here.
  if (type === null ? inner.length === 0 : type.startsWith('[')) return null;
  if (field !== undefined || (inner.length > 0 && type !== null && Object.hasOwn(SAMPLES, type))) return null;
  const others = takes.filter((one) => one !== carrier && one.required);
  const samples = others.map((one) => SAMPLES[one.type?.replace(/!$/, '') ?? '']);
  if (samples.includes(undefined)) return null;
  const isLiteral = type === null || type.startsWith('"');
  const value = isLiteral ? literal(inner, given) : `$${carrier.name}`;
  const list = [`${carrier.name}: ${value}`, ...others.map((one, index) => `${one.name}: ${samples[index]}`)].join(
    ', ',
  );
  const head = isLiteral ? (operation ?? 'query') : `${operation ?? 'query'}($${carrier.name}: ${type}!)`;
  const query = `${head} { ${called}(${list})${fields ? ' { __typename }' : ''} }`;
  const path = at === null ? '/MOUNT' : at || '/';
  if (!/^\/[\w.~/%-]*$/.test(path)) return null;
  return {
    kind: 'request',
    method: 'POST',
    path,
    ...(at === null && { mount: '/MOUNT', mounted: 'schema' }),
    headers: [JSON_TYPE],
    body: toJson({ query, ...(!isLiteral && { variables: nest([carrier.name, ...inner], given, undefined) }) }),
    parameter: [carrier.name, ...inner].join('.'),
    value: given,
    authorised,
    shows,
  };
}

/** In the words of GraphQL, whose texts are those of JSON. */
function literal(keys: readonly string[], value: string): string {
  return keys.reduceRight((inner, key) => `{${key}: ${inner}}`, toJson(value));
}
