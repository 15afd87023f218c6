import type { Hit } from '../run/run.ts';
import { lineAt } from '../sinks/line-at.ts';
import { fieldsOfKey } from '../values/field-taint.ts';
import type { Home, Taint } from '../values/value.ts';

/** Which part of a request or message a source is, by what the models say of it. What is not named here may be any part. */
const PARTS = {
  'the query of the request': 'query',
  // A function's parameter: of the path where the route names it.
  'a parameter of the request': 'parameter',
  'the path of the request': 'path',
  'a part of the path': 'path',
  'the body of the request': 'body',
  'the form of the request': 'form',
  'a header of the request': 'header',
  'a cookie of the request': 'cookie',
  'the message': 'message',
  // Of gRPC, tRPC and GraphQL.
  'the message of the call': 'call',
  'the input of the procedure': 'input',
  'the arguments of the query': 'arguments',
  'an argument of the query': 'arguments',
  // Of a function in the cloud.
  'the query of the event': 'event',
  'the path of the event': 'event',
  'the body of the event': 'event',
  'a header of the event': 'event',
  'the records of the event': 'event',
} as const;

export type Part = (typeof PARTS)[keyof typeof PARTS];

/** Where the way of data to a sink comes into the program. */
export interface Entry {
  part: Part;
  /** The names that lead to the value: of a parameter, or of fields in each other. Empty: it is all of that part. */
  keys: readonly string[];
  /** Nothing stands before the value where it does harm. */
  begins: boolean;
  /** How its beginning is written: `req.query.sort`, the name of a parameter. */
  written: string;
  /** The places that the way goes through, from its beginning. */
  places: readonly { path: string; line: number }[];
}

/** Null: what carries the value is not known. */
export function entryOf(
  hit: Hit,
  taint: Taint,
  hole: Hit['holes'][number],
  homes: ReadonlyMap<string, Home>,
): Entry | null {
  const all = fieldsOf(taint);
  // `new URL(request.url).searchParams.get('sort')`
  const isQuery = taint.says === 'the address of the request' && all?.[0] === 'searchParams' && all.length > 1;
  const said = isQuery ? 'query' : (PARTS as Readonly<Record<string, Part>>)[taint.says];
  // `cookies().get('theme')?.value`: its name leads to it.
  const fields = isQuery ? all.slice(1) : said === 'cookie' && all ? all.slice(0, 1) : all;
  const keys = said ? keysOf(said, taint, fields, hit, homes) : null;
  if (!said || !keys) return null;
  const { pieces } = hit.value;
  const at = pieces.findIndex((piece) => piece.kind === 'hole' && piece.name === hole.name);
  const places = [...taint.steps, hit.place].flatMap(({ path, span }) => {
    const home = homes.get(path);
    return home ? [{ path, line: lineAt(home, span[0]) }] : [];
  });
  return {
    // Of a parameter that has fields they are those of the body.
    part: said === 'parameter' && fields && fields.length > 0 ? 'body' : said,
    keys,
    begins: at <= 0,
    written: taint.steps[0]?.text ?? '',
    places,
  };
}

function keysOf(
  said: Part,
  taint: Taint,
  fields: readonly string[] | null,
  hit: Hit,
  homes: ReadonlyMap<string, Home>,
): readonly string[] | null {
  const [text = ''] = taint.steps.map((step) => step.text);
  const isGo = hit.home.module.language === 'go';
  if (said === 'event') return keysOfEvent(text, taint, isGo ? homes : null);
  if (said === 'call') return keysOfCall(taint, isGo);
  if (!fields) return null;
  // The parameter of a function is known by its own name.
  const isName = /^[A-Za-z_]\w*$/.test(text);
  if (taint.says === 'an argument of the query' && taint.asked === undefined) {
    const rest = isGo ? wireNames(fields, homes, lowerFirst) : fields;
    return isName && rest ? [text, ...rest] : null;
  }
  const isBare = fields.length === 0 && !taint.whole && BY_NAME.has(said) && isName;
  const isBound = /^(?:body|form|message)$/.test(said) && isGo;
  return isBare ? [text] : isBound ? wireNames(fields, homes) : fields;
}

/** Fields of a message of gRPC, by the names that its JSON has (`dirName`): `in.GetDirName()`, `call.request.getDirName()`. */
function keysOfCall({ key }: Taint, isGo: boolean): string[] | null {
  const keys: string[] = [];
  for (const field of fieldsOfKey(key)) {
    const [, got] = /^[gG]et([A-Z]\w*)\(\)$/.exec(field) ?? [];
    if (got === undefined && CALL.test(field)) continue;
    const name = got !== undefined || isGo ? lowerFirst(got ?? field) : field;
    if (name === null || !/^[A-Za-z_]\w*$/.test(name)) return null;
    keys.push(name);
  }
  return keys;
}

