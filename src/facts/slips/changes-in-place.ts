import type { Home } from '../../flows/values/value.ts';
import type { Expression, Span } from '../../languages/form.ts';
import { chainOf, namesOf, textOf } from './call-chain.ts';

/** A number that the database itself makes more or less: `SET balance = balance - $1`, `{ decrement: n }`, `F("stock") - 1`. */
export interface Change {
  column: string;
  sign: '-' | '+';
  /** Its conditions ask for the number as well. */
  isAsked: boolean;
  span: Span;
}

/** Files without this have none. */
export const MAY_CHANGE = /\bset\b[^;=]{0,300}=|(?:de|in)crement|\$inc\b|\bF\(|\bExpr\(|\.values\(|\.update\(/i;

const MOST_TEXT = 4000;
const STATEMENT =
  /\bupdate\s+(?:only\s+)?[\w."`[\]${}]+(?:\s+(?:as\s+)?(?!set\b)\w+)?\s+set\b(?<sets>[^]*?)(?:\bwhere\b(?<where>[^]*))?$/i;
const BY_ITSELF =
  /["`]?\b(?<column>[A-Za-z_]\w*)["`]?\s*=\s*(?:(?:coalesce|ifnull)\s*\(\s*)?(?:\w+\.)?["`]?\k<column>\b["`]?(?:\s*,\s*0\s*\))?\s*(?<sign>[-+])/i;

const UPDATES =
  /^(?:update\w*|find\w*AndUpdate|find_one_and_update|(?:in|de)crement|set|values|Updates?|UpdateColumns?|UpdateOne)$/;
/** How mappers write it; what stands for the number in their conditions is the same word again. */
const BY_MAPPERS: readonly RegExp[] = [
  // Prisma, and `decrement("stock", 1)` of TypeORM, Sequelize and knex.
  /\b(?<column>\w+)["']?\s*:\s*\{\s*(?<way>decrement|increment)\s*:/,
  /\.(?<way>decrement|increment)\([^]*?["'](?<column>\w+)["']/,
  // MongoDB.
  /\$inc["']?\s*:\s*\{\s*["']?(?:\w+\.)*(?<column>\w+)["']?\s*:\s*(?<sign>-?)/,
  // Django, SQLAlchemy, gorm, drizzle.
  /\b(?<column>\w+)\s*=\s*(?:\w+\.)?F\(\s*["']\k<column>["']\s*\)\s*(?<sign>[-+])/,
  /\b(?<column>\w+)["']?\s*[=:]\s*\w+(?:\.c)?\.\k<column>\s*(?<sign>[-+])/,
  /["'](?<column>\w+)["']\s*[,:]\s*gorm\.Expr\(\s*["`]\s*\k<column>\s*(?<sign>[-+])/,
  /\b(?<column>\w+)\s*:\s*sql`\s*\$\{\s*\w+\.\k<column>\s*\}\s*(?<sign>[-+])/,
];

export function changeIn(home: Home, one: Expression): Change | null {
  if (one.kind === 'text' || one.kind === 'concat' || one.kind === 'tagged') {
    const text = one.kind === 'text' ? one.value : textOf(home, one.span);
    return changeOfStatement(text.slice(0, MOST_TEXT), one.span);
  }
  const chain = one.kind === 'call' ? chainOf(one) : null;
  if (!chain || !namesOf(chain).some((name) => UPDATES.test(name))) return null;
  const text = textOf(home, one.span).slice(0, MOST_TEXT);
  for (const pattern of BY_MAPPERS) {
    const groups = pattern.exec(text)?.groups;
    const column = groups?.column;
    if (!groups || column === undefined) continue;
    const less = groups.way === 'decrement' || groups.sign === '-';
    return { column, sign: less ? '-' : '+', isAsked: asks(text, column), span: one.span };
  }
  return null;
}

function changeOfStatement(text: string, span: Span): Change | null {
  const { sets, where } = STATEMENT.exec(text)?.groups ?? {};
  const { column, sign } = (sets !== undefined && BY_ITSELF.exec(sets)?.groups) || {};
  if (column === undefined) return null;
  const isAsked = where !== undefined && new RegExp(String.raw`\b${column}\b`, 'i').test(where);
  return { column, sign: sign === '-' ? '-' : '+', isAsked, span };
}

/** `balance__gte=n`, `balance: { gte: n }`, `Account.balance >= n`, `"balance >= ?"`, `gte(wallets.balance, n)`. */
function asks(text: string, column: string): boolean {
  return new RegExp(
    String.raw`\b${column}__(?:gte?|lte?)\b|\b${column}["']?\]?\s*(?:[<>]=?|:\s*(?:\{\s*["']?\$?(?:gte?|lte?|not)\b|MoreThan|LessThan|Between))|\b(?:gte?|lte?)\(\s*[\w.]*\.${column}\b|["']${column}["']\s*,\s*["'][<>]`,
  ).test(text);
}

const WORDS =
  /^(?:balances?|credits?|stocks?|quantity|qty|points?|funds?|counts?|counter|inventory|seats?|remaining|available|reserved|used|usage|likes?|votes?|score|attempts?|hits?|downloads?|tokens?|quota|capacity|tickets?|uses|coins?|amount|allowance|slots?|left|redemptions?|copies|free|vacant|vacancies|spots?)$/i;

/** Something of which there is only so much. */
export function isCounted(column: string): boolean {
  return column.split(/_|(?<=[a-z])(?=[A-Z])/).some((word) => WORDS.test(word));
}

/** `userId`, `user_id`, `UserID`: the same. */
export function plainName(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}
