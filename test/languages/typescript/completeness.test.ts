import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decideGrammar, lowerFile } from '../../../src/languages/lower-file.ts';
import { readSyntax } from '../../../src/languages/syntax.ts';
import type { Syntax } from '../../../src/languages/syntax-node.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const files = [
  'src/languages/typescript',
  'src/languages',
  'src/queue',
  'src/commands',
  'test/languages/typescript',
].flatMap((folder) =>
  readdirSync(`${ROOT}${folder}`)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`),
);

/** What a program does or names. */
const SAID = new Set([
  'call_expression',
  'new_expression',
  'string',
  'template_string',
  'regex',
  'identifier',
  'shorthand_property_identifier',
  'shorthand_property_identifier_pattern',
  'member_expression',
  'arrow_function',
]);

/** Types, and the statements that become imports and exports: the form has no span for each of their parts. */
const NOT_RUN =
  /^(?:type_|interface_|ambient_|import_statement|export_clause|(?:method|function|index)_signature|predefined_type|nested_type_)|_type$|_annotation$/;

/** Each `[start, end]` of a span, and of a function's name. */
function spansOf(form: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(form)) for (const one of form) spansOf(one, found);
  else if (form !== null && typeof form === 'object')
    for (const [key, value] of Object.entries(form))
      if ((key === 'span' || key === 'at') && Array.isArray(value)) found.add(value.join('-'));
      else spansOf(value, found);
  return found;
}

function missingOf(node: Syntax, parent: Syntax, spans: ReadonlySet<string>, text: string): string[] {
  if (NOT_RUN.test(node.kind) || node.field === 'source') return [];
  // A parameter's span is the whole of it, with its type; a text with a tag is there by its parts.
  const isByParent =
    /_parameter$|^rest_pattern$|^catch_clause$/.test(parent.kind) ||
    (node.kind === 'template_string' && parent.kind === 'call_expression');
  const isMissing = SAID.has(node.kind) && !isByParent && !spans.has(`${node.start}-${node.end}`);
  return [
    ...(isMissing ? [`${node.kind} ${text.slice(node.start, node.end)}`] : []),
    ...node.children.flatMap((child) => missingOf(child, node, spans, text)),
  ];
}

describe('nothing that a program does is lost', () => {
  it.each(files)('%s', async (path) => {
    const text = readFileSync(`${ROOT}${path}`, 'utf8');
    const module = await lowerFile(path, text);
    const { root } = readSyntax(decideGrammar(path) ?? 'typescript', text);
    expect(missingOf(root, root, spansOf(module), text)).toEqual([]);
    // Every construct of these files has a form of its own.
    expect(JSON.stringify(module)).not.toContain('"kind":"other"');
  });
});
