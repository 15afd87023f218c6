import { HOLE } from '../../flows/values/value-key.ts';
import type { Query } from '../facts.ts';

export type Statement = Pick<Query, 'operation' | 'tables' | 'columns' | 'filter' | 'open' | 'limit' | 'lock'>;

interface Token {
  kind: 'word' | 'name' | 'text' | 'number' | 'hole' | 'mark';
  text: string;
  /** Parentheses around it. */
  depth: number;
}

/** Anything that a text of a statement can hold, in the dialects that people use; a value of the program is a hole. */
const TOKEN =
  /\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^'\\]|''|\\[\s\S])*(?:'|$)|"(?:[^"]|"")*(?:"|$)|`[^`]*(?:`|$)|\[[A-Za-z_]\w*\]|\$\w*\$|[$:@%?](?:\w+|\(\w+\)s)?|[A-Za-z_][\w$]*|\d+(?:\.\d+)?|<>|!=|<=|>=|\|\||::|~~?\*?|[\s\S]/gu;

const MOST_TEXT = 20_000;

function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (const [one] of text.slice(0, MOST_TEXT).matchAll(TOKEN)) {
    if (/^(?:\s|--|\/\*)/.test(one)) continue;
    if (one === ')') depth--;
    tokens.push({ ...readToken(one), depth });
    if (one === '(') depth++;
  }
  return tokens;
}

