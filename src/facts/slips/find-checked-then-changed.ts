import type { Home } from '../../flows/values/value.ts';
import { functionAt, functionsAround } from '../../languages/enclosing.ts';
import type { Expression, FunctionForm, Span, Statement } from '../../languages/form.ts';
import { holds } from '../../languages/holds.ts';
import { memo } from '../../languages/memo.ts';
import { rootName } from '../../languages/root-name.ts';
import { blocksOf, visitBody, visitOne } from '../../languages/visit-expressions.ts';
import { HELD } from '../queries/find-overwrites.ts';
import { chainOf, namesOf, textOf } from './call-chain.ts';
import { type Change, changeIn, isCounted, MAY_CHANGE, plainName } from './changes-in-place.ts';
import { findTakenTwice } from './find-taken-twice.ts';
import { leaves } from './flat.ts';
import { MOST_LOOKS, MOST_NESTED } from './limits.ts';
import { createSaysIn } from './says-in.ts';
import { setsOf } from './sets-of.ts';
import type { FoundSlip } from './slip.ts';

/** Code that never runs twice at the same time. */
const ALONE =
  /cron|schedul|migrat|seed|script|backfill|\bcli\b|clean_?up|recalc|recount|rebuild|reset|import|fixture|sync(?!hron)/i;
/** The database refuses what is too much, or what came of it is looked at: `CHECK (balance >= 0)`. */
const REFUSED =
  /check_?violation|CheckConstraint|23514|ER_CHECK_CONSTRAINT|IntegrityError|setnx|SETNX|\bnx\b|singleflight/i;
const isHeld = createSaysIn(HELD);
const isRefused = createSaysIn(REFUSED);
/** What reads a row. */
const READS =
  /^(?:a?get|find|fetch|load|select|query|first|read|one|scalar|execute|take|last|scan|objects|Get|Find|Fetch|Load|Select|Query|First|Read|Take|Last|Scan)(?:$|[A-Z_]|one|row|val)/;
/** No row of a database. */
const OTHERS =
  /\b(?:req|request|ctx|body|params|config|options|settings|env|headers|cache|redis|redisClient|rdb)\b\??\.|\bredis|cache/i;
/** Of these too many or too few hurt nobody much. */
const HARMLESS = /attempt|retr|hit|view|like|vote|download|score|usage|\bnum\b|count|token|total/i;

interface Check {
  /** The whole `if`. */
  span: Span;
  /** The part of it that is run when something was refused. */
  isLeft: boolean;
  value: string;
  column: string;
}

/**
 * `if (wallet.balance < amount) return`, and then `UPDATE wallets SET balance = balance - $1 WHERE id = $2`: the statement does not ask
 * again, so two requests at once both pass.
 */
export function findCheckedThenChanged(home: Home): FoundSlip[] {
  if (ALONE.test(home.path)) return [];
  const taken = findTakenTwice(home);
  if (!MAY_CHANGE.test(home.text)) return taken;
  return [...taken, ...home.module.functions.flatMap((form) => (form.id === 0 ? [] : findIn(home, form)))];
}

function findIn(home: Home, form: FunctionForm): FoundSlip[] {
  if (ALONE.test(form.name)) return [];
  const checks = checksIn(home, form);
  if (checks.length === 0) return [];
  const outer = functionsAround(home.module, form).at(-1) ?? form;
  if (isRefused(home, outer)) return [];
  const held = isHeld(home, outer) ? heldAt(home, outer) : null;
  const found = new Map<string, FoundSlip>();
  for (const change of changesIn(home, form)) {
    const check = checks.find((one) => isBefore(one, change));
    if (held !== null && (!check || !isLockedLate(checks, check, held, change))) continue;
    if (!check || found.has(check.column) || isAskedAgain(home, form, change)) continue;
    found.set(check.column, {
      kind: 'checked-then-changed',
      home,
      form,
      span: change.span,
      ...(HARMLESS.test(change.column) && { suspected: true }),
      names: {
        VALUE: check.value,
        COLUMN: change.column,
        LINE: check.span,
        CONDITION: change.sign === '-' ? `${change.column} >= …` : `${change.column} < …`,
        DOES: change.sign === '-' ? 'takes from' : 'adds to',
      },
    });
  }
  return [...found.values()];
}

/** Where the function says the first time that it locks, and the last time that it does. */
function heldAt(home: Home, { span }: FunctionForm): Span {
  const at = [...textOf(home, span).matchAll(new RegExp(HELD, 'gi'))].map(({ index }) => span[0] + index);
  return [at[0] ?? span[0], at.at(-1) ?? span[1]];
}

/** What was read before the lock was taken was compared, and nothing is compared behind it: whoever waited for it goes on as well. */
function isLockedLate(checks: readonly Check[], check: Check, [first, last]: Span, change: Change): boolean {
  const end = check.isLeft ? check.span[1] : check.span[0];
  return first > end && last < change.span[0] && !checks.some(({ span }) => span[0] > first);
}

