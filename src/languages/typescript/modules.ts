import type { Import, Statement } from '../form.ts';
import { childOf, namedOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { cookedText } from './literals.ts';
import { type Lowering, textOf } from './lowering.ts';
import { moduleName } from './variables.ts';

/** A name, or a text: `import { "a-b" as c }`. */
function nameIn(c: Lowering, node: Syntax): string {
  return node.kind === 'string' ? cookedText(c, node) : textOf(c, node);
}

export function lowerImport(c: Lowering, node: Syntax): Statement[] {
  const clause = namedOf(node).find(({ kind }) => kind === 'import_clause' || kind === 'import_require_clause');
  const source = childOf(clause?.kind === 'import_require_clause' ? clause : node, 'source');
  if (!source) return [];
  const module = moduleName(c, source);
  const add = (local: Syntax, name: string, at: Syntax): void => {
    c.imports.push({ local: textOf(c, local), module, name, span: spanOf(at) } satisfies Import);
  };
  // A module that is only run is a call of `import`.
  if (!clause) return [lowerBareImport(node, module, source)];
  for (const part of namedOf(clause)) {
    if (part.kind === 'identifier') add(part, clause.kind === 'import_require_clause' ? '*' : 'default', part);
    if (part.kind === 'namespace_import') for (const local of namedOf(part)) add(local, '*', part);
    if (part.kind === 'named_imports')
      for (const one of namedOf(part)) {
        const name = childOf(one, 'name');
        if (name) add(childOf(one, 'alias') ?? name, nameIn(c, name), one);
      }
  }
  return [];
}

function lowerBareImport(node: Syntax, module: string, source: Syntax): Statement {
  const span = spanOf(node);
  return {
    kind: 'do',
    value: {
      kind: 'call',
      of: { kind: 'name', name: 'import', span: [node.start, node.start + 'import'.length] },
      arguments: [{ name: null, value: { kind: 'text', value: module, span: spanOf(source) } }],
      made: false,
      span,
    },
    when: 'now',
    span,
  };
}

/** `export { a as b }`, `export { a } from 'm'`, `export * from 'm'`, `export * as n from 'm'`. */
export function lowerExportNames(c: Lowering, node: Syntax): void {
  const source = childOf(node, 'source');
  const module = source && moduleName(c, source);
  for (const part of node.children) {
    if (part.kind === '*') c.exports.push({ name: '*', local: '*', module });
    if (part.kind === 'namespace_export')
      for (const name of namedOf(part)) c.exports.push({ name: nameIn(c, name), local: '*', module });
    if (part.kind === 'export_clause')
      for (const one of namedOf(part)) {
        const name = childOf(one, 'name');
        if (name) c.exports.push({ name: nameIn(c, childOf(one, 'alias') ?? name), local: nameIn(c, name), module });
      }
  }
}
