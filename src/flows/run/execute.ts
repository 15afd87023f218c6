import type { Expression, Span, Statement } from '../../languages/form.ts';
import { blocksOf } from '../../languages/visit-expressions.ts';
import { compiled } from '../data/compiled.ts';
import { goesThroughAll } from '../guards/goes-through-all.ts';
import { applyGuard } from '../guards/guards.ts';
import { labelsIn } from '../guards/shown-by.ts';
import { applyCase } from '../guards/switched.ts';
import { applyCheck, applyThrowing } from '../guards/throwing-check.ts';
import { valueOfType } from '../program/types.ts';
import { reportAnswer } from '../sinks/report-answer.ts';
import { report } from '../sinks/sinks.ts';
import { clear } from '../values/clear.ts';
import { listItems } from '../values/list-items.ts';
import { removeKey } from '../values/remove-key.ts';
import type { Closure, Environment, Value } from '../values/value.ts';
import { EMPTY, isFixed, joinValues, listValue, plainValue, taintsOf, UNKNOWN } from '../values/values.ts';
import { assign } from './assign.ts';
import { runMade } from './call-function.ts';
import { decideSubject, decideTest } from './decide-test.ts';
import { fork, mergeInto, readName, setName, settle } from './environment.ts';
import { evaluate } from './evaluate.ts';
import { itemOf, itemsOfKnown, readField } from './fields.ts';
import { counterOf, given, listCounted } from './given.ts';
import { iterated } from './iterated.ts';
import { nameOfCall } from './look-at.ts';
import { caughtAs, collecting, handRaised, noteRaised } from './raised.ts';
import { createFrame, type Frame, modelsOf, type Raised, type Run, spend } from './run.ts';
import { decoratorOf, methodModel } from './symbolic.ts';

/** Runs the body of a function with names that are already set. */
export function runBody(run: Run, closure: Closure, env: Environment, how: Parameters<Run['runBody']>[2]): Value {
  const frame = createFrame(closure, env, how);
  execute(run, frame, closure.form.body);
  runMade(run, frame);
  return frame.returns.length > 0 ? joinValues(frame.returns) : UNKNOWN;
}

/** True: what follows does not run. */
export function execute(run: Run, frame: Frame, statements: readonly Statement[]): boolean {
  for (const statement of statements) {
    if (!spend(run)) return true;
    if (executeOne(run, frame, statement)) return true;
  }
  return false;
}

/** Names that are declared in it end with it. */
function executeBlock(run: Run, frame: Frame, statements: readonly Statement[]): boolean {
  const declared = statements.flatMap((one) =>
    one.kind === 'set' && one.declares && one.target.kind === 'name' ? [one.target.name] : [],
  );
  const before = declared.map((name) => [name, frame.env.names.get(name)] as const);
  const leaves = execute(run, frame, statements);
  for (const [name, value] of before) {
    if (value) frame.env.names.set(name, value);
    else frame.env.names.delete(name);
  }
  return leaves;
}

