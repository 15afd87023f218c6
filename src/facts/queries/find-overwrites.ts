import { sourceOf } from '../../flows/run/run.ts';
import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import { functionsAround } from '../../languages/enclosing.ts';
import type { Expression, FunctionForm, Span, Statement } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { rootName } from '../../languages/root-name.ts';
import { blocksOf, partsOf, partsOfStatement } from '../../languages/visit-expressions.ts';

/** A number that is read from a row, changed, and written back by the same function. */
export interface Overwrite {
  home: Home;
  /** The outermost function around it. */
  form: FunctionForm;
  /** The name that keeps the row, and its field. */
  row: string;
  field: string;
  read: Span;
  changed: Span;
  written: Span;
}

type Call = Extract<Expression, { kind: 'call' }>;

/** What makes sure that nobody writes in between, or that it is seen. A serializer only turns rows into an answer. */
export const HELD =
  /for[_ ]?(?:no_?key_?)?update|(?:^|[^a-z])(?:re|un)?lock|[a-z]Lock|mutex|serializ(?!er)|isolation|optimistic|(?:^|[^a-z])version|[a-z]Version|advisory|compare_?and|semaphore|exclusive|throttle|synchronized/i;
/** Calls that give one row, or a statement that reads. */
const READS =
  /^(?:find(?:_one|One|OneBy|OneOrFail|OneByOrFail|ById|ByPk|Unique|UniqueOrThrow|First|FirstOrThrow|OneAndPopulate)|getOne|getOneOrFail|a?first|a?get|a?last|one|one_or_none|scalar|scalar_one|scalar_one_or_none|(?:a?get|first|one)_(?:object_)?or_404|get_object|a?get_or_create|refresh|First|Take|Last|Find|FindOne|Get|GetContext|Scan|ScanOne|query|execute|fetchrow|fetchval|fetch_one|fetchone|QueryRow|QueryRowContext)$/;
/** Of those a statement, as it must begin. */
const BY_TEXT = /^(?:query|execute|fetchrow|fetchval|fetch_one|QueryRow|QueryRowContext)$/;
/** Of Go: the row goes into what it is given. */
const FILLS = /^(?:First|Take|Last|Find|FindOne|Get|GetContext|Scan|ScanOne)$/;
/** Of those a record, whose parts are columns; a single value of one. */
const GIVES_RECORD = /^(?:fetchone|fetchrow|fetch_one)$/;
const GIVES_VALUE = /^(?:fetchval|scalar|scalar_one|scalar_one_or_none)$/;
const SAVES = /^(?:save|asave|saveOrFail|persist|flush|Save|Update|Updates|Put|Store|UpdateAll)$/;
const COMMITS = /^(?:commit|flush)$/;
const UPDATES =
  /^(?:update(?:One|Many|_one|_many)?|find_one_and_update|findByIdAndUpdate|findOneAndUpdate|set|values|Update|Updates|UpdateColumn|UpdateColumns|UpdateOne|UpdateByID|FindOneAndUpdate|query|execute|fetch|Exec|ExecContext|Set\w+)$/;
const WORDS =
  /^(?:balances?|credits?|stocks?|quantity|qty|points?|funds?|counts?|counter|total|inventory|seats?|remaining|available|reserved|used|usage|likes?|votes?|views?|score|attempts?|hits?|downloads?|tokens?|quota|capacity|tickets?|num|uses)$/i;

/** What is less by something is a number; what is more by something may be a text or a list. */
function counts(field: string, operator: string, by: Expression): boolean {
  if (/(?:_at|_on|date|time|At|Date|Time|offset|index|page)$/i.test(field)) return false;
  if (operator !== '+') return true;
  const isNumber = by.kind === 'value' && typeof by.value === 'number';
  return isNumber || field.split(/_|(?<=[a-z])(?=[A-Z])/).some((word) => WORDS.test(word));
}

export const findOverwrites = memo((home: Home): readonly Overwrite[] =>
  home.module.functions.filter(({ id }) => id !== 0).flatMap((form) => findIn(home, form)),
);

