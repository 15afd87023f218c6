import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import type { Expression, FunctionForm, Statement } from '../../languages/form.ts';
import { visitOne } from '../../languages/visit-expressions.ts';
import { type Call, textOf } from './call-chain.ts';
import { flat, leaves } from './flat.ts';
import { MOST_LOOKS } from './limits.ts';
import { definitionsOf } from './result-of.ts';
import type { FoundSlip } from './slip.ts';

/** What a handler of Go answers by: a parameter of it. */
interface Answerer {
  name: string;
  /** `c.JSON(…)` of gin, echo and fiber; otherwise `http.Error(w, …)`. */
  isContext: boolean;
}

interface Place {
  home: Home;
  by: Answerer;
  program: readonly Home[];
  /** How many calls away the function is that is looked at. */
  depth: number;
  /** Whether functions answer, by how far away they are looked at. */
  known: Map<FunctionForm, boolean[]>;
}

const MOST_DEEP = 2;
/** In one function. */
const MOST_REFUSALS = 20;
/** Functions of that name say no. */
const REFUSES =
  /(?:Err|Error|NotFound|BadRequest|Forbidden|Unauthorized|Denied|Failure|Failed|Abort)(?:JSON|Json|Response|Page|Code|Status|Message|f)?$|^(?:write|send|respond|render|reply|handle|abort)\w*(?:Err|Fail)/;
const ANSWERS =
  /^(?:Fprint\w*|Copy|CopyN|WriteString|Encode|ServeContent|ServeFile|ServeFileFS|Redirect|ServeHTTP|Execute|ExecuteTemplate|OK|Created)$|^(?:[wW]rite|[rR]ender|[rR]espond|[sS]end|[rR]eply|json|JSON|html|HTML)/;
/** It is kept for later: `SetError(w, r, text)` of a session. */
const KEEPS = /^(?:[sS]et|[aA]dd|[gG]et|[nN]ew|[iI]s|[hH]as|[wW]ith|[fF]lash)[A-Z]/;
/** What tries the program out. */
const TRIES = /(?:^|\/)(?:fixtures?|mocks?|fakes?|tests?)\//;
/** They prepare an answer, or tell somebody else. */
const NO_ANSWER = /^(?:log|logger|slog|sentry|metrics|span|WriteHeader|SetCookie)$/i;
const BODIES =
  /^(?:JSON|String|HTML|XML|YAML|Data|IndentedJSON|PureJSON|SecureJSON|JSONP|AsciiJSON|JSONPretty|JSONBlob|File|Redirect|SendString|Send|Blob|Stream|NoContent|AbortWith\w+)$/;
const NO = /\b(?:Status(?!OK\b|Created\b|Accepted\b|NoContent\b|Found\b|SeeOther\b)[A-Z]\w+|[45]\d\d)\b/;
/** Another rule speaks of these. */
const BY_RIGHT = /\b(?:StatusUnauthorized|StatusForbidden|401|403)\b/;

/**
 * Go: a branch answers that it failed, and ends nothing: what stands behind it runs all the same and answers a second time.
 * `http.Error` and `c.JSON` are calls like any other.
 */
export function findAnsweredOn(homes: readonly Home[], program: readonly Home[]): FoundSlip[] {
  const known: Place['known'] = new Map();
  return homes
    .filter(
      ({ module, path, text }) =>
        module.language === 'go' && !TRIES.test(path) && /ResponseWriter|\w\.(?:Context|Ctx)\b/.test(text),
    )
    .flatMap((home) =>
      home.module.functions
        .filter(({ id }) => id !== 0)
        .flatMap((form) => {
          const by = answererOf(form);
          return by ? findIn({ home, by, program, depth: 0, known }, form, form.body, { left: MOST_REFUSALS }) : [];
        }),
    );
}

function answererOf({ parameters }: FunctionForm): Answerer | null {
  for (const { name, type } of parameters) {
    if (type?.kind !== 'named' || name === '_') continue;
    if (type.name === 'http.ResponseWriter') return { name, isContext: false };
    if (/^(?:gin\.Context|echo\.Context|fiber\.Ctx)$/.test(type.name)) return { name, isContext: true };
  }
  return null;
}

/** @param looks how many refusals are still looked at: behind each of them the rest of the block is read */
function findIn(place: Place, form: FunctionForm, body: readonly Statement[], looks: { left: number }): FoundSlip[] {
  const all = flat(body);
  return all.flatMap((one, index) => {
    const inner =
      one.kind === 'if'
        ? [one.yes, one.no]
        : one.kind === 'loop'
          ? [one.body]
          : one.kind === 'switch'
            ? [...one.cases.map((each) => each.body), one.otherwise ?? []]
            : [];
    const deeper = inner.flatMap((block) => findIn(place, form, block, looks));
    const sent = one.kind === 'if' && one.no.length === 0 && !leaves(one.yes) ? refusedIn(place, one.yes) : null;
    if (!sent || one.kind !== 'if' || BY_RIGHT.test(textOf(place.home, sent.span))) return deeper;
    if (looks.left-- <= 0) return deeper;
    const rest = all.slice(index + 1);
    const again = answeredIn(place, rest, namesIn(one.test)) ?? refusedAgain(place, rest, namesIn(one.test));
    if (!again) return deeper;
    const { home } = place;
    return [
      ...deeper,
      {
        kind: 'answered-twice' as const,
        home,
        form,
        span: sent.span,
        suspected: place.by.isContext && calledName(sent.of).startsWith('Abort'),
        names: { ANSWER: shortOf(home, sent), AGAIN: shortOf(home, again), LINE: again.span },
      },
    ];
  });
}

/** `http.Error(w, …)` as the last thing of a branch. */
function refusedIn(place: Place, body: readonly Statement[]): Call | null {
  const last = flat(body).at(-1);
  const call = last && callOf(last);
  return call && refuses(place, call) ? call : null;
}