/** Null: which letters of it would be small is not known (`URL`). */
function lowerFirst(name: string): string | null {
  return /^[A-Z](?![A-Z])/.test(name)
    ? name.charAt(0).toLowerCase() + name.slice(1)
    : /^[a-z_]/.test(name)
      ? name
      : null;
}

/** The field of an event that a source is, and what it holds as a text. Source: docs.aws.amazon.com/lambda, events of triggers. */
const EVENT =
  /(?:^|\W)(queryStringParameters|multiValueQueryStringParameters|pathParameters|multiValueHeaders|headers|body|Records)\W*$/i;
const EVENTS = [
  'queryStringParameters',
  'multiValueQueryStringParameters',
  'pathParameters',
  'multiValueHeaders',
  'headers',
  'body',
  'Records',
];
const RECORDS: Readonly<Record<string, string>> = { Body: 'body', SNS: 'Sns' };

/** `homes`: of a program of Go, whose structs have other names. */
function keysOfEvent(text: string, { key }: Taint, homes: ReadonlyMap<string, Home> | null): string[] | null {
  const [, said = ''] = EVENT.exec(text) ?? [];
  const field = EVENTS.find((name) => name.toLowerCase() === said.toLowerCase());
  if (field === undefined) return null;
  const rest = fieldsOfKey(key).flatMap((one) => {
    const [, taken] = TAKES.exec(one) ?? [];
    return taken === undefined && CALL.test(one) ? [] : [taken ?? one];
  });
  const isList = /^(?:Records|multi\w+)$/.test(field);
  const all = rest.map((one) => (one === '*' && isList ? '0' : one));
  if (all.some((one) => one === '*' || one === '' || (!isList && /^\d+$/.test(one)))) return null;
  if (!homes) return [field, ...all];
  // What stands in the text of a record has the names of its own struct.
  const end =
    field === 'Records'
      ? all.findIndex((one) => /^(?:Body|Message)$/.test(one)) + 1
      : field === 'body'
        ? 0
        : all.length;
  const inner = wireNames(all.slice(end), homes);
  return (
    inner && [
      field,
      ...all.slice(0, end).map((one) => (Object.hasOwn(RECORDS, one) ? (RECORDS[one] ?? one) : one)),
      ...inner,
    ]
  );
}

const BY_NAME: ReadonlySet<Part> = new Set(['path', 'parameter', 'header', 'cookie', 'form']);

/**
 * Fields of structs by the names of their tags; null: several structs call such a field differently.
 *
 * @param unseen what a field is called that no struct of the program has
 */
function wireNames(
  fields: readonly string[],
  homes: ReadonlyMap<string, Home>,
  unseen: (field: string) => string | null = () => null,
): string[] | null {
  const all: string[] = [];
  for (const field of fields) {
    const names = /^[A-Z]/.test(field)
      ? new Set(
          [...homes.values()].flatMap(({ module }) =>
            module.types.flatMap(({ type }) =>
              type.kind === 'record' && Object.hasOwn(type.fields, field) ? [type.names?.[field] ?? field] : [],
            ),
          ),
        )
      : new Set([field]);
    const name = names.size === 0 ? unseen(field) : [...names][0];
    if (name === undefined || name === null || names.size > 1) return null;
    all.push(name);
  }
  return all;
}

/** Calls that take a field by its name: `request.args.get('sort')`, `r.Header.Get("Host")`. */
const TAKES = /^(?:get|getlist|get_list|getone|getall|pop|Get|Values|getAll|at)\((.*)\)$/s;
/** Calls that give the value itself in another form: `.trim()`. */
const CALL = /^\w+\(.*\)$/s;

/** Of a list of messages: what leads to the text of one of them. */
const ENVELOPE = /^(?:\*|\d+)$/;
const PAYLOAD = /^(?:[bB]ody|[dD]ata|[vV]alue|content|Payload)$/;

/** Null: one of them is not constant. */
function fieldsOf({ key, asked, says }: Taint): string[] | null {
  const keys = asked === undefined ? [] : [asked];
  const fields = fieldsOfKey(key);
  const at = says === 'the message' ? fields.findIndex((one) => ENVELOPE.test(one)) : -1;
  for (const field of at >= 0 && PAYLOAD.test(fields[at + 1] ?? '') ? fields.slice(at + 2) : fields) {
    const [, taken] = TAKES.exec(field) ?? [];
    if (taken === undefined && CALL.test(field)) continue;
    const name = taken ?? field;
    // `Object.values(req.query)[0]`
    const isPlace = keys.length === 0 && /^\d+$/.test(name);
    if (name === '*' || name === '' || isPlace) return null;
    keys.push(name);
  }
  return keys;
}
