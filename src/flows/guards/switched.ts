import type { Expression, Statement } from '../../languages/form.ts';
import { ALL } from '../data/models.ts';
import type { Frame, Run } from '../run/run.ts';
import { clear } from '../values/clear.ts';
import type { Value } from '../values/value.ts';
import { constantText, isFixed } from '../values/values.ts';

type Switch = Extract<Statement, { kind: 'switch' }>;

/** A value that stands in the program, and says something. */
export function isConstant(value: Value): boolean {
  const text = constantText(value);
  return (
    (text !== null && text !== '') ||
    typeof value.constant === 'number' ||
    (isFixed(value) && value.constant === undefined && text !== '')
  );
}

/**
 * What is known of values in one case of a `switch`; `index` beyond the last one: in none. Of `switch x { case "a": … }` that it is one of
 * those. Without a value the cases are tried one after the other: those before did not hold.
 * @param apply notes what a test shows: `applyGuard`
 */
export function applyCase(
  run: Run,
  frame: Frame,
  { on, cases }: Switch,
  index: number,
  apply: (run: Run, frame: Frame, test: Expression, holds: boolean) => void,
): void {
  const tests = cases[index]?.tests ?? [];
  if (on) {
    const quiet = { ...frame, made: [] };
    if (tests.length > 0 && tests.every((test) => isConstant(run.evaluate(quiet, test))))
      clear(run, frame, run.evaluate(quiet, on), ALL);
    return;
  }
  for (const before of cases.slice(0, index)) for (const test of before.tests) apply(run, frame, test, false);
  const [first, ...rest] = tests;
  // `case x == "a", x == "b":`
  if (first) apply(run, frame, rest.reduce(either, first), true);
}

function either(left: Expression, right: Expression): Expression {
  return { kind: 'binary', operator: '||', left, right, span: [left.span[0], right.span[1]] };
}