/** The change stands where the check let it through. */
function isBefore({ span, isLeft, column }: Check, change: Change): boolean {
  if (plainName(column) !== plainName(change.column)) return false;
  return holds(span, change.span) || (isLeft && span[1] <= change.span[0]);
}

/** What came of it is compared, and undone: `RETURNING balance`, `if (left < 0) throw`. */
function isAskedAgain(home: Home, form: FunctionForm, { span, column }: Change): boolean {
  const rest = home.text.slice(span[1], Math.min(form.span[1], span[1] + 1500));
  return new RegExp(String.raw`\b${column}\b\W{0,20}<\s*0\b|rollback\b[^\n]*${column}`, 'i').test(rest);
}

/** Comparisons of a number of a row that was read here. */
function checksIn(home: Home, form: FunctionForm): Check[] {
  const found: Check[] = [];
  const visitAll = (body: readonly Statement[]): void => {
    for (const one of body) {
      if (one.kind === 'if' && found.length < MOST_LOOKS)
        visitOne(one.test, (part) => {
          if (part.kind !== 'binary' || !/^[<>]=?$/.test(part.operator)) return;
          for (const side of [part.left, part.right]) {
            const column = columnOf(home, form, side);
            if (column !== null && isCounted(column))
              found.push({ span: one.span, isLeft: leaves(one.yes), value: said(home, side), column });
          }
        });
      visitAll(blocksOf(one));
    }
  };
  visitAll(form.body);
  return found;
}

function said(home: Home, { span }: Expression): string {
  return textOf(home, span).replaceAll('`', '').replace(/\s+/g, ' ').slice(0, 60);
}

/** `rows[0].balance`, `row["balance"]`, `Number(wallet.balance)`; a name alone where it keeps a column that was read. */
function columnOf(home: Home, form: FunctionForm, side: Expression): string | null {
  if (side.kind === 'cast' || side.kind === 'await') return columnOf(home, form, side.of);
  if (side.kind === 'choice' && side.test === null) return columnOf(home, form, side.yes);
  if (side.kind === 'call') {
    const [first] = side.arguments;
    const name = side.of.kind === 'name' || side.of.kind === 'field' ? side.of.name : '';
    return first && /^(?:Number|parseInt|parseFloat|BigInt|int|float|Decimal)$/.test(name)
      ? columnOf(home, form, first.value)
      : null;
  }
  const root = rootName(side);
  if (root === null || !isRow(home, form, root)) return null;
  if (side.kind === 'field' || side.kind === 'name') return side.name;
  return side.kind === 'index' && side.by.kind === 'text' ? side.by.value : null;
}

/** What a name keeps was read from a database in this function. */
export function isRow(home: Home, form: FunctionForm, name: string, seen = new Set<string>()): boolean {
  if (seen.has(name) || seen.size >= MOST_LOOKS) return false;
  seen.add(name);
  if (home.module.language === 'go' && filledIn(home).get(form)?.has(name)) return true;
  return (setsOf(form).get(name) ?? []).some(({ target, value }) => {
    if (target.kind !== 'name') return false;
    const chain = chainOf(value);
    if (chain) return !OTHERS.test(`${chain.path.join('.')}.`) && namesOf(chain).some((one) => READS.test(one));
    const root = rootName(value.kind === 'await' ? value.of : value);
    return root !== null && isRow(home, form, root, seen);
  });
}

/** `db.QueryRow("SELECT balance …").Scan(&balance)` */
const FILLS = /\.(?:Scan|First|Take|Last|Find|Get|GetContext|ScanOne)\([^\n]*/g;

/** Of Go: the names that a call fills with what it read, by the function. */
const filledIn = memo(({ module, text }: Home): ReadonlyMap<FunctionForm, ReadonlySet<string>> => {
  const filled = new Map<FunctionForm, Set<string>>();
  for (const { 0: line, index } of text.matchAll(FILLS)) {
    const around = functionsAround(module, functionAt(module, [index, index + 1])).slice(0, MOST_NESTED);
    for (const form of around) {
      const names = filled.get(form) ?? new Set();
      for (const [, name = ''] of line.matchAll(/&(\w+)/g)) names.add(name);
      filled.set(form, names);
    }
  }
  return filled;
});

function changesIn(home: Home, form: FunctionForm): Change[] {
  const found: Change[] = [];
  // A chain of calls is looked at as a whole.
  const looked = new Set<Expression>();
  visitBody(form.body, (one) => {
    if (looked.has(one)) return;
    for (const call of one.kind === 'call' ? (chainOf(one)?.calls ?? []) : []) looked.add(call);
    if (found.length >= MOST_LOOKS || found.some(({ span }) => holds(span, one.span))) return;
    const change = changeIn(home, one);
    if (change && isCounted(change.column)) found.push(change);
  });
  // Elsewhere in the function the statement asks: what does not is the other case.
  const asked = new Set(found.flatMap(({ column, isAsked }) => (isAsked ? [plainName(column)] : [])));
  return found.filter(({ column }) => !asked.has(plainName(column)));
}
