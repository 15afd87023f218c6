import type { FunctionForm, Language } from '../languages/form.ts';
import type { Models } from './data/models.ts';
import type { UseTable } from './data/use-table.ts';
import { globalsOf } from './program/lookup.ts';
import type { Program } from './program/program.ts';
import { isInHandler } from './requests/is-handler.ts';
import { isLimitedByRoute } from './requests/limited-by-route.ts';
import { isCheckedBefore, reachOfHit } from './requests/route-reach.ts';
import { isServedAlone } from './requests/served.ts';
import { listUsers, wantStanding } from './requests/standing.ts';
import { callFunction, summarise } from './run/call-function.ts';
import { runDecorated } from './run/decorated.ts';
import { evaluate } from './run/evaluate.ts';
import { runBody } from './run/execute.ts';
import { clip, closureOf, type Hit, type Observer, type Reached, type Run, sourceOf, type Wanted } from './run/run.ts';
import { keyOfClause, keyOfUse, matchDeclared, matchImports } from './uses/match-uses.ts';
import type { Asked, UseHit } from './uses/use-hit.ts';
import type { Hole, Home, Value } from './values/value.ts';

export interface Options {
  modelsOf(language: Language): Models;
  usesOf(language: Language): UseTable;
  labelOf(kind: string): number;
  judge(kind: string, value: Value, before?: string): readonly Hole[];
  /** Steps of evaluation: about 2,000,000 a second. */
  budget: number;
  /** Every clause of a use that is asked is noted. */
  explain?: boolean;
  /** Of these, what one beginning (a file's own code, a function) may take. */
  share?: number;
  observer?: Observer;
}

export interface Found {
  run: Run;
  hits: readonly Hit[];
  /** Where parameters come to sinks, and no caller is known that says what they are. */
  suspects: readonly Hit[];
  uses: readonly UseHit[];
  asked: readonly Asked[];
  reached: readonly Reached[];
  /** Imports without whose files the way of something outside is not known. */
  wanted: readonly Wanted[];
  /** Files that ask for more work than they may cost: what was found is right, what was not looked at is unknown. */
  clipped: ReadonlySet<string>;
}

/** How many functions of a file may be as expensive as that before nothing is left. */
const SHARES = 10;
/** How many shares one of them may take while most of the budget is left: few files have a second one like that. */
const MOST_SHARES = 5;

/** Everything that others decide and that comes to a sink in these files, which belong to the program. */
export function findFlows(program: Program, files: readonly Home[], options: Options): Found {
  const run = runProgram(program, files, options);
  wantStanding(run, files, run.hits);
  return {
    run,
    hits: byReach(run, dropSame(run.hits.filter((hit) => !isLimitedByRoute(run, hit)))),
    suspects: dropKnown(run, dropSame(run.suspects)),
    uses: dropSameUses(run.useHits.filter((hit) => !(hit.ofCallers && run.settled.has(keyOfClause(hit))))),
    asked: run.asked ?? [],
    reached: [...run.reached],
    wanted: [...run.wanted.values()],
    clipped: run.clipped,
  };
}

/** Runs the code of these files and each of their functions once, and more often where its arguments matter. */
export function runProgram(program: Program, files: readonly Home[], options: Options): Run {
  const run = createRun(program, files.length, options);
  runFiles(run, files, options.share ?? options.budget / files.length / SHARES);
  return run;
}

function createRun(program: Program, files: number, options: Options): Run {
  const run: Run = {
    ...options,
    observer: options.observer ?? null,
    evaluate: (frame, expression) => evaluate(run, frame, expression),
    runBody: (closure, env, how) => runBody(run, closure, env, how),
    callFunction: (frame, closure, args, span) => callFunction(run, frame, closure, args, span),
    program,
    files,
    begun: '',
    hits: [],
    suspects: [],
    useHits: [],
    settled: new Set(),
    asked: options.explain ? [] : null,
    reached: [],
    globals: new Map(),
    imported: new Map(),
    loading: 0,
    summaries: new Map(),
    open: new Map(),
    bases: new Map(),
    results: new Map(),
    raised: null,
    costs: new Map(),
    shown: new Map(),
    stores: new Map(),
    deferred: [],
    holders: new Map(),
    states: new Map(),
    shared: new Map(),
    registered: new Map(),
    served: new Set(),
    servedAt: new Map(),
    rewritten: new Set(),
    used: new Map(),
    jsonSchemas: new Map(),
    standing: new Map(),
    goesOn: new Map(),
    listeners: new Map(),
    promises: new Map(),
    wanted: new Map(),
    injecting: new Set(),
    work: { left: options.budget, share: 0 },
    clipped: new Set(),
  };
  return run;
}

/**
 * Runs files in a program that may have run others before.
 *
 * @param share steps that one beginning (a file's own code, a function) may take
 */
