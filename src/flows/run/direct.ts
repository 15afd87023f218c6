import type { Argument, Expression } from '../../languages/form.ts';
import { usesThis } from './call-function.ts';
import { type Call, type Frame, modelsOf, type Run } from './run.ts';

/** `exec.call(null, x)`, `exec.apply(null, [x])`, `Reflect.apply(exec, null, [x])` as `exec(x)`. Null: it is none of them. */
export function direct(run: Run, frame: Frame, call: Call): Call | null {
  const { of, arguments: given } = call;
  if (of.kind !== 'field' || !/^(?:call|apply)$/.test(of.name) || frame.closure.home.module.language !== 'typescript')
    return null;
  const isReflected = of.of.kind === 'name' && of.of.name === 'Reflect';
  const callee = isReflected ? given[0]?.value : of.of;
  if (!callee || (callee.kind !== 'name' && callee.kind !== 'field')) return null;
  const { functions, name } = run.evaluate({ ...frame, made: [] }, callee);
  const isSink = name !== null && (modelsOf(run, frame.closure.home).call(name)?.sinks.length ?? 0) > 0;
  if (functions.length === 0 && !isSink) return null;
  const [first] = given;
  // `find.call({ table })`: as `find.bind({ table })()`.
  if (of.name === 'call' && first?.value.kind === 'map' && functions.some(usesThis)) {
    const bound: Call = { ...call, of: { ...of, name: 'bind' }, arguments: [first] };
    return { ...call, of: bound, arguments: given.slice(1) };
  }
  const rest = given.slice(isReflected ? 2 : 1);
  const [list] = rest;
  const spread = (value: Expression): Argument => ({
    name: null,
    value: { kind: 'spread', of: value, span: value.span },
  });
  return { ...call, of: callee, arguments: of.name === 'call' ? rest : list ? [spread(list.value)] : [] };
}
