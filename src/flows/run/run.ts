import { functionsAround } from '../../languages/enclosing.ts';
import type { Expression, FunctionForm, Import, Language, Span } from '../../languages/form.ts';
import type { Written } from '../../languages/read-view.ts';
import type { Models } from '../data/models.ts';
import type { UseTable } from '../data/use-table.ts';
import { ownerOf, type Program, submoduleOf } from '../program/program.ts';
import type { Registered } from '../requests/registered.ts';
import type { Standing } from '../requests/standing-guards.ts';
import type { Asked, UseHit } from '../uses/use-hit.ts';
import type { Shape } from '../values/shape.ts';
import type { ClassRef, Closure, Environment, Hole, Home, Place, Taint, Value } from '../values/value.ts';
import { EMPTY, taintsOf } from '../values/values.ts';

/** A value that others decide has come to a place where it must not. */
export interface Hit {
  kind: string;
  /** The call, or the assignment, as it is written: `pool.query`. */
  sink: string;
  fix: string | null;
  place: Place;
  argument: Place;
  value: Value;
  holes: readonly Hole[];
  home: Home;
  /** The function around it. */
  symbol: string;
  /** The file whose code, or function, was begun with: what leads here is told of that one. */
  begun: string;
  /** All that comes there holds no `/`. */
  segment?: true;
  /** What it is there, where the class has words of its own for that. */
  as?: string;
  /** Only what some kinds of source give does harm there. */
  ofSome?: true;
  /** Where a view writes it into the page. */
  shown?: { path: string; line: number; text: string; how: Written['how'] };
  /** Who can send it, where it is not everybody: it is less bad. `forms`: a form of another site, if the handler reads such at all. */
  senders?: 'admins' | 'signed' | 'few' | 'forms' | 'checked';
}

/**
 * What became of a value at a sink: nobody outside decides it (`inside`), it cannot do harm there (`harmless`) or any more (`safe`),
 * only what callers give decides it (`callers`), or it is a hit.
 */
export type Outcome = 'inside' | 'harmless' | 'safe' | 'callers' | 'found';

/** A value that came to a sink: what else looks at the same call may be told, and whoever wants to know why a class is silent. */
export interface Reached {
  kind: string;
  sink: string;
  place: Place;
  /** The argument as it is written. */
  text: string;
  outcome: Outcome;
}

/** An import, as it is written, that means no file of the program. */
export interface Wanted {
  /** The file that imports. */
  path: string;
  module: string;
  /** In place of a module: a name of this file; who names it is wanted. */
  named?: string;
  /** … who imports it, with this as the last part of the address; who has a method that is called so, and the package around it. */
  by?: 'import' | 'method';
  /** `module` is the name of a view. */
  view?: true;
  /** Of a package of Go, what is wanted of it; unset: all. */
  declares?: readonly string[];
}

/** Of each file that is asked about. */
const MOST_WANTED = 40;

export function mayWant({ wanted, files }: Run): boolean {
  return wanted.size <= MOST_WANTED * files;
}

/** What is in a file that is not there may decide: a constant, a check, one of a few texts. */
export function want(run: Run, wanted: Wanted): void {
  const key = `${wanted.path} ${wanted.module} ${wanted.named ?? ''}`;
  const known = run.wanted.get(key);
  if (!known && !mayWant(run)) return;
  const { declares, ...rest } = wanted;
  const all = known ? known.declares && declares && [...new Set([...known.declares, ...declares])] : declares;
  run.wanted.set(key, { ...rest, ...(all && { declares: all.slice(0, MOST_WANTED) }) });
}

/**
 * A package of Python need not say what it holds: the module that is meant may be a file in its folder.
 *
 * @param name what is wanted of it
 */
