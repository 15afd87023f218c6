import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { compiled } from '../data/compiled.ts';
import { atTop } from '../program/class-bases.ts';
import { type Closure, opaqueValue } from '../values/value.ts';
import type { Frame, Run } from './run.ts';

/**
 * What stands for a function of Python under decorators of the program: the function that they have put in its place, where that
 * calls the one it was given by its name. Methods stay what they are.
 */
export function decorated(run: Run, frame: Frame, closure: Closure): readonly Closure[] {
  const { form, home } = closure;
  if (closure.bare || form.decorators.length === 0 || form.owner !== null || home.module.language !== 'python')
    return [closure];
  let functions: readonly Closure[] = [{ ...closure, bare: true }];
  for (const decorator of form.decorators.toReversed()) {
    const at = atTop(run, home, frame);
    const callee = decorator.kind === 'call' ? decorator.of : decorator;
    const found = run.evaluate({ ...at, made: [] }, callee).functions;
    const makers = decorator.kind === 'call' && found.length > 0 ? run.evaluate(at, decorator).functions : found;
    const [maker] = makers;
    if (!maker || makers.length > 1 || !callsGiven(maker)) continue;
    const given = { ...opaqueValue(form.name), functions };
    const made = run.callFunction(frame, maker, { list: [given], named: new Map(), self: null }, decorator.span);
    if (made.functions.length > 0) functions = made.functions;
  }
  return functions;
}

/** A function that is written in it calls its parameter: `return fn(*args)`. */
function callsGiven({ form, home }: Closure): boolean {
  const [given] = form.parameters;
  return given !== undefined && compiled(`\\b${escapeRegExp(given.name)}\\(`).test(home.text.slice(...form.span));
}
