import { calledName } from '../../languages/called-name.ts';
import type { Expression } from '../../languages/form.ts';
import { ALL } from '../data/models.ts';
import type { Call, Frame, Run } from '../run/run.ts';
import type { Value } from '../values/value.ts';
import { strangersOf, taintsOf } from '../values/values.ts';

/** A value that something was found by, and what it cannot harm any more. */
export interface FoundBy {
  value: Value;
  labels: number;
}

/** Last names of calls that give one row, or nothing, by what the query says. */
const ONE =
  /^(?:first|one|one_or_none|scalar_one|scalar_one_or_none|scalar|scalars|get|get_or_none|find_one|findOne|findUnique|findFirst|findByPk|aget|afirst|get_object_or_404|first_or_404|one_or_404|get_or_404)$/;
/** Those of them that throw where there is none. */
const ONE_OR_THROW =
  /^(?:one|scalar_one|get_object_or_404|get_list_or_404|first_or_404|one_or_404|findUniqueOrThrow|findFirstOrThrow|findOneOrFail)$/;
const QUERY = /^(?:where|filter|filter_by|select|query|objects|find|findUnique|findFirst|execute|get_object_or_404)$/;

const MOST_DEPTH = 8;

/**
 * What `expression` was looked for by, where it is there: `next((one for one in LIST if one.id == x), None)`, `any(one == x for one in
 * LIST)`, a row of a database whose column is `x`. A list of ours makes the value one of ours; a row makes it a name that was stored,
 * which leads to no other folder or server.
 */
export function listFoundBy(run: Run, frame: Frame, expression: Expression, depth = 0): FoundBy[] {
  const quiet = { ...frame, made: [] };
  const again = (one: Expression): FoundBy[] => (depth > 3 ? [] : listFoundBy(run, frame, one, depth + 1));
  if (expression.kind === 'await') return again(expression.of);
  if (expression.kind === 'each') return ofList(run, quiet, expression, expression.where);
  if (expression.kind !== 'call') return [];
  const { of, arguments: given } = expression;
  const [first] = given;
  if (of.kind === 'name' && first && /^(?:next|list|tuple|set|len|bool)$/.test(of.name)) return again(first.value);
  if (of.kind === 'name' && of.name === 'any' && first?.value.kind === 'each')
    return ofList(run, quiet, first.value, [first.value.result]);
  return ofRow(run, quiet, expression, ONE);
}

/** The same of a statement that throws where nothing is found. */
export function listFoundOrThrown(run: Run, frame: Frame, call: Call): FoundBy[] {
  const quiet = { ...frame, made: [] };
  const [first] = call.arguments;
  if (call.of.kind === 'name' && call.of.name === 'next' && call.arguments.length === 1 && first)
    return listFoundBy(run, frame, first.value);
  return ofRow(run, quiet, call, ONE_OR_THROW);
}

function ofList(
  run: Run,
  frame: Frame,
  { over }: Extract<Expression, { kind: 'each' }>,
  tests: readonly Expression[],
): FoundBy[] {
  if (strangersOf(run.evaluate(frame, over)).length > 0) return [];
  return tests.flatMap((test) => equalTo(run, frame, test)).map((value) => ({ value, labels: ALL }));
}

function ofRow(run: Run, frame: Frame, call: Call, last: RegExp): FoundBy[] {
  if (!last.test(calledName(call.of))) return [];
  const labels = run.labelOf('path') | run.labelOf('url') | run.labelOf('redirect');
  const found: FoundBy[] = [];
  let isQuery = false;
  const look = (one: Expression, depth: number): void => {
    if (depth > MOST_DEPTH) return;
    if (one.kind === 'await') look(one.of, depth + 1);
    if (one.kind === 'field') {
      if (QUERY.test(one.name)) isQuery = true;
      look(one.of, depth + 1);
    }
    if (one.kind !== 'call') return;
    if (QUERY.test(calledName(one.of))) isQuery = true;
    look(one.of, depth + 1);
    if (/^(?:exclude|not_|filter_not)$/.test(calledName(one.of))) return;
    for (const { name, value } of one.arguments) {
      // `name__contains=x` says of what is stored that it holds the value somewhere.
      if (
        name !== null &&
        /__(?:i?contains|i?startswith|i?endswith|i?regex|gte?|lte?|in|ne|range|isnull|search)$/.test(name)
      )
        continue;
      // Django reads a number or a UUID of it first.
      const all = name === 'pk' ? ALL : labels;
      if (name !== null && name !== '**') found.push({ value: run.evaluate(frame, value), labels: all });
      else if (value.kind === 'binary')
        for (const side of equalTo(run, frame, value)) found.push({ value: side, labels });
      else look(value, depth + 1);
    }
  };
  look(call, 0);
  return isQuery ? found : [];
}

/** Both sides of `a == b`: the one that others decide is the other one. */
function equalTo(run: Run, frame: Frame, test: Expression): Value[] {
  if (test.kind !== 'binary') return [];
  if (test.operator === '&&') return [...equalTo(run, frame, test.left), ...equalTo(run, frame, test.right)];
  if (!/^===?$/.test(test.operator)) return [];
  const sides = [test.left, test.right].map((side) => run.evaluate(frame, side));
  return sides.filter((side) => taintsOf(side).length > 0);
}
