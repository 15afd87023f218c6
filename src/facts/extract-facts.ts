import type { Role } from '../flows/data/fact-keys.ts';
import { compileUses } from '../flows/data/use-table.ts';
import { runFiles, runProgram } from '../flows/find-flows.ts';
import type { FlowData } from '../flows/flow-data.ts';
import { atTop } from '../flows/program/class-bases.ts';
import type { Program } from '../flows/program/program.ts';
import { summarise } from '../flows/run/call-function.ts';
import { pickAt } from '../flows/run/pick-arguments.ts';
import { closureOf, type Observer, type Run, symbolOf } from '../flows/run/run.ts';
import type { Closure, Home, Value } from '../flows/values/value.ts';
import type { FunctionForm, Language } from '../languages/form.ts';
import type { FactPlace, Facts, Message, Middleware, Overwrite, PlacedFunction, Route, Slip } from './facts.ts';
import { createProcedures } from './procedures/note-procedures.ts';
import { findOverwrites, type Overwrite as Overwritten } from './queries/find-overwrites.ts';
import { listRepeated } from './queries/list-repeated.ts';
import { listTransactions, openTransactions } from './queries/list-transactions.ts';
import { createTransactions } from './queries/transactions.ts';
import { compileFactModels, type FactModels } from './read/compile-fact-models.ts';
import { callAt, createDoings } from './read/doings.ts';
import { findSettings, isSecretName } from './read/find-settings.ts';
import { createFunctionNotes, type FunctionNotes } from './read/function-notes.ts';
import { listAnswers, listInputs, listStatuses, type PlacedInputs } from './read/list-answers.ts';
import { listBound } from './read/list-inputs.ts';
import { createLook, find } from './read/look.ts';
import { createAnswers } from './read/note-answers.ts';
import { noteDecorated } from './read/note-decorated.ts';
import { noteFiles } from './read/note-files.ts';
import { createOthers, type PlacedMessage } from './read/note-others.ts';
import { createQueries } from './read/note-queries.ts';
import { noteRoute, noteScope } from './read/note-routes.ts';
import { createStatuses } from './read/note-statuses.ts';
import { placed, placesOfForms } from './read/placed.ts';
import { nameOfValue } from './read/read-argument.ts';
import { canRefuse } from './routes/can-refuse.ts';
import { rolesOfName, rolesOfStatuses } from './routes/decide-roles.ts';
import { type Before, createRouterGraph, type RouterGraph } from './routes/router-graph.ts';
import { writtenIn } from './routes/written-in.ts';
import { findAbsentResults } from './slips/find-absent-results.ts';
import { findAnsweredHashes } from './slips/find-answered-hashes.ts';
import { findAnsweredOn } from './slips/find-answered-on.ts';
import { findBoundRows } from './slips/find-bound-rows.ts';
import { findFailedResults } from './slips/find-failed-results.ts';
import { findForeignRows } from './slips/find-foreign-rows.ts';
import { findKeptValues } from './slips/find-kept-values.ts';
import { findLazyRelations } from './slips/find-lazy-relations.ts';
import { findLocksTakenTwice } from './slips/find-locks-taken-twice.ts';
import { findMixedTimes } from './slips/find-mixed-times.ts';
import { findOpenGetters } from './slips/find-open-getters.ts';
import { findRecursiveQueries } from './slips/find-recursive-queries.ts';
import { findSentSecrets } from './slips/find-sent-secrets.ts';
import { findSplitWrites } from './slips/find-split-writes.ts';
import { findStrayedRows } from './slips/find-strayed-rows.ts';
import { findUnaskedRows } from './slips/find-unasked-rows.ts';
import { findUnguardedMethods } from './slips/find-unguarded-methods.ts';
import { findUnlockedFields } from './slips/find-unlocked-fields.ts';
import { listSlips } from './slips/list-slips.ts';
import type { FoundSlip } from './slips/slip.ts';
import { wantOfSlips } from './slips/want-of-slips.ts';

