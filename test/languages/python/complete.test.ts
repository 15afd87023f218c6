import { beforeAll, expect, it } from 'vitest';
import { lowerPython } from '../../../src/languages/python/lower.ts';
import { loadGrammars, readSyntax } from '../../../src/languages/syntax.ts';
import type { Syntax } from '../../../src/languages/syntax-node.ts';
import { readPrograms } from './read-programs.ts';

beforeAll(() => loadGrammars(['python']));

/** Every span of the form. */
function spansOf(value: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const one of value) spansOf(one, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value)) {
      if ((key === 'span' || key === 'at') && Array.isArray(one)) found.add(one.join());
      else spansOf(one, found);
    }
  }
  return found;
}

/** Here a name has no place of its own, or stands for something else. */
const ELSEWHERE =
  /^(?:import|future|global|nonlocal|type|type_alias|as_pattern_target|.*_pattern|pattern_list|case_pattern|.*parameters?)/;

function lookedFor(node: Syntax, parent: Syntax | null, found: Syntax[] = []): Syntax[] {
  if (parent && node.kind === 'type') return found;
  if (/^(?:import|future|global|nonlocal|type_alias)/.test(node.kind)) return found;
  const isName = node.kind === 'identifier';
  const declared = node.field === 'attribute' || node.field === 'name' || node.field === 'left';
  if (
    node.kind === 'call' ||
    (isName && !declared && !ELSEWHERE.test(parent?.kind ?? '') && parent?.kind !== 'dotted_name')
  ) {
    found.push(node);
  }
  if (node.kind === 'string' && parent?.kind !== 'concatenated_string' && parent?.kind !== 'pair') found.push(node);
  for (const child of node.children) lookedFor(child, node, found);
  return found;
}

it.each(readPrograms().filter(({ behaviour }) => behaviour !== 'a file that is broken'))(
  'has a place for all that $behaviour says',
  ({ source }) => {
    const { root, errors } = readSyntax('python', source);
    const spans = spansOf(lowerPython(root, source, errors));
    const lost = lookedFor(root, null).filter(({ start, end }) => !spans.has(`${start},${end}`));
    expect(lost.map(({ start, end, kind }) => `${kind} ${source.slice(start, end)}`)).toEqual([]);
  },
);
