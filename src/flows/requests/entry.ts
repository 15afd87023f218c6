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
} as const;

export type Part = (typeof PARTS)[keyof typeof PARTS];

/** Where the way of data to a sink comes into the program. */
export interface Entry {
  part: Part;
  /** The names that lead to the value: of a parameter, or of fields in each other. Empty: it is all of that part. */
  keys: readonly string[];
  /** Nothing stands before the value where it does harm. */
  begins: boolean;
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
  if (!said || !fields) return null;
  const [text = ''] = taint.steps.map((step) => step.text);
  // The parameter of a function is known by its own name.
  const isBare = fields.length === 0 && !taint.whole && BY_NAME.has(said) && /^[A-Za-z_]\w*$/.test(text);
  const isBound = /^(?:body|form|message)$/.test(said) && hit.home.module.language === 'go';
  const keys = isBare ? [text] : isBound ? wireNames(fields, homes) : fields;
  if (!keys) return null;
  const { pieces } = hit.value;
  const at = pieces.findIndex((piece) => piece.kind === 'hole' && piece.name === hole.name);
  const places = [...taint.steps, hit.place].flatMap(({ path, span }) => {
    const home = homes.get(path);
    return home ? [{ path, line: lineAt(home, span[0]) }] : [];
  });
  return {
    // Of a parameter that has fields they are those of the body.
    part: said === 'parameter' && fields.length > 0 ? 'body' : said,
    keys,
    begins: at <= 0,
    places,
  };
}

const BY_NAME: ReadonlySet<Part> = new Set(['path', 'parameter', 'header', 'cookie', 'form']);

/** Fields of structs by the names of their tags; null: several structs call such a field differently. */
function wireNames(fields: readonly string[], homes: ReadonlyMap<string, Home>): string[] | null {
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
    const [name] = names;
    if (name === undefined || names.size > 1) return null;
    all.push(name);
  }
  return all;
}

/** Calls that take a field by its name: `request.args.get('sort')`, `r.Header.Get("Host")`. */
const TAKES = /^(?:get|getlist|get_list|getone|getall|pop|Get|Values|getAll|at)\((.*)\)$/s;
/** Calls that give the value itself in another form: `.trim()`. */
const CALL = /^\w+\(.*\)$/s;

/** Null: one of them is not constant. */
function fieldsOf({ key, asked }: Taint): string[] | null {
  const keys = asked === undefined ? [] : [asked];
  for (const field of fieldsOfKey(key)) {
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
