import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import { functionsAround } from '../../languages/enclosing.ts';
import type { FunctionForm, Span, Statement } from '../../languages/form.ts';
import { holds } from '../../languages/holds.ts';
import { blocksOf, visitBody } from '../../languages/visit-expressions.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { dirOf } from '../../text/paths.ts';
import type { Transaction } from '../queries/find-transactions.ts';
import type { Doings, Found } from '../read/doings.ts';
import { writesIn } from '../read/writes-in.ts';
import { textOf } from './call-chain.ts';
import type { FoundSlip } from './slip.ts';
import { tellSiblings } from './tell-siblings.ts';

/** The function gets a transaction, is one by its name, or leaves the end of it to its caller. */
const HELD =
  /transact|atomic|(?<!\bc)t(?:x|rx|xn)\b|\bbegin|commit|rollback|unit_?of_?work|\buow\b|\bsession\b|entity_?manager|\b(?:manager|em|batch|pipeline|conn|connection|executor)\b|lock|bulk/i;
/** Code that nobody waits for, or that can run again. */
const ALONE =
  /cron|schedul|migrat|seed|script|backfill|\bcli\b|clean_?up|import|fixture|sync|setup|init|bootstrap|install|reset|repair|upgrade|purge|demo|test/i;
/** A write that may be lost alone. */
const APART =
  /log|audit|event|history|stat|metric|view|visit|last|seen|cache|activity|notif|counter|touch|session|token/i;
/** So many others of the folder do the like in one. */
const SIBLINGS = 2;
/** Of transactions that are compared with. */
const MOST = 50;

interface Writer {
  home: Home;
  form: FunctionForm;
  sites: readonly Found[];
}

/**
 * Functions that write several things, each for itself, where their siblings use one transaction for such writes, or where the writes
 * themselves say that they belong together.
 */