export function wantImport(run: Run, home: Home, imported: Import, name?: string): void {
  const { path, module } = home;
  const declares = module.language === 'go' && name !== undefined ? { declares: [name] } : {};
  const modules = [imported.module, submoduleOf(imported, module.language)].filter((one) => one !== null);
  for (const one of modules)
    if (run.program.resolve(home, one).length === 0) want(run, { path, module: one, ...declares });
}

/** One run of a function. */
export interface Frame {
  closure: Closure;
  env: Environment;
  depth: number;
  returns: Value[];
  /** Functions that were made here and not called yet. */
  made: Closure[];
  /** What is being run is run more than once, nobody knows how often. */
  inLoop: boolean;
  /** The names where a `break` or `continue` left the loop that is being run. */
  left: Environment[];
  /** Of a loop that is run item by item: where a `break` left it. */
  ended?: Environment[] | undefined;
  /** Of a `switch`: where a `break` left it. */
  broken?: Environment[] | undefined;
  /** What is being run around this: a function that calls itself is not run again. */
  open: readonly FunctionForm[];
  summary: Summary;
  /** The call that was evaluated last: what asks of a call that has just been made need not evaluate it again. */
  last: Parts | null;
  /** The call that is a statement of its own, and is being evaluated. */
  doing?: Span | null;
}

/** What a `raise` of Python or a `throw` of TypeScript was given, and the name of the error. */
export interface Raised {
  name: string;
  text: Value;
}

/** A call with what it is made of. */
export interface Parts {
  call: Call;
  receiver: Value | null;
  callee: Value;
  /** The values of its arguments, as they are written. */
  given: readonly Value[];
  args: Arguments;
}

/** What matters of a function's parameters to whoever calls it. */
export interface Summary {
  /** Parameters (by index) that come to a sink, or into what is returned, or are called. */
  matters: Set<number>;
  returns: Value;
  left: Left;
  /** Parameters of which something comes back. */
  back: ReadonlySet<number>;
  /** What it gives itself where it calls itself: this parameter is given something of that one. */
  again: [to: number, from: number][];
  /** Parameters that go to functions of files that are not there, and who asks for these where what is given matters. */
  asks: { index: number; ask: () => void }[];
}

/** What a check has shown, by the keys of values. `whole`: it asks nothing else; else it may know more than is read here. */
export interface Shown {
  labels: ReadonlyMap<string, number>;
  whole: boolean;
}

/** What a function of Go has left in what it was given by its address, by the index of the parameter. */
export type Left = ReadonlyMap<number, Value>;

/** What was put into the fields of a class anywhere; `version` changes with it. */
export interface Store {
  fields: Map<string, Value>;
  version: number;
}

/** Looks on while a program is run, and may say more of a value than the models do. */
export interface Observer {
  /** A call of a library, or of something that is not known, and what it gives. */
  called(run: Run, frame: Frame, one: Evaluated, result: Value): Value;
  /** A function of the program is called, there. */
  entered(frame: Frame, closure: Closure, span: Span): void;
  /** Functions of the program have been called, with these arguments. */
  handed(run: Run, frame: Frame, one: Evaluated, functions: readonly Closure[]): void;
  /** A function is made whose decorators have not been looked at. */
  decorated(run: Run, frame: Frame, closure: Closure): void;
  /** What a library gives to a function of the program as a parameter. */
  given(run: Run, frame: Frame, one: Evaluated, closure: Closure, index: number, value: Value): Value;
}

