import { calledName } from '../../languages/called-name.ts';
import type { Argument, Expression } from '../../languages/form.ts';
import { methodsOf } from '../../languages/methods-of.ts';
import { lastPart } from '../../text/last-part.ts';
import type { CallModel } from '../data/models.ts';
import { applyGuard } from '../guards/guards.ts';
import { matched } from '../guards/matched.ts';
import { shownOfItems } from '../guards/shown-by.ts';
import { aboveOf, externalBase } from '../program/class-bases.ts';
import { moduleValue } from '../program/lookup.ts';
import { wantCalled } from '../program/want-called.ts';
import { handOn, noteGoesOn, noteUsed, shownBefore, shownByEach, withShown, withUsed } from '../requests/handed-on.ts';
import { noteRegistered } from '../requests/route-reach.ts';
import { noteServed } from '../requests/served.ts';
import { noteStanding } from '../requests/standing.ts';
import { reportRendered } from '../sinks/report-rendered.ts';
import { reportSlowPattern } from '../sinks/report-slow-pattern.ts';
import { holdsWhen, reportCall } from '../sinks/sinks.ts';
import { isPromised } from '../uses/is-promised.ts';
import { matchCall } from '../uses/match-uses.ts';
import { mayReturnError } from '../uses/may-return-error.ts';
import { changeList } from '../values/change-list.ts';
import { withSafe } from '../values/map-taints.ts';
import { withPrinted } from '../values/printed.ts';
import type { Shape } from '../values/shape.ts';
import type { Closure, Value } from '../values/value.ts';
import { constantText, joinValues, opaqueValue, taintsOf, textOf, UNKNOWN } from '../values/values.ts';
import { argumentsBehind, argumentsOfReduce } from './arguments-behind.ts';
import { assignAll, replace } from './assign.ts';
import { bind, PARTIAL, unbind } from './bound.ts';
import { callFunction, construct, makeByFunction, usesThis } from './call-function.ts';
import { resultOf } from './call-result.ts';
import { decorated } from './decorated.ts';
import { direct } from './direct.ts';
import { readName, setName, settle } from './environment.ts';
import { itemOf, itemsOfKnown, readField } from './fields.ts';
import { fill } from './fill.ts';
import { givenByMethod, handlerArguments } from './handler-arguments.ts';
import { takeBack } from './left-in.ts';
import { hearOrTell } from './listeners.ts';
import { mappedItems } from './mapped-items.ts';
import { pickArguments } from './pick-arguments.ts';
import { noteSettled, promised, settlerOf } from './promised.ts';
import {
  type Arguments,
  type Call,
  type Evaluated,
  type Frame,
  type Left,
  modelsOf,
  noteMatters,
  type Parts,
  type Run,
  sourceOf,
} from './run.ts';
import { setByCall } from './set-by-call.ts';

export function evaluateCall(run: Run, frame: Frame, call: Call): Value {
  const parts = evaluateParts(run, frame, direct(run, frame, call) ?? call);
  noteStanding(run, frame, call, parts.given);
  const result = callWith(run, frame, parts);
  for (const { value } of call.arguments) {
    write(run, frame, call, value);
    if (parts.callee.functions.length === 0) lend(frame, value);
  }
  frame.last = parts;
  return result;
}

/** Functions of Go that write to the bytes that they are given. */
const WRITES = /^(?:Read|ReadFull|ReadAtLeast|copy|Decode|Encode|Put\w+|XORBytes|XORKeyStream)$/;

/** A call may have written something to what was empty, or constant, before: `io.ReadFull(rand.Reader, nonce)`. */
function write(run: Run, frame: Frame, call: Call, argument: Expression): void {
  const of = argument.kind === 'slice' ? argument.of : argument;
  const before = of.kind === 'name' ? readName(frame.env, of.name) : null;
  if (!before) return;
  const made = before.name?.replace(/\(\)$/, '');
  const isBlank = made !== undefined && modelsOf(run, frame.closure.home).call(made)?.blank;
  const method = calledName(call.of);
  const isWritten = frame.closure.home.module.language === 'go' && WRITES.test(method) && isConstantText(before);
  if (!isBlank && !isWritten) return;
  const [to, from] = call.arguments;
  // `copy(nonce, "constant")`
  const copied = method === 'copy' && to?.value === argument && from ? run.evaluate(frame, from.value) : null;
  if (method === 'copy' && to?.value !== argument) return;
  if (copied && (isConstantText(copied) || taintsOf(copied).length > 0)) replace(run, frame, of, copied);
  else
    replace(run, frame, of, isBlank ? { ...before, name: null } : opaqueValue(sourceOf(frame.closure.home, of.span)));
}

