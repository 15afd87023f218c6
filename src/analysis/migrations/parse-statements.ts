import { createRequire } from 'node:module';
import type { Node } from 'libpg-query';
import type { Statement } from './split-statements.ts';

export interface ParsedStatement extends Statement {
  /** Null: the grammar of PostgreSQL does not accept it. */
  node: Node | null;
  /** Of a statement that it does not accept: the table that it makes, without its columns. */
  made?: Node;
}

/** Longer statements are data (an INSERT of many rows), or nothing that a person wrote. */
const MAX_LENGTH = 60_000;
/** Statements that hold rows; they are cut down to what they fill. */
const DATA = /^insert\s+into\s+[^(]*?(?=\(|\bvalues\b|\bselect\b)/i;

const require = createRequire(import.meta.url);

export type Grammar = Pick<typeof import('libpg-query'), 'parseSync'>;
let loaded: Promise<Grammar> | undefined;

/** PostgreSQL's own parser, compiled to WebAssembly: no native code, and an input that exhausts it is an error, not a crash. */
export function loadGrammar(): Promise<Grammar> {
  loaded ??= (async () => {
    const grammar = require('libpg-query') as typeof import('libpg-query');
    await grammar.loadModule();
    return grammar;
  })();
  return loaded;
}

/** Every statement by itself: what one of them breaks is that one. */
export function parseStatements(grammar: Grammar, statements: readonly Statement[]): ParsedStatement[] {
  return statements.map((one) => {
    const node = parseStatement(grammar, one.sql);
    const made = node ? null : readMade(grammar, one.sql);
    return { ...one, node, ...(made && { made }) };
  });
}

export function parseStatement(grammar: Grammar, sql: string): Node | null {
  // The parser reads up to a NUL and is content.
  if (sql.includes('\0')) return null;
  const text = sql.length > MAX_LENGTH ? shortenData(sql) : sql;
  if (text === null) return null;
  try {
    const { stmts } = grammar.parseSync(text);
    return stmts?.length === 1 ? (stmts[0]?.stmt ?? null) : null;
  } catch {
    return null;
  }
}

/** Of another dialect (`AUTOINCREMENT`, `current_timestamp()`) it is at least known which table is made: nobody uses it yet. */
const MAKES = /^\s*create\s+table\s+(?:if\s+not\s+exists\s+)?((?:[\w$]+|"[^"]+")(?:\.(?:[\w$]+|"[^"]+"))?)\s*\(/i;

function readMade(grammar: Grammar, sql: string): Node | null {
  const name = MAKES.exec(sql)?.[1];
  if (name === undefined) return null;
  try {
    return grammar.parseSync(`create table ${name} ()`).stmts?.[0]?.stmt ?? null;
  } catch {
    return null;
  }
}

function shortenData(sql: string): string | null {
  const head = DATA.exec(sql.slice(0, 2000))?.[0];
  return head === undefined ? null : `${head} default values`;
}
