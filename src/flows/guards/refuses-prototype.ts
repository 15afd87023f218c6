import { functionAt } from '../../languages/enclosing.ts';
import type { Span } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import type { Home } from '../values/value.ts';

/** What a function says of prototypes, in its code: comments and what is only said to somebody refuse nothing. */
interface Known {
  /** Objects that are made without one. */
  plain: ReadonlySet<string>;
  /** Names that it asks whether they are `__proto__`. */
  asked: ReadonlySet<string>;
}

const MOST_READ = 20_000;
const NOBODY: Known = { plain: new Set(), asked: new Set() };
const LITERAL = /(["'`])__proto__\1|\/[^/\n]*__proto__/;
const ASKS = /[!=]==?|\.(?:includes|has|indexOf|test|match|some|every|find)\(|\bcase\b/;
/** They stand beside each other in a request. */
const SHARED = /^(?:\d.*|req|request|body|query|params|length|split|return|const|let|var|of|in|if|for)$/;

/**
 * Whether the function refuses `__proto__` for this key, or makes what it sets without a prototype.
 *
 * @param target `settings[section][name]`
 * @param key what leads there: `section`
 */
export function refusesPrototype(home: Home, target: Span, key: string): boolean {
  const form = functionAt(home.module, target);
  const known = form ? (knownOf(home).get(form.id) ?? read(home, form.id, form.span)) : NOBODY;
  const [of = ''] = /^[\w$]+/.exec(home.text.slice(...target)) ?? [];
  return known.plain.has(of) || plainOf(home).has(of) || namesOf(key).some((name) => known.asked.has(name));
}

/** `const rooms: Rooms = Object.create(null)` anywhere in the file. */
const plainOf = memo<Home, ReadonlySet<string>>(
  ({ text }) =>
    new Set(
      [
        ...text.matchAll(
          /(?<![\w$])([\w$]{1,80})(?:\s*:[^=;\n]{1,200})?\s*=\s*(?:Object\.create\(null\)|\{\s*__proto__:\s*null)/g,
        ),
      ].map(([, name = '']) => name),
    ),
);

const knownOf = memo<Home, Map<number, Known>>(() => new Map());

function read(home: Home, id: number, [start, end]: Span): Known {
  const text = home.text.slice(start, Math.min(end, start + MOST_READ));
  const plain = new Set([...text.matchAll(/([\w$]+)\s*=\s*Object\.create\(null\)/g)].map(([, name = '']) => name));
  const asked = new Set<string>();
  let lists: RegExp = LITERAL;
  for (const part of text.split(/[;{}]/)) {
    if (!lists.test(part)) continue;
    const [, list] = /\b(?:const|let|var)\s+([\w$]+)\s*=\s*(?:new Set\(|\[|\/)/.exec(part) ?? [];
    if (list !== undefined) lists = new RegExp(`${lists.source}|\\b${escapeRegExp(list)}\\b`);
    if (ASKS.test(part)) for (const name of namesOf(part)) asked.add(name);
  }
  // `for (const part of path.split('.'))`: what is asked of all parts is asked of each.
  for (const [, name = '', all = ''] of text.matchAll(/\b(?:const|let|var)\s+([\w$]+)\s+(?:of|in)\s+([^{;\n]{1,200})/g))
    if (namesOf(all).some((one) => asked.has(one))) asked.add(name);
  const known = { plain, asked };
  knownOf(home).set(id, known);
  return known;
}

function namesOf(text: string): string[] {
  return (text.match(/[\w$]+/g) ?? []).filter((name) => !SHARED.test(name));
}
