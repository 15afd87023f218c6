import type { ColumnDef, Node } from 'libpg-query';
import { constraintsOf, isSerial } from './fills-rows.ts';
import { History } from './history.ts';
import type { Hit, MigrationHit } from './hit.ts';
import type { Group } from './judge-statements.ts';
import { BEGINS, ENDS } from './judge-transaction.ts';
import type { ParsedStatement } from './parse-statements.ts';
import { nameTable, readString } from './tables.ts';

/**
 * What is no danger by itself: a type that people regret, a name that is cut off, two tables that are locked together. Of each kind a file
 * is told once.
 */
export function adviseStatements(groups: readonly Group[], isGenerated: boolean): Hit[] {
  const all = groups.flatMap(({ statements }) => statements);
  const hits = [
    ...all.flatMap(adviseName),
    ...adviseNesting(groups),
    // In a transaction all of it is undone.
    ...groups.flatMap(({ statements, wrap }) => (wrap === 'transaction' ? [] : adviseRepeating(statements))),
    ...adviseLocks(groups),
    ...(isGenerated ? [] : all.flatMap(adviseTypes)),
  ];
  const first = new Map(hits.map((hit) => [hit.kind, hit] as const).reverse());
  return [...first.values()].map((hit) => {
    const others = hits.filter(({ kind }) => kind === hit.kind).length - 1;
    return others > 0 ? { ...hit, others } : hit;
  });
}

function tell(kind: MigrationHit, one: ParsedStatement, table: string, statement = one.shown): Hit {
  return { kind, start: one.start, end: one.end, table, statement };
}

/** Longer names are cut to this. Source: postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS */
const MOST_BYTES = 63;

function adviseName(one: ParsedStatement): Hit[] {
  const long = one.tokens.find(
    ({ kind, text }) =>
      (kind === 'name' || kind === 'word') &&
      text.length * 4 > MOST_BYTES &&
      Buffer.byteLength(text) > MOST_BYTES &&
      !one.placeholders.some(({ fill }) => text.includes(fill.trim().toLowerCase())),
  );
  if (!long || !one.node || !Object.keys(one.node).some((kind) => /^(?:Create|Alter|Index|Drop|Rename)/.test(kind)))
    return [];
  return [{ kind: 'name-cut', start: long.start, end: long.end, table: '', statement: long.text }];
}

/** A second BEGIN is a warning and nothing else, and the first COMMIT ends what the tool or the file had begun. */
function adviseNesting(groups: readonly Group[]): Hit[] {
  return groups.flatMap(({ statements, wrap }) => {
    let isOpen = wrap === 'transaction';
    return statements.flatMap((one) => {
      const kind = one.node && 'TransactionStmt' in one.node ? one.node.TransactionStmt.kind : undefined;
      const isBegin = kind !== undefined && BEGINS.includes(kind);
      const isEnd = kind !== undefined && ENDS.includes(kind);
      const isNested = isOpen && (isBegin || (isEnd && wrap === 'transaction'));
      if (isBegin) isOpen = true;
      else if (isEnd) isOpen = wrap === 'transaction';
      return isNested ? [tell('begin-in-transaction', one, '')] : [];
    });
  });
}

/**
 * Each statement stands by itself where one of them refuses a transaction: when a later one fails, the file cannot be run again
 * unless the earlier ones bear it.
 */
function adviseRepeating(all: readonly ParsedStatement[]): Hit[] {
  const isConcurrent = ({ node }: ParsedStatement): boolean =>
    node !== null &&
    (('IndexStmt' in node && node.IndexStmt.concurrent === true) ||
      ('DropStmt' in node && node.DropStmt.concurrent === true));
  if (!all.some(isConcurrent) || all.some(({ node }) => node && 'TransactionStmt' in node)) return [];
  const changing = all.filter(({ node }) => node && Object.keys(node).some((kind) => CHANGES.has(kind)));
  // The last one may fail: nothing is done twice then. An index that was built halfway is dropped first, so it is to be refused.
  return changing
    .slice(0, -1)
    .flatMap((one) =>
      one.node && !isConcurrent(one) && !bearsRepeating(one.node) ? [tell('not-repeatable', one, '')] : [],
    );
}

const CHANGES = new Set([
  'CreateStmt',
  'IndexStmt',
  'AlterTableStmt',
  'DropStmt',
  'RenameStmt',
  'InsertStmt',
  'CreateEnumStmt',
]);

function bearsRepeating(node: Node): boolean {
  if ('CreateStmt' in node) return node.CreateStmt.if_not_exists === true;
  if ('IndexStmt' in node) return node.IndexStmt.if_not_exists === true;
  if ('DropStmt' in node) return node.DropStmt.missing_ok === true;
  if ('InsertStmt' in node) return node.InsertStmt.onConflictClause !== undefined;
  if ('AlterTableStmt' in node)
    return (node.AlterTableStmt.cmds ?? []).every((one) => {
      if (!('AlterTableCmd' in one)) return true;
      const { subtype = 'AT_AddColumn', missing_ok = false } = one.AlterTableCmd;
      return (
        !['AT_AddColumn', 'AT_DropColumn', 'AT_AddConstraint', 'AT_DropConstraint'].includes(subtype) || missing_ok
      );
    });
  return false;
}

/** These let others read and write, or only stop writes. Source: postgresql.org/docs/current/sql-altertable.html, lock levels by action. */
const LIGHT = new Set<unknown>([
  'AT_ValidateConstraint',
  'AT_SetStatistics',
  'AT_SetOptions',
  'AT_ResetOptions',
  'AT_SetRelOptions',
  'AT_ResetRelOptions',
  'AT_ClusterOn',
  'AT_DropCluster',
  'AT_AttachPartition',
  'AT_EnableTrig',
  'AT_DisableTrig',
]);

