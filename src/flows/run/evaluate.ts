import type { Expression, FunctionForm, Module, Span } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { applyGuard } from '../guards/guards.ts';
import { classValue, lookUp } from '../program/lookup.ts';
import { valueOfType } from '../program/types.ts';
import { reportMade } from '../sinks/report-assigned.ts';
import { matchMade, matchRead } from '../uses/match-uses.ts';
import { concatValues } from '../values/concat-values.ts';
import { cutValue } from '../values/cut-value.ts';
import { foldBinary, foldSum, foldUnary } from '../values/fold.ts';
import { formatValue } from '../values/format-value.ts';
import { withKey } from '../values/keys-of-object.ts';
import { listItems } from '../values/list-items.ts';
import { withSafe } from '../values/map-taints.ts';
import { mergeTaints } from '../values/merge-taints.ts';
import { isChannelMade, lengthOfMade, matchOutside, withLength } from '../values/outside-list.ts';
import { printed } from '../values/printed.ts';
import { clearParsed, parsesLater } from '../values/schema-result.ts';
import type { Closure, Environment, Place, Value } from '../values/value.ts';
import { constantKey } from '../values/value-key.ts';
import {
  BLANK,
  constantText,
  constantValue,
  containerValue,
  EMPTY,
  joinTwo,
  joinValues,
  opaqueValue,
  patternValue,
  plainValue,
  taintsOf,
  textValue,
  UNKNOWN,
  YIELDED,
} from '../values/values.ts';
import { assign } from './assign.ts';
import { evaluateCall } from './call.ts';
import { decideSubject, decideTest } from './decide-test.ts';
import { evaluateEach } from './each.ts';
import { fork, settle } from './environment.ts';
import { FIELDS_A_STEP, itemOf, overlay, readField, readIndex, type Written } from './fields.ts';
import { lookBack } from './look-at.ts';
import { type Frame, modelsOf, placeOf, type Run, sourceOf, spend } from './run.ts';

