import type { Expression, Statement } from '../languages/form.ts';
import { blocksOf } from '../languages/visit-expressions.ts';
import { CHECKS, lookAt, REFUSES } from './call-guard.ts';
import { externalBases } from './class-bases.ts';
import { clear } from './clear.ts';
import { listFoundOrThrown } from './found-guard.ts';
import { ALL } from './models.ts';
import { type Call, type Frame, modelsOf, type Run } from './run.ts';
import { strangersOf, type Value } from './value.ts';

/** A statement that is a check by its name or model: what comes after it has passed it. */
export function applyCheck(run: Run, frame: Frame, statement: Expression, tested = false): void {
  const call = statement.kind === 'await' ? statement.of : statement;
  if (call.kind !== 'call') return;
  for (const { value, labels } of listFoundOrThrown(run, frame, call)) clear(run, frame, value, labels);
  const { receiver, method, name, args: given } = lookAt(run, frame, call);
  const model = name === null ? null : modelsOf(run, frame.closure.home).call(name);
  const args = given.list;
  if (model?.guard) {
    const value = model.guard.argument === 'receiver' ? receiver : args[Number(model.guard.argument)];
    if ((model.guard.throws || tested) && value) clear(run, frame, value, model.guard.labels);
    return;
  }
  // `check_output(command)` runs it.
  if (model?.sinks.length) return;
  // Nobody asks for its result, and it cannot stop: a check whose answer is dropped.
  if (!tested && isOnlyAnswer(run, frame, call)) return;
  if (CHECKS.test(method) && !REFUSES.test(method)) for (const arg of args) clear(run, frame, arg, ALL);
}

/** A function of the program that is there, throws nothing and hands nothing on that may. */
function isOnlyAnswer(run: Run, frame: Frame, call: Call): boolean {
  const { functions } = run.evaluate({ ...frame, made: [] }, call.of);
  const stops = (body: readonly Statement[]): boolean =>
    body.some((one) => one.kind === 'throw' || one.kind === 'do' || stops(blocksOf(one)));
  return functions.length > 0 && !functions.some(({ form }) => stops(form.body));
}

/** `number = int(text)`: it throws for any other text. */
export function applyThrowing(run: Run, frame: Frame, value: Expression): void {
  const call = value.kind === 'await' ? value.of : value;
  if (frame.closure.home.module.language === 'python') throwOfPython(run, frame, call);
  if (call.kind !== 'call' || (call.of.kind !== 'field' && call.of.kind !== 'name')) return;
  if (modelsOf(run, frame.closure.home).throwing.has(call.of.name)) applyCheck(run, frame, call);
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
