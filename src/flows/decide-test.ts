import type { Expression } from '../languages/form.ts';
import type { Frame, Run } from './run.ts';
import { constantText, type Environment } from './value.ts';

/**
 * Whether a test always holds, or never does (`7 * 42 > num` with a `num` of this function). Null: it depends. A name of another
 * function, or of the file, may have been set by somebody else meanwhile, in a loop by an earlier round; a test that is one name is
 * a switch that people turn.
 */
export function decideTest(run: Run, frame: Frame, test: Expression): boolean | null {
  if (frame.inLoop || !isCompared(test) || !isOwn(frame.env.names, test)) return null;
  const { constant } = run.evaluate({ ...frame, made: [] }, test);
  return typeof constant === 'boolean' ? constant : null;
}

/** The constant text or number that a `switch` is about. */
export function decideSubject(run: Run, frame: Frame, on: Expression): string | number | null {
  if (frame.inLoop || !isOwn(frame.env.names, on)) return null;
  const value = run.evaluate({ ...frame, made: [] }, on);
  return typeof value.constant === 'number' ? value.constant : constantText(value);
}

function isCompared(test: Expression): boolean {
  if (test.kind === 'unary') return isCompared(test.of);
  if (test.kind !== 'binary') return false;
  return /^(?:&&|\|\|)$/.test(test.operator) ? isCompared(test.left) && isCompared(test.right) : true;
}

function isOwn(names: Environment['names'], one: Expression): boolean {
  const own = (part: Expression): boolean => isOwn(names, part);
  switch (one.kind) {
    case 'text':
    case 'value':
      return true;
    case 'name':
      return names.has(one.name);
    case 'binary':
      return own(one.left) && own(one.right);
    case 'unary':
      return own(one.of);
    case 'concat':
      return one.parts.every(own);
    case 'index':
      return own(one.of) && own(one.by);
    default:
      return false;
  }
}
