import { matchPlaceholder } from './match-placeholder.ts';

export interface Token {
  kind: 'word' | 'name' | 'string' | 'mark';
  /** A word in lower case, a quoted name without its quotes; other tokens as they stand. */
  text: string;
  start: number;
  end: number;
  depth: number;
}

/** One statement, by its place in the file. Comments and tool directives in it are blanks; every offset is the file's. */
export interface Statement {
  start: number;
  end: number;
  /** What the grammar is given: placeholders are names, as long as they were. */
  sql: string;
  /** What people are shown: placeholders as they were written. */
  shown: string;
  tokens: Token[];
  placeholders: readonly Placeholder[];
}

/** What stands for a placeholder in the grammar's answer, in lower case, and how it was written. */
export interface Placeholder {
  fill: string;
  raw: string;
}

/** A comment that begins its line, without its dashes. */
export interface Comment {
  at: number;
  text: string;
}

export interface SplitFile {
  statements: Statement[];
  comments: Comment[];
  /** What is left out: commands that are not SQL and can change the database (`\i other.sql`, `\gexec`), and an endless rest. */
  unread: number[];
}

const WORD = /[A-Za-z_\u0080-\uffff](?:[\w\u0080-\uffff]|\$(?![{(]))*/y;
const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const NUMBER = /\d[\w.]*/y;
const META = /\\([a-z_]+|.)?[^\n]*/iy;
const MARK = /::|[`,;()[\].=#@:]/y;

/** What comes after so many statements is not read. */
const MAX_STATEMENTS = 20_000;
/** Marks that may open a placeholder, and how many of them are tried in a file. */
const OPENS = /[${<#%@:]/;
const MAX_PLACEHOLDERS = 20_000;

interface Edit {
  start: number;
  end: number;
  fill: string;
}

/**
 * Splits a file as psql does: quotes, dollar quotes, nested comments, COPY data, psql commands, SQL function bodies. Two
 * things are more forgiving, so that one slip costs one statement and not the rest of the file: a semicolon ends a statement
 * inside open parentheses, and what stands for a tool's placeholder is a name.
 */
export function splitStatements(text: string): SplitFile {
  const statements: Statement[] = [];
  const comments: Comment[] = [];
  const unread: number[] = [];
  const masked: Edit[] = [];
  const blanked: Edit[] = [];
  let tokens: Token[] = [];
  let placeholders: Placeholder[] = [];
  let depth = 0;
  let atomic = 0;
  let at = 0;
  // The end of what the statement holds so far.
  let edge = 0;
  let tries = 0;
  let noData = false;

  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? null;
  };
  const push = (kind: Token['kind'], end: number, value: string): void => {
    tokens.push({ kind, text: value, start: at, end, depth });
    at = end;
    edge = end;
  };
  const blank = (end: number): void => {
    const edit = { start: at, end, fill: text.slice(at, end).replace(/[^\n]/g, ' ') };
    if (tokens.length > 0) masked.push(edit);
    if (tokens.length > 0) blanked.push(edit);
    at = end;
  };
  const note = (from: number, { end, fill }: { end: number; fill: string }): void => {
    placeholders.push({ fill: fill.toLowerCase(), raw: text.slice(from, end) });
  };
  const finish = (): void => {
    const [first] = tokens;
    if (first) statements.push({ start: first.start, end: edge, sql: '', shown: '', tokens, placeholders });
    tokens = [];
    placeholders = [];
    depth = 0;
    atomic = 0;
  };

  while (at < text.length) {
    if (statements.length === MAX_STATEMENTS) {
      unread.push(at);
      break;
    }
    const char = text[at] ?? '';
    if (/[\s\ufeff]/.test(char)) {
      if (char === '\ufeff') blank(at + 1);
      else at += 1;
      continue;
    }
    if (text.startsWith('--', at) || (char === '#' && isLineStart(text, at) && text.startsWith('# ---', at))) {
      const end = endOfLine(text, at);
      if (isLineStart(text, at)) comments.push({ at, text: text.slice(at + 2, end).trim() });
      blank(end);
      continue;
    }
    if (text.startsWith('/*', at)) {
      blank(endOfComment(text, at));
      continue;
    }
    if (char === '\\') {
      const command = take(META) ?? '\\';
      const [, name = ''] = /^\\(\S*)/.exec(command) ?? [];
      if (/^(i|ir|include|include_relative|gexec)$/.test(name)) unread.push(at);
      const ends = name.startsWith('g') || name.startsWith(';') || name === 'crosstabview';
      const end = name.startsWith(';') ? at + 2 : at + command.length;
      if (ends) finish();
      blank(end);
      continue;
    }
    const place = tries < MAX_PLACEHOLDERS && OPENS.test(char) ? matchPlaceholder(text, at) : null;
    if (OPENS.test(char)) tries += 1;
    if (place) {
      const raw = text.slice(at, place.end);
      masked.push({ start: at, end: place.end, fill: place.fill });
      note(at, place);
      if (place.fill.trim() === '') at = place.end;
      else push('name', place.end, raw);
      continue;
    }
    const opener = char === "'" || char === '"' ? char : null;
    const prefixed = /^(?:[ebxn]'|u&['"])/i.exec(text.slice(at, at + 3))?.[0];
    if (opener || prefixed) {
      const quote = opener ?? prefixed?.at(-1) ?? "'";
      const open = at + (opener ? 1 : (prefixed?.length ?? 1));
      // A template with quotes of its own inside a quoted name: "{{ index .Options "Namespace" }}".
      const template = quote === '"' ? matchPlaceholder(text, open) : null;
      if (template && text[template.end] === '"') {
        masked.push({ start: open, end: template.end, fill: template.fill });
        note(open, template);
        push('name', template.end + 1, text.slice(open, template.end));
        continue;
      }
      const end = endOfQuote(text, open, quote, prefixed?.toLowerCase() === "e'");
      push(
        quote === '"' ? 'name' : 'string',
        end,
        quote === '"' ? unquote(text.slice(open, end - 1)) : text.slice(at, end),
      );
      continue;
    }
    const tag = char === '$' ? take(DOLLAR_TAG) : null;
    if (tag) {
      const close = text.indexOf(tag, at + tag.length);
      const end = close === -1 ? text.length : close + tag.length;
      push('string', end, text.slice(at, end));
      continue;
    }
    const word = take(WORD);
    if (word) {
      const lower = word.toLowerCase();
      push('word', at + word.length, lower);
      if (lower === 'atomic' && tokens.at(-2)?.text === 'begin' && isRoutine(tokens)) atomic = 1;
      else if (atomic > 0 && lower === 'case') atomic += 1;
      else if (atomic > 0 && lower === 'end') atomic -= 1;
      continue;
    }
    const number = take(NUMBER);
    if (number) {
      push('mark', at + number.length, number);
      continue;
    }
    if (char === ';' && atomic === 0 && !isRule(tokens, depth)) {
      const copies = isCopyFromStdin(tokens);
      finish();
      at += 1;
      if (copies && !noData) {
        const data = endOfCopyData(text, at);
        noData = data === at;
        blank(data);
      }
      continue;
    }
    if (char === ')') depth = Math.max(0, depth - 1);
    const mark = take(MARK);
    if (mark && char !== '(' && char !== ')') push('mark', at + mark.length, mark);
    else at += 1;
    edge = at;
    if (char === '(') depth += 1;
  }
  finish();
  const sql = applyEdits(text, masked);
  const shown = applyEdits(text, blanked);
  for (const one of statements) {
    one.sql = sql.slice(one.start, one.end);
    one.shown = shown.slice(one.start, one.end);
  }
  return { statements, comments, unread };
}

function applyEdits(text: string, edits: readonly Edit[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end, fill } of edits) {
    pieces.push(text.slice(from, start), fill);
    from = end;
  }
  return pieces.join('') + text.slice(from);
}

function isLineStart(text: string, at: number): boolean {
  for (let back = at - 1; back >= 0; back--) {
    if (text[back] === '\n') return true;
    if (!/[\s\ufeff]/.test(text[back] ?? '')) return false;
  }
  return true;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

function endOfComment(text: string, from: number): number {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = from + 2;
  let open = 1;
  while (open > 0) {
    const found = edge.exec(text);
    if (!found) return text.length;
    open += found[0] === '/*' ? 1 : -1;
  }
  return edge.lastIndex;
}

function endOfQuote(text: string, from: number, quote: string, escapes: boolean): number {
  for (let at = from; at < text.length; at++) {
    if (escapes && text[at] === '\\') at += 1;
    else if (text[at] === quote) {
      if (text[at + 1] !== quote) return at + 1;
      at += 1;
    }
  }
  return text.length;
}

function unquote(name: string): string {
  return name.replaceAll('""', '"');
}

function isRoutine(tokens: readonly Token[]): boolean {
  const head = tokens.slice(0, 4).map((token) => token.text);
  return head[0] === 'create' && head.some((word) => word === 'function' || word === 'procedure');
}

/** `CREATE RULE … DO (a; b)` is the one statement that has semicolons between parentheses. */
function isRule(tokens: readonly Token[], depth: number): boolean {
  return depth > 0 && tokens[0]?.text === 'create' && tokens.slice(1, 4).some((token) => token.text === 'rule');
}

function isCopyFromStdin(tokens: readonly Token[]): boolean {
  return (
    tokens[0]?.text === 'copy' && tokens.some((token, at) => token.text === 'stdin' && tokens[at - 1]?.text === 'from')
  );
}

/** Data ends at a line of `\.` alone. Without one there is none: the tool that runs the file does not know COPY data. */
function endOfCopyData(text: string, from: number): number {
  const end = /^\\\.[ \t\r]*$/gm;
  end.lastIndex = from;
  return end.exec(text) ? end.lastIndex : from;
}
