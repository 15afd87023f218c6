import { emptyFunction } from '../empty-function.ts';
import type { Expression, FunctionForm, Module } from '../form.ts';
import type { Syntax } from '../syntax-node.ts';
import { lowerClass } from './classes.ts';
import { lowerExpression, lowerNamed } from './expressions.ts';
import { lowerFunction, withHoisted } from './functions.ts';
import type { Lowering } from './lowering.ts';
import { lowerTest } from './operators.ts';
import { lowerStatements } from './statements.ts';

/** TypeScript and JavaScript, with and without JSX. */
export function lowerTypeScript(root: Syntax, text: string, errors: number): Module {
  const c = createLowering(root, text);
  const program: FunctionForm = {
    ...emptyFunction(0, null),
    span: [root.start, root.end],
    at: [root.start, root.start],
  };
  c.functions.push(program);
  program.body = withHoisted(c, program, c.statements(root.children));
  markPublic(c, program);
  const { imports, exports, functions, classes, types } = c;
  return { language: 'typescript', package: null, imports, exports, functions, classes, types, errors };
}

function createLowering(root: Syntax, text: string): Lowering {
  const known: Omit<Lowering, 'expression' | 'test' | 'named' | 'statements' | 'function' | 'class'> = {
    text,
    commonJs: !root.children.some(({ kind }) => kind === 'import_statement' || kind === 'export_statement'),
    imports: [],
    exports: [],
    functions: [],
    classes: [],
    types: [],
    scope: { id: 0, made: 0, hoisted: new Set(), depth: 0 },
  };
  const c = known as Lowering;
  // Bound, not wrapped: a wrapper would take a frame of the stack at each level, and programs may be nested deeply.
  c.expression = lowerExpression.bind(null, c);
  c.test = lowerTest.bind(null, c);
  c.named = lowerNamed.bind(null, c);
  c.statements = lowerStatements.bind(null, c);
  c.function = lowerFunction.bind(null, c);
  c.class = lowerClass.bind(null, c);
  return c;
}

/** Functions that other files can call: what exported names are set to at the top, and what stands in exported objects. */
function markPublic(c: Lowering, program: FunctionForm): void {
  const names = new Set(c.exports.filter(({ module }) => module === null).map(({ local }) => local));
  const mark = (value: Expression): void => {
    if (value.kind === 'function') {
      const form = c.functions[value.id];
      if (form) form.public = true;
    } else if (value.kind === 'map') for (const entry of value.entries) mark(entry.value);
    else if (value.kind === 'name') names.add(value.name);
    else if (value.kind === 'set' || value.kind === 'cast') mark(value.kind === 'set' ? value.value : value.of);
  };
  // Backwards: what is exported at the end may be a name that was set before.
  for (const one of [...program.body].reverse()) {
    if (one.kind !== 'set') continue;
    const target = one.target.kind === 'field' ? one.target.of : one.target;
    if (target.kind === 'name' && names.has(target.name)) mark(one.value);
  }
}
