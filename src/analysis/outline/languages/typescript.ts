import type { SgNode } from '@ast-grep/napi';
import { childrenOf, type Declared, type OutlineLanguage, readString, shortText } from '../language.ts';
import type { Import } from '../outline.ts';

const FUNCTIONS = new Set([
  'arrow_function',
  'function_expression',
  'generator_function',
  'generator_function_declaration',
]);
const CLASSES = new Set(['class', 'class_declaration']);
/** Methods of routers that register a handler, of Express, Fastify, Koa, Hono and their like. */
const VERBS = new Set([
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'del',
  'all',
  'use',
  'route',
  'on',
  'openapi',
  'options',
  'head',
]);
/** Calls that declare a table, and which argument names it: Drizzle, Sequelize, Mongoose. */
const TABLE_CALLS =
  /^(?:pgTable|mysqlTable|sqliteTable|pgView|pgMaterializedView|\w+Table|\w+\.define|(?:mongoose|connection)\.model)$/;
const TABLE_DECORATORS = /^@(?:Entity|Table|ViewEntity|Schema)\b/;

/** The function in a value: itself, or the last one among the arguments of a call (`catchAsync(async (req) => …)`). */
function findFunction(value: SgNode | null, depth = 0): SgNode | null {
  if (!value || depth > 12) return null;
  const kind = String(value.kind());
  if (FUNCTIONS.has(kind)) return value;
  if (kind === 'as_expression' || kind === 'satisfies_expression' || kind === 'parenthesized_expression')
    return findFunction(childrenOf(value)[0] ?? null, depth + 1);
  if (kind !== 'call_expression') return null;
  const own = childrenOf(value.field('arguments')).findLast((argument) => FUNCTIONS.has(String(argument.kind())));
  if (own) return own;
  // Builders chain: procedure.input(…).query(async () => …).meta(…).
  const callee = value.field('function');
  return callee?.kind() === 'member_expression' ? findFunction(callee.field('object'), depth + 1) : null;
}

function readVariable(node: SgNode): Declared[] {
  const name = node.field('name');
  const value = node.field('value');
  if (name?.kind() !== 'identifier') return [];
  const own = name.text();
  if (value && CLASSES.has(String(value.kind()))) return [{ name: own, kind: 'class', body: value.field('body') }];
  const found = findFunction(value);
  if (found) return [{ name: own, kind: 'function', body: found.field('body') }];
  const table = value?.kind() === 'call_expression' ? readTableCall(value) : null;
  return [{ name: own, kind: 'value' }, ...(table === null ? [] : [{ name: table, kind: 'table' as const }])];
}

function readTableCall(call: SgNode): string | null {
  const callee = shortText(call.field('function'), 60);
  if (callee === null || !TABLE_CALLS.test(callee)) return null;
  return readString(childrenOf(call.field('arguments'))[0]);
}

