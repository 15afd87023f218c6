import { calledName } from '../../languages/called-name.ts';
import { functionAt, functionsAround } from '../../languages/enclosing.ts';
import type { Expression, FunctionForm, Span, Statement } from '../../languages/form.ts';
import { holds } from '../../languages/holds.ts';
import { memo } from '../../languages/memo.ts';
import { rootName } from '../../languages/root-name.ts';
import {
  blocksOf,
  listBlocks,
  partsOf,
  partsOfStatement,
  visitBody,
  visitOne,
} from '../../languages/visit-expressions.ts';
import { firstThat } from '../../text/first-that.ts';
import { dirOf, joinPath } from '../../text/paths.ts';
import { CHECKS } from '../guards/call-guard.ts';
import type { Home, Place } from '../values/value.ts';

/** Calls that look for something stored under a name. Usually the code stops if there is nothing. */
const LOOKS_UP =
  /^(?:find(?:One|Unique|First|By)\w*|findBy\w+|get\w*(?:By[A-Z]\w*|OrFail|OrThrow|OrError)|exists?|lookup)$/;
/** Kinds of sinks for which a name that was found in a store is harmless. */
const STORED = new Set(['path', 'url', 'redirect']);
/** What holds all that is asked: a check of it says nothing of one value. */
const WHOLE =
  /^(?:this|self|_?req|_?request|_?res|_?response|ctx|context|c|e|event|w|r|app|next|config|options|db|prisma|args|err)$/;

/** What notes a value, and stops nobody: a function that does nothing else is no check. */
const NOTES = /^(?:log|info|debug|warn|error|trace|track|notice|print|push|append\w*|emit|inc|increment|observe)$/;

/**
 * A call that is a check by its name, or that looks the value up, was given the value on its way, and what it does with it is not
 * understood: whether the value still harms only a reader can tell.
 */
export function isDoubted(kind: string, way: readonly Place[], homes: ReadonlyMap<string, Home>): boolean {
  return way.some(({ path, span }) => {
    const home = homes.get(path);
    if (home?.module.language === 'python') return isCheckedAbove(home, span, homes);
    if (!home || home.module.language !== 'typescript') return false;
    if (BY_FIELDS.has(kind) && [...homes.values()].some(isSpecified)) return true;
    // A listener or a callback runs after the function that it is written in.
    const facts = functionsAround(home.module, functionAt(home.module, span)).map(factsOf(home));
    if (facts.every(({ checks }) => checks.size === 0)) return false;
    const said = namesAt(home, facts, span);
    const isSaid = (texts: readonly string[]): boolean => texts.some((text) => said.has(text));
    const stops = (check: Check): boolean =>
      check.call.span[0] < span[0] &&
      !holds(check.call.span, span) &&
      (check.byName || STORED.has(kind)) &&
      // `if (url) { checkUrl(url) }`: there is nothing to check where the branch is not taken.
      check.branches.every((one) => holds(one.span, span) || isSaid(one.texts)) &&
      mayStop(check, home, homes);
    return [...said].some((text) => facts.some(({ checks }) => checks.get(text)?.some(stops)));
  });
}

/** `@validate_request(request_model=Order)`: a decorator compares the request with a class, which may leave few texts to a field. */
function isCheckedAbove(home: Home, span: Span, homes: ReadonlyMap<string, Home>): boolean {
  const decorators = functionAt(home.module, span)?.decorators ?? [];
  return decorators.some(({ span: [start, end] }) => {
    const schema = COMPARED.exec(home.text.slice(start, Math.min(end, start + MOST_DECORATOR)))?.[1];
    if (schema === undefined) return false;
    const definition = new RegExp(`^class ${schema}\\b[^]*?(?=^\\S|(?![^]))`, 'm');
    const [found] = [...homes.values()].flatMap(({ text }) => definition.exec(text)?.[0] ?? []);
    return found === undefined || NARROWS.test(found);
  });
}