/** Who is given the address of a struct of Go, and is not seen, may fill its other fields. */
function lend({ closure: { home }, env }: Frame, argument: Expression): void {
  if (home.module.language !== 'go' || argument.kind !== 'name') return;
  const before = readName(env, argument.name);
  if (!before?.entries || before.open) return;
  const made = env.made.get(argument.name);
  const isAddress = [argument, made].some((one) => one && home.text[one.span[0] - 1] === '&');
  if (isAddress) setName(env, argument.name, { ...before, open: true }, false);
}

/** A text, or a list of constants: bytes. */
function isConstantText(value: Value): boolean {
  if (!value.entries) return (constantText(value) ?? '') !== '';
  return value.entries.size > 0 && [...value.entries.values()].every((one) => typeof one.constant === 'number');
}

function evaluateParts(run: Run, frame: Frame, call: Call): Parts {
  const receiver = call.of.kind === 'field' ? run.evaluate(frame, call.of.of) : null;
  const callee =
    call.of.kind === 'field' && receiver
      ? readField(run, frame, receiver, call.of.name, call.of.span)
      : run.evaluate(frame, call.of);
  const given: Value[] = [];
  return { call, receiver, callee, given, args: evaluateArguments(run, frame, call.arguments, given) };
}

function callWith(run: Run, frame: Frame, parts: Parts): Value {
  const { call, receiver, callee, args } = unbind(parts);
  const { home } = frame.closure;
  const method = calledName(call.of);
  if (callee.name === 'require' || callee.name === 'import') {
    const module = constantText(args.list[0] ?? UNKNOWN);
    const found = module === null ? null : moduleValue(run, home, module);
    if (found) return found;
    if (module !== null) {
      const plain = module.replace(/^node:/, '');
      return { ...opaqueValue(module), name: modelsOf(run, home).gives(plain) ?? plain };
    }
  }
  // `getattr(os, 'system')`
  const asked = callee.name === 'getattr' && args.list[0] ? constantText(args.list[1] ?? UNKNOWN) : null;
  if (asked && args.list[0] && home.module.language === 'python')
    return joinValues([readField(run, frame, args.list[0], asked, call.span), ...args.list.slice(2)]);
  const name = receiver?.name ? fullName(receiver.name, method, callee) : callee.name;
  if (name === PARTIAL) return bind(args);
  // `find.bind(null, table)`, `find.bind({ table })`
  const [object = UNKNOWN] = method === 'bind' ? args.list : [];
  if (method === 'bind' && receiver?.functions.length && (args.list.length > 1 || object.entries))
    return bind({ ...args, list: [receiver, ...args.list.slice(1)], self: object.entries ? object : null });
  const above = callee.name === 'super' && home.module.language === 'python' ? aboveOf(run, frame) : null;
  if (above) return above;
  const one: Evaluated = { call, receiver, method, name, args };
  // A function that the caller gives: which one it is matters.
  if (callee.functions.length === 0) {
    noteMatters(run, [{ ...callee, entries: null }]);
    noteGoesOn(run, frame, one);
  }
  // `setImmediate(next)`, `later(next)`
  const [given] = call.arguments;
  if (given?.value.kind === 'name' && call.arguments.length === 1 && !/^(?:then|catch|finally)$/.test(method))
    noteGoesOn(run, frame, { call: { ...call, of: given.value }, args: { ...args, list: [] } });
  if (callee.functions.length > 0) {
    const functions = callee.functions.flatMap((fn) => decorated(run, frame, fn));
    if (callee.functions.every(isPromised)) matchCall(run, frame, { ...one, name: '#async' });
    if (callee.functions.every(mayReturnError)) matchCall(run, frame, { ...one, name: '#fails' });
    const self = receiver?.of?.instance || receiver?.type ? receiver : null;
    const made = { ...opaqueValue(method), entries: callee.entries?.get('prototype')?.entries ?? null };
    const results = functions.map((fn) => {
      if (call.made) return makeByFunction(run, frame, fn, { ...args, self: made }, call.span);
      const holder = receiver?.entries && usesThis(fn) ? receiver : null;
      let left: Left = new Map();
      const given = { ...args, self: self ?? holder ?? args.self, leave: (one: Left) => (left = one) };
      const result = callFunction(run, frame, fn, given, call.span);
      takeBack(run, frame, call, fn, left, functions.length === 1);
      return result;
    });
    run.observer?.handed(run, frame, one, functions);
    return joinValues(results);
  }
  const outer = callee.of && !callee.of.instance ? externalBase(run, callee.of.class) : null;
  const ofOuter = outer === null ? null : modelsOf(run, home).call(outer);
  // A class with a constructor of its own gives its base what it likes.
  const own = callee.of && methodsOf(callee.of.class.home.module, callee.of.class.form).constructors;
  if (ofOuter && !own?.length) reportCall(run, frame, { ...one, name: outer }, ofOuter, null);
  if (callee.of && !callee.of.instance) return construct(run, frame, callee.of.class, args, call.span);
  // `Renderer(template)(values)`
  const called = callee.of ? readField(run, frame, callee, '__call__', call.of.span).functions[0] : undefined;
  if (called) return callFunction(run, frame, called, { ...args, self: callee }, call.span);
  return evaluateOutside(run, frame, one);
}