/** The value of an expression, as far as it is known without running the program. Calls and assignments in it take effect. */
export function evaluate(run: Run, frame: Frame, expression: Expression): Value {
  if (!spend(run)) return UNKNOWN;
  const { home } = frame.closure;
  const go = (one: Expression): Value => evaluate(run, frame, one);
  switch (expression.kind) {
    case 'text':
      return textValue(expression.value);
    case 'value':
      return constantValue(expression.value);
    case 'pattern':
      return patternValue(expression.source, expression.flags);
    case 'name': {
      const value = lookUp(run, frame, expression.name);
      if (value.name !== null && importedBy(home.module).has(expression.name))
        matchRead(run, frame, value, expression.span);
      return spoken(value, frame, expression.span);
    }
    case 'field': {
      const value = readField(run, frame, go(expression.of), expression.name, expression.span);
      if (value.name?.endsWith(`.${expression.name}`)) matchRead(run, frame, value, expression.span);
      return value;
    }
    case 'index': {
      const by = go(expression.by);
      if (home.module.language === 'go' && expression.of.kind === 'name' && expression.of.name.startsWith('$'))
        return readResult(run, frame, go(expression.of), by, expression.span);
      const of = go(expression.of);
      matchOutside(run, frame, expression.of, expression.span, of, [by]);
      const letter = typeof by.constant === 'number' ? constantText(of)?.at(by.constant) : undefined;
      // A byte of Go is a number, as `'B'` is.
      if (letter !== undefined)
        return home.module.language === 'go' ? constantValue(letter.charCodeAt(0)) : textValue(letter);
      const last = typeof by.constant === 'number' && by.constant < 0 ? listItems(of)?.at(by.constant) : undefined;
      // `box['name']` of a class that says what that is.
      const asked = of.of?.instance
        ? readField(run, frame, of, '__getitem__', expression.span).functions[0]
        : undefined;
      if (asked) return run.callFunction(frame, asked, { list: [by], named: new Map(), self: of }, expression.span);
      return last ?? readIndex(run, frame, of, constantKey(by), expression.span);
    }
    case 'slice': {
      const parts = expression.parts.map(go);
      const of = go(expression.of);
      matchOutside(run, frame, expression.of, expression.span, of, parts);
      const cut = expression.ends && cutValue(of, expression.ends, parts);
      if (cut) return cut;
      return of.entries || (of.name === BLANK && expression.parts.length === 0)
        ? of
        : opaqueValue(sourceOf(home, expression.span), taintsOf(of));
    }
    case 'call': {
      const value = evaluateCall(run, frame, expression);
      if (isChannelMade(frame, expression)) return EMPTY;
      const length = lengthOfMade(run, frame, expression);
      return length ? { ...value, length } : value;
    }
    case 'tagged':
      return evaluateCall(run, frame, {
        kind: 'call',
        of: expression.tag,
        arguments: expression.parts.map((value) => ({ name: null, value })),
        made: false,
        span: expression.span,
      });
    case 'concat': {
      const parts = expression.parts.map((part) =>
        renamed(printed(run, frame, go(part), part.span), () => sourceOf(home, part.span), placeOf(home, part.span)),
      );
      return foldSum(parts) ?? concatValues(parts, placeOf(home, expression.span));
    }
    case 'format': {
      const template = go(expression.template);
      const given = expression.values.map(({ name, value }) => ({
        name,
        value: printed(run, frame, go(value), value.span),
      }));
      const made = formatValue(template, given, 'percent', placeOf(home, expression.span));
      // `Markup('<b>%s</b>') % name`: what its `format` makes safe, this does as well.
      const model = template.name === null ? null : modelsOf(run, home).call(`${template.name}.format`);
      return withSafe(made, model?.safe[0]?.labels ?? 0);
    }
    case 'list':
      return withLength(evaluateList(run, frame, expression.items), home, expression);
    case 'map':
      return evaluateMap(run, frame, expression);
    case 'choice': {
      if (expression.test === null) {
        const [first, second] = [go(expression.yes), go(expression.no)];
        return decideSubject(run, frame, expression.yes) ? first : orElse(first, second);
      }
      go(expression.test);
      const decided = decideTest(run, frame, expression.test);
      const ways = (decided === null ? [true, false] : [decided]).map((holds) => {
        const env = fork(frame.env);
        if (expression.test) applyGuard(run, { ...frame, env }, expression.test, holds);
        const way = evaluate(run, { ...frame, env }, holds ? expression.yes : expression.no);
        return env.cleared.size > 0 ? settle(env, way) : way;
      });
      return joinValues(ways);
    }
    case 'binary':
      return evaluateBinary(run, frame, expression);
    case 'unary':
      return foldUnary(expression.operator, go(expression.of)) ?? plainValue(sourceOf(home, expression.span));
    case 'function':
      return makeFunction(run, frame, expression.id);
    case 'class':
      return classValue(home, expression.id);
    case 'await': {
      const value = go(expression.of);
      const made = expression.of.kind === 'call' ? lookBack(frame, expression.of) : null;
      if (made && parsesLater(run, frame, made)) clearParsed(run, frame, made);
      return value;
    }
    case 'set': {
      const value = go(expression.value);
      assign(run, frame, expression.target, value, {
        append: expression.append,
        declares: false,
        made: expression.value,
      });
      return value;
    }
    case 'cast': {
      const value = go(expression.of);
      const isText = value.pieces.length > 1 || value.pieces.some((piece) => piece.kind === 'text');
      if (expression.type && !isText && value.name === null && !value.of && !value.entries)
        return valueOfType(run, home, expression.type, sourceOf(home, expression.span), taintsOf(value));
      // `Sort(r.FormValue("sort"))` has the methods of `Sort`.
      const isOfGo = home.module.language === 'go' && expression.type?.kind === 'named' && value.type === null;
      return isOfGo && expression.type ? { ...value, type: { type: expression.type, home } } : value;
    }
    case 'spread':
      return go(expression.of);
    case 'each':
      return evaluateEach(run, frame, expression);
    case 'other': {
      const parts = expression.parts.map(go);
      noteYielded(frame, expression.span, parts);
      return opaqueValue(
        sourceOf(home, expression.span),
        parts.flatMap((part) => taintsOf(part)),
      );
    }
  }
}

