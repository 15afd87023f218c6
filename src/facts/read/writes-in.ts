import { NO_ROW } from '../slips/find-created-twice.ts';

/** The word, or the word with others after it: `settings` sets nothing. */
const WRITES =
  /^(?:a?[cC]reate|[iI]nsert|[uU]pdates?|[uU]psert|[dD]elete|[dD]estroy|[rR]emove|[sS]ave|[aA]dd|[pP]ersist|[iI]ncrement|[dD]ecrement|[sS]et(?:ex|nx)?|[pP]ut|[sS]tore|[mM]ove|[tT]ransfer|[bB]ulk|[eE]xec(?:ute(?:many|script)?)?|[qQ]uery|\$execute|[dD]el)(?=$|[A-Z_]|(?:one|many)$)/;
/** Calls that create something that is no row. */
const NO_WRITE =
  /^(?!Exec|Query)\w+(?:Form|Serializer|Schema|Response|Request|Error|Client|Listener|Logger|Hash|Hmac|Token|Url|Route|Header|Days?|Months?|Time(?:out)?|Interval|State|Query|QueryBuilder|Context|Message|Class|Attribute)$/;
/** Of names that say nothing by themselves the statement counts. */
const RUNS = /^(?:\$?(?:exec|query|execute)\w*|run|raw|set|add|put|del)$/i;

/** `order.create`, `Exec "insert into orders`: calls that write, with how often they stand there. */
export function writesIn(text: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const { 1: path = '', 2: given = '', index } of text.matchAll(
    /(?<![\w$?!]|[\w$?!]\.)([A-Za-z_$][\w$.?!]*)\s*(?:\(|(?=`))(?=([^\n]{0,120}))/g,
  )) {
    const parts = path.replace(/[?!]/g, '').split('.');
    const last = parts.at(-1) ?? '';
    if (
      !WRITES.test(last) ||
      NO_WRITE.test(last) ||
      NO_ROW.test(last) ||
      (parts.length === 1 && /^[A-Z]/.test(last) && text[index - 1] !== '.')
    )
      continue;
    const [, statement] = /["'`]\s*((?:insert|update|delete|merge|replace)\s[^"'`\n]{4,40})/i.exec(given) ?? [];
    // SQLAlchemy: `session.add(Booking(…))`
    const isOfSession = last === 'add' && /session$/i.test(parts.at(-2) ?? '');
    if (RUNS.test(last) && statement === undefined && !isOfSession) continue;
    const [, first = ''] = /^\s*(?:c(?:on)?te?xt\w*\s*,\s*)?&?([\w.]{1,40})/.exec(given) ?? [];
    const key = statement === undefined ? nameOf(parts, first) : `${last} "${statement.trim()}`;
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  return found;
}

/** `s.db.Create(&order)` writes the same as `tx.Create(&order)`. */
const CLIENT = /^(?:db|tx|trx|conn|connection|pool|client|session|manager|em)$/i;

/** Without what it is called on: that was the transaction, and is the client now. */
function nameOf(parts: readonly string[], first: string): string {
  return parts.length > 2 && !CLIENT.test(parts.at(-2) ?? '') ? parts.slice(-2).join('.') : `${parts.at(-1)}(${first}`;
}
