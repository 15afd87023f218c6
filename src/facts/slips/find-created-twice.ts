import { ownerName } from '../../flows/run/run.ts';
import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import { functionsAround } from '../../languages/enclosing.ts';
import type { Expression, FunctionForm, Span, Statement } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { blocksOf, partsOf, partsOfStatement, visitBody } from '../../languages/visit-expressions.ts';
import { type Call, type Chain, chainOf, givenTo, namesOf, textOf } from './call-chain.ts';
import { flat, leaves } from './flat.ts';
import { nounsOf } from './nouns-of.ts';
import { setsOf } from './sets-of.ts';
import type { FoundSlip } from './slip.ts';

/** Calls that look for a row, and that make one. */
const LOOKS =
  /^(?:a?get|find|fetch|load|look_?up|is|has|a?exists?|a?count|a?first|last|take|one|scalar|select|query|search|retrieve|check)(?:$|[A-Z_].*|one$|many$|all$|val$|row$)/;
const LOOKS_GO =
  /^(?:Get|Find|Fetch|Load|Lookup|Is|Has|Exists?|Count|First|Last|Take|Select|Query|Search|Check)(?:$|[A-Z].*)/;
const CREATES = /^(?:a?create|insert|add|a?save|persist|Create|Insert|Add|Save)(?:$|[A-Z_].*|one$|many$)/;
/** What makes a query or a thing that is no row. */
export const NO_ROW =
  /^(?:create_?(?:query_?builder|connection|engine|client|server|hash|hmac|token|logger|element|store|read_?stream|write_?stream|transport|error|index|queue|channel|transaction)\w*|add_?(?:event_?listener|listener|error|task|route|handler|middleware|argument|field|arg|query|hook|months|days|all|job|to_?queue)\w*|\w+(?:redis|cache)|create_?(?:file|folder|dir|repository)|save_?(?:file|image|to_?disk|changes)\w*)$/i;

/** What keeps others out between the two, or takes what they did: none of it is a flaw then. */
const SAFE =
  /for[_ ]?(?:no_?key_?)?update|(?:^|[^a-z])(?:re|un)?lock|[a-z]Lock|mutex|semaphore|serializable|advisory|synchroni[sz]ed|singleflight|IntegrityError|UniqueViolation|UniqueConstraint|UniqueKey|P2002|23505|ER_DUP|\b1062\b|\b11000\b|SQLITE_CONSTRAINT|on_?conflict|on conflict|on duplicate|upsert|get_?or_?create|update_?or_?create|find_?or_?create|first_?or_?create|or_?ignore|ignore_conflicts|insert\s+(?:or\s+)?(?:ignore|replace)|skipDuplicates|IsConflict|ErrDuplicat|ErrAlreadyExists|AlreadyExistsError\b.*catch|is_?(?:unique|duplicate)\w*|unique_?violation|pgconn|sqlstate|begin_nested/i;
/** Nobody runs it beside itself. */
const ALONE =
  /migrat|seed|script|backfill|\bcli\b|fixture|bootstrap|(?:^|[\W_])(?:init|setup|install|import|main(?!\.py$)|test|mock|adapters?|sync|sample|demo|command)|Init\b|Setup|ensureDefault|default|initial|[a-z](?:Init|Install|Import|Sync)/i;
/** Who asks a database is called so. */
const ASKS =
  /repo|store|dao|\bdb\b|\bconn(?:ection)?\b|\bcur(?:sor)?\b|\bpool\b|prisma|\btx\b|trx|session|model|objects|query|manager|mgr|\borm\b|knex|collection|service|select|queries|crud|engine|entit/i;

/** Functions that see to it. */
const safeIn = memo(
  (home: Home): ReadonlySet<FunctionForm> =>
    new Set(home.module.functions.filter(({ span }) => SAFE.test(textOf(home, span)))),
);
const safeNames = memo((home: Home) => new Set([...safeIn(home)].map(({ name }) => name)));

/** Statements behind a test in which the row is made: further down it is about another one. */
const MOST_AHEAD = 100;

interface Lookup {
  chain: Chain;
  span: Span;
  nouns: ReadonlySet<string>;
  given: ReadonlySet<string>;
}

/** A row that is made where none was found: two requests at once find none, and both make it. */
export function findCreatedTwice(home: Home): FoundSlip[] {
  return home.module.functions.filter(({ id }) => id !== 0).flatMap((form) => findIn(home, form));
}

