import type { Import, Statement } from '../form.ts';
import { childOf, childrenOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { type Scope, textOf } from './scope.ts';

/** `import a.b`, `import a.b as c`. */
export function lowerImport(node: Syntax, scope: Scope): Statement[] {
  for (const item of childrenOf(node, 'name')) {
    const { path, alias } = readItem(item, scope);
    // Without another name, `import a.b` gives the name `a`.
    const whole = alias === null ? (path.split('.')[0] ?? path) : path;
    add({ local: alias ?? whole, module: whole, name: '*', span: spanOf(item) }, scope);
    // It loads the module below all the same, which is then read as a member of `a`.
    if (whole !== path) add({ local: path, module: path, name: '*', span: spanOf(item) }, scope);
  }
  return [];
}

/** `from .x import y as z`, `from x import *`, `from __future__ import annotations`. */
export function lowerImportFrom(node: Syntax, scope: Scope): Statement[] {
  const from = childOf(node, 'module_name');
  const module = from ? withoutSpace(textOf(from, scope)) : '__future__';
  for (const item of node.children) {
    if (item.kind === 'wildcard_import') {
      add({ local: '*', module, name: '*', span: spanOf(item) }, scope);
    } else if (item.field === 'name') {
      const { path, alias } = readItem(item, scope);
      add({ local: alias ?? path, module, name: path, span: spanOf(item) }, scope);
    }
  }
  return [];
}

function add(one: Import, { file }: Scope): void {
  file.imports.push(one);
  file.fullNames.set(one.local, one.name === '*' ? one.module : `${one.module}.${one.name}`);
}

function readItem(item: Syntax, scope: Scope): { path: string; alias: string | null } {
  const path = childOf(item, 'name') ?? item;
  const alias = childOf(item, 'alias');
  return { path: withoutSpace(textOf(path, scope)), alias: alias && textOf(alias, scope) };
}

function withoutSpace(written: string): string {
  return written.replace(/\s+/g, '');
}
