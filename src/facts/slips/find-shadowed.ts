import type { Home } from '../../flows/value.ts';
import type { FunctionForm } from '../../languages/form.ts';
import { indentOf } from '../../text/indent-of.ts';
import type { FoundSlip } from './slip.ts';

const DECLARED = /^(\s+)var (\w+) ([\w.*[\]]+)$/;
/** Its zero value is one to work with. */
const READY =
  /^(?:u?int\d*|float\d+|string|bool|byte|rune|uintptr|complex\d+|bytes\.Buffer|strings\.Builder|(?:sync|atomic|time)\.\w+|\[\d+\].*)$/;
/** Its zero value is nothing. */
const NOTHING = /^(?:\*|\[\]|map\[|error$|any$)/;
const MOST_LINES = 3000;

/** Go: `client, err := connect()` in a block, while the `client` of the function around, which is used later on, stays empty. */
export function findShadowed(home: Home): FoundSlip[] {
  if (home.module.language !== 'go' || !/^\s+var \w+ [\w.*[\]]+$/m.test(home.text)) return [];
  const own = home.module.functions.filter(({ id, parent }) => id !== 0 && (parent === 0 || parent === null));
  return own.flatMap((form) => findIn(home, form));
}

function findIn(home: Home, form: FunctionForm): FoundSlip[] {
  const lines = home.text.slice(...form.span).split('\n');
  const starts = lines.reduce<number[]>(
    (all, line) => [...all, (all.at(-1) ?? form.span[0]) + line.length + 1],
    [form.span[0]],
  );
  return lines.flatMap((line, index): FoundSlip[] => {
    const [, , name, type = ''] = DECLARED.exec(line) ?? [];
    if (name === undefined || name === '_' || READY.test(type) || lines.length > MOST_LINES) return [];
    const depth = indentOf(line);
    const end = firstAt(lines, index + 1, depth - 1);
    const sets = new RegExp(`^\\s*(?:if\\s+)?(?:\\w+, )*${name}(?:, \\w+)* :=`);
    const given = new RegExp(
      `(?<![\\w.])${name}(?:, \\w+)*\\s*=(?!=)|&${name}\\b|\\b${name}, ?\\w+ = |\\w+, ${name} =`,
    );
    for (let at = index + 1; at < end; at++) {
      const one = lines[at] ?? '';
      if (!sets.test(one) || indentOf(one) <= depth || /^\s*(?:if|for|switch)\b/.test(one)) continue;
      const close = firstAt(lines, at + 1, indentOf(one) - 1);
      const block = lines.slice(at, close);
      const rest = lines.slice(close, end);
      // What is given first to the outer one there is what is read of it.
      const next = rest.find((each) => new RegExp(`(?<![\\w."])${name}\\b(?!\\s*:)`).test(each)) ?? '';
      const isUsed = next !== '' && !new RegExp(`(?<![\\w."])${name}(?:, ?\\w+)*\\s*:?=(?!=)`).test(next);
      // Before it, or after it in the same way out of which nothing falls, it is given elsewhere.
      const other = [
        ...lines.slice(index + 1, at),
        ...rest.slice(
          0,
          rest.findIndex((each) => indentOf(each) <= depth && each.includes(name)),
        ),
      ];
      const isGiven = lines.slice(index + 1, at).some((each) => given.test(each)) || /\bfunc\(/.test(other.join('\n'));
      if (isUsed && !isGiven && !/^\s*(?:return|continue|break|panic)\b/.test(block.at(-1) ?? '')) {
        const start = starts[at] ?? form.span[0];
        const from = start + indentOf(one);
        return [
          {
            kind: 'outer-shadowed',
            home,
            form,
            suspected: !NOTHING.test(type) || !/^\s*return\b/.test(next),
            span: [from, start + one.length],
            names: { NAME: name, LINE: [starts[index] ?? 0, (starts[index] ?? 0) + line.length] },
          },
        ];
      }
    }
    return [];
  });
}

/** The first line that stands no deeper. */
function firstAt(lines: readonly string[], from: number, depth: number): number {
  for (let at = from; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.trim() !== '' && indentOf(line) <= depth) return at;
  }
  return lines.length;
}