export function runFiles(run: Run, files: readonly Home[], share: number): void {
  const half = run.work.left / 2;
  const begin = (path: string, what: () => void): void => {
    run.begun = path;
    if (run.work.left <= 0) return clip(run);
    run.work.share = Math.max(share, Math.min(share * MOST_SHARES, run.work.left - half));
    try {
      what();
    } catch (error) {
      // Ten thousand functions that call each other end the stack: what was begun is left, the others are looked at.
      if (!(error instanceof RangeError)) throw error;
      clip(run);
      run.summaries.clear();
      run.open.clear();
    }
  };
  for (const home of listUsers(run, files)) begin(home.path, () => globalsOf(run, home));
  for (const home of files) {
    begin(home.path, () => globalsOf(run, home));
    begin(home.path, () => matchImports(run, home));
    begin(home.path, () => matchDeclared(run, home));
  }
  for (const { begun, what } of run.deferred) begin(begun, what);
  run.deferred = [];
  for (const home of files)
    for (const form of handlersLast(home)) {
      if (form.parent !== 0 || isServedAlone(run, home, form)) continue;
      begin(home.path, () => summarise(run, closureOf(run, home, form)));
      begin(home.path, () => runDecorated(run, closureOf(run, home, form)));
    }
}

/** Who registers a handler says what stands before it. */
function handlersLast(home: Home): readonly FunctionForm[] {
  const { functions, language } = home.module;
  if (language !== 'typescript') return functions;
  const handlers = new Set(functions.filter((form) => isInHandler(home, form)));
  return [...functions.filter((form) => !handlers.has(form)), ...handlers];
}

const BODY = /^the body of the (?:request|event)$|\bfile of the request$/;
/** What reads bodies as the forms of pages send them. */
const FORMS = /urlencoded|multipart|bodyParser\(\)|multer|formidable|busboy|formbody|koa-body|parseBody|formData/i;

/** What is harmed by the shape of what comes in: an object for a text, a field that nobody named. */
const SHAPES = new Set(['nosql', 'record', 'lookup', 'merge']);

/**
 * A page that no browser can be made to ask for is read by nobody; what only those may send whom the service trusts is less bad (but
 * for a page: theirs are the browsers that it hurts).
 */
function byReach(run: Run, hits: readonly Hit[]): Hit[] {
  const homes = new Map(run.program.homes.map((home) => [home.path, home]));
  return hits.flatMap((hit) => {
    const reach = reachOfHit(run, homes, hit);
    // A form of another site sends a body to those handlers that take one from forms, and whose users are known by a cookie.
    const isBody = hit.holes.every(({ taints }) => taints.every(({ says }) => BODY.test(says)));
    if (hit.kind === 'html') {
      if (reach === 'api') return [];
      if (!isBody) return [hit];
      if (reach === 'unknown') return [{ ...hit, senders: 'forms' as const }];
      return [FORMS.test(hit.home.text) ? hit : { ...hit, senders: 'few' as const }];
    }
    if (reach === 'admin') return [{ ...hit, senders: 'admins' as const }];
    // What a schema lets through is not read here: a text in place of an object, the fields that a caller may set.
    if (SHAPES.has(hit.kind) && isCheckedBefore(run, homes, hit)) return [{ ...hit, senders: 'checked' as const }];
    if (reach === 'signed' && isBody) return [{ ...hit, senders: 'signed' as const }];
    // A schema, which is not read here, says who may ask: most fields that name files and servers are for whoever runs the service.
    const isQuery = hit.holes.every(({ taints }) => taints.every(({ says }) => says === 'the arguments of the query'));
    return [
      reach === 'unknown' && isQuery && /^(?:path|url)$/.test(hit.kind) ? { ...hit, senders: 'few' as const } : hit,
    ];
  });
}

/** Of a place to which a caller has led as well it is known what comes there. */
function dropKnown(run: Run, suspects: readonly Hit[]): Hit[] {
  if (suspects.length === 0) return [];
  const key = (kind: string, { path, span: [start] }: Hit['place'], text: string): string =>
    `${kind} ${path} ${start} ${text}`;
  const known = new Set(
    run.reached.flatMap(({ kind, place, text, outcome }) => (outcome === 'callers' ? [] : key(kind, place, text))),
  );
  return suspects.filter(
    ({ kind, place, argument, home }) => !known.has(key(kind, place, sourceOf(home, argument.span, 60))),
  );
}

/** A way that is found by several calls is one: the first. */
function dropSame(hits: readonly Hit[]): Hit[] {
  const key = ({ kind, place, holes }: Hit): string => {
    const [first] = holes[0]?.taints[0]?.steps ?? [];
    return `${kind} ${place.path} ${place.span[0]} ${first?.path} ${first?.span[0]}`;
  };
  return [...new Map([...hits].reverse().map((hit) => [key(hit), hit])).values()].reverse();
}

/** A call is evaluated for each way to it: it is told once, by the first clause of a rule that holds. */
function dropSameUses(hits: readonly UseHit[]): UseHit[] {
  const first = new Map<string, UseHit>();
  for (const hit of hits) {
    const key = keyOfUse(hit);
    const known = first.get(key);
    if (!known || hit.use.index < known.use.index) first.set(key, hit);
  }
  return [...first.values()];
}