export interface Run {
  observer: Observer | null;
  /** What an expression is; what stands in it happens. Here, so that the parts of the interpreter need not import each other. */
  evaluate(frame: Frame, expression: Expression): Value;
  runBody(
    closure: Closure,
    env: Environment,
    how: { depth: number; open: readonly FunctionForm[]; summary?: Summary },
  ): Value;
  callFunction(frame: Frame, closure: Closure, args: Arguments, span: Span): Value;
  program: Program;
  /** How many files are asked about. */
  files: number;
  /** The file whose own code, or function, is being run with all that follows from it. */
  begun: string;
  modelsOf(language: Language): Models;
  /** The label of a kind of sink. */
  labelOf(kind: string): number;
  /** Decides which holes of a value are dangerous at a sink of this kind. */
  judge(kind: string, value: Value, before?: string): readonly Hole[];
  hits: Hit[];
  /** Hits of parameters alone: who calls decides what comes there. */
  suspects: Hit[];
  /** How libraries are used wrongly, by language. */
  usesOf(language: Language): UseTable;
  useHits: UseHit[];
  /** Uses of libraries to which a caller has led with values that are known, by `keyOfClause`. */
  settled: Set<string>;
  /** Every clause that was asked, for whoever wants to know why a rule is silent. */
  asked: Asked[] | null;
  reached: Reached[];
  /** The names of files whose own code has run, or is being run, by path. */
  globals: Map<string, Environment>;
  /** Names that files have from others, by path and name. */
  imported: Map<string, Value | null>;
  /** Files whose own code is being run. */
  loading: number;
  summaries: Map<string, Summary | 'open'>;
  /** Summaries that are being made, by the key of their function. */
  open: Map<string, Summary>;
  /** The classes of libraries that a class extends, by its key. */
  bases: Map<string, readonly string[]>;
  results: Map<string, { value: Value; left: Left; raised: readonly Raised[] }>;
  /** What is raised is collected here. `by`: the function of the `try`; null: one that is called, perhaps in a `try`. */
  raised: { by: FunctionForm | null; all: Raised[] } | null;
  /** Steps that it took to find them, by the key of the function. */
  costs: Map<string, number>;
  /** What checks of the program itself have shown, by what they were given. */
  shown: Map<string, Shown | null>;
  /** By the key of the class. */
  stores: Map<string, Store>;
  /** Handlers that files registered while they were loaded: they run when all is loaded. */
  deferred: { begun: string; what: () => void }[];
  /** What `this` is in a function that is no method of a class: the object that it was put into, or how that is written. */
  holders: Map<FunctionForm, Value | Expression>;
  /** What functions leave for each other on objects of a library, by the field's name. */
  states: Map<string, Value>;
  /** By the path of a file: how often one of its functions put what others decide into a name of the file. */
  shared: Map<string, number>;
  /** The handlers of routes, with how they were registered. */
  registered: Map<FunctionForm, readonly Registered[]>;
  /** Handlers that were run with what stands before them: by their own parameters alone less is known. */
  served: Set<FunctionForm>;
  /** By the path of a file: its calls that register handlers behind checks, and are understood. */
  servedAt: Map<string, Span[]>;
  /** Functions that put something else into a part of a request: what was shown of it before holds no more. */
  rewritten: Set<FunctionForm>;
  /** What `router.use(check)` has shown of requests before all that is registered on that router later. */
  used: Map<string, Shape>;
  /** JSON schemas that others name, by their id. */
  jsonSchemas: Map<string, Value>;
  /** What was written beside functions where they were given away. */
  standing: Map<FunctionForm, readonly Standing[]>;
  /** What a function has shown of a request where it lets it go on. */
  goesOn: Map<FunctionForm, Shape>;
  /** What the program's own emitters call, by emitter and event. */
  listeners: Map<string, readonly Closure[]>;
  /** What promises that are made here were settled with, by where they are made. */
  promises: Map<string, Value>;
  /** Imports whose files are not there and to which something outside goes. */
  wanted: Map<string, Wanted>;
  /** Functions whose results a framework puts in, while they are looked at. */
  injecting: Set<string>;
  /** Steps that are left in all, and for what is begun with now: one function cannot spend what belongs to the others. */
  work: { left: number; share: number };
  /** Files with something that asks for more than that. */
  clipped: Set<string>;
}

/** False: the budget is spent, and nothing more is looked at. */
export function spend(run: Run, cost = 1): boolean {
  run.work.left -= cost;
  run.work.share -= cost;
  if (run.work.left > 0 && run.work.share > 0) return true;
  clip(run);
  return false;
}

