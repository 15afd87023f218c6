import type { Span } from '../../../languages/form.ts';
import { expandBlocks } from '../expand-blocks.ts';
import type { Group } from '../judge-statements.ts';
import { type Grammar, type ParsedStatement, parseStatements } from '../parse-statements.ts';
import type { Wrap } from '../read-layout.ts';
import { type Placeholder, splitStatements } from '../split-statements.ts';
import { type Known, textOf } from './known.ts';

/** What a call of a migration does to the database, as PostgreSQL's own statements, and where it stands in the file. */
export interface CodeStatement {
  /** One statement that we wrote, or the author's own text. Null: it cannot be known. "": it does nothing. */
  sql: string | null;
  span: Span;
  /** Of the author's own text: where the file holds it as it is. */
  exact?: number | null;
  /** The author wrote SQL: what people are shown is that, else the call. */
  own?: boolean;
  wrap: Wrap;
  /** Which migration of a file that holds several: each runs by itself. */
  migration?: number;
  /** Names as people know them: Django's model for its table. */
  names?: readonly Placeholder[];
}

/** The statements of a text of the author's. */
export function ownSql(known: Known | undefined, span: Span, wrap: Wrap): CodeStatement {
  const text = textOf(known);
  const isInside = known !== undefined && known.span[0] >= span[0] && known.span[1] <= span[1];
  const exact = known?.kind === 'text' && isInside ? known.exact : null;
  return { sql: text, span, exact, own: true, wrap };
}

export interface ReadStatements {
  groups: Group[];
  /** Offsets of what is not understood. */
  missed: number[];
  total: number;
}

/** What the analysis of SQL files works on, made of the calls of a file in code. */
export function parseCodeStatements(
  grammar: Grammar,
  statements: readonly CodeStatement[],
  text: string,
): ReadStatements {
  const groups: { statements: ParsedStatement[]; wrap: Wrap }[] = [];
  const missed: number[] = [];
  let total = 0;
  for (const one of statements) {
    if (one.sql === '') continue;
    const parsed = one.sql === null ? [] : parseOne(grammar, one, one.sql, text);
    total += Math.max(1, parsed.length);
    if (one.sql === null) missed.push(one.span[0]);
    missed.push(...parsed.filter(({ node }) => node === null).map(({ start }) => start));
    const last = groups.at(-1);
    if (last && last.wrap === one.wrap && one.wrap !== 'string') last.statements.push(...parsed);
    else groups.push({ statements: parsed, wrap: one.wrap });
  }
  return { groups, missed, total };
}

function parseOne(grammar: Grammar, one: CodeStatement, sql: string, text: string): ParsedStatement[] {
  const { span, own = false, exact = null, names = [] } = one;
  const parsed = expandBlocks(grammar, parseStatements(grammar, splitStatements(sql).statements));
  return parsed.map((statement) => {
    const placeholders = [...statement.placeholders, ...names];
    if (!own) {
      const shown = text.slice(...span);
      return { ...statement, start: span[0], end: span[1], shown, tokens: [], placeholders };
    }
    if (exact === null) return { ...statement, start: span[0], end: span[1], tokens: [], placeholders };
    return {
      ...statement,
      start: statement.start + exact,
      end: statement.end + exact,
      tokens: statement.tokens.map((token) => ({ ...token, start: token.start + exact, end: token.end + exact })),
      placeholders,
    };
  });
}