/** `const one = kept.get(key)`, then `kept.set(key, …)`: a `Map` of this process, and nobody runs while neither is awaited. */
function staysInMemory({ module, text }: Home, read: Span, written: Span): boolean {
  if (module.language !== 'typescript') return false;
  const [, of] = /^([\w$.#]+)\.get\(/.exec(text.slice(...read)) ?? [];
  if (of === undefined || /\bawait\s+$/.test(text.slice(Math.max(0, read[0] - 10), read[0]))) return false;
  return text.slice(written[0]).startsWith(`${of}.set(`) && !/\bawait\b/.test(text.slice(read[1], written[0]));
}

interface Row {
  span: Span;
  /** A row whose parts are columns, by number or by name. */
  record?: boolean;
  /** Of a single value: the name of the column is its own. */
  scalar: boolean;
  /** A value that is kept under a key: of what, and which. */
  kept?: string;
}

interface Change {
  row: string;
  field: string;
  span: Span;
}

function findIn(home: Home, form: FunctionForm): Overwrite[] {
  const rows = new Map<string, Row>();
  /** Changes that are not written yet, by the name that keeps the new value: that of the row, or another one. */
  const open = new Map<string, Change>();
  const found = new Map<string, Overwrite>();
  const write = ({ row, field, span: changed }: Change, written: Span): void => {
    const read = rows.get(row);
    if (read && staysInMemory(home, read.span, written)) return;
    const key = `${row}.${field}`;
    if (read && !found.has(key))
      found.set(key, {
        home,
        form: functionsAround(home.module, form).at(-1) ?? form,
        row,
        field,
        read: read.span,
        changed,
        written,
      });
  };
  /** What is computed from a field of a row. */
  const changeOf = (value: Expression): Change | null => {
    if (value.kind !== 'binary' || !/^[-+*]$/.test(value.operator)) return null;
    for (const [side, other] of [
      [value.left, value.right],
      [value.right, value.left],
    ] as const) {
      const field = ofRow(asField(converted(side)));
      const isCounted = (name: string): boolean => counts(name, value.operator, other);
      if (field.kind === 'field' && field.of.kind === 'name' && rows.has(field.of.name) && isCounted(field.name))
        return { row: field.of.name, field: field.name, span: value.span };
      if (field.kind === 'name' && rows.get(field.name)?.scalar && isCounted(field.name))
        return { row: field.name, field: field.name, span: value.span };
      const inner = changeOf(field);
      if (inner) return inner;
    }
    return null;
  };
  const visitCall = (call: Call, span: Span): void => {
    const name = calledName(call.of);
    const given = call.arguments.map(({ value }) => value);
    if (FILLS.test(name) && home.module.language === 'go' && isRead(home, call))
      for (const one of given)
        if (one.kind === 'name' && home.text[one.span[0] - 1] === '&')
          rows.set(one.name, { span: call.span, scalar: name.startsWith('Scan') });
    if (SAVES.test(name)) {
      const receiver = call.of.kind === 'field' && call.of.of.kind === 'name' ? [call.of.of.name] : [];
      for (const one of [...receiver, ...given.flatMap((value) => (value.kind === 'name' ? [value.name] : []))]) {
        const change = open.get(one);
        if (change?.row === one) write(change, span);
      }
    }
    if (COMMITS.test(name) && home.module.language === 'python')
      for (const [one, change] of open) if (change.row === one) write(change, span);
    if (KEEPS.test(name))
      for (const one of given.slice(1).map(converted)) {
        const change = changeOf(one) ?? (one.kind === 'name' ? open.get(one.name) : undefined);
        if (change && rows.get(change.row)?.kept === keptBy(home, call)) write(change, span);
      }
    if (UPDATES.test(name)) for (const change of changesIn(home, call, { open, changeOf })) write(change, span);
  };
  const visit = (one: Expression, span: Span): void => {
    for (const part of partsOf(one)) visit(part, span);
    if (one.kind === 'call') visitCall(one, span);
  };
  const visitAll = (body: readonly Statement[]): void => {
    for (const one of body) {
      for (const part of partsOfStatement(one)) visit(part, part.span);
      if (one.kind === 'set') noteSet(home, one, { rows, open, changeOf });
      visitAll(blocksOf(one));
    }
  };
  visitAll(form.body);
  return [...found.values()];
}

interface Known {
  rows: Map<string, Row>;
  open: Map<string, Change>;
  changeOf: (value: Expression) => Change | null;
}

function noteSet(home: Home, { target, value, append, span }: Extract<Statement, { kind: 'set' }>, known: Known): void {
  const { rows, open, changeOf } = known;
  if (target.kind === 'field' && target.of.kind === 'name' && rows.has(target.of.name)) {
    const row = target.of.name;
    const change = changeOf(value);
    const kept = value.kind === 'name' ? open.get(value.name) : undefined;
    const isSame = change?.row === row && change.field === target.name;
    if (
      (append && counts(target.name, '+', value) && !isText(value)) ||
      isSame ||
      (kept?.row === row && kept.field === target.name)
    )
      open.set(row, { row, field: target.name, span });
    return;
  }
  if (target.kind !== 'name') return;
  // `stock -= n`, of a column that was read alone.
  if (append && rows.get(target.name)?.scalar && counts(target.name, '-', value) && !isText(value)) {
    open.set(target.name, { row: target.name, field: target.name, span });
    return;
  }
  const call = callOf(value);
  const source = rootName(value);
  const change = changeOf(value);
  const kept = keptIn(home, value);
  const copied = copiedFrom(value, rows);
  if (copied && !append) rows.set(target.name, copied);
  else if (kept) rows.set(target.name, { span: kept.span, scalar: true, kept: keptBy(home, kept) });
  else if (call && home.module.language !== 'go' && (isRead(home, call) || isReadBelow(home, call)))
    rows.set(target.name, {
      span: call.span,
      scalar: GIVES_VALUE.test(calledName(call.of)) || (value.kind === 'index' && isRecord(call)),
      record: isRecord(call),
    });
  // A part of what was read: `const [row] = …`, `const { stock } = row`.
  else if (!append && source !== null && source !== target.name && rows.has(source) && !call)
    rows.set(target.name, {
      span: rows.get(source)?.span ?? span,
      scalar: value.kind === 'field' || (value.kind === 'index' && rows.get(source)?.record === true),
    });
  else if (change) open.set(target.name, change);
  else if (!append) {
    rows.delete(target.name);
    open.delete(target.name);
  }
}

const MOST_TEXT = 2_000;

/** Values of an update that are computed from a row: under the name of the field, or in a statement that names it. */
function changesIn(home: Home, call: Call, { open, changeOf }: Pick<Known, 'open' | 'changeOf'>): Change[] {
  const text = sourceOf(home, call.span, MOST_TEXT);
  // In two steps: a call that says `update` often is searched once.
  const begins = text.search(/\bupdate\b/i);
  const isStatement = begins >= 0 && /\bset\b/i.test(text.slice(begins));
  const found: Change[] = [];
  const note = (value: Expression, name: string | null): void => {
    const change = changeOf(value) ?? (value.kind === 'name' ? open.get(value.name) : undefined);
    const isRow = change?.row !== change?.field && value.kind === 'name' && change?.row === value.name;
    if (!change || isRow) return;
    const { row, field } = change;
    // `where: { id, balance: row.balance }`: it is written only where it is still the same.
    const isCompared = new RegExp(
      `\\b${field}['"\`]?\\s*[:=]\\s*(?:${row}\\.${field}\\b(?!\\s*[-+*])|\\?|\\$\\d|:\\w)`,
      'i',
    ).test(text.replace(/\bset\b[^]*?\bwhere\b/i, ''));
    const isNamed =
      name === null
        ? isStatement && new RegExp(`\\b${snake(field)}\\b|\\b${field}\\b`, 'i').test(text)
        : snake(name) === snake(field);
    if (isNamed && !isCompared) found.push(change);
  };
  const visit = (one: Expression, name: string | null): void => {
    note(one, name);
    if (one.kind === 'map')
      for (const { key, value } of one.entries)
        visit(value, key?.kind === 'text' ? key.value : key?.kind === 'name' ? key.name : null);
    else if (one.kind === 'list') for (const item of one.items) visit(item, name);
  };
  const [first] = call.arguments;
  for (const { name, value } of call.arguments) visit(value, name ?? named(call, first?.value ?? null, value));
  return found;
}

/** `Update("balance", …)`, `SetBalance(…)` */
function named(call: Call, first: Expression | null, value: Expression): string | null {
  const [, set] = /^Set(\w+)$/.exec(calledName(call.of)) ?? [];
  if (set !== undefined) return set;
  return first?.kind === 'text' && first !== value && /^\w+$/.test(first.value) ? first.value : null;
}

function snake(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();
}

/** One row of a database, without a lock. */
function isRead(home: Home, call: Call): boolean {
  for (let at: Expression = call; at.kind === 'call'; ) {
    const name = calledName(at.of);
    if (READS.test(name) && !isLookup(at) && (!BY_TEXT.test(name) || /^\W*select\b/i.test(textGiven(home, at))))
      return true;
    if (at.of.kind !== 'field') return false;
    at = at.of.of;
  }
  return false;
}

/** A function beside it gives the row, without a lock: `return session.query(Product).filter_by(sku=sku).one()`. */
function isReadBelow(home: Home, { of }: Call): boolean {
  const isOwn = of.kind === 'name' || (of.kind === 'field' && rootName(of.of) === 'self');
  return isOwn && givingRows(home).has(calledName(of));
}

const givingRows = memo((home: Home): ReadonlySet<string> => {
  const all = [...Map.groupBy(home.module.functions, ({ name }) => name)];
  return new Set(all.filter(([, [form, other]]) => form && !other && givesRow(home, form)).map(([name]) => name));
});

function givesRow(home: Home, { body, span }: FunctionForm): boolean {
  const last = body.at(-1);
  const call = last?.kind === 'return' && last.value ? callOf(last.value) : null;
  return call !== null && isRead(home, call) && !HELD.test(home.text.slice(...span));
}

function isRecord({ of }: Call): boolean {
  return GIVES_RECORD.test(calledName(of));
}

/** `int(current) if current else 0`, `int(current or 0)`: what another name keeps. */
function copiedFrom(value: Expression, rows: ReadonlyMap<string, Row>): Row | null {
  const one = converted(value);
  if (one.kind === 'choice') return copiedFrom(one.yes, rows) ?? copiedFrom(one.no, rows);
  const row = one.kind === 'name' && (one !== value || value.kind === 'name') ? rows.get(one.name) : undefined;
  return row?.scalar ? row : null;
}

/** `context.get("media", default)`: an entry of what this process holds, whoever is asked. */
function isLookup({ of, arguments: [key] }: Call): boolean {
  return calledName(of) === 'get' && key?.name === null && key.value.kind === 'text';
}

function textGiven(home: Home, { arguments: all }: Call): string {
  return (
    all
      .map(({ value }) => (value.kind === 'text' ? value.value : home.text.slice(...value.span)))
      .find((text) => /^\W*select\b/i.test(text)) ?? ''
  );
}

function callOf(value: Expression): Call | null {
  if (value.kind === 'await' || value.kind === 'cast') return callOf(value.of);
  if (value.kind === 'index' || value.kind === 'field')
    return value.of.kind === 'call' || value.of.kind === 'await' ? callOf(value.of) : null;
  return value.kind === 'call' ? value : null;
}

const CONVERTS = /^(?:Number|parseInt|parseFloat|BigInt|String|int|float|str)$/;
/** They keep a value under a key, for others as well. */
const KEEPS = /^(?:set|setex|setEx|psetex)$/;
const SHARED = /redis|valkey|cache|\bkv\b|memcached?\b/i;

/** `Number(x)` is `x`. */
function converted(value: Expression): Expression {
  if (value.kind === 'cast' || value.kind === 'await') return converted(value.of);
  const [first] = value.kind === 'call' && CONVERTS.test(calledName(value.of)) ? value.arguments : [];
  return first ? converted(first.value) : value;
}

/** `item["stock"]` is `item.stock`. */
function asField(one: Expression): Expression {
  if (one.kind !== 'index' || one.by?.kind !== 'text') return one;
  return { kind: 'field', of: one.of, name: one.by.value, span: one.span };
}

/** `result.rows[0].stock` is a field of what `result` keeps. */
function ofRow(one: Expression): Expression {
  if (one.kind !== 'field') return one;
  let of = one.of;
  while (
    of.kind === 'cast' ||
    (of.kind === 'index' && of.by.kind === 'value') ||
    (of.kind === 'field' && ROWS.test(of.name))
  )
    of = of.of;
  return of === one.of ? one : { ...one, of };
}

/** What results of queries keep their rows in. */
const ROWS = /^(?:rows|recordset|records|data|result)$/;

/** `Number(await redis.get(key)) || 0`: what others keep under a key. */
function keptIn(home: Home, value: Expression): Call | null {
  if (value.kind === 'choice' && value.test === null) return keptIn(home, value.yes) ?? keptIn(home, value.no);
  const call = converted(value);
  if (call.kind !== 'call' || call.of.kind !== 'field' || call.of.name !== 'get' || call.arguments.length !== 1)
    return null;
  return isShared(home, home.text.slice(...call.of.of.span)) ? call : null;
}

/** Called so, or made of what is: `r = redis.Redis()`. */
function isShared(home: Home, receiver: string): boolean {
  return SHARED.test(receiver) || sharedIn(home).has(receiver);
}

const sharedIn = memo(
  ({ text }: Home) =>
    new Set([...text.matchAll(MADE_SHARED)].map(([, name]) => name).filter((name) => name !== undefined)),
);
const MADE_SHARED = /^[ \t]*(?:(?:const|let|var)[ \t]+)?([\w.]+)[ \t]*=[^\n]{0,80}\b(?:redis|valkey|memcache)/gim;

/** The receiver and the key of `redis.get(key)`, `redis.set(key, value)`. */
function keptBy({ text }: Home, { of, arguments: [key] }: Call): string {
  return of.kind === 'field' && key ? `${text.slice(...of.of.span)} ${text.slice(...key.value.span)}` : '';
}

function isText(value: Expression): boolean {
  return value.kind === 'text' || value.kind === 'concat' || value.kind === 'format' || value.kind === 'list';
}
