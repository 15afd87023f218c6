import { calledName } from '../../languages/called-name.ts';
import type { Value } from '../values/value.ts';
import type { Call, Evaluated, Frame, Run } from './run.ts';

/** The result of the call that this frame made last; null if the last call was another one. */
export function lookBack({ last }: Frame, call: Call): Evaluated | null {
  if (last?.call !== call) return null;
  const { receiver, callee, given } = last;
  const name = call.of.kind === 'field' ? (receiver?.name ? `${receiver.name}.${call.of.name}` : null) : callee.name;
  const args = { list: given, named: new Map(), self: null };
  return {
    call,
    receiver,
    method: calledName(call.of),
    name: call.of.kind === 'field' || call.of.kind === 'name' ? name : null,
    args,
  };
}

/** A call in a test, without what its functions make. */
export function lookAt(run: Run, frame: Frame, call: Call): Evaluated {
  const quiet = { ...frame, made: [] };
  const receiver = call.of.kind === 'field' ? run.evaluate(quiet, call.of.of) : null;
  const list = call.arguments.map(({ value }) => run.evaluate(quiet, value));
  const name = nameOfCall(run, quiet, call, receiver);
  return { call, receiver, method: calledName(call.of), name, args: { list, named: new Map(), self: null } };
}

export function nameOfCall(run: Run, frame: Frame, call: Call, receiver: Value | null): string | null {
  if (call.of.kind === 'field') return receiver?.name ? `${receiver.name}.${call.of.name}` : null;
  return call.of.kind === 'name' ? run.evaluate(frame, call.of).name : null;
}
