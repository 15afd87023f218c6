import type { Span } from '../hit.ts';

/** A field of a message, a value of an enum, or a method of a service. */
export interface ProtoMember extends Span {
  name: string;
  /** Its number on the wire; of a method null. */
  number: number | null;
  /** `string`, `repeated Order`, `map<string, int32>`; of a method `(Request) returns (stream Answer)`. */
  type: string;
  label: 'optional' | 'required' | 'repeated' | null;
  oneof: string | null;
  jsonName: string | null;
  deprecated: boolean;
}

/** A message, an enum or a service. */
export interface ProtoType extends Span {
  kind: 'message' | 'enum' | 'service';
  /** With the types around it: `Order.Line`. */
  name: string;
  members: ProtoMember[];
  /** Names and numbers that nothing may have again. */
  reservedNames: ReadonlySet<string>;
  reservedNumbers: readonly (readonly [number, number])[];
  deprecated: boolean;
}

export interface Proto {
  package: { name: string } & Span;
  types: Map<string, ProtoType>;
}

interface Token {
  text: string;
  line: number;
}

/** Comments and blanks, then a text in quotes, a number or a name with dots, or one sign. */
const TOKEN = /(?:\s+|\/\/[^\n]*|\/\*[^]*?(?:\*\/|$))+|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[\w.+-]+|[^]/gy;
const MOST_DEEP = 30;
const LABELS = ['optional', 'required', 'repeated'];

/**
 * What one file describes. Nothing is imported: types are told apart by their names alone. A text that is broken or cut off is
 * not read in part: what is missing would be taken for removed.
 *
 * @returns what is wrong with it, in words, where it cannot be read
 */
export function readProto(text: string): Proto | string {
  const tokens = listTokens(text);
  const proto: Proto = { package: { name: '', startLine: 1, endLine: 1 }, types: new Map() };
  let at = 0;
  const peek = (): string => tokens[at]?.text ?? '';
  const lineHere = (): number => tokens[Math.min(at, tokens.length - 1)]?.line ?? 1;
  const next = (): string => tokens[at++]?.text ?? '';
  const fail = (): never => {
    throw new Unread(lineHere());
  };
  const expect = (wanted: string): void => {
    if (next() !== wanted) fail();
  };
  /** To the end of a statement, or of the block that ends it. */
  const skip = (): Token[] => {
    const from = at;
    let deep = 0;
    for (; at < tokens.length; at++) {
      const { text: sign } = tokens[at] ?? { text: '' };
      if (sign === '{' || sign === '[') deep += 1;
      else if (sign === '}' || sign === ']') deep -= 1;
      if (deep < 0) fail();
      if (deep === 0 && (sign === ';' || (sign === '}' && tokens[at + 1]?.text !== ';')))
        return tokens.slice(from, ++at);
    }
    return fail();
  };

  const readType = (kind: ProtoType['kind'], prefix: string, deep: number): void => {
    if (deep > MOST_DEEP) fail();
    const startLine = lineHere();
    next();
    const type = {
      kind,
      name: prefix + next(),
      members: [] as ProtoMember[],
      reservedNames: new Set<string>(),
      reservedNumbers: [] as [number, number][],
      deprecated: false,
      startLine,
      endLine: startLine,
    };
    expect('{');
    readBody(type, null, deep);
    type.endLine = tokens[at - 1]?.line ?? startLine;
    proto.types.set(type.name, type);
  };

  const readBody = (type: Open, oneof: string | null, deep: number): void => {
    while (peek() !== '}') {
      if (at >= tokens.length) fail();
      const word = peek();
      if (word === ';') next();
      else if (type.kind === 'message' && (word === 'message' || word === 'enum') && tokens[at + 2]?.text === '{')
        readType(word, `${type.name}.`, deep + 1);
      else if (type.kind === 'message' && word === 'oneof' && tokens[at + 2]?.text === '{') {
        next();
        const name = next();
        next();
        readBody(type, name, deep + 1);
      } else if (word === 'reserved' && type.kind !== 'service' && tokens[at + 1]?.text !== '=')
        addReserved(type, skip());
      else if (word === 'option') {
        const [, name, , value] = skip().map(({ text: part }) => part);
        if (name === 'deprecated' && value === 'true') type.deprecated = true;
      } else if (
        ['extensions', 'extend'].includes(word) &&
        !/^[\w.]+ =/.test(`${tokens[at + 1]?.text} ${tokens[at + 2]?.text}`)
      )
        skip();
      else type.members.push(readMember(type.kind, oneof, skip()));
    }
    next();
  };

  try {
    while (at < tokens.length) {
      const word = peek();
      if (word === 'message' || word === 'enum' || word === 'service') readType(word, '', 0);
      else {
        const startLine = lineHere();
        const statement = skip();
        if (word === 'package') proto.package = { name: statement[1]?.text ?? '', startLine, endLine: startLine };
        else if (!['syntax', 'edition', 'import', 'option', 'extend', ';'].includes(word)) fail();
      }
    }
  } catch (error) {
    if (error instanceof Unread) return `it is no protobuf: line ${error.line}`;
    throw error;
  }
  return proto;
}

