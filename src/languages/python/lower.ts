import { emptyFunction } from '../empty-function.ts';
import type { Module } from '../form.ts';
import type { Syntax } from '../syntax-node.ts';
import { lowerExpression } from './expressions.ts';
import { lowerTest } from './operators.ts';
import { type File, NO_RENAMES } from './scope.ts';
import { lowerStatements } from './statements.ts';

/** A file of Python in the intermediate form. */
export function lowerPython(root: Syntax, text: string, errors: number): Module {
  const file: File = {
    text,
    functions: [emptyFunction(0, null)],
    classes: [],
    imports: [],
    fullNames: new Map(),
    types: [],
    annotated: new Map(),
    outer: new Map(),
    expression: lowerExpression,
    test: lowerTest,
    statements: lowerStatements,
  };
  const body = lowerStatements(root, {
    file,
    function: 0,
    class: null,
    direct: true,
    renames: NO_RENAMES,
    made: { next: 0 },
  });
  file.functions[0] = { ...emptyFunction(0, null), span: [0, text.length], body };
  const { functions, classes, imports, types } = file;
  return { language: 'python', package: null, imports, exports: [], functions, classes, types, errors };
}
