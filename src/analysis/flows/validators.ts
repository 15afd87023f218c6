import type { SgNode } from '@ast-grep/napi';
import type { Evaluation, Frame } from './evaluation.ts';
import { resolveNode } from './resolve.ts';
import type { Value } from './value.ts';

const VALIDATORS = new Set([
  'parse',
  'parseAsync',
  'validate',
  'validateSync',
  'validateAsync',
  'model_validate',
  'cast',
  'assert',
  'coerce',
]);
const SAFE_VALIDATORS = new Set(['safeParse', 'safeParseAsync']);
/** Kinds of schema that let a closed set of characters through. */
const CLOSED =
  /\.(?:enum|nativeEnum|literal|number|int|coerce\.(?:number|date|bigint)|bigint|boolean|date|uuid|regex|datetime|iso)\b/;

export function isValidator(name: string): boolean {
  return VALIDATORS.has(name) || SAFE_VALIDATORS.has(name);
}

/**
 * A field of what a schema let through: `z.enum([…])` is a fixed list, `z.string()` is the same text as before. A schema of
 * another file is not known: null, and nothing is said.
 */
export function readValidated(run: Evaluation, node: SgNode, property: string, frame: Frame): Value | null {
  const expression = run.dialect.readExpression(node);
  const inner = expression.kind === 'wrapped' ? run.dialect.readExpression(expression.inner) : expression;
  if (inner.kind !== 'call' || !VALIDATORS.has(inner.call.name) || !inner.call.receiver) return null;
  const schema = resolveNode(run, inner.call.receiver);
  const shape = schema?.find({ rule: { kind: 'object' } });
  const field = shape ? run.dialect.readEntry(shape, property) : null;
  const [input] = inner.call.args;
  if (!field || !input || CLOSED.test(field.text()) || !/\.string\b/.test(field.text())) return null;
  return run.visit(input, frame);
}
