import { closingOf } from '../../text/closing-of.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { splitList } from '../../text/split-list.ts';

/** `escape(name)` that became `name`, everything around it being the same. */
export function unwrapped(before: string, now: string): string[] {
  const [old, other] = [squeezed(before), squeezed(now)];
  if (old.length <= other.length || old === other) return [];
  return [...old.matchAll(/[\w$.]+\(/g)].flatMap(({ 0: call, index }) => {
    const open = index + call.length - 1;
    const close = closingOf(old, open);
    if (close < 0) return [];
    const inner = old.slice(open + 1, close);
    const rest = [inner, splitList(inner)[0]?.text ?? ''];
    // `name.strip()`, `name.replace("..", "")`
    const owner = call.slice(0, -1).replace(/\.[\w$]+$/, '');
    if (call.includes('.')) rest.push(owner);
    const isGone = rest.some((one) => old.slice(0, index) + one + old.slice(close + 1) === other);
    if (!isGone) return [];
    // `rows.map((row) => omit(row, ['hash']))`
    const inside = call.endsWith('.map(') ? [...inner.matchAll(/([\w$.]+)\(/g)].map(([, name = '']) => name) : [];
    return [call.slice(0, -1), ...inside];
  });
}

function squeezed(text: string): string {
  return text
    .replace(/\s+/g, '')
    .replace(/\bawait(?=[\w$])/g, '')
    .replace(/,(?=[)\]}])/g, '')
    .replace(/[;,]$/, '');
}

/** Calls that stand nowhere in the second text, though what they were given does: `html = filter.Sanitize(html)`. */
export function forgotten(before: string, now: string): string[] {
  return [
    ...before.matchAll(
      /(?<![\w$.])([\w$.]+)\(\s*(?:[\w$]+\(\s*|\[\s*|["'`][^"'`\n]{0,60}["'`]\s*,\s*)?([A-Za-z_$][\w$.]*)/g,
    ),
  ].flatMap(([, call = '', given = '']) => {
    const isGone = !new RegExp(`(?<![\\w$.])${escapeRegExp(call)}\\(`).test(now);
    const value = `(?<![\\w$.])${escapeRegExp(given)}(?![\\w$.])`;
    const isHanded = new RegExp(value).test(now) || (isWhole(given, now) && !before.includes(`${given}(`));
    if (!isGone || !isHanded) return [];
    // Another cleaner has it: `encodeEntities(name)`.
    const others = [...now.matchAll(new RegExp(`(?<![\\w$.])([\\w$.]+)\\(\\s*${value}\\s*\\)`, 'g'))];
    return others.some(([, other = '']) => !before.includes(`${other}(`)) ? [] : [call];
  });
}

/** `{ Title: escape(data.Title) }` that became `data`: all of it is handed over as it is. */
function isWhole(given: string, now: string): boolean {
  const [, owner] = /^([A-Za-z_$][\w$]*)\.[\w$]+$/.exec(given) ?? [];
  return owner !== undefined && new RegExp(`[(,]\\s*&?${escapeRegExp(owner)}\\s*[,)]`).test(now);
}