const MOST_DECORATOR = 2000;
const COMPARED = /\b(?:request|body|input|json)_(?:model|schema)\s*=\s*(?:\w+\.)*([A-Z]\w*)/;
const NARROWS = /\bLiteral\b|\bEnum\b|validator\b|\bpattern\s*=|\bregex\s*=|\bconstr\(|:\s*(?:\w+\[)?[A-Z][A-Z_]{3,}/;

/** What takes the fields, not the text of one. */
const BY_FIELDS = new Set(['record', 'nosql', 'merge']);

/** Requests are compared with a specification that is not here: fields that it does not name are refused, where it says so. */
const isSpecified = memo(({ module }: Home): boolean =>
  module.imports.some((one) =>
    /^(?:express-openapi-validator|openapi-backend|express-openapi)(?:\/|$)/.test(one.module),
  ),
);

type Call = Extract<Expression, { kind: 'call' }>;

interface Branch {
  span: Span;
  /** What it is asked about. */
  texts: readonly string[];
}

interface Check {
  /** Its name says that it checks; it looks the value up otherwise. */
  byName: boolean;
  call: Call;
  /** It runs in these alone. */
  branches: readonly Branch[];
  /** What it gives is looked at, or kept. */
  used: boolean;
}

interface Facts {
  /** By what they are given. */
  checks: ReadonlyMap<string, readonly Check[]>;
  /** All that it says, by where it begins. */
  parts: readonly Expression[];
  /** By the name that is set: where, and of what it is made. */
  sets: ReadonlyMap<string, readonly { at: number; texts: readonly string[] }[]>;
}

/** Once for a function: thousands of flaws may stand in it. */
const factsOf = memo((home: Home) =>
  memo(({ body }: FunctionForm): Facts => {
    const checks = new Map<string, Check[]>();
    const parts: Expression[] = [];
    const sets = new Map<string, { at: number; texts: readonly string[] }[]>();
    const look = (all: readonly Statement[], branches: readonly Branch[]): void => {
      for (const one of all) {
        if (one.kind === 'set' && one.target.kind === 'name') {
          const same = sets.get(one.target.name) ?? [];
          same.push({ at: one.span[0], texts: textsIn(home, one.value) });
          sets.set(one.target.name, same);
        }
        const alone = one.kind === 'do' ? (one.value.kind === 'await' ? one.value.of : one.value) : null;
        const note = (part: Expression): void => {
          parts.push(part);
          if (part.kind !== 'call') return;
          const name = calledName(part.of);
          const byName = CHECKS.test(name);
          if (!byName && !LOOKS_UP.test(name)) return;
          const check = { byName, call: part, branches, used: part !== alone };
          for (const text of new Set(part.arguments.flatMap(({ value }) => textsIn(home, value)))) {
            const same = checks.get(text);
            if (same) same.push(check);
            else checks.set(text, [check]);
          }
        };
        for (const part of partsOfStatement(one)) visitOne(part, note);
        for (const block of listBlocks(one)) look(block, [...branches, ...branchOf(home, one, block)]);
      }
    };
    look(body, []);
    return { checks, parts: parts.sort((a, b) => a.span[0] - b.span[0]), sets };
  }),
);

/** One of several blocks, of which only some run. */
function branchOf(home: Home, one: Statement, block: readonly Statement[]): Branch[] {
  const test = one.kind === 'if' ? one.test : one.kind === 'switch' ? one.on : null;
  const [first, last] = [block[0], block.at(-1)];
  if ((one.kind !== 'if' && one.kind !== 'switch') || !first || !last) return [];
  return [{ span: [first.span[0], last.span[1]], texts: test ? textsIn(home, test) : [] }];
}

/** Whether a check can keep a value away: not, if it is a function that is there, which only notes the value. */
function mayStop({ call, used }: Check, home: Home, homes: ReadonlyMap<string, Home>): boolean {
  const { of } = call;
  if (of.kind !== 'name' && !(of.kind === 'field' && rootName(of.of) === 'this')) return true;
  const from = of.kind === 'name' ? home.module.imports.find(({ local }) => local === of.name) : undefined;
  const file = from ? homeOf(from.module, home, homes) : home;
  const name = from && from.name !== '*' && from.name !== 'default' ? from.name : of.name;
  const forms = file?.module.functions.filter((one) => one.name === name) ?? [];
  return forms.length === 0 || forms.some(({ body }) => isActive(body, used));
}

function homeOf(module: string, { path }: Home, homes: ReadonlyMap<string, Home>): Home | undefined {
  if (!module.startsWith('.')) return;
  const bare = joinPath(dirOf(path), module).replace(ENDING, '');
  return [...homes.values()].find((one) => one.path.replace(ENDING, '') === bare);
}

const ENDING = /\.[cm]?[jt]sx?$/;

/** It throws, calls something that may, or gives something to a caller who uses it. */
function isActive(body: readonly Statement[], used: boolean): boolean {
  let calls = false;
  visitBody(body, (one) => {
    calls ||= one.kind === 'call' && !NOTES.test(calledName(one.of));
  });
  const acts = (one: Statement): boolean =>
    one.kind === 'throw' || (used && one.kind === 'return' && one.value !== null) || blocksOf(one).some(acts);
  return calls || body.some(acts);
}

/** What stands at a place, and what that was made of in this function: names, and fields of what holds the whole request. */
function namesAt(home: Home, facts: readonly Facts[], span: Span): ReadonlySet<string> {
  const said = new Set<string>();
  const parts = facts[0]?.parts ?? [];
  for (let at = firstThat(parts, (one) => one.span[0] >= span[0]); ; at += 1) {
    const one = parts[at];
    if (!one || one.span[0] >= span[1]) break;
    if (holds(span, one.span) || (one.kind !== 'function' && one.span[0] === span[0]))
      for (const text of textsIn(home, one)) said.add(text);
  }
  // What is added while they are gone through is gone through as well.
  for (const name of said)
    for (const { sets } of facts)
      for (const { at, texts } of sets.get(name) ?? []) if (at < span[0]) for (const text of texts) said.add(text);
  return said;
}

function textsIn(home: Home, one: Expression): string[] {
  if (one.kind === 'name') return WHOLE.test(one.name) ? [] : [one.name];
  if (one.kind === 'field' && WHOLE.test(rootName(one) ?? '')) return [home.text.slice(...one.span)];
  if (one.kind === 'call') {
    const inside = one.arguments.flatMap(({ value }) => textsIn(home, value));
    return one.of.kind === 'field' ? [...textsIn(home, one.of.of), ...inside] : inside;
  }
  return partsOf(one).flatMap((part) => textsIn(home, part));
}
