import type { Expression, FunctionForm, Module, Statement, Target } from '../../../languages/form.ts';
import { decideBranches, isForOther } from './decide-branches.ts';
import { evaluate, type Source } from './evaluate.ts';
import { type Known, type KnownCall, lastName, nameKnown, type Scope } from './known.ts';

/** A call of a migration, in the order in which they run. */
export interface Step {
  call: KnownCall;
  /** What is open around it (`with … :`). */
  held: readonly Known[];
  /** In a loop whose rounds are not known. */
  repeated: boolean;
}

/** Calls of the file's own functions within each other, rounds of a loop, and steps in all: a migration has a few. */
const DEEPEST = 6;
const MOST_ROUNDS = 40;
const MOST_STEPS = 3000;
/** Statements that are run in thought, rounds of loops and calls counted each time. */
const MOST_WORK = 20_000;

/** Methods that run what they are handed. */
const RUNNERS = new Set(['transaction', '$transaction', 'Transaction', 'RunInTx', 'then', 'finally', 'map', 'forEach']);

interface Place {
  scope: Scope;
  held: readonly Known[];
  repeated: boolean;
  depth: number;
}

export interface Runner {
  /** The calls of a function, those of the file's own functions that it calls instead of the calls of these. */
  run(form: FunctionForm, values: readonly Known[], scope?: Scope): Step[];
  /** The same of a function that is handed to a builder: `(table) => { … }`. */
  runHanded(handed: Known | undefined, values: readonly Known[]): Step[];
  /** The file's own constants. */
  top: Scope;
  read(expression: Expression, scope?: Scope): Known;
  /** It asks for more than is run in thought: what comes after is not known. */
  isClipped(): boolean;
}

