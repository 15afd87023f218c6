import type { Closure } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import type { Expression, FunctionForm, Module, Statement } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { blocksOf, partsOf, partsOfStatement } from '../../languages/visit-expressions.ts';
import { rolesOfName } from './decide-roles.ts';

/** Names of functions that pass the request on. */
const NEXT = /^(?:next|_next|done|call_?next|handler|h|inner)$/i;
/** The answer, or what holds it: whoever is given it may send one. */
const ANSWER = /^(?:res(?:ponse)?|reply|w|rw|writer|ctx|c|context|g)$/;
/** What is done to an answer that is not sent by it. */
const HARMLESS =
  /^(?:set|get|header|headers|setHeader|getHeader|append|vary|on|once|cookie|type|Header|Set|Add|Get|Next|locals|Value|Context|Path|Method|IP)$/;
const CHECKS = /valid|verif|check|assert|ensure|require|allow|permit|can[A-Z_]|has[A-Z_]|enforce|authori[sz]/;
const MOST_FUNCTIONS = 40;

/**
 * Whether something that runs before a handler can turn anybody away: it throws, answers, calls what checks by its name, gives the
 * answer away, or has a way on which it does not give the request on. What is not understood can.
 *
 * @param calleesOf the program's functions that a function calls
 */
export function canRefuse(
  { form, home }: Closure,
  calleesOf: (form: FunctionForm) => readonly FunctionForm[],
  answers: boolean,
): boolean {
  if (answers || form.body.length === 0) return true;
  const seen = new Set([form]);
  for (const one of seen) for (const inner of madeIn(home.module).get(one.id) ?? []) seen.add(inner);
  for (const one of seen) {
    if (seen.size > MOST_FUNCTIONS) return true;
    for (const callee of calleesOf(one)) seen.add(callee);
  }
  return [...seen].some((one) => refuses(one));
}

/** Functions by the one that they stand in. */
const madeIn = memo((module: Module) => Map.groupBy(module.functions, ({ parent }) => parent));

function refuses({ parameters, body }: FunctionForm): boolean {
  const names = parameters.map(({ name }) => name);
  const hasNext = names.some((name) => NEXT.test(name));
  return refusesIn(body) || (hasNext && !goesOn(body));
}

function refusesIn(body: readonly Statement[]): boolean {
  return body.some(
    (one) =>
      one.kind === 'throw' ||
      (one.kind === 'return' && one.value?.kind === 'value' && one.value.value === false) ||
      partsOfStatement(one).some(refusesBy) ||
      refusesIn(blocksOf(one)),
  );
}

function refusesBy(one: Expression): boolean {
  if (one.kind === 'call' && isRefusal(one)) return true;
  return partsOf(one).some(refusesBy);
}

function isRefusal({ of, arguments: given }: Extract<Expression, { kind: 'call' }>): boolean {
  const name = calledName(of);
  const owner = rootOf(of);
  if (NEXT.test(name) || (of.kind === 'field' && NEXT.test(owner))) {
    // `next(err)`; Go gives the request on.
    const [first] = given;
    return given.length === 1 && first !== undefined && !/^(?:r|req|request|c|ctx)$/.test(rootOf(first.value));
  }
  if (of.kind === 'field' && ANSWER.test(owner)) return !HARMLESS.test(name);
  if (given.some(({ value }) => value.kind === 'name' && (ANSWER.test(value.name) || NEXT.test(value.name))))
    return true;
  return CHECKS.test(name) || rolesOfName(name).includes('authorises');
}

/** `res` of `res.status(400).json`. */
function rootOf(one: Expression): string {
  if (one.kind === 'name') return one.name;
  if (one.kind === 'field' || one.kind === 'await') return rootOf(one.of);
  return one.kind === 'call' ? rootOf(one.of) : '';
}

/** Every way through it gives the request on. */
function goesOn(body: readonly Statement[]): boolean {
  for (const one of body) {
    if (partsOfStatement(one).some(callsNext)) return true;
    if (one.kind === 'return' || one.kind === 'leave') return false;
    if (one.kind === 'if') {
      const [yes, no] = [one.yes, one.no];
      if (goesOn(yes) && goesOn(no)) return true;
      if (ends(yes) && !goesOn(yes)) return false;
      if (ends(no) && !goesOn(no)) return false;
    } else if (one.kind === 'block' || one.kind === 'try') {
      const inner = one.kind === 'try' ? [...one.body, ...one.lastly] : one.body;
      if (goesOn(inner)) return true;
    }
  }
  return false;
}

function ends(body: readonly Statement[]): boolean {
  return body.some((one) => one.kind === 'return' || one.kind === 'leave' || one.kind === 'throw');
}

function callsNext(one: Expression): boolean {
  if (one.kind === 'call' && (NEXT.test(rootOf(one.of)) || (one.of.kind === 'field' && one.of.name === 'Next')))
    return true;
  return partsOf(one).some(callsNext);
}
