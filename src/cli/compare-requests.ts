import { diffArrays } from 'diff';
import type { Asked } from '../pipeline/model-reviewer.ts';
import { cutText } from '../text/cut-text.ts';

const MOST_WIDTH = 200;

/** Line by line, in words: `code 12 - const a = 1;`, `code 12 + const a = 2;`. An empty list: they are the same. */
export function compareRequests(recorded: Asked, now: Asked): string[] {
  const parts = listParts(now);
  const before = listParts(recorded);
  return [...new Set([...before.keys(), ...parts.keys()])].flatMap((part) =>
    compareLines(part, before.get(part) ?? [], parts.get(part) ?? []),
  );
}

/** By what each part is about. The change's own words may be missing. */
function listParts({ model, system, prompt, tools }: Asked): Map<string, string[]> {
  const names = ['task', 'code', 'intent'];
  const named = prompt.toReversed().map((text, index): [string, string] => [names[index] ?? `part ${index}`, text]);
  const parts: [string, string][] = [
    ['model', model],
    ['tools', tools.join(', ')],
    ['instructions', system],
    ...named.reverse(),
  ];
  return new Map(parts.map(([name, text]) => [name, text.split('\n')]));
}

function compareLines(part: string, recorded: readonly string[], now: readonly string[]): string[] {
  if (recorded.join('\n') === now.join('\n')) return [];
  const changes = diffArrays([...recorded], [...now], { timeout: 500, maxEditLength: 4000 });
  if (!changes) return [`${part}: other than it was`];
  const said: string[] = [];
  let [old, line] = [1, 1];
  for (const { value, added, removed } of changes) {
    const [mark, from] = removed ? ['-', old] : ['+', line];
    if (added || removed)
      said.push(...value.map((text, at) => `${part} ${from + at} ${mark} ${cutText(text.trim(), MOST_WIDTH, '…')}`));
    if (!added) old += value.length;
    if (!removed) line += value.length;
  }
  return said;
}