/** No rule is asked. */
const NO_USES = compileUses([]);
/** Steps of evaluation for each file, and for each function or file's own code. */
const STEPS_A_FILE = 400_000;
const STEPS_A_BEGINNING = 4_000_000;

/** What was read of a program; `functions`: those of its files with a name of their own. */
export interface Extracted {
  facts: Facts;
  functions: readonly PlacedFunction[];
  /** Those of all files that are known. */
  known: readonly PlacedFunction[];
  /** Some files ask for more work than they may cost: facts of theirs may be missing. */
  clipped: boolean;
}

/** Looks on while a program runs, and tells what its code says about itself when it has run. */
export interface Watch {
  observer: Observer;
  /**
   * @param ran the files that have run
   *
   * `clipped`: some of them ask for more work than they may cost, and not all of their facts are there.
   */
  facts(run: Run, ran: readonly Home[]): Extracted;
}

/** What the code of these files says about itself. A pure function of the files: base and head are read alike. */
export function extractFacts(program: Program, data: FlowData, asked: readonly Home[] = program.homes): Extracted {
  const watch = watchFacts(data);
  const run = runProgram(program, asked, {
    ...data,
    usesOf: () => NO_USES,
    budget: STEPS_A_FILE * asked.length,
    share: STEPS_A_BEGINNING,
    observer: watch.observer,
  });
  return watch.facts(run, asked);
}

