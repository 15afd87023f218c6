import type { Closure, Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import { functionAt } from '../../languages/enclosing.ts';
import type { Expression, FunctionForm, Module, Span, Statement } from '../../languages/form.ts';
import { holds } from '../../languages/holds.ts';
import { memo } from '../../languages/memo.ts';
import { blocksOf, partsOf, partsOfStatement } from '../../languages/visit-expressions.ts';

/** Something that a program does and that matters to whoever calls the function around it. */
export interface Doing {
  does: 'request' | 'mail' | 'message' | 'read' | 'write';
  /** As it is written: `stripe.refunds.create`. */
  call: string;
  home: Home;
  span: Span;
  /** It looks like what it does, and what does it is not known. */
  suspected?: boolean;
  /** Of a query: the columns that it asks by. */
  by?: readonly string[];
}

/** A part of a function: all of it, or a block. */
export interface Region {
  home: Home;
  form: FunctionForm;
  span: Span;
}

export interface Found extends Doing {
  /** Where it is done in the region: the place itself, or the call that leads to it. */
  at: Span;
  /** The functions on the way to it, the outermost first. */
  through: readonly Called[];
}

export interface Called {
  home: Home;
  form: FunctionForm;
}

/** What functions do and which ones they call where: what is asked of them is answered when all has run. */
export interface Doings {
  did(one: Doing): void;
  calls(home: Home, span: Span, closure: Closure): void;
  /** What is done while a region runs, by functions that it calls, too; the nearest way to each. */
  within(region: Region): Found[];
}

interface Step {
  home: Home;
  span: Span;
  to: FunctionForm;
  toHome: Home;
}

const DEEPEST = 4;

export function createDoings(): Doings {
  const doings = new Map<string, Doing>();
  const steps: Step[] = [];
  /** By what is called, and where from: functions are run again and again. */
  const called = new Map<FunctionForm, Map<Home, Set<number>>>();
  const isNew = (home: Home, [start]: Span, form: FunctionForm): boolean => {
    const homes = called.get(form) ?? new Map<Home, Set<number>>();
    called.set(form, homes);
    const starts = homes.get(home) ?? new Set<number>();
    homes.set(home, starts);
    return starts.size < starts.add(start).size;
  };
  let index: Index | null = null;
  const build = (): Index => {
    index = createIndex([...doings.values()], steps);
    return index;
  };
  return {
    did(one) {
      index = null;
      doings.set(`${one.home.path}:${one.span[0]}-${one.span[1]} ${one.does}`, one);
    },
    calls(home, span, { home: toHome, form }) {
      if (!isNew(home, span, form)) return;
      // A function that stands in the call itself runs with the one around it.
      if (home === toHome && holds(span, form.span)) return;
      if (layoutOf(home.module).keeping.has(span.join())) return;
      index = null;
      steps.push({ home, span, to: form, toHome });
    },
    within(region) {
      const known = index ?? build();
      const inside = ({ span }: { span: Span }): boolean => holds(region.span, span);
      const found: Found[] = (known.done.get(region.form) ?? [])
        .filter(inside)
        .map((one) => ({ ...one, at: one.span, through: [] }));
      for (const step of known.steps.get(region.form) ?? [])
        if (inside(step) && step.to !== region.form)
          for (const { one, through } of known.reach(step, DEEPEST)) found.push({ ...one, at: step.span, through });
      return found.sort((a, b) => a.at[0] - b.at[0]);
    },
  };
}

interface Reached {
  one: Doing;
  through: readonly Called[];
}

interface Index {
  done: ReadonlyMap<FunctionForm, readonly Doing[]>;
  steps: ReadonlyMap<FunctionForm, readonly Step[]>;
  /** The nearest of each kind that a call leads to. */
  reach(step: Step, left: number): readonly Reached[];
}

function createIndex(doings: readonly Doing[], all: readonly Step[]): Index {
  const done = byForm(doings);
  const steps = byForm(certain(all));
  const known = new Map<number, Map<FunctionForm, readonly Reached[]>>();
  const reach = (step: Step, left: number): readonly Reached[] => {
    const ofDepth = known.get(left) ?? new Map<FunctionForm, readonly Reached[]>();
    known.set(left, ofDepth);
    const before = ofDepth.get(step.to);
    if (before) return before;
    const through = [{ home: step.toHome, form: step.to }];
    const nearest = new Map<string, Reached>();
    const note = (one: Doing, way: readonly Called[]): void => {
      const kind = `${one.does} ${(one.by?.length ?? 0) > 0}`;
      const other = nearest.get(kind);
      if (!other || other.through.length > way.length) nearest.set(kind, { one, through: way });
    };
    for (const one of done.get(step.to) ?? []) note(one, through);
    for (const next of left > 1 ? (steps.get(step.to) ?? []) : [])
      if (next.to !== step.to) for (const each of reach(next, left - 1)) note(each.one, [...through, ...each.through]);
    const list = [...nearest.values()];
    ofDepth.set(step.to, list);
    return list;
  };
  return { done, steps, reach };
}

/** Which of several methods an interface's call means is not known. */
function certain(all: readonly Step[]): Step[] {
  const groups = Map.groupBy(all, ({ home, span }) => `${home.path}:${span[0]}-${span[1]}`);
  return [...groups.values()].flatMap((group) => {
    const named = group.filter(({ to }) => to.name !== '');
    return named.length > 1 || group.some(isGiven) ? [] : group;
  });
}

/** The function that is called there is a parameter of the one around it: each caller gives another one. */
function isGiven({ home, span }: Step): boolean {
  const [name] = /^\w+(?=\()/.exec(home.text.slice(span[0], span[0] + LONGEST_NAME)) ?? [];
  const form = name === undefined ? null : functionAt(home.module, span);
  return form?.parameters.some((one) => one.name === name) ?? false;
}

const LONGEST_NAME = 80;

function byForm<T extends { home: Home; span: Span }>(all: readonly T[]): Map<FunctionForm, T[]> {
  const found = new Map<FunctionForm, T[]>();
  for (const one of all)
    for (const form of runningAt(one.home.module, one.span)) {
      const list = found.get(form);
      if (list) list.push(one);
      else found.set(form, [one]);
    }
  return found;
}

/** The functions that run while a place does, innermost first: what is given to a call runs with the function around it. */
export function runningAt(module: Module, span: Span): FunctionForm[] {
  const { later, given } = layoutOf(module);
  const forms: FunctionForm[] = [];
  for (let form = functionAt(module, span); form && form.id !== 0; ) {
    const { span: around } = form;
    // Beside the function, or when it is over.
    if (later.some((one) => holds(one, span) && holds(around, one) && !holds(one, around))) return forms;
    forms.push(form);
    if (!given.has(form.id) || form.parent === null) return forms;
    form = module.functions[form.parent] ?? null;
  }
  return forms;
}

interface Layout {
  /** What runs when the function around it is over, or beside it. */
  later: readonly Span[];
  /** Functions that are given to a call which runs them at once. */
  given: ReadonlySet<number>;
  /** Calls that keep what they are given, by where they begin and end. */
  keeping: ReadonlySet<string>;
}

/** Calls that keep what they are given for later. */
const KEEPS =
  /^(?:set(?:Timeout|Interval|Immediate)|nextTick|queueMicrotask|(?:run_?|delay_?)?(?:on|after)_?commit|after_?(?:rollback|transaction)|on|once|addListener|addEventListener|subscribe|create_task|ensure_future|add_task|waitUntil|spawn|defer|finally|Thread|Timer|AfterFunc|submit|run_in_executor|start_soon)$/i;

const layoutOf = memo(readLayout);

function readLayout(module: Module): Layout {
  const later: Span[] = [];
  const given = new Set<number>();
  const keeping = new Set<string>();
  const visit = (one: Expression): void => {
    if (one.kind === 'call') {
      const name = calledName(one.of);
      const keeps = KEEPS.test(name);
      if (keeps) keeping.add(one.span.join());
      for (const { value } of one.arguments) {
        if (keeps) later.push(value.span);
        if (value.kind === 'function') given.add(value.id);
      }
      // A function that is called where it stands.
      if (one.of.kind === 'function') given.add(one.of.id);
    }
    for (const part of partsOf(one)) visit(part);
  };
  const visitAll = (body: readonly Statement[]): void => {
    for (const one of body) {
      if (one.kind === 'do' && one.when !== 'now') later.push(one.span);
      for (const part of partsOfStatement(one)) visit(part);
      visitAll(blocksOf(one));
    }
  };
  for (const form of module.functions) visitAll(form.body);
  return { later, given, keeping };
}

/** What is called there, as it is written. */
export function callAt(home: Home, [start, end]: Span): string {
  const written = home.text.slice(start, Math.min(end, start + MOST_WRITTEN)).replace(/\s*\n\s*/g, '');
  const [head = ''] = written.split('(');
  // `tx.WithContext(ctx).Model(&row).First(…)`: what is called last.
  let chain = written;
  for (let before = ''; before !== chain; ) [before, chain] = [chain, chain.replace(/\([^()]*\)/g, '\0')];
  const [, last] = /^[^\0]+\0.*\.([\w$]+)\0?(?:\([^]*)?$/.exec(chain) ?? [];
  return (last === undefined ? head : `${head}(…).${last}`).trim();
}

const MOST_WRITTEN = 2000;
