import type { RouteModel } from '../../flows/data/fact-keys.ts';
import { evaluateArguments } from '../../flows/run/call.ts';
import type { Call, Evaluated, Frame, Run } from '../../flows/run/run.ts';
import type { Value } from '../../flows/values/value.ts';
import type { Expression } from '../../languages/form.ts';
import type { FactModels } from './compile-fact-models.ts';
import { createLook, find, type Look } from './look.ts';

export interface Decorated {
  look: Look;
  model: RouteModel | null;
  value: Value;
}

export function readDecorator(run: Run, frame: Frame, decorator: Expression, models: FactModels): Decorated[] {
  const call: Call =
    decorator.kind === 'call'
      ? decorator
      : { kind: 'call', of: decorator, arguments: [], made: false, span: decorator.span };
  const receiver = call.of.kind === 'field' ? run.evaluate(frame, call.of.of) : null;
  const value = run.evaluate(frame, call.of);
  const method = call.of.kind === 'field' || call.of.kind === 'name' ? call.of.name : '';
  const name = receiver?.name ? `${receiver.name}.${method}` : value.name;
  const one: Evaluated = { call, receiver, method, name, args: evaluateArguments(run, frame, call.arguments) };
  const look = createLook(run, frame, one, models);
  const found = find(look, models.decorated);
  return [{ look, model: found?.model ?? null, value: name === null ? value : { ...value, name } }];
}