type Open = Omit<ProtoType, 'reservedNames' | 'reservedNumbers'> & {
  reservedNames: Set<string>;
  reservedNumbers: [number, number][];
};

class Unread extends Error {
  readonly line: number;
  constructor(line: number) {
    super('not read');
    this.line = line;
  }
}

function listTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (const [part] of text.matchAll(TOKEN)) {
    if (!/^(?:\s|\/\/|\/\*|\ufeff)/.test(part)) tokens.push({ text: part, line });
    for (let from = part.indexOf('\n'); from !== -1; from = part.indexOf('\n', from + 1)) line += 1;
  }
  return tokens;
}

function addReserved(type: Open, statement: readonly Token[]): void {
  const parts = statement.slice(1, -1).map(({ text }) => text);
  parts.forEach((part, index) => {
    if (/^["']/.test(part)) type.reservedNames.add(part.slice(1, -1));
    else if (/^-?\d+$/.test(part) && parts[index - 1] !== 'to') {
      const last = parts[index + 1] === 'to' ? parts[index + 2] : part;
      type.reservedNumbers.push([Number(part), last === 'max' ? Number.MAX_SAFE_INTEGER : Number(last)]);
    } else if (/^[a-z_]\w*$/i.test(part) && part !== 'to' && part !== 'max') type.reservedNames.add(part);
  });
}

function readMember(kind: ProtoType['kind'], oneof: string | null, statement: readonly Token[]): ProtoMember {
  const words = statement.map(({ text }) => text);
  const span = { startLine: statement[0]?.line ?? 1, endLine: statement.at(-1)?.line ?? 1 };
  const text = words.join(' ');
  const common = {
    oneof,
    jsonName: /\bjson_name = ["']([^"']*)/.exec(text)?.[1] ?? null,
    deprecated: /\bdeprecated = true\b/.test(text),
    ...span,
  };
  if (kind === 'service') {
    const end = words.findIndex((word) => word === '{' || word === ';');
    return { ...common, name: words[1] ?? '', number: null, type: words.slice(2, end).join(' '), label: null };
  }
  const equals = words.indexOf('=');
  const name = words[equals - 1];
  const number = Number(words[equals + 1]);
  if (equals < 1 || !name || !Number.isInteger(number)) throw new Unread(span.startLine);
  const label =
    kind === 'message' && LABELS.includes(words[0] ?? '') && equals > 2 ? (words[0] as ProtoMember['label']) : null;
  const type =
    kind === 'enum'
      ? ''
      : words
          .slice(label ? 1 : 0, equals - 1)
          .join('')
          .replaceAll(',', ', ');
  return { ...common, name, number, type, label };
}
