import type { Expression } from '../../languages/form.ts';
import { ALL } from '../data/models.ts';
import { externalBases } from '../program/class-bases.ts';
import { lookAt, lookBack } from '../run/look-at.ts';
import { type Frame, modelsOf, type Run } from '../run/run.ts';
import { clear } from '../values/clear.ts';
import { isOfSchema } from '../values/schema-result.ts';
import type { Value } from '../values/value.ts';
import { strangersOf } from '../values/values.ts';
import { CHECKS, clearSeen, note, REFUSES } from './call-guard.ts';
import { listFoundOrThrown } from './found-guard.ts';
import { type Apply, canStop, shownBy } from './shown-by.ts';

/** What a project calls a function that throws unless its first argument is true. */
const ASSERTS = /^(?:assert|invariant|ensure|require|check)(?:_?[tT]rue|_?[tT]hat|_)?$/;
const TESTS = new Set<Expression['kind']>(['call', 'binary', 'unary']);

/** A statement that is a check by its name or model: what comes after it has passed it. */
export function applyCheck(run: Run, frame: Frame, statement: Expression, apply: Apply, tested = false): void {
  const call = statement.kind === 'await' ? statement.of : statement;
  if (call.kind !== 'call') return;
  if (!tested && frame.closure.home.module.language === 'python') throwOfPython(run, frame, call);
  else for (const { value, labels } of listFoundOrThrown(run, frame, call)) clear(run, frame, value, labels);
  const one = lookBack(frame, call) ?? lookAt(run, frame, call);
  const { receiver, method, name, args: given } = one;
  const model = name === null ? null : modelsOf(run, frame.closure.home).call(name);
  const args = given.list;
  if (model?.guards.length) {
    for (const { argument, labels, throws } of model.guards) {
      const value = argument === 'receiver' ? receiver : args[Number(argument)];
      if ((throws || tested) && value) clear(run, frame, value, labels);
    }
    return;
  }
  // `schema.safeParse(x)` alone stops nobody, and what a schema shows where it throws was noted as it was called.
  if (isOfSchema(run, frame, name)) return;
  // `check_output(command)` runs it.
  if (model?.sinks.length) return;
  const { functions } = frame.last?.call === call ? frame.last.callee : run.evaluate({ ...frame, made: [] }, call.of);
  // Nobody asks for its result, and it cannot stop: a check whose answer is dropped.
  if (!tested && functions.length > 0 && !functions.some(({ form }) => canStop(form.body))) return;
  const shown = shownBy(run, frame, one, tested ? false : 'back', apply);
  // `assert_(isinstance(x, int))`: its name says that it ends what does not hold.
  const [asked] = call.arguments;
  if (!tested && asked && ASSERTS.test(method) && TESTS.has(asked.value.kind)) apply(run, frame, asked.value, true);
  if (shown) note(frame, shown.labels);
  if (!shown?.whole && CHECKS.test(method) && !REFUSES.test(method)) clearSeen(run, frame, args, functions);
}

/** `{key: self.checked(key, value) for …}`: a call whose result is used, and that does not come back for what it refuses. */
export function applyRefusal(run: Run, frame: Frame, call: Expression, apply: Apply): void {
  if (call.kind !== 'call') return;
  const shown = shownBy(run, frame, lookAt(run, frame, call), 'back', apply);
  if (shown) note(frame, shown.labels);
}

/** `number = int(text)`: it throws for any other text. */
export function applyThrowing(run: Run, frame: Frame, value: Expression, apply: Apply): void {
  const call = value.kind === 'await' ? value.of : value;
  if (frame.closure.home.module.language === 'python') throwOfPython(run, frame, call);
  if (call.kind !== 'call' || (call.of.kind !== 'field' && call.of.kind !== 'name')) return;
  if (modelsOf(run, frame.closure.home).throwing.has(call.of.name)) applyCheck(run, frame, call, apply);
}

/** `KINDS[x]` of a dict, `Kind(x)` and `Kind[x]` of an enum, `next(…)` and `.one()`: they throw where it is none of those that are there. */
function throwOfPython(run: Run, frame: Frame, value: Expression): void {
  const quiet = { ...frame, made: [] };
  // `Kind(x).value`
  if (value.kind === 'field') return throwOfPython(run, frame, value.of);
  if (value.kind === 'index') {
    const of = run.evaluate(quiet, value.of);
    const isKnown = of.entries !== null && !of.entries.has('*') && of.entries.size > 0 && strangersOf(of).length === 0;
    const names = isKnown && [...(of.entries?.keys() ?? [])].some((key) => !/^\d+$/.test(key));
    if (names || isEnum(run, of)) clear(run, frame, run.evaluate(quiet, value.by), ALL);
    return;
  }
  if (value.kind !== 'call') return;
  for (const { value: by, labels } of listFoundOrThrown(run, frame, value)) clear(run, frame, by, labels);
  const [first] = value.arguments;
  if (first && value.arguments.length === 1 && isEnum(run, run.evaluate(quiet, value.of)))
    clear(run, frame, run.evaluate(quiet, first.value), ALL);
}

function isEnum(run: Run, { of }: Value): boolean {
  return (
    of !== null && !of.instance && externalBases(run, of.class).some((base) => /^enum\.\w*(?:Enum|Flag)$/.test(base))
  );
}