/** `f(x)` or `_ = f(x)`. */
function callOf(one: Statement): Call | null {
  const value =
    one.kind === 'do' && one.when === 'now'
      ? one.value
      : one.kind === 'set' && one.target.kind === 'name' && one.target.name === '_'
        ? one.value
        : null;
  return value?.kind === 'call' ? value : null;
}

function refuses(place: Place, call: Call): boolean {
  const name = calledName(call.of);
  if (isToldElsewhere(call)) return false;
  if (!place.by.isContext) return isGiven(call, place.by) && REFUSES.test(name);
  if (isOn(call, place.by))
    return (
      BODIES.test(name) && (name.startsWith('Abort') || NO.test(textOf(place.home, call.span).split('\n', 1)[0] ?? ''))
    );
  return isGiven(call, place.by) && REFUSES.test(name) && doesAnswer(place, call);
}

/** The first thing that answers on every way through these statements; what asks for the same again knows of the failure. */
function answeredIn(place: Place, body: readonly Statement[], asked: ReadonlySet<string>): Call | null {
  const open = new Set(asked);
  for (const one of flat(body)) {
    if (one.kind === 'set' && one.target.kind === 'name') open.delete(one.target.name);
    const call = one.kind === 'return' && one.value ? answerIn(place, one.value) : (answerOf(place, one) ?? null);
    if (call) return call;
    if (one.kind === 'return' || one.kind === 'throw' || one.kind === 'leave' || one.kind === 'try') return null;
    if (one.kind === 'if') {
      if ([...namesIn(one.test)].some((name) => open.has(name))) return null;
      const yes = answeredIn(place, one.yes, open);
      if (yes && answeredIn(place, one.no, open)) return yes;
    }
    if (one.kind === 'switch' && one.otherwise) {
      const first = answeredIn(place, one.otherwise, open);
      if (first && one.cases.every((each) => answeredIn(place, each.body, open))) return first;
    }
  }
  return null;
}

/** `if err != nil { http.Error(w, …); return }` further down: this handler ends where it refuses, and did not at the first. */
function refusedAgain(place: Place, body: readonly Statement[], asked: ReadonlySet<string>): Call | null {
  const open = new Set(asked);
  for (const one of body) {
    if (one.kind === 'set' && one.target.kind === 'name') open.delete(one.target.name);
    if (one.kind !== 'if') continue;
    if ([...namesIn(one.test)].some((name) => open.has(name))) return null;
    const sent = leaves(one.yes) ? refusedIn(place, one.yes.slice(0, -1)) : null;
    if (sent) return sent;
  }
  return null;
}

function answerOf(place: Place, one: Statement): Call | null {
  if (one.kind === 'do') return one.when === 'now' ? answerIn(place, one.value) : null;
  return one.kind === 'set' ? answerIn(place, one.value) : null;
}

function answerIn(place: Place, value: Expression): Call | null {
  let found: Call | null = null;
  visitOne(value, (one) => {
    if (one.kind === 'call' && !found && answers(place, one)) found = one;
  });
  return found;
}

function answers(place: Place, call: Call): boolean {
  const name = calledName(call.of);
  if (isToldElsewhere(call)) return false;
  if (place.by.isContext)
    return isOn(call, place.by)
      ? name === 'Status' || BODIES.test(name)
      : isGiven(call, place.by) && doesAnswer(place, call);
  if (isOn(call, place.by)) return name === 'Write';
  if (isGiven(call, place.by)) return REFUSES.test(name) || ANSWERS.test(name);
  // `json.NewEncoder(w).Encode(rows)`
  return name === 'Encode' && call.of.kind === 'field' && call.of.of.kind === 'call' && isGiven(call.of.of, place.by);
}

/** Each function of the program that may be meant answers, whatever way it takes. */
function doesAnswer(place: Place, call: Call): boolean {
  if (place.depth >= MOST_DEEP) return false;
  const named = definitionsOf(place.program).get(calledName(call.of)) ?? [];
  if (named.length > MOST_LOOKS) return false;
  const meant = named.flatMap(({ home, form }) => {
    const by = answererOf(form);
    return by ? [{ form, place: { ...place, home, by, depth: place.depth + 1 } }] : [];
  });
  return meant.length > 0 && meant.length < 4 && meant.every((one) => isAnswering(one.place, one.form));
}

function isAnswering(place: Place, form: FunctionForm): boolean {
  const byDepth = place.known.get(form) ?? [];
  place.known.set(form, byDepth);
  return (byDepth[place.depth] ??= answeredIn(place, form.body, NONE) !== null);
}

const NONE: ReadonlySet<string> = new Set();

function isOn({ of }: Call, { name }: Answerer): boolean {
  if (of.kind !== 'field') return false;
  // `c.Status(400).JSON(…)` of fiber.
  const inner = of.of.kind === 'call' && of.of.of.kind === 'field' ? of.of.of.of : of.of;
  return inner.kind === 'name' && inner.name === name;
}

function isGiven(call: Call, { name }: Answerer): boolean {
  return call.arguments.some(({ value }) => value.kind === 'name' && value.name === name);
}

function isToldElsewhere({ of }: Call): boolean {
  if (NO_ANSWER.test(calledName(of)) || KEEPS.test(calledName(of))) return true;
  return of.kind === 'field' && NO_ANSWER.test(calledName(of.of));
}

function namesIn(test: Expression): Set<string> {
  const names = new Set<string>();
  visitOne(test, (one) => {
    if (one.kind === 'name') names.add(one.name);
  });
  return names;
}

function shortOf(home: Home, { of }: Call): string {
  return `${textOf(home, of.span)}(…)`;
}
