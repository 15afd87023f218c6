import type { Home } from '../../flows/values/value.ts';
import { functionsAround } from '../../languages/enclosing.ts';
import type { FunctionForm } from '../../languages/form.ts';
import { HELD } from '../queries/find-overwrites.ts';
import { textOf } from './call-chain.ts';
import { MOST_NESTED } from './limits.ts';
import type { FoundSlip } from './slip.ts';

/** What one alone may have, and a column says who. */
const WHO = String.raw`\w{0,40}(?:taken|claimed|reserved|booked|occupied|redeemed|leased|picked|accepted)_(?:by|to)(?:_id)?`;
/** `if slot.taken_by is None:`, and in the next line `slot.taken_by = user_id`. */
const TAKES = new RegExp(
  String.raw`^[ \t]*if (?:(?<row>\w{1,60})\.(?<column>${WHO}) is None|not (?<other>\w{1,60})\.(?<flag>${WHO})):[ \t]*\n(?:[ \t]+[^\n]{0,200}\n){0,2}?[ \t]+(?<set>(?:\k<row>\.\k<column>|\k<other>\.\k<flag>)[ \t]*=[ \t]*(?!None|=)[^\n]{1,200})`,
  'm',
);
const KEEPS = /\.(?:a?save|commit|flush)\(/;
const UNIQUE = /IntegrityError|UniqueConstraint|unique_together|advisory|refresh\(/;

/** A row is free, and is then taken, whoever has taken it meanwhile: two requests at once both believe that it is theirs. */
export function findTakenTwice(home: Home): FoundSlip[] {
  if (home.module.language !== 'python' || !/_(?:by|to)(?:_id)?\b/.test(home.text)) return [];
  return home.module.functions.flatMap((form) => (form.id === 0 ? [] : findIn(home, form)));
}

function findIn(home: Home, form: FunctionForm): FoundSlip[] {
  if (functionsAround(home.module, form).length > MOST_NESTED) return [];
  const text = textOf(home, form.span);
  const found = TAKES.exec(text);
  const { row = found?.groups?.other, column = found?.groups?.flag, set } = found?.groups ?? {};
  if (!found || row === undefined || column === undefined || set === undefined) return [];
  if (HELD.test(text) || UNIQUE.test(text)) return [];
  // It was read here: what is handed over may be locked by who did that.
  const read = new RegExp(
    String.raw`^[ \t]*${row}\s*=\s*[^\n]{0,300}(?:\.(?:a?get|first|one|one_or_none|scalar\w*|get_or_404)\(|get_object_or_404\()`,
    'm',
  );
  const start = found.index + found[0].length - set.length;
  if (!read.test(text.slice(0, found.index)) || !KEEPS.test(text.slice(start))) return [];
  const at = form.span[0] + start;
  const from = form.span[0] + found.index + (found[0].length - found[0].trimStart().length);
  return [
    {
      kind: 'checked-then-changed',
      home,
      form,
      span: [at, at + 1],
      names: {
        VALUE: `${row}.${column}`,
        COLUMN: column,
        LINE: [from, from + 1],
        CONDITION: `${column} IS NULL`,
        DOES: 'sets',
      },
    },
  ];
}