function executeOne(run: Run, frame: Frame, one: Statement): boolean {
  switch (one.kind) {
    case 'set': {
      const given = evaluate(run, frame, one.value);
      // An error of Go tells of what went wrong; that a value of the request may stand in its text is of no interest.
      const isError =
        frame.closure.home.module.language === 'go' && one.target.kind === 'name' && /^err$|Err$/.test(one.target.name);
      const value = isError ? { ...plainValue('err'), name: 'error' } : given;
      const isConstant = typeof value.constant === 'number' || typeof value.constant === 'boolean';
      const typed =
        one.type && !isConstant && !value.of && !value.entries && value.functions.length === 0
          ? withType(run, frame, value, one)
          : value;
      assign(run, frame, one.target, typed, { append: one.append, declares: one.declares, made: one.value });
      applyThrowing(run, frame, one.value, applyGuard);
      return false;
    }
    case 'do':
      frame.doing = one.when === 'now' ? one.value.span : null;
      evaluate(run, frame, one.value);
      applyCheck(run, frame, one.value, applyGuard);
      removeKey(run, frame, one.value);
      return endsHere(run, frame, one.value);
    case 'return':
      frame.returns.push(one.value ? settle(frame.env, evaluate(run, frame, one.value)) : EMPTY);
      if (one.value) reportAnswer(run, frame, one.value.span, frame.returns.at(-1) ?? EMPTY);
      if (one.value && frame.closure.home.text[one.value.span[0]] !== '[')
        reportReturned(run, frame, one.span, frame.returns.at(-1) ?? EMPTY);
      return true;
    case 'throw':
      if (one.value) evaluate(run, frame, one.value);
      if (one.value) noteRaised(run, frame, one.value);
      return true;
    case 'leave':
      listLeft(frame, one.span).push(fork(frame.env));
      return true;
    case 'if': {
      evaluate(run, frame, one.test);
      const decided = decideTest(run, frame, one.test);
      if (decided !== null) return executeBlock(run, frame, decided ? one.yes : one.no);
      return branch(frame, [
        (way) => {
          applyGuard(run, way, one.test, true);
          return executeBlock(run, way, one.yes);
        },
        (way) => {
          applyGuard(run, way, one.test, false);
          return executeBlock(run, way, one.no);
        },
      ]);
    }
    case 'switch':
      return executeSwitch(run, frame, one);
    case 'loop':
      executeLoop(run, frame, one);
      return false;
    case 'try': {
      // What stands in `finally` runs as well where the rest has thrown before anything was shown.
      const thrown = one.lastly.length > 0 ? { ...frame, env: fork(frame.env) } : null;
      const leaving = [frame.left, frame.ended, frame.broken].map((all) => ({ all, before: all?.length ?? 0 }));
      if (thrown && frame.closure.home.module.language === 'typescript') executeBlock(run, thrown, one.lastly);
      let raised: readonly Raised[] = [];
      const tried = branch(frame, [
        (way) => {
          const body = collecting(run, frame.closure.form, () => executeBlock(run, way, one.body));
          raised = body.raised;
          if (one.catches.length === 0) handRaised(run, raised);
          return body.value;
        },
        ...one.catches.map((each) => (way: Frame) => {
          if (each.name !== null) way.env.names.set(each.name, caughtAs(run, frame, each, raised));
          return executeBlock(run, way, each.body);
        }),
      ]);
      // A `break` in there goes through it as well.
      if (thrown)
        for (const { all, before } of leaving)
          for (const env of all?.slice(before) ?? []) executeBlock(run, { ...frame, env }, one.lastly);
      return executeBlock(run, frame, one.lastly) || tried;
    }
    case 'block':
      if (one.holds) enter(run, frame, one.holds);
      return executeBlock(run, frame, one.body);
  }
}

/** What a handler returns is a page, or leads elsewhere, where its decorator says so. */
function reportReturned(run: Run, { closure, ...frame }: Frame, span: Span, value: Value): void {
  if (taintsOf(value).length === 0) return;
  const under = closure.form.decorators.length === 0 ? null : decoratorOf(run, closure);
  const isMeant = compiled(under?.model.returnsIf ?? '').test(under?.written ?? '');
  const kind = under ? (isMeant ? under.model.returns : undefined) : methodModel(run, closure)?.returns;
  // `return page, 200`; a dict is JSON.
  const field = under?.model.returnsField;
  const text = field === undefined ? (value.entries?.get('0') ?? value) : value.entries?.get(field);
  if (kind === undefined || !text || text.entries) return;
  // Of JSON a value alone may be anything: a list, a dict.
  const isText =
    field !== undefined ||
    text.pieces.length > 1 ||
    taintsOf(text).every(({ safe }) => (safe & run.labelOf('nosql')) !== 0);
  if (!isText) return;
  report(run, { ...frame, closure }, text, {
    kind,
    sink: 'return',
    fix: null,
    fragment: false,
    call: span,
    argument: span,
  });
}

/** `with Held(x) as name`: what a class of the program gives on entering is what the name stands for. */
function enter(run: Run, frame: Frame, holds: Expression): void {
  const value = evaluate(run, frame, holds);
  const { home } = frame.closure;
  if (
    !value.of?.instance ||
    holds.kind !== 'name' ||
    !/\bas\s+$/.test(home.text.slice(Math.max(0, holds.span[0] - 12), holds.span[0]))
  )
    return;
  const [entered] = ['__enter__', '__aenter__'].flatMap(
    (name) => readField(run, frame, value, name, holds.span).functions,
  );
  if (!entered) return;
  const given = run.callFunction(frame, entered, { list: [], named: new Map(), self: value }, holds.span);
  assign(run, frame, holds, given, { append: false, declares: true, made: null });
}

