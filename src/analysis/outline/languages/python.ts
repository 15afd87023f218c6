import type { SgNode } from '@ast-grep/napi';
import { childrenOf, type Declared, type OutlineLanguage, readString, shortText } from '../language.ts';
import type { Import } from '../outline.ts';

/** `@router.get("/orders")`, `@app.route(…)`: FastAPI, Flask, Starlette, Litestar. */
const ROUTE = /^@((?:\w+\.)*\w+)\.(?:get|post|put|patch|delete|head|options|route|websocket|api_route)\s*\(/;
/** Bases whose classes are tables: Django, SQLAlchemy, SQLModel, Peewee, Tortoise. */
const MODELS = /^(?:models\.Model|(?:\w+\.)?(?:Base|Model|SQLModel|DeclarativeBase|TimeStampedModel))$/;

function readFunction(node: SgNode): Declared[] {
  const name = node.field('name')?.text() ?? '';
  const body = node.field('body');
  const around = node.parent();
  if (around?.kind() !== 'decorated_definition') return [{ name, kind: isMethod(node) ? 'method' : 'function', body }];
  const decorators = around.children().filter((child) => child.kind() === 'decorator');
  const route = decorators
    .map((one) => ROUTE.exec(shortText(one, 2000) ?? '')?.[1])
    .find((found) => found !== undefined);
  if (route !== undefined) return [{ name, kind: 'route', container: route, body }];
  return [{ name, kind: isMethod(around) ? 'method' : 'function', body }];
}

function isMethod(node: SgNode): boolean {
  return node.parent()?.parent()?.kind() === 'class_definition';
}

function readClass(node: SgNode): Declared[] {
  const name = node.field('name')?.text() ?? '';
  const own: Declared = { name, kind: 'class', body: node.field('body') };
  const fields = childrenOf(node.field('body'));
  const meta = fields.find((one) => one.kind() === 'class_definition' && one.field('name')?.text() === 'Meta');
  const named = readField(fields, '__tablename__') ?? readField(childrenOf(meta?.field('body')), 'db_table');
  const bases = childrenOf(node.field('superclasses')).map((base) => shortText(base, 80) ?? '');
  const hasColumns = fields.some((one) =>
    /=\s*(?:\w+\.)?(?:\w*Field|Column|mapped_column|ForeignKey|relationship)\(/.test(shortText(one, 400) ?? ''),
  );
  if (named === null && !(bases.some((base) => MODELS.test(base)) && hasColumns)) return [own];
  return [own, { name: named ?? name, kind: 'table', body: own.body ?? null }];
}

function readField(fields: readonly SgNode[], name: string): string | null {
  for (const one of fields) {
    const assignment = childrenOf(one)[0];
    if (assignment?.kind() === 'assignment' && assignment.field('left')?.text() === name)
      return readString(assignment.field('right'));
  }
  return null;
}

function readAssignment(node: SgNode): Declared[] {
  const target = node.field('left');
  // A column of a class is part of the class.
  const outermost = node.parent()?.parent()?.kind() === 'module';
  if (target?.kind() !== 'identifier' || !outermost) return [];
  const name = target.text();
  const value = node.field('right');
  const callee = value?.kind() === 'call' ? (shortText(value.field('function'), 60) ?? '') : '';
  const table = /^(?:\w+\.)?Table$/.test(callee) ? readString(childrenOf(value?.field('arguments'))[0]) : null;
  return [{ name, kind: 'value' }, ...(table === null ? [] : [{ name: table, kind: 'table' as const }])];
}

function readImport(node: SgNode): Omit<Import, 'line' | 'endLine'>[] {
  const module = node.field('module_name');
  const names = childrenOf(node).filter((child) => child.id() !== module?.id());
  if (module) {
    return [
      {
        from: module.text(),
        names: names.map((one) => {
          if (one.kind() === 'wildcard_import') return { name: '*', as: '*' };
          const name = (one.field('name') ?? one).text();
          return { name, as: one.field('alias')?.text() ?? name };
        }),
      },
    ];
  }
  return names.map((one) => {
    const from = (one.field('name') ?? one).text();
    return { from, names: [{ name: '*', as: one.field('alias')?.text() ?? from }] };
  });
}

export const python: OutlineLanguage = {
  declarations: {
    function_definition: { as: 'function', read: readFunction },
    class_definition: { as: 'class', read: readClass },
    assignment: { as: 'value', outside: true, read: readAssignment },
  },
  around: new Set(['decorated_definition', 'expression_statement']),
  before: new Set(['comment']),
  calls: { call: 'function', decorator: '' },
  types: [],
  members: { attribute: ['object', 'attribute'] },
  names: ['identifier'],
  imports: ['import_statement', 'import_from_statement'],
  readImport,
};
