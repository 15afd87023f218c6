import type { Expression, FunctionForm, Statement } from '../../languages/form.ts';
import { rootName } from '../../languages/root-name.ts';
import { blocksOf } from '../../languages/visit-expressions.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { compiled } from '../data/compiled.ts';
import type { Closure, Environment, Value } from '../values/value.ts';
import { joinTwo, taintsOf } from '../values/values.ts';
import { replace } from './assign.ts';
import { settle } from './environment.ts';
import type { Call, Frame, Left, Run } from './run.ts';

/** Parameters through which a Go function writes into the caller's values: an address, a map, a writer. */
const SHARED = String.raw`(?:\*|map\[|io\.Writer\b|(?:url\.Values|http\.Header|bson\.M|gin\.H)\b)`;

/** Where what a method has left in its own object stands among what it has left in its parameters. */
const SELF = -1;

/**
 * What a method has left in its object, a function in the lists and objects that it was given, and one of Go in what it was given by its
 * address: `func (q *query) where(text string)`.
 */
export function leftIn({ form, home }: Closure, env: Environment, before: ReadonlyMap<string, Value>): Left {
  const left = new Map<number, Value>();
  if (home.module.language !== 'go') {
    const [was, is] = [before.get('this'), env.names.get('this')];
    if (form.role === 'method' && was?.entries && is && was !== is)
      left.set(
        SELF,
        form.body.some((one) => blocksOf(one).some(returns)) ? joinTwo(was, settle(env, is)) : settle(env, is),
      );
    for (const [index, { name, rest }] of form.parameters.entries()) {
      const [old, now] = [before.get(name), env.names.get(name)];
      if (index < offsetOf(form) || rest || !old || !now?.entries || now.entries === old.entries) continue;
      if (!isRebound(form.body, home.text, name))
        left.set(
          index,
          form.body.some((one) => blocksOf(one).some(returns)) ? joinTwo(old, settle(env, now)) : settle(env, now),
        );
    }
    return left;
  }
  form.parameters.forEach(({ name }, index) => {
    const [was, is] = [before.get(name), env.names.get(name)];
    if (!was || !is || was === is || !isShared(form, home.text, name) || isRebound(form.body, home.text, name)) return;
    const value = settle(env, is);
    left.set(index, leavesEarly(form.body) ? joinTwo(was, value) : value);
  });
  return left;
}

/** `q = &query{}`: from there on the name means something of its own, and the caller's stays as it was. */
export function isRebound(body: readonly Statement[], text: string, name: string): boolean {
  return body.some((one) => {
    const target = one.kind === 'set' || one.kind === 'loop' ? one.target : null;
    const isIt = target?.kind === 'name' && target.name === name;
    if (isIt && text[target.span[0] - 1] !== '*' && text[target.span[0]] !== '*') return true;
    return !(one.kind === 'if' && isNil(one.test, name)) && isRebound(blocksOf(one), text, name);
  });
}

/** `if q == nil { q = &query{} }`: where the caller has given one, it is that one. */
function isNil(test: Expression, name: string): boolean {
  if (test.kind !== 'binary' || test.operator !== '==' || test.left.kind !== 'name') return false;
  return test.left.name === name && test.right.kind === 'value' && test.right.value === null;
}

/** On a way out that says nothing to the caller what was given may still be as it was. */
function leavesEarly(body: readonly Statement[]): boolean {
  return body.some((one) => blocksOf(one).some(leavesWithout) || leavesEarly(blocksOf(one)));
}

function returns(one: Statement): boolean {
  return one.kind === 'return' || blocksOf(one).some(returns);
}

function leavesWithout(one: Statement): boolean {
  return one.kind === 'return' && one.value === null;
}

function isShared({ span: [start, end], body }: FunctionForm, text: string, name: string): boolean {
  const header = text.slice(start, body[0]?.span[0] ?? end);
  return compiled(`\\b${escapeRegExp(name)}(?:\\s*,\\s*\\w+)*\\s+(?:\\.\\.\\.)?${SHARED}`).test(header);
}

/** It goes back to where it was given. Of several functions one was called: what stood there before may still stand. */
export function takeBack(run: Run, frame: Frame, call: Call, closure: Closure, left: Left, isSure: boolean): void {
  const offset = offsetOf(closure.form);
  for (const [index, value] of left) {
    const at = index < offset ? receiverOf(call, closure) : givenAs(call, closure, index, offset);
    if (!at || (isOfFile(run, frame, at) && taintsOf(value).length > 0)) continue;
    replace(run, frame, at, isSure ? value : joinTwo(run.evaluate({ ...frame, made: [] }, at), value));
  }
}

function offsetOf({ receiver }: FunctionForm): number {
  return receiver === null ? 0 : 1;
}

/** What stands for a parameter: by its name, or by its place where no list is spread before it. */
function givenAs({ arguments: all }: Call, { form }: Closure, index: number, offset: number): Expression | undefined {
  const named = all.find(({ name }) => name !== null && name === form.parameters[index]?.name);
  const before = all.slice(0, index - offset + 1);
  if (named) return named.value;
  const isPlain = before.every(({ name, value }) => name === null && value.kind !== 'spread');
  return isPlain ? all[index - offset]?.value : undefined;
}

/** What all functions of a file share (a logger, a cache) keeps nothing of what one of them was given: it would be anew for each call. */
function isOfFile(run: Run, { env, closure }: Frame, value: Expression): boolean {
  const name = rootName(value);
  if (name === null) return false;
  for (let at: Environment | null = env; at; at = at.around)
    if (at.names.has(name)) return at === run.globals.get(closure.home.path);
  return false;
}

/** `q.where(a).order(b)` of methods that give back what they are called on: `q`. */
function receiverOf({ of }: Call, { form: { receiver, returns } }: Closure): Expression | null {
  let at = of.kind === 'field' ? of.of : null;
  if (returns?.kind !== 'named' || returns.name !== receiver) return at;
  while (at?.kind === 'call') at = at.of.kind === 'field' ? at.of.of : null;
  return at;
}
