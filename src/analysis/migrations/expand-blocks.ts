import { type Grammar, type ParsedStatement, parseStatement } from './parse-statements.ts';
import { type Statement, splitStatements, type Token } from './split-statements.ts';

/** Words after which a PL/pgSQL statement begins. */
const OPENERS = new Set(['begin', 'then', 'else', 'loop']);
const CHANGES = new Set(['alter', 'create', 'drop', 'truncate', 'delete', 'insert', 'execute']);

/**
 * A DO block is judged by the statements in it that change tables: PL/pgSQL runs them as they stand. EXECUTE of a plain string
 * is that string; of anything else it cannot be known here, and is a statement that was not understood.
 */
export function expandBlocks(grammar: Grammar, statements: readonly ParsedStatement[]): ParsedStatement[] {
  return statements.flatMap((one) => {
    if (!one.node || !('DoStmt' in one.node)) return [one];
    const body = one.tokens.find(({ kind }) => kind === 'string');
    return body ? [one, ...readBody(grammar, one, body)] : [one];
  });
}

function readBody(grammar: Grammar, block: ParsedStatement, { text, start }: Token): ParsedStatement[] {
  const open = text.startsWith('$') ? text.indexOf('$', 1) + 1 : 1;
  const base = start + open;
  const inner = splitStatements(text.slice(open, text.length - open)).statements;
  return inner.flatMap((one) => {
    const at = one.tokens.findIndex(
      ({ kind, text: word, depth }, index) =>
        kind === 'word' &&
        depth === 0 &&
        CHANGES.has(word) &&
        (index === 0 || OPENERS.has(one.tokens[index - 1]?.text ?? '')),
    );
    const first = one.tokens[at];
    if (!first) return [];
    if (first.text !== 'execute') return [cutPart(grammar, block, base, one, first.start)];
    const literal = one.tokens[at + 1];
    const isPlain = literal?.kind === 'string' && literal.text.startsWith("'") && !one.tokens[at + 2];
    const place = { ...one, start: base + first.start, end: Math.min(block.end, base + one.end) };
    if (!isPlain) return [{ ...place, node: null }];
    return splitStatements(literal.text.slice(1, -1).replaceAll("''", "'")).statements.map((part) => ({
      ...part,
      start: place.start,
      end: place.end,
      node: parseStatement(grammar, part.sql),
    }));
  });
}

/** The part of a piece of PL/pgSQL that is a statement of its own; `IF … THEN` stands before it. */
function cutPart(
  grammar: Grammar,
  block: ParsedStatement,
  base: number,
  one: Statement,
  from: number,
): ParsedStatement {
  const tokens = one.tokens
    .filter((token) => token.start >= from)
    .map((token) => ({ ...token, start: token.start + base, end: token.end + base }));
  const sql = one.sql.slice(from - one.start);
  return {
    ...one,
    start: base + from,
    end: Math.min(block.end, base + one.end),
    sql,
    shown: one.shown.slice(from - one.start),
    tokens,
    node: parseStatement(grammar, sql),
  };
}