const importedBy = memo((module: Module) => new Set(module.imports.map(({ local }) => local)));

/** `yield x`: whoever calls the function gets something with such items; what a context manager yields is what `with` names. */
function noteYielded({ closure: { home, form }, returns, env }: Frame, span: Span, [value]: readonly Value[]): void {
  const orders = orderOfYields(form)(home.text);
  const [word, all] = /^yield\b\s*(\*|from\b)?/.exec(home.text.slice(span[0], span[0] + 20)) ?? [];
  if (word === undefined || !value) return;
  const isManager = form.decorators.some((one) => /contextmanager/.test(sourceOf(home, one.span)));
  const given = settle(env, value);
  if (isManager || (all !== undefined && orders.size === 1)) {
    returns.push(given);
    return;
  }
  const key = (all === undefined ? orders.get(span[0]) : undefined) ?? '*';
  const item = all === undefined ? given : itemOf(given, sourceOf(home, span));
  returns.push({ ...containerValue(new Map([[String(key), item]])), name: YIELDED });
}

/** Where each `yield` is a statement of its own, outside of branches: which one it is, by where it stands. Else empty. */
const orderOfYields = memo((form: FunctionForm) => {
  let known: ReadonlyMap<number, number> | null = null;
  return (text: string): ReadonlyMap<number, number> => {
    if (known) return known;
    const places = form.body.flatMap((one) =>
      one.kind === 'do' && one.value.kind === 'other' && text.startsWith('yield', one.value.span[0])
        ? [one.value.span[0]]
        : [],
    );
    const said = text.slice(...form.span).split(/\byield\b/).length - 1;
    known = new Map(
      said === places.length && !/\byield\s*(?:\*|from\b)/.test(said > 1 ? text.slice(...form.span) : '')
        ? places.map((at, index) => [at, index])
        : [],
    );
    return known;
  };
});

/** `a || 'text'` */
function orElse(first: Value, second: Value): Value {
  const joined = joinTwo(first, second);
  const text = constantText(second);
  return text ? { ...joined, otherwise: text } : joined;
}

/** One of several results of a call of Go: of a library's function the first one is what its model says. */
function readResult(run: Run, frame: Frame, of: Value, by: Value, span: Span): Value {
  const known = of.entries?.get(String(by.constant));
  if (known) return known;
  const gives = of.name === null ? null : modelsOf(run, frame.closure.home).gives(`${of.name}.${by.constant}`);
  if (gives !== null) return { ...opaqueValue(sourceOf(frame.closure.home, span), taintsOf(of)), name: gives };
  return by.constant === 0 && of.type === null ? of : readIndex(run, frame, of, constantKey(by), span);
}

/** The value under the name that it has here. */
function spoken(value: Value, { closure: { home } }: Frame, span: Span): Value {
  return renamed(value, () => sourceOf(home, span), placeOf(home, span));
}

function evaluateList(run: Run, frame: Frame, items: readonly Expression[]): Value {
  const entries = new Map<string, Value>();
  items.forEach((item, index) => {
    const value = evaluate(run, frame, item);
    const known = item.kind === 'spread' && !value.open && !value.keys && !entries.has('*') ? listItems(value) : null;
    if (item.kind !== 'spread') entries.set(String(entries.has('*') ? index : entries.size), value);
    else if (known?.length) for (const one of known) entries.set(String(entries.size), one);
    else entries.set('*', joinTwo(entries.get('*') ?? value, itemOf(value, sourceOf(frame.closure.home, item.span))));
  });
  return containerValue(entries);
}