function findIn(home: Home, form: FunctionForm): FoundSlip[] {
  const outer = functionsAround(home.module, form).at(-1) ?? form;
  if (ALONE.test(`${outer.name} ${form.name} ${home.path}`)) return [];
  const lookups = new Map<string, Lookup>();
  const found = new Map<number, FoundSlip>();
  const note = (lookup: Lookup | null, body: readonly Statement[]): void => {
    if (lookup) for (const hit of createsIn(home, form, body, lookup)) found.set(hit.span[0], hit);
  };
  const visitAll = (written: readonly Statement[]): void => {
    const body = flat(written);
    body.forEach((one, index) => {
      for (const part of partsOfStatement(one)) {
        noteChoices(home, form, part, (hit) => found.set(hit.span[0], hit));
        noteFilled(home, form, part, lookups);
      }
      const asked = one.kind === 'do' ? statementOf(home, form, one.value) : null;
      if (asked) lookups.set(asked.cursor, asked.lookup);
      if (one.kind === 'set' && one.target.kind === 'name') {
        const lookup = lookupOf(home, form, one.value) ?? takenFrom(one.value, lookups);
        if (lookup) lookups.set(one.target.name, lookup);
        else lookups.delete(one.target.name);
      }
      if (one.kind === 'if') {
        const asked = readTest(home, form, one.test, lookups);
        if (asked) note(asked.lookup, asked.absent ? one.yes : one.no);
        if (asked && !asked.absent && leaves(one.yes))
          note(asked.lookup, body.slice(index + 1, index + 1 + MOST_AHEAD));
      }
      if (one.kind === 'try') {
        const [first] = one.catches.filter(({ types }) =>
          types.some(({ span }) => /DoesNotExist|NotFound|NoResult/.test(textOf(home, span))),
        );
        if (first) note(firstLookup(home, form, one.body), first.body);
      }
      visitAll(blocksOf(one));
    });
  };
  visitAll(form.body);
  if (found.size === 0 || safeIn(home).has(outer)) return [];
  return [...found.values()];
}

/** `await find(…) ?? await create(…)` */
function noteChoices(home: Home, form: FunctionForm, one: Expression, keep: (hit: FoundSlip) => void): void {
  if (one.kind === 'choice' && one.test === null) {
    const lookup = lookupOf(home, form, one.yes);
    const hit = lookup && createOf(home, form, one.no, lookup);
    if (hit) keep(hit);
  }
  for (const part of partsOf(one)) noteChoices(home, form, part, keep);
}

function lookupOf(home: Home, form: FunctionForm, value: Expression): Lookup | null {
  const chain = chainOf(value);
  const pattern = home.module.language === 'go' ? LOOKS_GO : LOOKS;
  if (!chain || namesOf(chain).some((name) => CREATES.test(name))) return null;
  if (!namesOf(chain).some((name) => pattern.test(name) || (home.module.language === 'go' && LOOKS.test(name))))
    return null;
  const [last] = chain.calls;
  const given = givenTo(chain);
  if (!last || given.size === 0) return null;
  return { chain, span: last.span, nouns: nounsOf(home, form, chain), given };
}

/** `cur.execute("select …")`: what the cursor gives afterwards is what was found. */
function statementOf(home: Home, form: FunctionForm, value: Expression): { cursor: string; lookup: Lookup } | null {
  const call = value.kind === 'await' ? value.of : value;
  if (call.kind !== 'call' || call.of.kind !== 'field' || call.of.of.kind !== 'name' || call.of.name !== 'execute')
    return null;
  const [first] = call.arguments;
  const chain = first?.value.kind === 'text' && /^\s*select\b/i.test(first.value.value) ? chainOf(call) : null;
  if (!chain) return null;
  const lookup = { chain, span: call.span, nouns: nounsOf(home, form, chain), given: givenTo(chain) };
  return { cursor: call.of.of.name, lookup };
}

/** Of Go: what is found goes into a name that the call is given: `Count(&n)`, `QueryRow("select exists …").Scan(&exists)`. */
function noteFilled(home: Home, form: FunctionForm, part: Expression, lookups: Map<string, Lookup>): void {
  const chain = home.module.language === 'go' ? chainOf(part) : null;
  const [call] = chain?.calls ?? [];
  const lookup = call && /^(?:Count|Scan)$/.test(calledName(call.of)) ? lookupOf(home, form, part) : null;
  for (const { value } of lookup && call ? call.arguments : [])
    if (lookup && value.kind === 'name' && home.text[value.span[0] - 1] === '&') lookups.set(value.name, lookup);
}

/** `$0[1]`, `rows[0]`, `rows.length`: a part of what was found. */
function takenFrom(value: Expression, lookups: ReadonlyMap<string, Lookup>): Lookup | null {
  let at = value;
  for (;;) {
    if (at.kind === 'index' || at.kind === 'field' || at.kind === 'await' || at.kind === 'cast') at = at.of;
    else if (isTaken(at)) at = at.of.of;
    else break;
  }
  return (at.kind === 'name' && lookups.get(at.name)) || null;
}

