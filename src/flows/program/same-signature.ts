import type { FunctionForm, TypeForm } from '../../languages/form.ts';
import { betweenBrackets } from '../../text/closing-of.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { splitList } from '../../text/split-list.ts';
import type { Home } from '../values/value.ts';

/** Nobody writes a longer one. */
const LONGEST = 1000;

/**
 * Whether a method of Go may be the one that an interface names: one that takes another number of values, or gives others, is called
 * so by chance.
 */
export function hasSignatureOf(
  asked: { home: Home; form: TypeForm },
  { home, form }: { home: Home; form: FunctionForm },
): boolean {
  const text = asked.home.text.slice(...asked.form.span);
  const at = new RegExp(`(?:^|[{;])[ \\t]*${escapeRegExp(form.name)}(?=\\()`, 'm').exec(text);
  // What stands for the parameters of a type is not known.
  if (!at || /^(?:type\s+)?\w+\[/.test(text)) return true;
  const one = signatureOf(text.slice(at.index + at[0].length));
  return one === null || one === signatureOf(home.text.slice(form.at[1]));
}

/** How many values it takes, whether more may follow, and the types that it gives. */
function signatureOf(all: string): string | null {
  const text = all.slice(0, LONGEST);
  const given = text.startsWith('(') ? betweenBrackets(text, 0) : null;
  if (given === null) return null;
  const rest = text.slice(given.length + 2).replace(/^[ \t]+/, '');
  const results =
    (rest.startsWith('(') ? betweenBrackets(rest, 0) : null) ?? /^(?:(?!\/\/)[^\n;{}])*/.exec(rest)?.[0] ?? '';
  return `${splitList(given).length} ${given.includes('...')} ${typesOf(splitList(results).map((one) => one.text))}`;
}

const NAMED = /^(?!(?:chan|func|map|interface|struct)\b)\w+\s+(?=\S)/;

/** `n int, err error` gives what `int, error` gives, and `store.Order` is what `Order` is in its own package. */
function typesOf(parts: readonly string[]): string {
  const isNamed = parts.some((one) => NAMED.test(one));
  let type = '';
  const types = parts.toReversed().map((one) => {
    if (!isNamed || NAMED.test(one)) type = one.replace(NAMED, '');
    return type.replace(/\b\w+\./g, '').replace(/\binterface\b(?:\{\})?/g, 'any');
  });
  return types.toReversed().join(',');
}
