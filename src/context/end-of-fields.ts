import type { Declaration } from '../analysis/outline/outline.ts';
import { isFunction } from './enclosing.ts';
import type { Source } from './source.ts';

const MAKERS = new Set(['constructor', '__init__']);
/** The longest constructor that only sets fields. A longer one does things and is read like any other method. */
const LONGEST_MAKER = 20;

/** The last line of a class that tells what it has, not what it does: before its first method. */
export function endOfFields({ outline }: Source, { name, startLine, endLine, headEndLine }: Declaration): number {
  const first = outline.declarations.find(
    (one) =>
      isFunction(one) &&
      one.container === name &&
      startLine < one.startLine &&
      one.endLine <= endLine &&
      !(MAKERS.has(one.name) && one.endLine - one.startLine < LONGEST_MAKER) &&
      // A field that holds a function of one line is a field.
      one.endLine > one.startLine,
  );
  return first ? Math.max(headEndLine, first.startLine - 1) : endLine;
}
