import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import { functionsAround } from '../../languages/enclosing.ts';
import type { FunctionForm, Language } from '../../languages/form.ts';
import { visitBody } from '../../languages/visit-expressions.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { textOf } from './call-chain.ts';
import { MOST_LOOKS, MOST_NESTED } from './limits.ts';
import type { FoundSlip } from './slip.ts';

/** What is good once, and a column says whether it was used. */
const FLAG =
  '(?:is|was|Is|Was)?_?(?:[uU]sed|[rR]edeemed|[cC]laimed|[cC]onsumed|[sS]pent|[rR]efunded|[wW]ithdrawn|[cC]ashed)(?:_?(?:at|on|At|On))?';
const ROW = String.raw`(?<row>[A-Za-z_]\w*(?:\[0\])?)\??\.(?<flag>${FLAG})\b`;
/** Where it was used nobody goes on. */
const CHECKED: Readonly<Record<Language, RegExp>> = {
  python: new RegExp(String.raw`^[ \t]*if\s+[^\n]{0,200}?\b${ROW}[^\n]{0,200}:[ \t]*(?:return|raise|$)`, 'm'),
  typescript: new RegExp(
    String.raw`\bif\s*\([^\n]{0,200}?\b${ROW}[^\n]{0,200}?\)\s*(?:\{\s*)?(?:throw|return|res\.|reply\.|ctx\.|await|next\()`,
  ),
  go: new RegExp(String.raw`\bif\s+[^\n]{0,200}?\b${ROW}[^\n]{0,200}\{\s*(?:return|[\w.]+\()`),
};
const WRITES =
  /^(?:a?update\w*|a?save|find(?:One|ById)AndUpdate|find_one_and_update|query\w*|execute\w*|run|exec\w*|\$executeRaw\w*|commit|flush|set|Exec\w*|Update\w*|Save|FindOneAndUpdate)$/;
/** Whoever comes twice gets money twice. */
const GIVES =
  /\b\w*(?:balance|credits?|points|coins|funds|wallet)\b[^\n;]{0,80}?(?:\+=|\+\s*["'`$:?%\w]|\bincrement\b|\badd\()|\b(?:refund|pay_?out|transfer_?funds|add_?credits?|grant_?credits?)\w*\(/i;
/** Nobody else gets there. */
export const HELD =
  /(?:for|FOR|For)[_ ]?(?:(?:no|NO)[_ ]?(?:key|KEY)[_ ]?)?(?:update|UPDATE|Update)|(?:\b|_)lock|Lock|LOCK|[mM]utex|[iI]solation|(?:s|S)erializable|SERIALIZABLE|\bversion\b/;

/** `if coupon.used: …`, and then it is marked as used, whoever has done that meanwhile: two requests at once both pass. */
export function findSpentFlags(home: Home): FoundSlip[] {
  if (!/used|redeemed|claimed|consumed|spent|refunded|withdrawn|cashed/i.test(home.text)) return [];
  return home.module.functions.flatMap((form) => (form.id === 0 ? [] : findIn(home, form)));
}

function findIn(home: Home, form: FunctionForm): FoundSlip[] {
  if (functionsAround(home.module, form).length > MOST_NESTED) return [];
  const text = textOf(home, form.span);
  const checked = CHECKED[home.module.language].exec(text);
  const { row, flag } = checked?.groups ?? {};
  if (!checked || row === undefined || flag === undefined || HELD.test(text)) return [];
  const after = form.span[0] + checked.index + checked[0].length;
  const set = markedAt(home, form, after, row, flag);
  if (set === null) return [];
  const from = form.span[0] + checked.index + checked[0].indexOf('if');
  const names = { READ: `if ${row}.${flag}`, CALL: set.said, KEY: `${row}.${flag}`, LINE: [from, from + 1] as const };
  const suspected = !GIVES.test(home.text.slice(from, form.span[1]));
  return [{ kind: 'token-used-twice', home, form, span: [set.at, set.at + 1], names, ...(suspected && { suspected }) }];
}

/** Where it is marked: its field is set and the row kept, or a statement sets it, and asks nothing of it. */
export function markedAt(
  home: Home,
  form: FunctionForm,
  after: number,
  row: string,
  flag: string,
): { at: number; said: string } | null {
  const field = new RegExp(String.raw`(?<![\w.])${escapeRegExp(row)}\.${flag}\s*=(?!=)`);
  const rest = home.text.slice(after, form.span[1]);
  const given = field.exec(rest);
  let found: { at: number; said: string } | null = null;
  let looks = 0;
  visitBody(form.body, (one) => {
    if (found || one.kind !== 'call' || one.span[0] < after || !WRITES.test(calledName(one.of))) return;
    looks += 1;
    if (looks > MOST_LOOKS) return;
    if (given && one.span[0] > after + given.index) found = { at: after + given.index, said: `${row}.${flag} = …` };
    else if (!given && sets(textOf(home, one.span), flag))
      found = { at: one.span[0], said: textOf(home, one.of.span).replace(/\s+/g, '').slice(-60) };
  });
  return found;
}

/** `UPDATE coupons SET used = true WHERE id = $1`, `{ data: { usedAt: now } }`: it says the flag once, and gives it a value. */
function sets(call: string, flag: string): boolean {
  const named = [...call.slice(0, 2000).matchAll(/[A-Za-z_]\w*/g)].filter(([word]) => plain(word) === plain(flag));
  const [only] = named;
  return (
    named.length === 1 && only !== undefined && /^["'`]?\s*[:=,](?!=)/.test(call.slice(only.index + only[0].length))
  );
}

function plain(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}