export function findSplitWrites(
  homes: readonly Home[],
  transactions: readonly Transaction[],
  doings: Doings,
): FoundSlip[] {
  const writesOf = (home: Home, form: FunctionForm, span: Span): Found[] => [
    ...new Map(
      doings
        .within({ home, form, span })
        .filter(({ does }) => does === 'write')
        .map((one) => [one.at[0], one]),
    ).values(),
  ];
  // What runs on the handle is known by its text alone.
  const whole = transactions.filter(
    ({ home, span }) => [...writesIn(textOf(home, span)).values()].reduce((sum, count) => sum + count, 0) > 1,
  );
  const some = whole.slice(0, MOST);
  const isInside = (home: Home, at: Span): boolean =>
    transactions.some((one) => one.home === home && (holds(one.span, at) || holds(at, one.span)));
  // Functions that are called while one is open.
  const ledTo = new Set(
    transactions.flatMap((one) => [...textOf(one.home, one.span).matchAll(/\b(\w+)\s*\(/g)].map(([, name]) => name)),
  );
  const found: FoundSlip[] = [];
  for (const home of homes)
    for (const form of home.module.functions) {
      const [outer] = functionsAround(home.module, form).slice(-1);
      if (
        form.id === 0 ||
        outer !== form ||
        HELD.test(textOf(home, form.span)) ||
        ALONE.test(`${form.name} ${home.path}`)
      )
        continue;
      const sites = together(
        form.body,
        writesOf(home, form, form.span).filter(({ at }) => !isInside(home, at)),
      );
      const own = sites.filter((one) => !APART.test(one.call));
      if (!differ(own) || ledTo.has(form.name)) continue;
      const siblings = some.filter((one) => isSibling({ home, form, sites: own }, one));
      if (new Set(siblings.map((one) => one.form)).size >= SIBLINGS)
        found.push(toSlip({ home, form, sites: own }, siblings));
      else if (belongTogether({ home, form, sites: own })) found.push(toSlip({ home, form, sites: own }, []));
    }
  return [...found, ...homes.flatMap((home) => callsWithout(home, { isInside, writesOf, ledTo }))];
}

interface Look {
  isInside: (home: Home, at: Span) => boolean;
  writesOf: (home: Home, form: FunctionForm, span: Span) => Found[];
  ledTo: ReadonlySet<string | undefined>;
}

/** A function that writes several things is called in a transaction by others of the file, and here in none. */
function callsWithout(home: Home, { isInside, writesOf, ledTo }: Look): FoundSlip[] {
  const byName = Map.groupBy(home.module.functions, ({ name }) => name);
  const writers = [...byName].flatMap(([name, [form, other]]) => {
    if (name === '' || !ledTo.has(name) || !form || other) return [];
    const sites = together(form.body, writesOf(home, form, form.span)).filter(({ call }) => !APART.test(call));
    return differ(sites) ? [{ form, sites }] : [];
  });
  return writers.flatMap(({ form, sites }) => {
    const calls = home.module.functions.flatMap((caller) => {
      const made: { caller: FunctionForm; span: Span }[] = [];
      if (caller.id !== 0 && caller !== form)
        visitBody(caller.body, (one) => {
          if (one.kind === 'call' && calledName(one.of) === form.name) made.push({ caller, span: one.span });
        });
      return made;
    });
    const [inside, outside] = [true, false].map((is) => calls.filter(({ span }) => isInside(home, span) === is));
    if (!inside || !outside || outside.length > inside.length) return [];
    return outside.flatMap(({ caller, span }): FoundSlip[] => {
      const outer = functionsAround(home.module, caller).at(-1) ?? caller;
      if (HELD.test(textOf(home, outer.span)) || ALONE.test(`${outer.name} ${home.path}`) || ledTo.has(outer.name))
        return [];
      const others = inside.map((one) => ({
        home,
        form: one.caller,
        span: one.span,
        client: '',
        handle: null,
        begins: one.span,
        undone: [],
      }));
      return [{ ...toSlip({ home, form: outer, sites }, others), span }];
    });
  });
}

/** A statement of its own that writes a row. */
const STATEMENT = /["'`]\s*(?:insert\s+into|update|delete\s+from)\s+["`]?(\w+)/i;
/** Of gorm. */
const MAPPED = /\.(?:Create|Save|Updates?|Delete)\(\s*&?\[?\]?(?:\w+\.)?([A-Z]\w*|\w+)/;

/** Or who sent the request is told of the failure. */
const ANSWERED = /\*gin\.Context|\becho\.Context|\*fiber\.Ctx|\bhttp\.ResponseWriter/;

/** In Go, where what follows of a failure stands there: rows of two tables, or two of one, and the error of the second one is handed on. */
function belongTogether({ home, form, sites }: Writer): boolean {
  if (home.module.language !== 'go' || sites.some(({ through }) => through.length > 0)) return false;
  const first = form.body[0]?.span[0] ?? form.span[0];
  const isAnswered = ANSWERED.test(textOf(home, form.span));
  if (!isAnswered && !/\berror\b[^\n{]*\{/.test(textOf(home, [form.at[1], first]))) return false;
  const written = sites.map(({ home: at, span }) => textOf(at, span));
  const tables = written.map((text) => (STATEMENT.exec(text) ?? MAPPED.exec(text))?.[1]?.toLowerCase());
  return tables.length > 1 && tables.every((one) => one !== undefined && !APART.test(one));
}

/** Of the same folder, with one of the same writes. */
function isSibling({ home, form, sites }: Writer, other: Transaction): boolean {
  const [around] = functionsAround(other.home.module, other.form).slice(-1);
  if (around === form || dirOf(other.home.path) !== dirOf(home.path)) return false;
  const text = textOf(other.home, other.span);
  return sites.some((one) => new RegExp(`\\b${escapeRegExp(tableOf(one))}\\b`, 'i').test(text));
}

/** As its statement or its call names it. */
function tableOf({ home, span, call }: Found): string {
  const [, said] = /["'`]\s*(?:insert\s+into|update|delete\s+from)\s+["`]?(\w+)/i.exec(textOf(home, span)) ?? [];
  return said ?? call.split('.').find((part) => !/^(?:\w*prisma|this|self|db|objects|s)$/i.test(part)) ?? call;
}

/** Of two tables, or of two kinds. */
function differ(sites: readonly Found[]): boolean {
  return (
    new Set(
      sites.map(({ call, home, span }) => {
        const text = textOf(home, span);
        return `${call} ${/["'`][^"'`]{0,60}/.exec(text)?.[0] ?? MAPPED.exec(text)?.[1]}`;
      }),
    ).size > 1
  );
}

/** Those that run in one pass through a function: not the two sides of a choice, nor what stands behind a return. */
function together(body: readonly Statement[], sites: readonly Found[]): Found[] {
  const ended: Found[][] = [];
  const pass = (all: readonly Statement[]): { sites: Found[]; ends: boolean } => {
    const own: Found[] = [];
    for (const one of all) {
      const blocks =
        one.kind === 'if' ? [one.yes, one.no] : one.kind === 'switch' ? one.cases.map((each) => each.body) : [];
      const inner = blocksOf(one);
      own.push(...sites.filter(({ at }) => holds(one.span, at) && !inner.some(({ span }) => holds(span, at))));
      const ways = (blocks.length > 0 ? blocks : [one.kind === 'try' ? [...one.body, ...one.lastly] : inner]).map(pass);
      for (const way of ways) if (way.ends) ended.push([...own, ...way.sites]);
      const [longest] = ways.filter(({ ends }) => !ends).sort((a, b) => b.sites.length - a.sites.length);
      own.push(...(longest?.sites ?? []));
      if (/^(?:return|throw|leave)$/.test(one.kind) || (!longest && ways.length > 0)) return { sites: own, ends: true };
    }
    return { sites: own, ends: false };
  };
  const last = pass(body).sites;
  return [last, ...ended].sort((a, b) => b.length - a.length)[0] ?? [];
}

function toSlip({ home, form, sites }: Writer, siblings: readonly Transaction[]): FoundSlip {
  const [first, second] = [sites[0], sites.at(-1)];
  const names = [...new Set(siblings.map((one) => functionsAround(one.home.module, one.form).at(-1)?.name ?? ''))];
  return {
    kind: 'writes-without-transaction',
    home,
    form,
    span: second?.at ?? form.at,
    names: {
      FIRST: first?.call ?? '',
      LINE: first?.at ?? form.at,
      CALL: second?.call ?? '',
      WHILE: siblings.length === 0 ? '' : `, unlike in ${tellSiblings(names)}, where one transaction holds such writes`,
    },
  };
}
