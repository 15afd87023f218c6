import type { SgNode } from '@ast-grep/napi';
import { childrenOf, type Declared, type OutlineLanguage, readString, shortText } from '../language.ts';
import type { Import } from '../outline.ts';

const VERBS = /^(?:get|post|put|patch|delete|head|options|any|handle|handlefunc|method|group)$/i;

function readMethod(node: SgNode): Declared[] {
  const receiver = node
    .field('receiver')
    ?.find({ rule: { kind: 'type_identifier' } })
    ?.text();
  const name = node.field('name')?.text() ?? '';
  const own: Declared = { name, kind: 'method', ...(receiver && { container: receiver }), body: node.field('body') };
  if (name !== 'TableName') return [own];
  // GORM asks the model for its table. Source: gorm.io/docs/conventions.html.
  const text = node
    .field('body')
    ?.find({ rule: { kind: 'return_statement' } })
    ?.find({ rule: { kind: 'interpreted_string_literal' } });
  const table = readString(text ?? null);
  return table === null ? [own] : [own, { name: table, kind: 'table', ...(receiver && { container: receiver }) }];
}

function readType(node: SgNode): Declared[] {
  const name = node.field('name')?.text() ?? '';
  const type = node.field('type');
  const kind = String(type?.kind());
  const own: Declared = { name, kind: kind === 'struct_type' || kind === 'interface_type' ? 'class' : 'type' };
  const isModel =
    kind === 'struct_type' && /\bgorm(?:\.Model\b|:")|\b(?:bun|xorm):"/.test(shortText(type, 20_000) ?? '');
  const table = /\bbun:"table:([\w.]+)/.exec(shortText(type, 20_000) ?? '')?.[1];
  return isModel ? [own, { name: table ?? name, kind: 'table' }] : [own];
}

function readSpecs(node: SgNode): Declared[] {
  return node
    .fieldChildren('name')
    .filter((name) => name.kind() === 'identifier')
    .map((name) => ({ name: name.text(), kind: 'value' }));
}

/** `r.Get("/orders", h.List)`, `mux.HandleFunc("GET /orders", …)`: net/http, chi, gin, echo, gorilla. */
function readRoute(node: SgNode): Declared[] {
  const callee = node.field('function');
  if (callee?.kind() !== 'selector_expression') return [];
  const verb = callee.field('field')?.text() ?? '';
  const router = shortText(callee.field('operand'), 60);
  if (!VERBS.test(verb) || router === null || !/^[\w.]+$/.test(router)) return [];
  const [path, ...rest] = childrenOf(node.field('arguments'));
  const text = readString(path);
  if (text === null || rest.length === 0 || !/^(?:[A-Z]+ )?\//.test(text)) return [];
  const handler = rest.findLast((argument) => argument.kind() === 'func_literal');
  return [
    { name: `${verb.toUpperCase()} ${text}`, kind: 'route', container: router, body: handler?.field('body') ?? null },
  ];
}

function readImport(node: SgNode): Omit<Import, 'line' | 'endLine'>[] {
  const from = readString(node.field('path'));
  if (from === null) return [];
  // The last part of the path, without a version, where the import gives it no name.
  const parts = from.split('/').filter((part) => !/^v\d+$/.test(part));
  const as = node.field('name')?.text() ?? (parts.at(-1) ?? '').replace(/\.v\d+$/, '').replace(/^go-|-go$/, '');
  return [{ from, names: [{ name: '*', as: as === '.' ? '*' : as }] }];
}

export const go: OutlineLanguage = {
  declarations: {
    function_declaration: { as: 'function' },
    method_declaration: { as: 'method', read: readMethod },
    type_spec: { as: 'type', read: readType },
    type_alias: { as: 'type' },
    const_spec: { as: 'value', outside: true, read: readSpecs },
    var_spec: { as: 'value', outside: true, read: readSpecs },
    call_expression: { as: 'route', read: readRoute },
  },
  around: new Set(['type_declaration', 'const_declaration', 'var_declaration', 'expression_statement']),
  before: new Set(['comment']),
  calls: { call_expression: 'function', composite_literal: 'type' },
  types: ['type_identifier'],
  members: { selector_expression: ['operand', 'field'], qualified_type: ['package', 'name'] },
  names: ['identifier'],
  isExported: (name) => /^[A-Z]/.test(name),
  imports: ['import_spec'],
  readImport,
};
