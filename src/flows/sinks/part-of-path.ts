import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import type { Home, Place } from '../values/value.ts';

/** As far up as a name is looked for. */
const MOST_ABOVE = 4_000;

/**
 * What is checked against a folder, or opened in it, is what was joined to it, and not the path that the two are together:
 * `filepath.Join(root, name)`, or a variable that was given this, is `name`.
 */
export function partOfPath(name: string, home: Home, place: Place | null): string {
  const whole = /^\w+$/.test(name) && place?.path === home.path ? givenTo(name, home, place) : null;
  const part = partOf((whole ?? name).trim());
  if (part === null || isLiteral(part)) return name;
  if (!LAST_ALONE.test(part)) return part;
  // What leads out of the folder then is a part of the folder.
  const folder = /^\w+$/.exec(/\(\s*(\w+)\s*,/.exec(whole ?? name)?.[1] ?? '')?.[0];
  return folder === undefined || folder === name ? name : partOfPath(folder, home, place);
}

/** The last part of a path and nothing before it. */
const LAST_ALONE = /^(?:filepath\.Base|path\.(?:Base|basename)|os\.path\.basename|basename|secure_filename)\(/;

/** The last text of the function that the name is given above that place. */
function givenTo(name: string, home: Home, { span: [, at] }: Place): string | null {
  const begins = home.module.functions
    .filter(({ span }) => span[0] <= at && at <= span[1])
    .reduce((last, { span }) => Math.max(last, span[0]), Math.max(0, at - MOST_ABOVE));
  const given = new RegExp(
    `(?<![\\w.])${escapeRegExp(name)}(?::[ \\t]*[\\w.]+)?[ \\t]*:?=(?!=)[ \\t]*([^\\n]{1,300})`,
    'g',
  );
  const line = [...home.text.slice(begins, at).matchAll(given)].at(-1)?.[1];
  // What does not end in its line is not known.
  return line?.replace(/;?\s*(?:(?:\/\/|#).*)?$/, '') ?? null;
}

const FOLDER = /^(?:"[^"\n]*"|'[^'\n]*'|[\w.]+(?:\([^()\n]*\))?)$/;

function partOf(text: string): string | null {
  const [, callee, listed] = /^((?:\w+\.)*(?:[jJ]oin|resolve))\((.+)\)$/.exec(text) ?? [];
  if (callee !== undefined && listed !== undefined) {
    const [folder = '', ...others] = split(listed, ',');
    if (!FOLDER.test(folder) || others.length === 0) return null;
    return others.length === 1 ? (others[0] ?? null) : `${callee}(${others.join(', ')})`;
  }
  const divided = split(text, ' / ');
  if (divided.length === 2 && FOLDER.test(divided[0] ?? '')) return divided[1] ?? null;
  const added = split(text, ' + ');
  if (added.length > 1 && FOLDER.test(added[0] ?? '')) {
    const rest = isLiteral(added[1] ?? '') && added.length > 2 ? added.slice(2) : added.slice(1);
    return rest.join(' + ');
  }
  const [, templated] = /^`[^`]*`$/.test(text)
    ? (/\$\{([^{}]+)\}[^${}]*$/.exec(text.slice(0, -1)) ?? [])
    : /^f(["'])[^"']*\1$/.test(text)
      ? (/\{([^{}:!]+)\}[^{}]*$/.exec(text) ?? [])
      : [];
  return templated ?? null;
}

function isLiteral(text: string): boolean {
  return /^(?:"[^"]*"|'[^']*'|`[^`$]*`)$/.test(text.trim());
}

/** At the commas, or other signs, that stand in no brackets and no text. Nothing is whole where brackets do not end. */
function split(text: string, sign: string): string[] {
  const parts = [''];
  let depth = 0;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const one = text[at] ?? '';
    if (quote !== '') quote = one === quote ? '' : quote;
    else if (/["'`]/.test(one)) quote = one;
    else if (/[([{]/.test(one)) depth++;
    else if (/[)\]}]/.test(one)) depth--;
    if (depth < 0) return [];
    if (depth === 0 && quote === '' && text.startsWith(sign, at)) {
      parts.push('');
      at += sign.length - 1;
    } else parts[parts.length - 1] += one;
  }
  return depth === 0 && quote === '' ? parts.map((part) => part.trim()) : [];
}
