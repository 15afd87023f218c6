import { emptyFunction } from '../empty-function.ts';
import type { Module, Statement } from '../form.ts';
import type { Syntax } from '../syntax-node.ts';
import { namesOf } from './declarations.ts';
import { lowerExpression } from './expressions.ts';
import { lowerFunction } from './functions.ts';
import { createUses, lowerImports } from './imports.ts';
import { declareNode, doNode } from './nodes.ts';
import { createScope, type File, type Scope, textOf } from './scope.ts';
import { lowerBody, lowerStatement } from './statements.ts';
import { noteType } from './type-declarations.ts';

/** A Go file in the intermediate form. Function 0 declares the functions and sets the variables of the package, and runs `init`. */
export function lowerGo(root: Syntax, text: string, errors: number): Module {
  const nodes = listTop(root);
  const uses = createUses(text);
  const imports = nodes.flatMap((node) => (node.kind === 'import_declaration' ? lowerImports(node, text, uses) : []));
  const file: File = {
    text,
    functions: [],
    types: [],
    packages: new Map(imports.map(({ local, module }) => [local, module])),
    declared: new Map(),
    values: new Set(),
    channels: new Set(),
    lower: { expression: lowerExpression, statement: lowerStatement, body: lowerBody },
  };
  nodes.forEach((node) => noteDeclared(node, file));
  file.functions.push({
    ...emptyFunction(0, null),
    span: [root.start, root.end],
    at: [root.start, root.start],
  });
  const scope = createScope(file, 0, null);
  const body = lowerPackage(nodes, scope);
  const [own, ...others] = file.functions;
  return {
    language: 'go',
    package: readPackage(root, text),
    imports,
    exports: [],
    functions: own ? [{ ...own, body }, ...others] : [],
    classes: [],
    types: file.types,
    errors,
  };
}

/** What stands at the top, also between what cannot be read. */
function listTop(root: Syntax): Syntax[] {
  return root.children.flatMap((node) => (node.kind === 'ERROR' ? listTop(node) : [node]));
}

function readPackage(root: Syntax, text: string): string | null {
  const clause = root.children.find((node) => node.kind === 'package_clause');
  const name = clause?.children.find((node) => node.kind === 'package_identifier');
  return name ? text.slice(name.start, name.end) : null;
}

/** What stands at the top of the file can be used before it is declared: functions come first, `init` last. */
function lowerPackage(nodes: readonly Syntax[], scope: Scope): Statement[] {
  const functions: Statement[] = [];
  const rest: Statement[] = [];
  const starts: Statement[] = [];
  for (const node of nodes) {
    if (!node.named || SKIPPED.has(node.kind)) continue;
    if (node.kind !== 'function_declaration' && node.kind !== 'method_declaration') {
      for (const one of lowerStatement(node, scope)) rest.push(one);
      continue;
    }
    const id = lowerFunction(node, scope);
    const form = scope.file.functions[id];
    if (!form || form.receiver !== null) continue;
    const value = { kind: 'function', id, span: form.span } as const;
    if (form.name === 'init')
      starts.push(doNode({ kind: 'call', of: value, arguments: [], made: false, span: form.at }, form.at));
    else if (form.name !== '_') functions.push(declareNode(form.name, value, form.at));
  }
  return [...functions, ...rest, ...starts];
}

const DECLARATIONS = new Set(['var_declaration', 'var_spec_list', 'const_declaration', 'type_declaration']);
const SKIPPED = new Set(['package_clause', 'import_declaration', 'comment']);

function noteDeclared(node: Syntax, file: File): void {
  if (node.kind === 'type_spec' || node.kind === 'type_alias') noteType(node, file);
  if (node.kind === 'var_spec' || node.kind === 'const_spec')
    for (const name of namesOf(node)) file.values.add(textOf(name, file));
  if (DECLARATIONS.has(node.kind)) for (const child of node.children) noteDeclared(child, file);
}