/** `cur.fetchone()` */
function isTaken(one: Expression): one is Call & { of: { kind: 'field'; of: Expression } } {
  return (
    one.kind === 'call' &&
    one.of.kind === 'field' &&
    /^(?:fetchone|fetchall)$/.test(one.of.name) &&
    one.arguments.length === 0
  );
}

function firstLookup(home: Home, form: FunctionForm, body: readonly Statement[]): Lookup | null {
  for (const one of body)
    for (const part of partsOfStatement(one)) {
      const lookup = lookupOf(home, form, part);
      if (lookup) return lookup;
    }
  return null;
}

interface Asked {
  lookup: Lookup;
  /** The test holds where nothing was found. */
  absent: boolean;
}

const NOT_FOUND = /NoRows|NotFound|NotExist|NoResult|ErrNoDocuments/;

/** Whether a test asks if something was found. */
function readTest(
  home: Home,
  form: FunctionForm,
  test: Expression,
  lookups: ReadonlyMap<string, Lookup>,
): Asked | null {
  const own = (one: Expression): Asked | null => readTest(home, form, one, lookups);
  if (test.kind === 'unary' && test.operator === '!') {
    const asked = own(test.of);
    return asked && { ...asked, absent: !asked.absent };
  }
  if (test.kind === 'binary' && /^(?:&&|\|\|)$/.test(test.operator)) return own(test.left) ?? own(test.right);
  const lookup = lookupIn(home, form, test.kind === 'binary' ? test.left : test, lookups);
  // `errors.Is(err, sql.ErrNoRows)`
  if (NOT_FOUND.test(textOf(home, test.span)) && (test.kind === 'call' || test.kind === 'binary')) {
    const error = test.kind === 'call' ? test.arguments[0]?.value : test.left;
    const from = error ? takenFrom(error, lookups) : null;
    return from && { lookup: from, absent: test.kind === 'call' || test.operator.startsWith('=') };
  }
  if (!lookup) return null;
  if (test.kind !== 'binary') return isError(test) ? null : { lookup, absent: false };
  const isSame = /^(?:={2,3}|is|<|<=)$/.test(test.operator);
  const isOther = /^(?:!={1,2}|is not|>|>=)$/.test(test.operator);
  const { right } = test;
  if ((!isSame && !isOther) || !isNothing(right)) return null;
  // `if _, err := find(); err == nil`: it is there.
  if (isError(test.left)) return isSame ? { lookup, absent: false } : null;
  return { lookup, absent: isSame };
}

function isError(one: Expression): boolean {
  return one.kind === 'name' && /^(?:err|error|e)$|Err$/.test(one.name);
}

function isNothing(one: Expression): boolean {
  return (
    (one.kind === 'value' && (one.value === null || one.value === 0 || one.value === 1 || one.value === false)) ||
    (one.kind === 'name' && /^(?:undefined|None|nil|null)$/.test(one.name)) ||
    (one.kind === 'text' && one.value === '')
  );
}

function lookupIn(
  home: Home,
  form: FunctionForm,
  one: Expression,
  lookups: ReadonlyMap<string, Lookup>,
): Lookup | null {
  const known = isFoundItself(one) ? takenFrom(one, lookups) : null;
  if (known) return known;
  // `len(rows)`
  if (one.kind === 'call' && /^(?:len|size|Boolean|bool)$/.test(calledName(one.of))) {
    const [first] = one.arguments;
    return first ? takenFrom(first.value, lookups) : null;
  }
  return lookupOf(home, form, one);
}

/** The row or the rows, and not a field of it. */
function isFoundItself(one: Expression): boolean {
  if (one.kind === 'field')
    return /^(?:length|rows|rowCount|size|count|Error|ID|Id|id|pk)$/.test(one.name) && isFoundItself(one.of);
  return one.kind === 'index' || one.kind === 'await' || one.kind === 'cast'
    ? isFoundItself(one.of)
    : one.kind === 'name' || isTaken(one);
}

function createsIn(home: Home, form: FunctionForm, body: readonly Statement[], lookup: Lookup): FoundSlip[] {
  const found: FoundSlip[] = [];
  visitBody(body, (one) => {
    const hit = found.length === 0 ? createOf(home, form, one, lookup) : null;
    if (hit) found.push(hit);
  });
  return found;
}