function readToken(one: string): Omit<Token, 'depth'> {
  if (one === HOLE || /^(?:[$:@%?]\w|[?]$|%\()/.test(one)) return { kind: 'hole', text: one };
  if (one.startsWith("'")) return { kind: 'text', text: one };
  if (/^["`[]./.test(one)) return { kind: 'name', text: one.slice(1, -1) };
  if (/^[A-Za-z_]/.test(one)) return { kind: 'word', text: one };
  return { kind: /^\d/.test(one) ? 'number' : 'mark', text: one };
}

const VERBS: Readonly<Record<string, Query['operation']>> = {
  SELECT: 'select',
  INSERT: 'insert',
  REPLACE: 'insert',
  UPDATE: 'update',
  DELETE: 'delete',
};
const CLAUSES =
  /^(?:FROM|WHERE|GROUP|ORDER|HAVING|LIMIT|OFFSET|FETCH|RETURNING|FOR|UNION|EXCEPT|INTERSECT|WINDOW|SET|VALUES|ON|USING|JOIN|LEFT|RIGHT|INNER|OUTER|CROSS|FULL|NATURAL|AND|OR|NOT|SELECT|WITH|AS|IN|IS|LIKE|ILIKE|BETWEEN|EXISTS|NULL|TRUE|FALSE|CASE|WHEN|THEN|ELSE|END|DISTINCT|ALL|ANY|SOME|ASC|DESC|BY|LATERAL|ONLY|CONFLICT|DO|NOTHING|DEFAULT|INTO|SIMILAR|REGEXP|RLIKE|ESCAPE|NULLS|INTERVAL|CAST)$/i;

function is(token: Token | undefined, words: RegExp): boolean {
  return token?.kind === 'word' && words.test(token.text);
}

/**
 * What a statement of SQL reads or writes, as far as its text tells it: tolerant, for every dialect, with holes where the program
 * puts values in. Null: it is no statement that reads or writes rows.
 */
export function readSql(text: string): Statement | null {
  const tokens = readTokens(text);
  const start = mainVerb(tokens);
  const operation = VERBS[tokens[start]?.text.toUpperCase() ?? ''];
  if (operation === undefined) return null;
  const main = tokens.slice(start);
  const tables = readTables(tokens, start, operation);
  if (tables.length === 0 && operation !== 'select') return null;
  const { filter, open } = readConditions(tokens);
  return {
    operation,
    tables,
    columns: readColumns(main, operation),
    filter,
    open,
    limit: readLimit(main),
    lock: readLock(main),
  };
}

/** Behind `WITH … AS (…)`. */
function mainVerb(tokens: readonly Token[]): number {
  const [first] = tokens;
  const depth = first?.text === '(' ? 1 : 0;
  const begin = depth === 1 ? 1 : 0;
  if (!is(tokens[begin], /^WITH$/i)) return begin;
  return tokens.findIndex((one) => one.depth === depth && is(one, /^(?:SELECT|INSERT|UPDATE|DELETE|REPLACE)$/i));
}

function readTables(tokens: readonly Token[], start: number, operation: Query['operation']): string[] {
  const own = new Set(
    tokens
      .slice(0, start)
      .flatMap((one, index) => (is(tokens[index + 1], /^AS$/i) && one.kind !== 'mark' ? [one.text] : [])),
  );
  const tables: string[] = [];
  const add = (at: number): void => {
    const name = nameAt(tokens, at);
    if (name && !own.has(name.text) && !tables.includes(name.text)) tables.push(name.text);
  };
  tokens.forEach((token, index) => {
    const next = is(tokens[index + 1], /^(?:ONLY|LATERAL)$/i) ? index + 2 : index + 1;
    if (is(token, /^JOIN$/i)) add(next);
    else if (is(token, /^INTO$/i) && operation === 'insert') add(next);
    else if (is(token, /^UPDATE$/i) && !is(tokens[index - 1], /^(?:FOR|KEY|DO|ON)$/i)) add(next);
    else if (is(token, /^FROM$/i) && !isOfFunction(tokens, index) && !is(tokens[index - 1], /^DISTINCT$/i)) {
      add(next);
      // `FROM a, b`
      for (let at = next; at < tokens.length; at++) {
        const one = tokens[at];
        if (
          !one ||
          one.depth < token.depth ||
          (one.depth === token.depth &&
            is(one, /^(?:WHERE|JOIN|LEFT|RIGHT|INNER|CROSS|GROUP|ORDER|LIMIT|FOR|SET|RETURNING|UNION|HAVING)$/i))
        )
          break;
        if (one.depth === token.depth && one.text === ',') add(at + 1);
      }
    }
  });
  return tables;
}

/** `extract(day from x)` */
function isOfFunction(tokens: readonly Token[], index: number): boolean {
  const depth = tokens[index]?.depth ?? 0;
  if (depth === 0) return false;
  for (let at = index - 1; at >= 0; at--) {
    const one = tokens[at];
    if (one?.text === '(' && one.depth === depth - 1)
      return is(tokens[at - 1], /^(?:EXTRACT|SUBSTRING|TRIM|OVERLAY|POSITION)$/i);
  }
  return false;
}

/** `a`, `public.a`, `"a"`: its last part, and how many tokens it takes. */
function nameAt(tokens: readonly Token[], at: number): { text: string; size: number } | null {
  const first = tokens[at];
  if (!first) return null;
  if (first.kind === 'hole' && first.text === HOLE && tokens[at + 1]?.text !== '.') return { text: '…', size: 1 };
  if (first.kind !== 'name' && first.kind !== 'hole' && (first.kind !== 'word' || CLAUSES.test(first.text)))
    return null;
  if (tokens[at + 1]?.text === '.') {
    const rest = nameAt(tokens, at + 2);
    return rest && { text: rest.text, size: rest.size + 2 };
  }
  // A call is none.
  return tokens[at + 1]?.text === '(' && first.kind === 'word' && !is(tokens[at - 1], /^INTO$/i)
    ? null
    : { text: first.text, size: 1 };
}

function readColumns(main: readonly Token[], operation: Query['operation']): string[] {
  const depth = main[0]?.depth ?? 0;
  if (operation === 'select') {
    const end = main.findIndex((one, index) => index > 0 && one.depth === depth && is(one, /^FROM$/i));
    return splitList(main.slice(1, end < 0 ? main.length : end), depth).flatMap(columnOf);
  }
  if (operation === 'insert') {
    const open = main.findIndex((one) => one.text === '(' && one.depth === depth);
    const values = main.findIndex((one) => is(one, /^(?:VALUES|SELECT)$/i));
    if (open < 0 || (values >= 0 && open > values)) return [];
    const close = main.findIndex((one, index) => index > open && one.text === ')' && one.depth === depth);
    return splitList(main.slice(open + 1, close), depth + 1).flatMap(columnOf);
  }
  if (operation !== 'update') return [];
  const set = main.findIndex((one) => one.depth === depth && is(one, /^SET$/i));
  const end = main.findIndex(
    (one, index) => index > set && one.depth === depth && is(one, /^(?:WHERE|FROM|RETURNING)$/i),
  );
  if (set < 0) return [];
  return splitList(main.slice(set + 1, end < 0 ? main.length : end), depth).flatMap((part) => {
    const name = nameAt(part, 0);
    return name ? [name.text] : [];
  });
}

function splitList(tokens: readonly Token[], depth: number): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens)
    if (token.text === ',' && token.depth === depth) parts.push([]);
    else parts.at(-1)?.push(token);
  return parts;
}

/** `a`, `t.a`, `a AS b`; `*`. What is computed has no name. */
function columnOf(part: readonly Token[]): string[] {
  const tokens = is(part[0], /^(?:DISTINCT|ALL)$/i) ? part.slice(1) : part;
  if (tokens.at(-1)?.text === '*' && tokens.length <= 3) return ['*'];
  const name = nameAt(tokens, 0);
  const rest = name ? tokens[name.size] : undefined;
  return name && (rest === undefined || is(rest, /^AS$/i) || rest.kind === 'word' || rest.kind === 'name')
    ? [name.text]
    : [];
}

const COMPARES = /^(?:=|<>|!=|<=|>=|<|>|~~?\*?)$/;

/** The columns that conditions compare, in `WHERE` and `ON`, those of inner statements too. */
function readConditions(tokens: readonly Token[]): { filter: string[]; open: boolean } {
  const filter: string[] = [];
  let open = false;
  const until: number[] = [];
  tokens.forEach((token, index) => {
    while (until.length > 0 && token.depth < (until.at(-1) ?? 0)) until.pop();
    if (is(token, /^WHERE$/i) || (is(token, /^ON$/i) && !is(tokens[index + 1], /^(?:CONFLICT|DUPLICATE)$/i)))
      until.push(token.depth);
    else if (is(token, /^(?:GROUP|ORDER|LIMIT|RETURNING|HAVING|UNION|OFFSET|FETCH|SET|VALUES|FROM|WINDOW|SELECT)$/i))
      while (until.length > 0 && token.depth <= (until.at(-1) ?? 0)) until.pop();
    if (until.length === 0) return;
    const name = token.kind === 'word' || token.kind === 'name' ? nameAt(tokens, index) : null;
    if (name && tokens[index - 1]?.text !== '.') {
      const after = tokens[index + name.size];
      const before = tokens[index - 1];
      const compares =
        (after &&
          (COMPARES.test(after.text) ||
            is(after, /^(?:IN|IS|LIKE|ILIKE|BETWEEN|NOT|SIMILAR|REGEXP|RLIKE)$/i) ||
            after.text === '::')) ||
        (before && COMPARES.test(before.text));
      const isAlone =
        (before === undefined || is(before, /^(?:WHERE|AND|OR|NOT|ON)$/i)) &&
        (after === undefined || is(after, /^(?:AND|OR)$/i));
      if ((compares || isAlone) && !filter.includes(name.text)) filter.push(name.text);
    }
    // A hole where a condition stands, or a list of them.
    if (token.text === HOLE && isCondition(tokens, index)) open = true;
  });
  // A whole end of the statement may be a hole: `SELECT * FROM t ${where}`.
  const end = tokens.findIndex((one, index) => one.text === HOLE && isTail(tokens, index));
  return { filter, open: open || end >= 0 };
}

function isCondition(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  const after = tokens[index + 1];
  return is(before, /^(?:WHERE|AND|OR|ON|NOT)$/i) && !(after && (COMPARES.test(after.text) || after.text === '.'));
}

function isTail(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  if (!before || before.text === '.' || before.text === ',' || COMPARES.test(before.text)) return false;
  if (before.kind === 'mark' && before.text !== ')') return false;
  return before.kind !== 'word' || !CLAUSES.test(before.text) ? !is(before, /^(?:INTO|UPDATE|TABLE)$/i) : false;
}

function readLimit(main: readonly Token[]): Query['limit'] {
  const depth = main[0]?.depth ?? 0;
  const at = main.findIndex((one) => one.depth === depth && is(one, /^(?:LIMIT|TOP|FETCH)$/i));
  if (at < 0) return null;
  const value = is(main[at], /^FETCH$/i) ? main[at + 2] : main[at + 1];
  if (is(value, /^(?:ALL|NULL)$/i)) return null;
  return value?.kind === 'number' ? Number(value.text) : is(value, /^ROWS?$/i) ? 1 : 'given';
}

function readLock(main: readonly Token[]): string | null {
  const at = main.findIndex((one, index) => is(one, /^FOR$/i) && is(main[index + 1], /^(?:UPDATE|SHARE|NO|KEY)$/i));
  if (at < 0) return null;
  return main.slice(at, at + 4).some((one) => is(one, /^UPDATE$/i)) ? 'update' : 'share';
}