/** Runs functions of a file in thought: in order, both ways of an `if` but for those of another database, known lists round by round. */
export function createRunner(source: Source): Runner {
  const { module } = source;
  const top: Scope = { names: new Map(), around: null };
  let steps: Step[] = [];
  let work = 0;
  let clipped = false;

  const runBody = (body: readonly Statement[], place: Place): void => {
    for (const one of body) {
      if (steps.length > MOST_STEPS || work > MOST_WORK) {
        clipped = true;
        return;
      }
      work += 1;
      runStatement(one, place);
    }
  };

  const runStatement = (one: Statement, place: Place): void => {
    const { scope } = place;
    switch (one.kind) {
      case 'set': {
        const value = take(one.value, place);
        bind(one.target, one.append ? { kind: 'unknown', span: one.span } : value, scope);
        return;
      }
      case 'do':
        take(one.value, place);
        return;
      case 'return':
        if (one.value) take(one.value, place);
        return;
      case 'if': {
        const { yes, no } = decideBranches(source.text.slice(...one.test.span));
        if (yes) runBody(one.yes, place);
        if (no) runBody(one.no, place);
        return;
      }
      case 'switch':
        for (const { tests, body } of one.cases)
          if (!isForOther(tests.map((test) => source.text.slice(...test.span)).join(' '))) runBody(body, place);
        runBody(one.otherwise ?? [], place);
        return;
      case 'loop': {
        const over = one.over ? take(one.over, place) : null;
        if (over?.kind === 'list' && over.items.length <= MOST_ROUNDS && one.target) {
          for (const item of over.items) {
            if (work++ > MOST_WORK) {
              clipped = true;
              return;
            }
            const { span } = item;
            bind(
              one.target,
              one.gives === 'pairs' ? { kind: 'list', items: [{ kind: 'unknown', span }, item], span } : item,
              scope,
            );
            runBody(one.body, place);
          }
          return;
        }
        runBody(one.body, { ...place, repeated: true });
        return;
      }
      case 'try':
        runBody(one.body, place);
        runBody(one.lastly, place);
        return;
      case 'block': {
        const held = one.holds ? [...place.held, evaluate(source, one.holds, scope)] : place.held;
        runBody(one.body, { ...place, held });
        return;
      }
      case 'throw':
      case 'leave':
    }
  };

  /** The value; what is called for it is a step. */
  const take = (expression: Expression, place: Place): Known => {
    const value = evaluate(source, expression, place.scope);
    note(value, place);
    return value;
  };

  const note = (value: Known, place: Place): void => {
    // Lists of lists can hold the same ones again and again.
    if (work++ > MOST_WORK) {
      clipped = true;
      return;
    }
    if (value.kind === 'list') for (const item of value.items) note(item, place);
    if (value.kind === 'field') note(value.of, place);
    if (value.kind !== 'call') return;
    const own = findOwn(module, value.of);
    if (own) {
      if (place.depth < DEEPEST) {
        // `this.helper()` is given no more than the names of its parameters.
        const values = own.parameters.map((parameter, index) => {
          const given = value.arguments.filter(({ name }) => name === null)[index];
          return (value.arguments.find(({ name }) => name === parameter.name) ?? given)?.value;
        });
        const scope = value.of.kind === 'function' ? value.of.scope : top;
        runFunction(own, values, { ...place, depth: place.depth + 1, scope });
      }
      return;
    }
    if (nameKnown(value.of) === 'Promise.all') {
      for (const one of value.arguments) note(one.value, place);
      return;
    }
    const name = lastName(value);
    if (RUNNERS.has(name) && value.of.kind === 'field') {
      note(value.of.of, place);
      runHandedOn(value, value.of.of, name, place);
      return;
    }
    steps.push({ call: value, held: place.held, repeated: place.repeated });
  };

  /** `db.transaction(async (tx) => { … })`, `a().then(() => b())`, `['a', 'b'].map((name) => …)`. */
  const runHandedOn = (call: KnownCall, of: Known, name: string, place: Place): void => {
    if (place.depth >= DEEPEST) return;
    for (const { value } of call.arguments) {
      const form = value.kind === 'function' ? module.functions[value.id] : undefined;
      if (!form || value.kind !== 'function') continue;
      const inner = { ...place, depth: place.depth + 1, scope: value.scope };
      if (name !== 'map' && name !== 'forEach') {
        // What a transaction hands on is what it was begun on.
        runFunction(form, name === 'then' ? [] : form.parameters.map(() => of), inner);
      } else if (of.kind === 'list' && of.items.length <= MOST_ROUNDS)
        for (const item of of.items) runFunction(form, [item], inner);
      else runFunction(form, [], { ...inner, repeated: true });
    }
  };

  const runFunction = (form: FunctionForm, values: readonly (Known | undefined)[], place: Place): void => {
    const names = new Map<string, Known>();
    for (const [index, { name, byDefault, span }] of form.parameters.entries()) {
      const given = values[index] ?? (byDefault ? evaluate(source, byDefault, top) : undefined);
      names.set(name, given ?? { kind: 'name', name, span });
    }
    runBody(form.body, { ...place, scope: { names, around: place.scope } });
  };

  const begin = (form: FunctionForm, values: readonly Known[], scope: Scope = top): Step[] => {
    const before = steps;
    steps = [];
    runFunction(form, values, { scope, held: [], repeated: false, depth: 0 });
    const own = steps;
    steps = before;
    return own;
  };

  const runHanded = (handed: Known | undefined, values: readonly Known[]): Step[] => {
    const form = handed?.kind === 'function' ? module.functions[handed.id] : undefined;
    return form && handed?.kind === 'function' ? begin(form, values, handed.scope) : [];
  };

  // The file's own code says what its names are.
  for (const one of module.functions[0]?.body ?? [])
    if (one.kind === 'set' && !one.append) bind(one.target, evaluate(source, one.value, top), top);
  steps = [];
  const read = (expression: Expression, scope = top): Known => evaluate(source, expression, scope);
  return { run: begin, runHanded, top, read, isClipped: () => clipped };
}

function bind(target: Target, value: Known, { names }: Scope): void {
  if (target.kind === 'name') names.set(target.name, value);
}

function findOwn(module: Module, of: Known): FunctionForm | undefined {
  if (of.kind === 'function') return module.functions[of.id];
  if (of.kind === 'field' && of.of.kind === 'name' && of.of.name === 'this')
    return module.functions.find((form) => form.owner !== null && form.name === of.name);
  return undefined;
}