function evaluateMap(run: Run, frame: Frame, { entries, type, span }: Extract<Expression, { kind: 'map' }>): Value {
  const known = new Map<string, Value>();
  const spans = new Map<string, Span>();
  const written: Written = { fields: known, behind: new Map(), spread: [] };
  const set = (name: string, one: Value): void => {
    known.set(name, one);
    if (written.spread.length > 0) written.behind.set(name, written.spread.length);
  };
  let whole: Value | null = null;
  for (const { key, value } of entries) {
    const given = evaluate(run, frame, value);
    if (key === null) {
      if (given.entries && !spend(run, given.entries.size / FIELDS_A_STEP)) break;
      if (given.entries) for (const [name, one] of given.entries) set(name, one);
      else {
        whole = whole ? joinTwo(whole, given) : given;
        written.spread.push({ value: given, span: value.span });
      }
      continue;
    }
    const by = evaluate(run, frame, key);
    const name = constantKey(by);
    if (name === null) {
      // A name that the program makes is none that the caller chooses.
      const one = taintsOf(by).some(({ kind }) => kind !== 'parameter')
        ? given
        : withSafe(given, run.labelOf('record'));
      known.set('*', joinTwo(known.get('*') ?? one, one));
      if (frame.closure.home.module.language !== 'typescript') withKey(known, by, run.labelOf('query-key'));
    } else set(name, given);
    if (name !== null) spans.set(name, value.span);
  }
  overlay(run, frame, written);
  const made = containerValue(known);
  // A function of an object has the object as `this`.
  for (const value of known.values()) for (const { form } of value.functions) run.holders.set(form, made);
  const typed = type ? valueOfType(run, frame.closure.home, type, sourceOf(frame.closure.home, span)) : null;
  const base = typed ? { ...made, name: typed.name, of: typed.of, type: typed.type } : made;
  if (whole) {
    // What a spread object holds is not known; nor is whether it holds a field at all.
    const rest = taintsOf(whole).length > 0 ? whole : UNKNOWN;
    return { ...base, entries: new Map([...known, ['*', joinTwo(known.get('*') ?? rest, rest)]]) };
  }
  if (base.name !== null) reportMade(run, frame, base, spans, span);
  matchMade(run, frame, base, span, spans);
  return base;
}

function evaluateBinary(
  run: Run,
  frame: Frame,
  { operator, left, right, span }: Extract<Expression, { kind: 'binary' }>,
): Value {
  const { home } = frame.closure;
  const first = evaluate(run, frame, left);
  // What stands behind `a && b` is looked at only where `a` holds.
  const env = operator === '&&' || operator === '||' ? fork(frame.env) : frame.env;
  if (env !== frame.env) applyGuard(run, { ...frame, env }, left, operator === '&&');
  const second = evaluate(run, { ...frame, env }, right);
  // `folder / name`
  if (operator === '/' && home.module.language === 'python') {
    const taints = [...taintsOf(first), ...taintsOf(second)];
    if (first.name === PATH || taints.length > 0)
      return { ...opaqueValue(sourceOf(home, span), mergeTaints(taints)), name: PATH };
  }
  // `[name] * 2`
  if (operator === '*' && home.module.language === 'python' && first.entries && !first.of) return first;
  return foldBinary(operator, first, second) ?? plainValue(sourceOf(home, span));
}

const PATH = 'pathlib.Path';

let made = 0;

function makeFunction(run: Run, frame: Frame, id: number): Value {
  const { home } = frame.closure;
  const form = home.module.functions[id];
  if (!form) return UNKNOWN;
  const isTop = frame.closure.form.id === 0 && form.parent === 0;
  const closure: Closure = {
    key: isTop ? `${home.path}:${id}` : `${home.path}:${id}~${++made}`,
    home,
    form,
    around: frame.env,
  };
  frame.made.push(frame.inLoop || frame.ended ? asShownHere(closure, frame.env) : closure);
  if (form.decorators.length > 0) run.observer?.decorated(run, frame, closure);
  return { ...opaqueValue(form.name || 'function'), functions: [closure] };
}

/** `if (!ok(path)) continue; await new Promise((done) => write(path, done))`: after the loop it is not known any more that it was. */
function asShownHere(closure: Closure, env: Environment): Closure {
  return env.cleared.size > 0 ? { ...closure, around: { ...env, cleared: new Map(env.cleared) } } : closure;
}

/** The same value by another name: what people would call it here. */
function renamed(value: Value, nameIt: () => string, place: Place): Value {
  const [only] = value.pieces;
  if (value.pieces.length !== 1 || only?.kind !== 'hole') return value;
  return { ...value, pieces: [{ ...only, name: nameIt(), place }] };
}
