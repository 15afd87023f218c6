import type { Parameter } from '../../languages/form.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { compiled } from '../data/compiled.ts';
import { atTop } from '../program/class-bases.ts';
import { namesOfRoute } from '../requests/route.ts';
import type { Closure } from '../values/value.ts';
import { opaqueValue } from '../values/values.ts';
import { type Frame, mayWant, type Run, wantImport } from './run.ts';
import { decoratorOf } from './symbolic.ts';

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

/** A function that nobody in the program calls: what the decorators of the program hand to it is there as well. */
export function runDecorated(run: Run, closure: Closure): void {
  if (closure.form.decorators.length === 0 || closure.home.module.language !== 'python') return;
  if (mayWant(run)) wantDecorators(run, closure);
  const frame = atTop(run, closure.home);
  for (const made of decorated(run, frame, closure)) {
    if (made.form === closure.form) continue;
    run.callFunction(frame, made, { list: [], named: new Map(), self: null }, closure.form.at);
  }
}

/** What neither the address nor the framework gives to a function is given by a decorator, perhaps one whose file is not there. */
function wantDecorators(run: Run, closure: Closure): void {
  const { form, home } = closure;
  const named = namesOfRoute(decoratorOf(run, closure)?.route ?? '');
  const isGiven = ({ name, byDefault, type, rest }: Parameter): boolean =>
    byDefault !== null || type !== null || rest !== null || named.includes(name) || OF_FRAMEWORK.test(name);
  if (form.parameters.every(isGiven)) return;
  for (const decorator of form.decorators) {
    const callee = decorator.kind === 'call' ? decorator.of : decorator;
    const root = callee.kind === 'field' ? callee.of : callee;
    const found = home.module.imports.find(({ local }) => root.kind === 'name' && local === root.name);
    if (found && run.program.resolve(home, found.module).length === 0) wantImport(run, home, found);
  }
}

const OF_FRAMEWORK = /^(?:this|self|cls|request|req|ctx|context|info|root|event)$/;

/** A function that is written in it calls its parameter: `return fn(*args)`. */
function callsGiven({ form, home }: Closure): boolean {
  const [given] = form.parameters;
  return given !== undefined && compiled(`\\b${escapeRegExp(given.name)}\\(`).test(home.text.slice(...form.span));
}