/** `abort(404)`, `sys.exit()`: a call that does not come back. */
function endsHere(run: Run, frame: Frame, value: Expression): boolean {
  const call = value.kind === 'await' ? value.of : value;
  if (call.kind !== 'call') return false;
  const models = modelsOf(run, frame.closure.home);
  if ((call.of.kind !== 'field' && call.of.kind !== 'name') || !models.ends.has(call.of.name)) return false;
  const receiver = call.of.kind === 'field' ? run.evaluate({ ...frame, made: [] }, call.of.of) : null;
  const name = nameOfCall(run, { ...frame, made: [] }, call, receiver);
  return name !== null && (models.call(name)?.ends ?? false);
}

function withType(run: Run, frame: Frame, value: Value, { type }: Extract<Statement, { kind: 'set' }>): Value {
  // What has a name is known better, but for one that stands for an object of the program.
  if (value.name && taintsOf(value).some(({ kind }) => kind !== 'parameter')) return value;
  const [first] = value.pieces;
  const name = first?.kind === 'hole' ? first.name : '…';
  const declared = valueOfType(run, frame.closure.home, type, name, taintsOf(value));
  // `var db *gorm.DB`: nothing yet, and a database wherever it is used.
  if (value.constant === null && (declared.name !== null || declared.of !== null || declared.type !== null))
    return declared;
  // `const Newest Order = "desc"`
  if (!value.name && value.pieces.length > 0 && isFixed(value)) return { ...value, type: declared.type };
  if (value.name) {
    const isVague =
      /(?:^|[./])[A-Z]\w*$/.test(declared.name ?? '') && !modelsOf(run, frame.closure.home).knows(value.name);
    return declared.of || isVague ? declared : value;
  }
  const says = declared.name !== null || declared.of !== null || declared.type !== null || declared.entries !== null;
  return says || declared.pieces.every((piece) => piece.kind === 'hole' && piece.fixed) ? declared : value;
}

/** Each way on a copy of the names; after it what is so on those that come here, or were left for here (`broken`). True: none does. */
function branch(
  frame: Frame,
  ways: readonly ((way: Frame) => boolean)[],
  broken: readonly Environment[] = [],
): boolean {
  const through: Environment[] = [];
  for (const way of ways) {
    const env = fork(frame.env);
    if (!way({ ...frame, env })) through.push(env);
  }
  mergeInto(frame.env, [...through, ...broken]);
  return through.length + broken.length === 0;
}

function executeSwitch(run: Run, frame: Frame, one: Extract<Statement, { kind: 'switch' }>): boolean {
  if (one.on) evaluate(run, frame, one.on);
  for (const { tests } of one.cases) for (const test of tests) evaluate(run, frame, test);
  const chosen = chooseCase(run, frame, one);
  // A `break` in it ends it, and no loop around it. Of Python it has none of its own.
  const broken: Environment[] = [];
  const inside = (way: Frame): Frame => (frame.closure.home.module.language === 'python' ? way : { ...way, broken });
  if (chosen) return branch(frame, [(way) => executeBlock(run, inside(way), chosen)], broken);
  const ways = [
    ...one.cases.map(({ body }, index) => (way: Frame) => {
      applyCase(run, way, one, index, applyGuard);
      return executeBlock(run, inside(way), body);
    }),
    (way: Frame) => {
      applyCase(run, way, one, one.cases.length, applyGuard);
      return one.otherwise ? executeBlock(run, inside(way), one.otherwise) : false;
    },
  ];
  return branch(frame, ways, broken);
}

/** The case that a constant comes to; null: it depends. */
function chooseCase(
  run: Run,
  frame: Frame,
  { on, cases, otherwise }: Extract<Statement, { kind: 'switch' }>,
): readonly Statement[] | null {
  if (!on) return chooseTrue(run, frame, cases, otherwise);
  const subject = decideSubject(run, frame, on);
  if (subject === null) return null;
  const labels = cases.map(({ tests }) => tests.map((test) => (isConstantTest(test) ? test.value : undefined)));
  if (labels.flat().includes(undefined)) return null;
  const index = labels.findIndex((some) => some.includes(subject));
  return index < 0 ? (otherwise ?? []) : (cases[index]?.body ?? []);
}