const REDUCE = 'functools.reduce';

function fullName(receiver: string, method: string, callee: Value): string {
  return receiver === '' ? (callee.name ?? method) : `${receiver}.${method}`;
}

/** @param all gets the value of each, as it is written */
export function evaluateArguments(run: Run, frame: Frame, given: readonly Argument[], all: Value[] = []): Arguments {
  const list: Value[] = [];
  const named = new Map<string, Value>();
  for (const { name, value } of given) {
    // What a check has shown here holds where it is handed to as well.
    const written = run.evaluate(frame, value);
    all.push(written);
    const one = withShown(run, frame, settle(frame.env, written), value.span);
    if (name === '**' && one.entries && !one.entries.has('*'))
      for (const [key, field] of one.entries) named.set(key, field);
    else if (name === '**') named.set('**', one);
    else if (name !== null) named.set(name, one);
    else if (value.kind === 'spread' && one.entries && !one.entries.has('*')) list.push(...one.entries.values());
    else if (value.kind === 'spread') list.push(itemOf(one, sourceOf(frame.closure.home, value.span)));
    else list.push(one);
  }
  return { list, named, self: null };
}

/** Under which a model says what a class of the program does with what it is made of. */
const MADE = '*.#made';

/** A function of a library, or one that is not known. */
function evaluateOutside(run: Run, frame: Frame, given: Evaluated): Value {
  const changed = changeList(run, frame, given);
  if (changed) return changed;
  const models = modelsOf(run, frame.closure.home);
  const exact = given.name === null ? null : models.call(given.name);
  const one = withPrinted(run, frame, given, Boolean(exact?.formats ?? exact?.concatenates));
  const any = models.call(`*.${one.method}`);
  const bare = one.receiver === null && one.name === null ? null : any;
  const model = exact ?? (one.receiver ? bare : null);
  // A file of the program may call its own function as a method of a text or a client is called: `orders.find(id)`.
  // Of a statement nothing more need be known: whoever runs it, its other arguments are bound.
  if (!exact && !(any && isStatement(one))) wantCalled(run, frame, one);
  reportCall(run, frame, one, exact, one.receiver ? any : null);
  const home = exact ? undefined : homeOfMade(frame, one);
  // A class of a file that is not there: by its module.
  if (home !== undefined)
    reportCall(run, frame, { ...one, receiver: { ...UNKNOWN, name: home } }, null, models.call(MADE));
  if (exact) reportRendered(run, frame, one, exact);
  reportSlowPattern(run, frame, one);
  matchCall(run, frame, one);
  const results = callArguments(run, frame, one, model);
  hearOrTell(run, frame, one, model);
  noteSettled(run, one);
  if (model) fill(run, frame, one, model);
  assignAll(run, frame, one);
  setByCall(run, frame, one);
  const made = promised(run, frame, one) ?? resultOf(run, frame, one, model, results);
  const result = withDefault(one, model, turned(one, model, made));
  const gives = filtered(run, frame, one, matched(run, frame, one, result));
  return run.observer ? run.observer.called(run, frame, one, gives) : gives;
}

/** Of what makes a thing: the module of its class; of a module that is the class itself (`new Order(…)` of `./models/order`) its path. */
function homeOfMade(frame: Frame, { name, call }: Evaluated): string | undefined {
  const made = /^(.*)\.[A-Z]\w*$/.exec(name ?? '')?.[1];
  if (made !== undefined || !/^\.{1,2}\/[^()]*$/.test(name ?? '')) return made;
  return sourceOf(frame.closure.home, call.span).startsWith('new ') ? (name ?? undefined) : undefined;
}

/** `names.filter((name) => NAME.test(name))`, `filter(is_name, names)`: what is left has passed. */
function filtered(run: Run, frame: Frame, { method, name, call, receiver, args }: Evaluated, result: Value): Value {
  const over = receiver ?? (name === 'filter' ? args.list[1] : null);
  if (method !== 'filter' || !over) return result;
  const found = shownOfItems(run, frame, call, itemOf(over, '…'), true, applyGuard);
  return found ? withSafe(result, found.labels) : result;
}

/** `reply.type('text/html').send(page)`: what gives itself back is of the other type as well. */
function turned(one: Evaluated, model: CallModel | null, result: Value): Value {
  const turn = model?.turns.findLast(({ when }) => holdsWhen(one, when));
  return turn && one.receiver && model?.gives ? { ...result, name: turn.to } : result;
}

