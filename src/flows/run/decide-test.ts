import type { Expression, FunctionForm } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { isConstantOfPackage } from '../program/constants-of-package.ts';
import { isFoldable } from '../values/fold.ts';
import { truthOf } from '../values/truth.ts';
import { constantText } from '../values/values.ts';
import type { Frame, Run } from './run.ts';

/**
 * Whether a test always holds, or never does (`7 * 42 > num` with a `num` of this function). Null: it depends. A name of another
 * function, or of the file, may have been set by somebody else meanwhile, in a loop by an earlier round; a test that is one name is
 * a switch that people turn, unless the caller gives it, or nobody can set it.
 */
export function decideTest(run: Run, frame: Frame, test: Expression): boolean | null {
  const written = truthOf(test);
  if (written !== null) return written;
  if (frame.inLoop || !(isCompared(test) || isGiven(run, frame, test)) || !isOwn(run, frame, test)) return null;
  const { constant } = run.evaluate({ ...frame, made: [] }, test);
  return typeof constant === 'boolean' ? constant : null;
}

/** The constant text or number that a `switch` is about. */
export function decideSubject(run: Run, frame: Frame, on: Expression): string | number | null {
  if (frame.inLoop || !isOwn(run, frame, on)) return null;
  const value = run.evaluate({ ...frame, made: [] }, on);
  return typeof value.constant === 'number' ? value.constant : constantText(value);
}

function isCompared(test: Expression): boolean {
  if (test.kind === 'unary') return isCompared(test.of);
  if (test.kind === 'call') return isFolded(test);
  if (test.kind !== 'binary') return false;
  return /^(?:&&|\|\|)$/.test(test.operator) ? isCompared(test.left) && isCompared(test.right) : true;
}

/** `false`, a parameter of this function, a constant of Go. */
function isGiven(run: Run, frame: Frame, test: Expression): boolean {
  if (test.kind === 'unary') return isGiven(run, frame, test.of);
  if (test.kind === 'value') return typeof test.value === 'boolean';
  if (test.kind !== 'name') return false;
  return (
    frame.closure.form.parameters.some(({ name }) => name === test.name) || isConstantOfPackage(run, frame, test.name)
  );
}

/** `len(name)`, `name.startswith('a')`: of a constant they give a constant. */
function isFolded({ of }: Extract<Expression, { kind: 'call' }>): boolean {
  return (of.kind === 'field' || of.kind === 'name') && isFoldable(of.name, of.kind === 'field');
}

/** Go: what has its address (`&name`) may set it. */
function isAddressed({ closure: { form, home } }: Frame, name: string): boolean {
  return home.module.language === 'go' && addressedIn(form)(home.text).has(name);
}

const addressedIn = memo((form: FunctionForm) => {
  let known: ReadonlySet<string> | null = null;
  return (text: string): ReadonlySet<string> =>
    (known ??= new Set(
      [...text.slice(...form.span).matchAll(/(?<!&)&[ \t]{0,9}([A-Za-z_]\w*)/g)].map(([, name = '']) => name),
    ));
});

function isOwn(run: Run, frame: Frame, one: Expression): boolean {
  const own = (part: Expression): boolean => isOwn(run, frame, part);
  switch (one.kind) {
    case 'text':
    case 'value':
      return true;
    case 'name':
      return (
        (frame.env.names.has(one.name) && !isAddressed(frame, one.name)) || isConstantOfPackage(run, frame, one.name)
      );
    case 'binary':
      return own(one.left) && own(one.right);
    case 'unary':
      return own(one.of);
    case 'concat':
      return one.parts.every(own);
    case 'index':
      return own(one.of) && own(one.by);
    case 'call':
      return (
        isFolded(one) &&
        one.arguments.every(({ name, value }) => name === null && own(value)) &&
        (one.of.kind === 'name' || (one.of.kind === 'field' && own(one.of.of)))
      );
    default:
      return false;
  }
}