function createOf(home: Home, form: FunctionForm, value: Expression, lookup: Lookup): FoundSlip | null {
  const call = value.kind === 'await' ? value.of : value;
  if (call.kind !== 'call') return null;
  const chain = chainOf(call);
  const name = calledName(call.of);
  if (!chain || call.arguments.length === 0 || NO_ROW.test(name)) return null;
  if (!CREATES.test(name) && !isInsert(call)) return null;
  const nouns = nounsOf(home, form, chain);
  const isSame = [...nouns].some((one) => lookup.nouns.has(one));
  if (!isSame || !isShared(home, form, chain, lookup)) return null;
  const around = [call, lookup.chain.calls[0] ?? call].map((one) => textOf(home, one.of.span)).join(' ');
  if (/cache|redis|memcache/i.test(around)) return null;
  if (!ASKS.test(`${around} ${ownerName(home, form)} ${typesOf(form)}`) && !isOfModel(home, chain, lookup)) return null;
  if (isSafeCallee(home, name)) return null;
  if (KEEPS.test(name) && !call.arguments.some(({ value }) => isNew(form, value))) return null;
  return {
    kind: 'row-created-twice',
    home,
    form,
    span: call.span,
    names: {
      CALL: textOf(home, call.of.span).replace(/\s+/g, ''),
      LOOKUP: textOf(home, (lookup.chain.calls[0] ?? call).of.span)
        .replace(/\s+/g, '')
        .slice(-60),
      LINE: lookup.span,
    },
    row: {
      nouns: [...nouns].filter((one) => lookup.nouns.has(one)),
      by: [...lookup.given, ...comparedIn(home, lookup)],
    },
  };
}

/** `Like.findOne(…)`, `Like.create(…)`: both are of one class, as the mappers of Node.js write it. */
function isOfModel(home: Home, chain: Chain, lookup: Lookup): boolean {
  const [own] = chain.path;
  return home.module.language === 'typescript' && own === lookup.chain.path[0] && /^[A-Z][a-z]\w*$/.test(own ?? '');
}

/** `where email = $1`, `"email = ?"`: columns that a statement compares with what it is given. */
function comparedIn(home: Home, { chain }: Lookup): string[] {
  const [last] = chain.calls;
  const text = last ? textOf(home, last.span).slice(0, 2000) : '';
  return [...text.matchAll(/(\w+)["`\]]?\s*=\s*(?:\?|\$\d|\$\{|%s|%\(|[:@]\w)/g)].map(([, name = '']) =>
    name.replaceAll('_', '').toLowerCase(),
  );
}

/** `pool.query('insert into …')` */
function isInsert({ of, arguments: all }: Call): boolean {
  if (!/^(?:query|execute|run|exec|Exec\w*|Query\w*|\$executeRaw\w*|raw)$/.test(calledName(of))) return false;
  return all.some(({ value }) => value.kind === 'text' && /^\s*insert\s+into\b/i.test(value.value));
}

/** It writes what it is given, new or not. */
const KEEPS = /^(?:add|a?save|persist|Save|Add)$/;

/** `User(…)`, `new User(…)`, `&User{…}`, or a name that keeps one. */
function isNew(form: FunctionForm, value: Expression): boolean {
  if (value.kind === 'map') return true;
  if (value.kind === 'call') return value.made || /^(?:[A-Z]\w*|create)$/.test(calledName(value.of));
  const sets = value.kind === 'name' ? (setsOf(form).get(value.name) ?? []) : [];
  return sets.some((one) => one.target.kind === 'name' && one.value.kind !== 'name' && isNew(form, one.value));
}

/** Something that it was looked for by is written as well. */
function isShared(home: Home, form: FunctionForm, chain: Chain, { given }: Lookup): boolean {
  const own = givenTo(chain);
  for (const call of chain.calls)
    for (const { value } of call.arguments)
      if (value.kind === 'name') for (const one of madeOf(home, form, value.name)) own.add(one);
  return [...own].some((one) => given.has(one));
}

/** What a name was made of: `user = User(email=email)`. */
function madeOf(home: Home, form: FunctionForm, name: string): Set<string> {
  return new Set(
    (setsOf(form).get(name) ?? []).flatMap(({ target, value, span }) =>
      wordsIn(textOf(home, target.kind === 'field' ? span : value.span)),
    ),
  );
}

function wordsIn(text: string): string[] {
  return [...text.slice(0, 2000).matchAll(/[A-Za-z_]\w+/g)].map(([word]) => word.replaceAll('_', '').toLowerCase());
}

function typesOf({ parameters }: FunctionForm): string {
  return parameters.map(({ type }) => (type?.kind === 'named' ? type.name : '')).join(' ');
}

/** The function that makes the row stands here, and sees to it. */
function isSafeCallee(home: Home, name: string): boolean {
  return safeNames(home).has(name);
}