/** Of the other files of a package: it may say how requests come to a handler, or call something while a transaction is open. */
const MAY_LEAD =
  /\b(?:Handle\w*|Methods|Group|Mount|Route|Use|With|Any|Match|GET|POST|PUT|PATCH|DELETE|Register\w*)\(|\.(?:Get|Post|Put|Patch|Delete)\(\s*["`]|[bB]egin|[tT]ransaction|[a-z]Tx\b/;

export function watchFacts(data: FlowData): Watch {
  const modelsOf = (language: Language): FactModels => compileFactModels(data.librariesOf(language));
  const graph = createRouterGraph();
  const notes = createFunctionNotes();
  const statuses = createStatuses(notes);
  const doings = createDoings();
  const transactions = createTransactions();
  const queries = createQueries(transactions);
  const others = createOthers(doings);
  const answers = createAnswers();
  const procedures = createProcedures();
  const inputs: PlacedInputs[] = [];
  const observer: Observer = {
    called(run, frame, one, result) {
      wantOfSlips(run, frame.closure.home, one);
      const look = createLook(run, frame, one, modelsOf(frame.closure.home.module.language));
      const { form } = frame.closure;
      statuses.note(look);
      const role = find(look, look.models.role)?.model;
      if (role && role !== 'nothing') notes.role(form, role);
      answers.note(look);
      const input = find(look, look.models.input)?.model;
      const [bound] = input ? pickAt(one, input.at) : [];
      if (bound) inputs.push({ closure: frame.closure, inputs: listBound(run, bound.value), span: one.call.span });
      const routed = noteRoute(graph, look, wrapped(one.receiver, one.args.list, result));
      return queries.note(look, others.note(look, procedures.note(look, routed)));
    },
    entered(frame, closure, span) {
      notes.calls(frame.closure.form, closure);
      doings.calls(frame.closure.home, span, closure);
    },
    handed: (run, frame, one, functions) => statuses.handed(run, frame, one, functions),
    decorated(run, frame, closure) {
      const models = modelsOf(closure.home.module.language);
      noteDecorated(graph, run, frame, closure, models);
      others.decorated(run, frame, closure, models);
      procedures.decorated(run, frame, closure, models);
    },
    given(run, frame, one, closure, index, value) {
      const look = createLook(run, frame, one, modelsOf(frame.closure.home.module.language));
      return procedures.given(look, index, noteScope(graph, look, closure, index, value));
    },
  };
  const tell = (run: Run, ran: readonly Home[]): Extracted => {
    // The files of a package are one.
    const homes = [...new Set(ran.flatMap((home) => [home, ...run.program.beside(home)]))];
    run.work.left = STEPS_A_FILE * homes.length;
    const leading = homes.slice(ran.length).filter(({ text }) => MAY_LEAD.test(text));
    runFiles(run, leading, STEPS_A_BEGINNING);
    // What stands before a route, or answers it, in a file that was not asked about.
    for (const closure of graph.functions()) if (!homes.includes(closure.home)) summarise(run, closure);
    const clipped = run.clipped.size > 0;
    run.work.left = run.work.share = Number.MAX_SAFE_INTEGER;
    run.observer = null;
    for (const home of homes) noteFiles(graph, run, home, modelsOf(home.module.language));
    for (const home of homes)
      for (const form of home.module.functions)
        for (const closure of isUnderDecorator(home, form) ? [closureOf(run, home, form)] : []) {
          const models = modelsOf(home.module.language);
          noteDecorated(graph, run, atTop(run, home), closure, models);
          others.decorated(run, atTop(run, home), closure, models);
          procedures.decorated(run, atTop(run, home), closure, models);
        }
    const settings = homes.flatMap((home) =>
      findSettings(run, home, modelsOf(home.module.language)).map(({ name, span }) => ({
        name,
        secret: isSecretName(name),
        place: placed(home, span),
      })),
    );
    for (const { operation, home, span, filter } of queries.list())
      doings.did({ does: operation === 'select' ? 'read' : 'write', call: callAt(home, span), home, span, by: filter });
    const routes = listRoutes(graph, notes, modelsOf);
    const facts: Facts = {
      routes,
      answers: listAnswers(run, graph, answers.list(), routes),
      statuses: listStatuses(answers.statuses(), routes),
      inputs: listInputs(run, graph, inputs, routes),
      queries: queries.list().map(({ home, span, within, form, ...one }) => ({
        ...one,
        within: placed(home, within),
        through: placesOfForms(run.program, notes.callersOf(form)),
        place: placed(home, span),
      })),
      outgoing: others.outgoing().map(({ home, span, ...one }) => ({ ...one, place: placed(home, span) })),
      consumers: others.consumers().map(placeMessage),
      producers: others.producers().map(placeMessage),
      procedures: procedures.list(run, homes, (home) => modelsOf(home.module.language)),
      settings,
      repeated: listRepeated(homes, doings),
      overwrites: homes.flatMap(findOverwrites).map(placeOverwrite),
      slips: [
        ...homes.flatMap(listSlips),
        ...findAbsentResults(homes, run.program.homes),
        ...findAnsweredOn(homes, run.program.homes),
        ...findAnsweredHashes(homes, run.program.homes),
        ...findMixedTimes(homes, run.program.homes),
        ...findOpenGetters(homes, run.program.homes),
        ...findBoundRows(homes, run.program.homes),
        ...findFailedResults(homes, run.program.homes),
        ...findForeignRows(homes, run.program.homes),
        ...findSentSecrets(homes, run.program.homes),
        ...findStrayedRows(homes),
        ...findUnaskedRows(homes, run.program.homes),
        ...findUnguardedMethods(homes),
        ...findUnlockedFields(homes),
        ...findKeptValues(homes),
        ...findLazyRelations(homes, run.program.homes),
        ...findLocksTakenTwice(homes, run.program.homes),
        ...findRecursiveQueries(homes, doings),
        ...findSplitWrites(homes, openTransactions(homes, transactions, modelsOf), doings),
      ].map(placeSlip),
      transactions: listTransactions(homes, transactions, doings, modelsOf),
    };
    return {
      facts: sortFacts(facts),
      functions: ran.flatMap(listFunctions),
      known: run.program.homes.flatMap(listFunctions),
      clipped,
    };
  };
  return { observer, facts: tell };
}

/** A method that has decorators, or whose class has some. */
function isUnderDecorator({ module }: Home, { owner, decorators }: FunctionForm): boolean {
  return owner !== null && (decorators.length > 0 || (module.classes[owner]?.decorators.length ?? 0) > 0);
}

/** `wrap(handler)` of a library gives what behaves as the handler does. */
function wrapped(receiver: Value | null, args: readonly Value[], result: Value): Value {
  const functions = args.flatMap((value) => value.functions);
  return receiver === null && functions.length === 1 && result.functions.length === 0
    ? { ...result, functions }
    : result;
}

function listRoutes(graph: RouterGraph, notes: FunctionNotes, modelsOf: (language: Language) => FactModels): Route[] {
  // What stands before every route of a router is asked once.
  const told = { own: new Map<Before, Middleware>(), others: new Map<Before, Middleware>() };
  return graph.list().flatMap(({ event, ways }) =>
    ways.flatMap(({ path, before, whole }) => {
      const { home, handler, span } = event;
      const models = modelsOf(home.module.language);
      const tell = (one: Before, own: boolean): Middleware => {
        const known = told[own ? 'own' : 'others'];
        const middleware = known.get(one) ?? tellMiddleware(one, own, notes, models);
        known.set(one, middleware);
        return middleware;
      };
      const around = event.around.map((one) => ({ name: one.name, does: rolesAround(one, notes, models), own: true }));
      const middleware = [
        ...before.map((one) => tell(one, false)),
        ...event.before.map((one) => tell(one, true)),
        // What only logs or catches is no news.
        ...around.filter(({ does }) => does.length > 0),
      ];
      const [closure] = handler.value?.functions ?? [];
      const own = notes.of(closure ? [closure.form] : []);
      // A log-in answers with 401, and lets everybody in who asks.
      const refuses = LETS_IN.test(path) ? [] : rolesOfStatuses(own.statuses);
      const does = new Set([...middleware.flatMap((one) => one.does), ...own.roles, ...refuses]);
      const made = graph.placeOf(event.router);
      return event.methods.map((method) => ({
        method,
        path,
        whole: whole && !path.includes('…'),
        router: made && placed(made.home, made.span),
        middleware,
        authorised: does.has('authorises'),
        validated: event.validated || does.has('validates'),
        limited: does.has('limits'),
        handler: {
          name: handler.name,
          place: closure ? placeOfFunction(closure) : null,
        },
        statuses: [...new Set([...(event.status === null ? [] : [event.status]), ...own.statuses])].sort(
          (a, b) => a - b,
        ),
        place: placed(home, span),
      }));
    }),
  );
}

const LETS_IN = /log-?_?in|sign-?_?in|token|session|auth|refresh|password/i;

/** A decorator of NestJS that only sets metadata, by the name that its documentation gives it, where the file that makes it is not seen. */
const MARK = /^(?:[.@~]|src\/)[^'"\s]*\.(?:Requires?)?(?:Roles?|Permissions?|Scopes?)$/;

function tellMiddleware(one: Before, own: boolean, notes: FunctionNotes, models: FactModels): Middleware {
  const does = rolesOf(one, notes, models);
  // `Roles = (...names) => SetMetadata('roles', names)`. Source: docs.nestjs.com/guards, Setting roles per handler.
  const marks = MARK.test(one.value?.name ?? '') ? { marks: true as const } : null;
  if (!passesAll(one, notes)) return { name: one.name, does, own, ...marks };
  return { name: one.name, does: does.filter((role) => role !== 'authorises'), own, passesAll: true };
}

/** By what it is, what it does, or else by its name. */
function rolesOf({ name, value }: Before, notes: FunctionNotes, models: FactModels): readonly Role[] {
  const of = value?.name?.replace(/\(\)$/, '') ?? null;
  const known = of === null ? null : models.role(of);
  if (known) return known.model === 'nothing' ? [] : [known.model];
  const functions = value?.functions ?? [];
  const { statuses, roles } = notes.of(functions.map(({ form }) => form));
  const inside = notes.ownOf(functions.flatMap(writtenIn));
  // Of a call its name, not what it is given; but of `wrap(auth.jwt)` what it is given if its own name says nothing.
  const said = name === 'inline function' && value ? nameOfValue(value) : name;
  const [, inner] = /^[\w.]+\(([\w.]+)\)$/.exec(said) ?? [];
  const outer = rolesOfName(said.replace(/\(.*/s, ''));
  const named = outer.length === 0 && inner !== undefined ? rolesOfName(inner) : outer;
  return [...new Set([...roles, ...rolesOfStatuses([...statuses, ...inside.statuses]), ...named])];
}

/** It is a function of the program, wholly seen, and turns nobody away. */
function passesAll({ value }: Before, notes: FunctionNotes): boolean {
  if (!value || value.name !== null || value.functions.length === 0) return false;
  return value.functions.every((closure) => {
    const { roles, ...answers } = notes.of([closure.form]);
    const statuses = [...answers.statuses, ...notes.ownOf(writtenIn(closure)).statuses];
    return (
      roles.size === 0 &&
      !canRefuse(
        closure,
        (form) => notes.calleesOf(form),
        statuses.some((code) => code >= 300),
      )
    );
  });
}

/** Of a function that gets the handler: what it does itself, and not what the handlers do that it calls. */
function rolesAround(one: Before, notes: FunctionNotes, models: FactModels): readonly Role[] {
  const [closure] = one.value?.functions ?? [];
  // `pm := auth.Perm`
  const meant = one.value ? rolesOfName(nameOfValue(one.value)) : [];
  if (!closure) return [...new Set([...rolesOf(one, notes, models), ...meant])];
  const { form, home } = closure;
  const inside = home.module.functions.filter(({ parent }) => parent === form.id);
  const own = notes.ownOf([form, ...inside]);
  return [...new Set([...own.roles, ...rolesOfStatuses(own.statuses), ...rolesOfName(one.name.replace(/\(.*/s, ''))])];
}

function placeMessage({ home, span, handlers: [handler], ...one }: PlacedMessage): Message {
  return { ...one, handler: { place: handler ? placeOfFunction(handler) : null }, place: placed(home, span) };
}

function placeOverwrite({ home, form, row, field, read, changed, written }: Overwritten): Overwrite {
  return {
    value: row === field ? row : `${row}.${field}`,
    read: placed(home, read),
    written: placed(home, written),
    function: symbolOf({ closure: { key: '', home, form, around: null } }),
    within: placed(home, form.span),
    place: placed(home, changed),
  };
}

function placeSlip({ home, form, span, names, kind, suspected, certain, row, also }: FoundSlip): Slip {
  const said = Object.entries(names).map(([key, one]) => [
    key,
    typeof one === 'string' ? one : String(placed(home, one).startLine),
  ]);
  return {
    kind,
    names: Object.fromEntries(said),
    ...(suspected && { suspected }),
    ...(certain && { certain }),
    ...(row && { row }),
    ...(also && { also: also.map((one) => placed(one.home, one.span)) }),
    function: symbolOf({ closure: { key: '', home, form, around: null } }),
    place: placed(home, span),
  };
}

function listFunctions(home: Home): PlacedFunction[] {
  return home.module.functions
    .filter(({ id, name }) => id !== 0 && name !== '')
    .map((form) => ({
      name: symbolOf({ closure: { key: '', home, form, around: null } }),
      place: placed(home, [Math.min(form.span[0], ...form.decorators.map(({ span }) => span[0])), form.span[1]]),
    }));
}

function placeOfFunction({ home, form }: Closure): FactPlace {
  return placed(home, [form.at[0], form.span[1]]);
}

/** In the order in which they stand; nothing depends on the order in which the program is run. */
function sortFacts(facts: Facts): Facts {
  const compare = (a: { place: FactPlace }, b: { place: FactPlace }): number =>
    a.place.path < b.place.path ? -1 : a.place.path > b.place.path ? 1 : a.place.startLine - b.place.startLine;
  return Object.fromEntries(
    Object.entries(facts).map(([kind, all]) => [kind, all.toSorted(compare)]),
  ) as unknown as Facts;
}