/** `switch { case n > 10: … }`: the first that holds, where those before it never do. */
function chooseTrue(
  run: Run,
  frame: Frame,
  cases: Extract<Statement, { kind: 'switch' }>['cases'],
  otherwise: readonly Statement[] | null,
): readonly Statement[] | null {
  for (const { tests, body } of cases) {
    // A `select` of Go: which of its cases comes first, nobody knows.
    if (tests.length === 0) return null;
    const decided = tests.map((test) => decideTest(run, frame, test));
    if (decided.includes(true)) return body;
    if (decided.includes(null)) return null;
  }
  return otherwise ?? [];
}

function isConstantTest(test: Expression): test is Extract<Expression, { kind: 'text' | 'value' }> {
  return test.kind === 'text' || test.kind === 'value';
}

/** What a `break` leaves is the innermost `switch` or loop, and what it leaves a loop with counts there. */
function listLeft({ closure: { home }, left, ended = left, broken = ended }: Frame, [from, to]: Span): Environment[] {
  return /^continue\b/.test(home.text.slice(from, to)) ? left : broken;
}

/** `continue outer`, `break outer`: what they leave is found out by nobody here. */
function namesWhatItLeaves(one: Statement, text: string): boolean {
  if (one.kind === 'leave') return /^\w+[^\S\n]+[A-Za-z_$]/.test(text.slice(...one.span));
  return blocksOf(one).some((inner) => namesWhatItLeaves(inner, text));
}

/** A list of so many items that all are known is gone through item by item. */
const MOST_ROUNDS = 8;

/** Each round is run once, as if it were written out: what a `break` has set stays as it is. */
function roundsOf(frame: Frame, over: Value | null, one: Loop): readonly Value[] | null {
  const items = over && !over.open && !over.keys && one.gives !== 'keys' ? listItems(over) : null;
  if (!items?.length || items.length > MOST_ROUNDS || frame.inLoop || frame.ended) return null;
  return frame.closure.home.module.language === 'go' || namesWhatItLeaves(one, frame.closure.home.text) ? null : items;
}

type Loop = Extract<Statement, { kind: 'loop' }>;

function executeLoop(run: Run, frame: Frame, one: Loop): void {
  const isEntered = one.over ? null : one.test ? decideTest(run, frame, one.test) : true;
  // `while False:`
  if (isEntered === false) return;
  const over = one.over ? iterated(run, frame, evaluate(run, frame, one.over), one.over.span) : null;
  const index = counterOf(one.test);
  const isFromFirst = index !== null && readName(frame.env, index)?.constant === 0;
  const counted = one.over || !isFromFirst ? null : listCounted(one.test);
  const all = counted ? evaluate(run, { ...frame, made: [] }, counted) : over;
  let shown = 0;
  const exact = roundsOf(frame, over, one);
  branch(frame, [
    (before) => {
      // What a `break` or `continue` has set is there after the loop.
      const ended: Environment[] | undefined = exact ? [] : undefined;
      const way = { ...before, left: [] as Environment[], ended, broken: undefined, inLoop: exact === null };
      // Twice: what the first time leaves behind is there the second time.
      const items = exact ?? (run.observer && one.gives !== 'keys' ? itemsOfKnown(over) : null);
      const rounds = items?.map((item) => listValue([item])) ?? [all, all];
      for (const now of rounds) {
        if (one.target && now && one.over)
          assign(run, way, one.target, given(run, way, now, one.gives, one.over.span), {
            append: false,
            declares: true,
            made: null,
          });
        // The number of the item is another one each time.
        if (counted && index !== null) setName(way.env, index, plainValue(index), false);
        if (one.test) {
          evaluate(run, way, one.test);
          applyGuard(run, way, one.test, true);
        }
        const leaves = executeBlock(run, way, one.body);
        mergeInto(way.env, leaves ? way.left : [way.env, ...way.left]);
        if (now) shown |= labelsIn(way.env.cleared, itemOf(now, '…'));
        const isOver = run.work.left <= 0 || (leaves && way.left.length === 0);
        if (isOver && !ended?.length) return leaves && !one.test && (!one.over || ended !== undefined);
        if (isOver) {
          mergeInto(way.env, ended ?? []);
          return false;
        }
        way.left.length = 0;
      }
      if (ended?.length) mergeInto(way.env, [fork(way.env), ...ended]);
      return false;
    },
    ...(exact || isEntered ? [] : [() => false]),
  ]);
  // `for _, id := range ids { if … { return } }`: where none of them was refused each of them is good, as is a list without any.
  if (all && goesThroughAll(frame.closure.home, one)) clear(run, frame, all, shown);
}
