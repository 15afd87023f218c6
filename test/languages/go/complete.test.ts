import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadGrammars, readSyntax } from '../../../src/languages/syntax.ts';
import type { Syntax } from '../../../src/languages/syntax-node.ts';
import { lowerText } from './print-go.ts';

const FIXTURE = readFileSync(new URL('fixtures/orders.go', import.meta.url), 'utf8');

/** Spans, and kinds of what is `other`, anywhere in the form. */
function readForm(part: unknown, spans: Set<string>, others: unknown[]): void {
  if (part === null || typeof part !== 'object') return;
  const { span, at, kind } = part as { span?: number[]; at?: number[]; kind?: string };
  for (const one of [span, at]) if (one) spans.add(String(one));
  if (kind === 'other') others.push(part);
  for (const inner of Object.values(part)) readForm(inner, spans, others);
}

/** In a type there is nothing that runs, and a name is only a name. */
const TYPES =
  /^(?:function_type|interface_type|struct_type|type_parameter_list|array_type|type_arguments|import_declaration)$/;
const WANTED = /^(?:call_expression|interpreted_string_literal|raw_string_literal|identifier|func_literal)$/;
/** Words of the language that are not called, since they make an empty value, and the type of a conversion. */
const MAKING = /^(?:new|make|_|Store)$/;

function listWanted(node: Syntax, found: Syntax[] = []): Syntax[] {
  if (TYPES.test(node.kind)) return found;
  if (WANTED.test(node.kind)) found.push(node);
  for (const child of node.children) listWanted(child, found);
  return found;
}

describe('what stands in a Go file', () => {
  it('is in the form: each call, text, name and function, by its span', async () => {
    await loadGrammars(['go']);
    const { root, errors } = readSyntax('go', FIXTURE);
    const spans = new Set<string>();
    const others: unknown[] = [];
    readForm(await lowerText(FIXTURE), spans, others);
    const missing = listWanted(root)
      .filter(({ start, end }) => !spans.has(`${start},${end}`))
      .map(({ kind, start, end }) => `${kind} ${FIXTURE.slice(start, end)}`)
      .filter((one) => !MAKING.test(one.replace(/^identifier /, '')));
    expect(errors).toBe(0);
    expect(missing).toEqual([]);
    expect(others).toEqual([]);
  });

  it('has functions whose numbers are their places, and whose bodies are inside of their parents', async () => {
    const { functions } = await lowerText(FIXTURE);
    expect(functions.map(({ id }) => id)).toEqual(functions.map((_, index) => index));
    for (const { parent, span } of functions.slice(1)) {
      const outer = functions[parent ?? -1];
      expect(outer && outer.span[0] <= span[0] && outer.span[1] >= span[1]).toBe(true);
    }
    expect(functions.filter(({ parent }) => parent === null)).toHaveLength(1);
  });
});