/** Not all of what was begun with is looked at. */
export function clip({ clipped, begun }: Run): void {
  clipped.add(begun);
}

/** The same for a text that is searched for a name of the code itself: a thousand characters take as long as a step. */
export function spendOnText(run: Run, { length }: string): boolean {
  return spend(run, Math.ceil(length / 1000));
}

export function modelsOf(run: Run, home: Home): Models {
  return run.modelsOf(home.module.language);
}

export function placeOf(home: Home, span: Span): Place {
  return { path: home.path, span };
}

const SPACED = /\s\s|[^\S ]/;

/** The source text of a span, on one line and not too long. */
export function sourceOf(home: Home, [start, end]: Span, most = 80): string {
  const written = home.text.slice(start, Math.min(end, start + 4 * most));
  // Nearly always it stands on one line, and is asked for with every expression.
  const text = (SPACED.test(written) ? written.replace(/\s+/g, ' ') : written).trim();
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

export function storeOf(run: Run, ref: ClassRef): Store {
  const known = run.stores.get(ref.key);
  if (known) return known;
  const made: Store = { fields: new Map(), version: 0 };
  run.stores.set(ref.key, made);
  return made;
}

/** What a function has from around itself: with another version of it, what was known of its calls is old. */
export function versionOf(run: Run, closure: Closure): string {
  const owner = ownerOf(closure);
  return `${owner ? storeOf(run, owner).version : 0} ${run.shared.get(closure.home.path) ?? 0}`;
}

/** A function of a file, or a method of its classes, with the names of the file around it. */
export function closureOf(run: Run, home: Home, form: FunctionForm): Closure {
  return { key: `${home.path}:${form.id}`, home, form, around: run.globals.get(home.path) ?? null };
}

export function createSummary(): Summary {
  return { matters: new Set(), returns: EMPTY, left: new Map(), back: new Set(), again: [], asks: [] };
}

/** The beginning of a run of a function. */
export function createFrame(
  closure: Closure,
  env: Environment,
  { depth = 1, open = [], summary = createSummary() }: Partial<Pick<Frame, 'depth' | 'open' | 'summary'>> = {},
): Frame {
  return { closure, env, depth, open, summary, returns: [], made: [], left: [], inLoop: false, last: null };
}

export type Call = Extract<Expression, { kind: 'call' }>;

export interface Arguments {
  list: readonly Value[];
  named: ReadonlyMap<string, Value>;
  /** What `this` is. */
  self: Value | null;
  /** Is told what the function has left in what it was given. */
  leave?: (left: Left) => void;
}

/** A call with everything in it evaluated. */
export interface Evaluated {
  call: Call;
  receiver: Value | null;
  /** The last name of what is called. */
  method: string;
  /** Resolved: `pg.Client.query`. */
  name: string | null;
  args: Arguments;
}

/** The type or class whose method a function is; empty: of none. */
export function ownerName({ module }: Home, { owner, receiver }: FunctionForm): string {
  return receiver ?? (owner === null ? '' : (module.classes[owner]?.name ?? ''));
}

/** The function around, with its class: what a finding says where it is. */
export function symbolOf({ closure: { home, form } }: Pick<Frame, 'closure'>): string {
  const named = functionsAround(home.module, form).find(({ name }) => name !== '');
  return [ownerName(home, form), named?.name ?? ''].filter((part) => part !== '').join('.');
}

/** What the callers of the functions that are being summed up give decides something: those are run with it. */
export function noteMatters(run: Run, values: readonly (Value | null)[]): void {
  for (const value of values) if (value) noteTaints(run, taintsOf(value));
}

export function noteTaints(run: Run, taints: readonly Taint[]): void {
  for (const { parameter } of taints) if (parameter) run.open.get(parameter.function)?.matters.add(parameter.index);
}