function readClass(node: SgNode): Declared[] {
  const name = node.field('name')?.text() ?? 'default';
  const own: Declared = { name, kind: 'class', body: node.field('body') };
  const around = node.parent()?.kind() === 'export_statement' ? node.parent() : null;
  const decorators = [...(around?.children() ?? []), ...node.children()].filter(
    (child) => child.kind() === 'decorator',
  );
  const says = decorators.map((one) => shortText(one, 2000) ?? '').find((text) => TABLE_DECORATORS.test(text));
  if (says === undefined) return [own];
  const table =
    /^@\w+\(\s*['"`]([\w.]+)['"`]/.exec(says)?.[1] ??
    /(?:tableName|name|collection):\s*['"`]([\w.]+)['"`]/.exec(says)?.[1];
  return [own, { name: table ?? name, kind: 'table', body: own.body ?? null }];
}

/** `router.get('/orders', auth, handler)`, and what only registers middleware for a path. */
function readRoute(node: SgNode): Declared[] {
  const callee = node.field('function');
  if (callee?.kind() !== 'member_expression') return [];
  const verb = callee.field('property')?.text() ?? '';
  const router = shortText(callee.field('object'), 60);
  if (!VERBS.has(verb) || router === null || !/^[\w.]+$/.test(router)) return [];
  const [path, ...rest] = childrenOf(node.field('arguments'));
  const text = readString(path);
  if (text === null || rest.length === 0 || !(text.startsWith('/') || text === '*')) return [];
  const handler = rest.findLast((argument) => FUNCTIONS.has(String(argument.kind())));
  return [
    { name: `${verb.toUpperCase()} ${text}`, kind: 'route', container: router, body: handler?.field('body') ?? null },
  ];
}

/** A function in an object: a resolver, a procedure of a router, a method of a service that is made by hand. */
function readPair(node: SgNode): Declared[] {
  const found = findFunction(node.field('value'));
  const key = node.field('key')?.text() ?? '';
  return found && /^[\w$]+$/.test(key) ? [{ name: key, kind: 'method', body: found.field('body') }] : [];
}

function readField(node: SgNode): Declared[] {
  const found = findFunction(node.field('value'));
  return found ? [{ name: node.field('name')?.text() ?? '', kind: 'method', body: found.field('body') }] : [];
}

/** `module.exports.pay = function …`, `exports.pay = …`, `Order.prototype.pay = …` */
function readAssignment(node: SgNode): Declared[] {
  const left = shortText(node.field('left'), 100) ?? '';
  const name = /^(?:module\.)?exports\.(\w+)$|^\w+\.(?:prototype\.)?(\w+)$/.exec(left);
  const found = findFunction(node.field('right'));
  return name && found ? [{ name: name[1] ?? name[2] ?? '', kind: 'function', body: found.field('body') }] : [];
}

function readImport(node: SgNode): Omit<Import, 'line' | 'endLine'>[] {
  const kind = String(node.kind());
  if (kind === 'variable_declarator') return readRequire(node);
  const from = readString(node.field('source'));
  if (from === null) return [];
  const specifiers = node.findAll({ rule: { any: [{ kind: 'import_specifier' }, { kind: 'export_specifier' }] } });
  const names = specifiers.map((one) => {
    const name = one.field('name')?.text() ?? '';
    return { name, as: one.field('alias')?.text() ?? name };
  });
  if (kind === 'export_statement') return [{ from, names: names.length > 0 ? names : [{ name: '*', as: '*' }] }];
  const clause = node.children().find((child) => child.kind() === 'import_clause');
  for (const child of childrenOf(clause)) {
    if (child.kind() === 'identifier') names.push({ name: 'default', as: child.text() });
    if (child.kind() === 'namespace_import') names.push({ name: '*', as: childrenOf(child)[0]?.text() ?? '' });
  }
  return [{ from, names }];
}

function readRequire(node: SgNode): Omit<Import, 'line' | 'endLine'>[] {
  const value = node.field('value');
  if (value?.kind() !== 'call_expression' || value.field('function')?.text() !== 'require') return [];
  const from = readString(childrenOf(value.field('arguments'))[0]);
  const target = node.field('name');
  if (from === null || !target) return [];
  if (target.kind() === 'identifier') return [{ from, names: [{ name: '*', as: target.text() }] }];
  const names = childrenOf(target).map((one) => {
    const [key, value] = one.kind() === 'pair_pattern' ? [one.field('key'), one.field('value')] : [one, one];
    return { name: key?.text() ?? '', as: value?.text() ?? '' };
  });
  return [{ from, names }];
}

export const typescript: OutlineLanguage = {
  declarations: {
    function_declaration: { as: 'function' },
    generator_function_declaration: { as: 'function' },
    class_declaration: { as: 'class', read: readClass },
    abstract_class_declaration: { as: 'class', read: readClass },
    interface_declaration: { as: 'type' },
    type_alias_declaration: { as: 'type' },
    enum_declaration: { as: 'type' },
    internal_module: { as: 'type' },
    method_definition: { as: 'method' },
    public_field_definition: { as: 'method', read: readField },
    pair: { as: 'method', read: readPair },
    variable_declarator: { as: 'value', outside: true, read: readVariable },
    assignment_expression: { as: 'function', read: readAssignment },
    call_expression: { as: 'route', read: readRoute },
  },
  around: new Set(['export_statement', 'lexical_declaration', 'variable_declaration', 'expression_statement']),
  before: new Set(['comment', 'decorator']),
  calls: { call_expression: 'function', new_expression: 'constructor' },
  types: ['type_identifier'],
  members: { member_expression: ['object', 'property'], nested_type_identifier: ['module', 'name'] },
  names: ['identifier', 'shorthand_property_identifier'],
  imports: ['import_statement', 'export_statement', 'variable_declarator'],
  readImport,
};
