import type { FunctionForm, TypeForm } from '../../languages/form.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
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
  const given = insideOf(text);
  if (given === null) return null;
  const rest = text.slice(given.length + 2).replace(/^[ \t]+/, '');
  const results = insideOf(rest) ?? /^(?:(?!\/\/)[^\n;{}])*/.exec(rest)?.[0] ?? '';
  return `${partsOf(given).length} ${given.includes('...')} ${typesOf(partsOf(results))}`;
}

/** What stands in the parentheses that a text begins with. */
function insideOf(text: string): string | null {
  if (!text.startsWith('(')) return null;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (depth === 0) return text.slice(1, at);
  }
  return null;
}

/** Between the commas that stand in no brackets. */
function partsOf(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const char of text) {
    if ('([{'.includes(char)) depth += 1;
    if (')]}'.includes(char)) depth -= 1;
    if (char === ',' && depth === 0) parts.push('');
    else parts.push(`${parts.pop()}${char}`);
  }
  return parts.map((one) => one.trim()).filter((one) => one !== '');
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