/** What one transaction takes for itself (ACCESS EXCLUSIVE) it keeps to its end. */
function adviseLocks(groups: readonly Group[]): Hit[] {
  const hits: Hit[] = [];
  const history = new History('public');
  let locked = new Map<string, string>();
  for (const { statements, wrap } of groups) {
    let isOpen = wrap === 'transaction' || (wrap === 'string' && statements.length > 1);
    locked = new Map();
    for (const one of statements) {
      const { node } = one;
      if (!node) continue;
      if ('CreateStmt' in node) history.make(nameTable(node.CreateStmt.relation, 'public').key, false);
      if ('TransactionStmt' in node) {
        isOpen = BEGINS.includes(node.TransactionStmt.kind ?? 'TRANS_STMT_COMMIT') || wrap === 'transaction';
        locked = new Map();
      }
      if (!('AlterTableStmt' in node) || node.AlterTableStmt.objtype !== 'OBJECT_TABLE') continue;
      const { key, shown } = nameTable(node.AlterTableStmt.relation, 'public');
      const isHeavy = (node.AlterTableStmt.cmds ?? []).some(
        (own) => 'AlterTableCmd' in own && !isLight(own.AlterTableCmd),
      );
      if (history.isQuiet(key) || !isHeavy) continue;
      locked.set(key, shown);
      if (isOpen && locked.size === 2) hits.push(tell('tables-locked-together', one, [...locked.values()].join(', ')));
    }
  }
  return hits;
}

function isLight({ subtype, def }: { subtype?: unknown; def?: Node }): boolean {
  const isForeign = def && 'Constraint' in def && def.Constraint.contype === 'CONSTR_FOREIGN';
  return LIGHT.has(subtype) || isForeign === true;
}

function adviseTypes(one: ParsedStatement): Hit[] {
  const { node } = one;
  if (!node) return [];
  const [relation, parts] =
    'CreateStmt' in node
      ? [node.CreateStmt.relation, node.CreateStmt.tableElts ?? []]
      : 'AlterTableStmt' in node
        ? [
            node.AlterTableStmt.relation,
            (node.AlterTableStmt.cmds ?? []).flatMap((own) =>
              'AlterTableCmd' in own && own.AlterTableCmd.def ? [own.AlterTableCmd.def] : [],
            ),
          ]
        : [undefined, []];
  if (!relation) return [];
  const table = nameTable(relation, 'public').shown;
  const keys = new Set(
    parts.flatMap((part) => {
      const own =
        'Constraint' in part && part.Constraint.contype === 'CONSTR_PRIMARY' ? (part.Constraint.keys ?? []) : [];
      return own.length === 1 ? own.map(readString) : [];
    }),
  );
  return parts.flatMap((part) => {
    if (!('ColumnDef' in part)) return [];
    const { colname = '' } = part.ColumnDef;
    const judged = judgeType(part.ColumnDef, keys.has(colname), table);
    // A table that is there has its numbers already.
    const kind = judged === 'serial' && !('CreateStmt' in node) ? null : judged;
    if (!kind) return [];
    const token = one.tokens.find(({ kind: what, text }) => (what === 'word' || what === 'name') && text === colname);
    const place = token ? { start: token.start, end: token.end } : {};
    return [{ ...tell(kind, one, table, colname), ...place }];
  });
}

const ROUNDED = /^float[48]$/;
/** What somebody owes, owns or is paid. */
const MONEY =
  /(?:^|_)(?:price|balance|salary|wages?|fees?|payment|refund|deposit|subtotal|revenue|payout|turnover)(?:$|_(?!rate|percent|ratio|factor|score|count|index|tolerance|per_))/;
/** The same where the table is about money: of a recipe an amount is one of flour. */
const AMOUNT = /(?:^|_)(?:amount|total|cost|discount|tax|paid|due|credit|debit)$/;
const BOOKS =
  /payment|invoice|order|transaction|transfer|wallet|account|ledger|refund|payout|subscription|expense|billing|charge|donation|budget|purchase|cart|receipt/;
/** Prices that are watched, and not paid. */
const WATCHED = /ticker|quote|candle|histor|market|crypto|forecast|estimat|metric|stat|rate|score|usage|benchmark/;

function isMoney(column: string, table: string): boolean {
  const [of, name] = [snake(table), snake(column)];
  return (MONEY.test(name) || (AMOUNT.test(name) && BOOKS.test(of))) && !WATCHED.test(`${of} ${name}`);
}

/** `unitPrice` as `unit_price`. */
function snake(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
}

const SMALL = /^(?:int2|int4|smallserial|serial|serial2|serial4)$/;

/**
 * Source: postgresql.org/docs/current/datatype-character.html, datatype-datetime.html, datatype-numeric.html and
 * wiki.postgresql.org/wiki/Don't_Do_This
 */
function judgeType(definition: ColumnDef, isListedKey: boolean, table: string): MigrationHit | null {
  const { typeName } = definition;
  const name = (typeName?.names ?? []).map(readString).at(-1) ?? '';
  const isKey = isListedKey || constraintsOf(definition).some(({ contype }) => contype === 'CONSTR_PRIMARY');
  const counts = isSerial(definition) || constraintsOf(definition).some(({ contype }) => contype === 'CONSTR_IDENTITY');
  if (name === 'bpchar') return 'padded-text';
  // With a precision it is what a generator writes.
  if (name === 'timestamp' && !typeName?.typmods) return 'time-without-zone';
  if (ROUNDED.test(name) && isMoney(definition.colname ?? '', table)) return 'rounded-money';
  if (SMALL.test(name) && isKey && counts) return 'narrow-key';
  return isSerial(definition) ? 'serial' : null;
}
