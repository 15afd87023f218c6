import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import { functionsAround } from '../../languages/enclosing.ts';
import type { Expression, Span, Statement } from '../../languages/form.ts';
import { holds } from '../../languages/holds.ts';
import { blocksOf } from '../../languages/visit-expressions.ts';
import type { Doings, Found } from '../read/doings.ts';
import type { Loop } from '../read/find-loops.ts';

/**
 * The list of a loop was read from the database, so it has as many items as there are rows. How many a caller names or the
 * code puts together is not known: often one, or a handful.
 */
export function areRows({ home, form, over }: Loop, doings: Doings): boolean {
  const seen = new Set<string>();
  // The file's own code as well.
  const forms = [...functionsAround(home.module, form), ...home.module.functions.slice(0, 1)];
  const reads = forms.flatMap((one) => doings.within({ home, form: one, span: one.span })).filter(isReading);
  const asks = ({ span }: Expression): boolean => reads.some(({ at }) => holds(span, at));
  // `db.Find(&orders)`
  const fills = (name: string): boolean => reads.some(({ at }) => new RegExp(`&${name}\\b`).test(writtenAt(home, at)));
  const isRead = (one: Expression): boolean => {
    if (one.kind === 'await') return isRead(one.of);
    if (one.kind === 'call') {
      if (LISTS.test(calledName(one.of)) || asks(one)) return true;
      const [first] = one.arguments;
      return (one.of.kind === 'field' && isRead(one.of.of)) || (first !== undefined && isRead(first.value));
    }
    if (one.kind === 'field' || one.kind === 'index' || one.kind === 'cast' || one.kind === 'slice')
      return isRead(one.of);
    if (one.kind === 'list') return one.items.some((item) => item.kind === 'spread' && isRead(item.of));
    if (one.kind === 'each') return isRead(one.over);
    if (one.kind === 'choice') return isRead(one.yes) || isRead(one.no);
    if (one.kind !== 'name' || seen.has(one.name)) return false;
    seen.add(one.name);
    return fills(one.name) || forms.some(({ body }) => valuesOf(body, one.name).some(isRead));
  };
  return isRead(over);
}

/** What is called so gives a list of stored things, whoever keeps them. */
const LISTS =
  /^(?:[fF]ind|[lL]ist|[fF]etch|[lL]oad|[sS]elect|[qQ]uery|[sS]can|[sS]earch)(?:_?(?:[aA]ll|[mM]any|by|By)|[A-Z_]\w*s(?:By\w*)?$)|^(?:[gG]et|[rR]ead)_?(?:[aA]ll|[mM]any)/;

/** What stands behind the call that begins a query: `.where({ id: order.customerId }).first()`. */
const CHAIN = /^[^;\n]*(?:\n\s*\.[^;\n]*)*/;
const MOST_CHAIN = 300;

/** A query with all that is called on it. */
export function writtenAt({ text }: Home, [start, end]: Span): string {
  return text.slice(start, end + (CHAIN.exec(text.slice(end, end + MOST_CHAIN))?.[0].length ?? 0));
}

const isReading = ({ does }: Found): boolean => does === 'read';

/** What a name is given: also the lists whose items it stands for. */
function valuesOf(body: readonly Statement[], name: string): Expression[] {
  return body.flatMap((one) => {
    const inside = valuesOf(blocksOf(one), name);
    if ((one.kind !== 'set' && one.kind !== 'loop') || one.target?.kind !== 'name' || one.target.name !== name)
      return inside;
    return [...(one.kind === 'set' ? [one.value] : one.over ? [one.over] : []), ...inside];
  });
}