/** `os.getenv('SECRET', 'text')` */
function withDefault(one: Evaluated, model: CallModel | null, result: Value): Value {
  const [given] = model && model.default !== null ? pickArguments(one, model.default) : [];
  const text = given ? constantText(given.value) : null;
  return text ? { ...result, otherwise: text } : result;
}

function isStatement({ args: { list } }: Evaluated): boolean {
  return list.some((value) => /^\s*(?:select|insert|update|delete|with|begin|commit|rollback)\b/i.test(textOf(value)));
}

/** Functions that are given to a library are called by it. */
function callArguments(run: Run, frame: Frame, one: Evaluated, model: CallModel | null): readonly Value[] {
  const results: Value[] = [];
  for (const [index, value] of one.args.list.entries()) reportHandedOn(run, frame, one, index, value);
  const all = [...one.args.list, ...one.args.named.values()];
  // `{ resolvers: { Query: { order() {} } } }`: what a library calls may stand as deep as that.
  const places = all.flatMap((value) => functionsIn(value, model?.handlers.length ? 3 : 1));
  const functions = places.flat();
  // `app.post('/x', requireAdmin, handler)` of an `app` that another file hands in: by its address.
  if (model?.handlers[0] || constantText(one.args.list[0] ?? UNKNOWN)?.startsWith('/'))
    noteRegistered(run, frame, one, functions);
  const handler = model?.handlers[0];
  const isPython = frame.closure.home.module.language === 'python';
  const reduced = one.name === REDUCE ? argumentsOfReduce(one.args) : null;
  const started = !handler && isPython ? argumentsBehind(one.method, one.args) : null;
  const behind = reduced ?? started ?? settlerOf(run, frame, one);
  const by = behind ? 'code' : handler ? 'library' : 'unknown';
  // What the file declares further down is not known yet.
  const isLater = handler !== undefined && frame.closure.form.id === 0;
  const { begun } = run;
  const soon = (what: () => void): void => {
    if (isLater) run.deferred.push({ begun, what });
    else what();
  };
  const isPerhaps = one.call.arguments.some(({ value }) => value.kind === 'spread' && value.of.kind === 'choice');
  let shown: Shape | null = null;
  soon(() => {
    const before = shownBefore(run, frame, one, model);
    shown = handler ? withUsed(run, frame, one, before) : before;
  });
  for (const ways of places) {
    const given = ways.map((fn) => ({
      fn,
      parameters: handler
        ? handlerArguments(run, frame, one, fn, handler)
        : (behind ?? givenByMethod(modelsOf(run, frame.closure.home), one, fn.form.parameters[0]?.name ?? '…')),
    }));
    // Whoever looks on is told what each item does.
    const told = handler || !run.observer || one.method !== 'forEach' ? null : itemsOfKnown(one.receiver);
    const each = told ?? (handler ? null : mappedItems(frame, one));
    soon(() => {
      if (handler) noteServed(run, frame, one.call.span);
      const after = given.flatMap(({ fn, parameters }) =>
        (each ? each.map((item) => [item]) : [parameters]).map((list) =>
          handOn(run, frame, shown, fn, list, (values) => {
            const result = callFunction(
              run,
              frame,
              fn,
              { list: values, named: new Map(), self: null },
              one.call.span,
              by,
            );
            if (!isLater) results.push(result);
          }),
        ),
      );
      // `...(strict ? [validate(schema)] : [])`: perhaps there is none.
      shown = shownByEach(isPerhaps ? [...after, shown] : after);
    });
  }
  soon(() => noteUsed(run, frame, one, shown));
  return results;
}

/** Those that stand in one place are ways of which one is taken. */
function functionsIn({ functions, entries }: Value, depth: number): (readonly Closure[])[] {
  const own = functions.length > 0 ? [functions] : [];
  return entries && depth > 0 ? [...own, ...[...entries.values()].flatMap((one) => functionsIn(one, depth - 1))] : own;
}

/** `files.map(fs.readFileSync)`: a function of a library is called with what the method gives it. */
function reportHandedOn(run: Run, frame: Frame, one: Evaluated, index: number, value: Value): void {
  const model =
    value.name === null || value.functions.length > 0 ? null : modelsOf(run, frame.closure.home).call(value.name);
  const of = one.call.arguments[index]?.value;
  if (!model || model.sinks.length === 0 || !of) return;
  const list = givenByMethod(
    modelsOf(run, frame.closure.home),
    { ...one, args: { ...one.args, list: one.args.list.filter((other) => other !== value) } },
    '…',
  );
  const call: Call = { ...one.call, of, arguments: [] };
  const method = lastPart(value.name ?? '');
  reportCall(
    run,
    frame,
    { call, receiver: null, method, name: value.name, args: { list, named: new Map(), self: null } },
    model,
    null,
  );
}
