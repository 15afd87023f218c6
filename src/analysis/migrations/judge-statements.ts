import type { Node } from 'libpg-query';
import { findUnindexedReferences } from './find-unindexed-references.ts';
import { columnKey, History } from './history.ts';
import type { Gone, Hit, MigrationHit } from './hit.ts';
import { type Future, judgeAlterTable } from './judge-alter-table.ts';
import { assignsTwice, judgeDomain } from './judge-domain.ts';
import { findUsed, readAddedValue } from './judge-transaction.ts';
import { judgeUpkeep } from './judge-upkeep.ts';
import { locateActions } from './locate-actions.ts';
import type { ParsedStatement } from './parse-statements.ts';
import type { Wrap } from './read-layout.ts';
import type { Placeholder } from './split-statements.ts';
import { nameListed, nameTable, readString } from './tables.ts';

export interface Group {
  statements: readonly ParsedStatement[];
  wrap: Wrap;
  /** Its transaction is its own. */
  alone?: true;
}

/** What the statements of a file do to tables in use. The groups are its sections, in order. */
export function judgeStatements(groups: readonly Group[]): Hit[] {
  const all = groups.flatMap(({ statements }) => statements);
  const history = new History(readSearchPath(all));
  const later = foresee(all, history.schema);
  let index = 0;
  const hits = groups.flatMap(({ statements, wrap, alone }) => {
    const asString = wrap === 'string' && statements.length > 1;
    history.inTransaction = asString || wrap === 'transaction';
    if (wrap !== 'transaction' || alone) history.forgetTransaction();
    return statements.flatMap((one) => {
      const future = later(index++);
      if (one.made) remember(one.made, history, asString);
      const hits = one.node ? judgeNode(one, one.node, history, future, asString) : [];
      return hits.map((hit) => ({
        ...hit,
        table: restoreNames(hit.table, one.placeholders),
        ...(hit.gone && { gone: addNames(hit.gone, one.placeholders) }),
      }));
    });
  });
  return [...hits, ...findUnindexedReferences(all, history.schema)];
}

/** Names as people wrote them, with the tool's placeholders. */
function restoreNames(name: string, placeholders: readonly Placeholder[]): string {
  return placeholders.reduce((text, { fill, raw }) => {
    const at = fill.trim() === '' ? -1 : text.toLowerCase().indexOf(fill);
    return at === -1 ? text : text.slice(0, at) + raw + text.slice(at + fill.length);
  }, name);
}

/** Code knows a table by its model as well. */
function addNames({ tables, column }: Gone, placeholders: readonly Placeholder[]): Gone {
  return { tables: [...new Set(tables.flatMap((name) => [restoreNames(name, placeholders), name]))], column };
}

/** The schema that the file works in: the first of its search_path, else `public`. */
function readSearchPath(statements: readonly ParsedStatement[]): string {
  for (const { node } of statements) {
    if (!node || !('VariableSetStmt' in node) || node.VariableSetStmt.name !== 'search_path') continue;
    const [first] = node.VariableSetStmt.args ?? [];
    const value = first && 'A_Const' in first ? first.A_Const.sval?.sval : undefined;
    if (value) return value;
  }
  return 'public';
}

function judgeNode(one: ParsedStatement, node: Node, history: History, future: Future, asString: boolean): Hit[] {
  const { schema, newValues } = history;
  const say = (kind: MigrationHit | null, table: string, gone?: Gone): Hit[] =>
    kind ? [{ kind, start: one.start, end: one.end, table, statement: one.shown, ...(gone && { gone }) }] : [];
  const added = readAddedValue(node);
  if (added && history.inTransaction && !history.made.has(typeKey(added.type))) newValues.set(added.value, added.type);
  const used = added ? undefined : findUsed(node, newValues);
  if (used !== undefined) return say('new-value-used', newValues.get(used) ?? '');
  if ('AlterTableStmt' in node) {
    const kinds = judgeAlterTable(node.AlterTableStmt, history, future);
    if (history.inTransaction) history.locked.add(nameTable(node.AlterTableStmt.relation, schema).key);
    const places = locateActions(one, kinds.length);
    const { shown } = nameTable(node.AlterTableStmt.relation, schema);
    return kinds.flatMap((kind, at) => {
      if (!kind) return [];
      const command = node.AlterTableStmt.cmds?.[at];
      const column = command && 'AlterTableCmd' in command ? (command.AlterTableCmd.name ?? null) : null;
      const gone = kind === 'drop-column' && { tables: [node.AlterTableStmt.relation?.relname ?? ''], column };
      return [{ kind, table: shown, ...(places[at] ?? locateWhole(one)), ...(gone && { gone }) }];
    });
  }
  if ('IndexStmt' in node) {
    const { relation, concurrent, idxname } = node.IndexStmt;
    const { key, shown } = nameTable(relation, schema);
    history.made.add(nameTable({ ...relation, relname: idxname ?? '' }, schema).key);
    if (concurrent) return say(history.inTransaction ? 'outside-transaction-only' : null, shown);
    // ON ONLY makes the frame of a partitioned index and reads no row.
    return say(history.isQuiet(key) || relation?.inh !== true ? null : 'index', shown);
  }
  if ('DropStmt' in node) {
    const { removeType, objects = [], concurrent } = node.DropStmt;
    if (removeType === 'OBJECT_INDEX') {
      const [index] = objects.map((object) => nameListed(object, schema));
      if (concurrent) return say(history.inTransaction ? 'outside-transaction-only' : null, index?.shown ?? '');
      const isMissed = index && !history.made.has(index.key) && !future.makes(index.key);
      return say(isMissed ? 'drop-index' : null, index?.shown ?? '');
    }
    if (removeType !== 'OBJECT_TABLE') return [];
    const gone = objects.map((object) => nameListed(object, schema));
    const missed = gone.filter(({ key }) => !history.made.has(key) && !future.makes(key));
    const names = { tables: missed.map(({ own }) => own), column: null };
    return missed[0] ? say('drop-table', missed[0].shown, names) : [];
  }
  if ('RenameStmt' in node) return judgeRename(node, history, future, say);
  if ('AlterObjectSchemaStmt' in node) {
    const { objectType, relation } = node.AlterObjectSchemaStmt;
    const { key, shown } = nameTable(relation, schema);
    const moved = objectType === 'OBJECT_TABLE' && !history.made.has(key) && !future.makes(key);
    return say(moved ? 'move-table' : null, shown, { tables: [relation?.relname ?? ''], column: null });
  }
  if ('UpdateStmt' in node) {
    const { relation, whereClause, targetList, fromClause } = node.UpdateStmt;
    const { key, shown } = nameTable(relation, schema);
    if (assignsTwice(targetList ?? [])) return say('assigned-twice', shown);
    // A condition that is no more than `IS NULL` is that of a backfill.
    const isWhole = !whereClause || 'NullTest' in whereClause || (fromClause !== undefined && isJoin(whereClause));
    const isLocked = history.inTransaction && history.locked.has(key) && !history.isQuiet(key);
    if (!isWhole || !isLocked) return [];
    history.filled.add(key);
    return say('backfill-under-lock', shown);
  }
  if ('AlterDomainStmt' in node) {
    const { typeName = [] } = node.AlterDomainStmt;
    const name = readString(typeName.at(-1)) ?? '';
    return say(history.made.has(typeKey(name)) ? null : judgeDomain(node.AlterDomainStmt), name);
  }
  const upkeep = judgeUpkeep(node, history);
  if (upkeep) return say(upkeep.kind, upkeep.table);
  if ('TruncateStmt' in node && node.TruncateStmt.behavior === 'DROP_CASCADE') {
    const emptied = (node.TruncateStmt.relations ?? []).flatMap((one) =>
      'RangeVar' in one ? [nameTable(one.RangeVar, schema)] : [],
    );
    const missed = emptied.find(({ key }) => !history.isQuiet(key));
    remember(node, history, asString);
    return say(missed ? 'truncate-cascade' : null, missed?.shown ?? '');
  }
  if ('DropdbStmt' in node)
    return say(future.makes(node.DropdbStmt.dbname ?? '') ? null : 'drop-database', node.DropdbStmt.dbname ?? '');
  remember(node, history, asString);
  return [];
}

function judgeRename(
  node: Extract<Node, { RenameStmt: unknown }>,
  history: History,
  future: Future,
  say: (kind: MigrationHit | null, table: string, gone?: Gone) => Hit[],
): Hit[] {
  const { renameType, relationType, relation, subname = '', newname = '' } = node.RenameStmt;
  const { key, shown } = nameTable(relation, history.schema);
  if (renameType === 'OBJECT_TABLE') {
    const wasMade = history.made.has(key);
    const next = nameTable({ ...relation, relname: newname }, history.schema).key;
    // `a` that becomes `a_old`, while a new `a` is made: dropping `a_old` takes nothing that anybody asks for.
    const isKnown = wasMade || future.makes(key);
    if (isKnown) history.make(next, !history.empty.has(key));
    const gone = { tables: [relation?.relname ?? ''], column: null };
    return say(isKnown ? null : 'rename-table', shown, gone);
  }
  if (renameType !== 'OBJECT_COLUMN' || relationType !== 'OBJECT_TABLE') return [];
  const column = columnKey(key, subname);
  // Told at the renaming, or the old name is there again: dropping the renamed one says nothing new.
  history.added.add(columnKey(key, newname));
  const known = history.made.has(key) || history.added.has(column) || future.adds(column);
  return say(known ? null : 'rename-column', shown, { tables: [relation?.relname ?? ''], column: subname });
}

/** Statements that are no danger themselves and decide about those that follow. */
function remember(node: Node, history: History, asString: boolean): void {
  if ('CreateDomainStmt' in node) history.made.add(typeKey(readString(node.CreateDomainStmt.domainname?.at(-1)) ?? ''));
  if ('CreateEnumStmt' in node) history.made.add(typeKey(readString(node.CreateEnumStmt.typeName?.at(-1)) ?? ''));
  if ('CreateStmt' in node) history.make(nameTable(node.CreateStmt.relation, history.schema).key, false);
  else if ('CreateTableAsStmt' in node)
    history.make(nameTable(node.CreateTableAsStmt.into?.rel, history.schema).key, true);
  else if ('SelectStmt' in node && node.SelectStmt.intoClause)
    history.make(nameTable(node.SelectStmt.intoClause.rel, history.schema).key, true);
  else if ('TruncateStmt' in node)
    for (const one of node.TruncateStmt.relations ?? [])
      if ('RangeVar' in one) history.empty.add(nameTable(one.RangeVar, history.schema).key);
  if ('DeleteStmt' in node && !node.DeleteStmt.whereClause && !node.DeleteStmt.usingClause)
    history.empty.add(nameTable(node.DeleteStmt.relation, history.schema).key);
  if ('InsertStmt' in node) history.empty.delete(nameTable(node.InsertStmt.relation, history.schema).key);
  if ('CopyStmt' in node && node.CopyStmt.is_from)
    history.empty.delete(nameTable(node.CopyStmt.relation, history.schema).key);
  if ('TransactionStmt' in node) {
    const { kind, chain = false } = node.TransactionStmt;
    if (kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START') history.inTransaction = true;
    // What is sent as one string stays in a transaction whatever it says.
    if (kind === 'TRANS_STMT_COMMIT' || kind === 'TRANS_STMT_ROLLBACK') history.inTransaction = asString || chain;
    if (!OF_SAVEPOINTS.has(kind)) history.forgetTransaction();
  }
}

/** The transaction goes on. */
const OF_SAVEPOINTS = new Set<unknown>(['TRANS_STMT_SAVEPOINT', 'TRANS_STMT_RELEASE', 'TRANS_STMT_ROLLBACK_TO']);

/** Apart from tables of the same name. */
/** `where p.id = a.plan_id`: it says which row belongs to which, and leaves none out. */
function isJoin(condition: Node): boolean {
  if (!('A_Expr' in condition)) return false;
  const { lexpr, rexpr } = condition.A_Expr;
  return [lexpr, rexpr].every((one) => one !== undefined && 'ColumnRef' in one);
}

function typeKey(name: string): string {
  return `type ${name}`;
}

function locateWhole(one: ParsedStatement): { start: number; end: number; statement: string } {
  return { start: one.start, end: one.end, statement: one.shown };
}

/** For each place, what the statements after it (and the same one) make: a name that is there again when all is done is not missed. */
function foresee(statements: readonly ParsedStatement[], schema: string): (index: number) => Future {
  const made = new Map<string, number>();
  const added = new Map<string, number>();
  const dropped = new Map<string, number>();
  const note = (map: Map<string, number>, key: string, index: number): unknown => map.set(key, index);
  for (const [index, { node }] of statements.entries()) {
    if (!node) continue;
    const key = (relation: Parameters<typeof nameTable>[0]): string => nameTable(relation, schema).key;
    if ('CreatedbStmt' in node) note(made, node.CreatedbStmt.dbname ?? '', index);
    if ('IndexStmt' in node && !node.IndexStmt.concurrent)
      note(made, key({ ...node.IndexStmt.relation, relname: node.IndexStmt.idxname ?? '' }), index);
    if ('CreateStmt' in node) note(made, key(node.CreateStmt.relation), index);
    if ('ViewStmt' in node) note(made, key(node.ViewStmt.view), index);
    if ('CreateTableAsStmt' in node) note(made, key(node.CreateTableAsStmt.into?.rel), index);
    if ('RenameStmt' in node) {
      const { renameType, relation, newname = '' } = node.RenameStmt;
      if (renameType === 'OBJECT_TABLE' || renameType === 'OBJECT_VIEW')
        note(made, key({ ...relation, relname: newname }), index);
      if (renameType === 'OBJECT_COLUMN') note(added, columnKey(key(relation), newname), index);
    }
    if ('AlterTableStmt' in node)
      for (const command of node.AlterTableStmt.cmds ?? []) {
        if (!('AlterTableCmd' in command)) continue;
        const { subtype, def, name = '' } = command.AlterTableCmd;
        const table = key(node.AlterTableStmt.relation);
        if (subtype === 'AT_AddColumn' && def && 'ColumnDef' in def)
          note(added, columnKey(table, def.ColumnDef.colname ?? ''), index);
        if (subtype === 'AT_DropConstraint' && !/(^|_)(fk|fkey|pkey|key|uq)$/i.test(name)) note(dropped, table, index);
      }
  }
  return (index) => ({
    makes: (table) => (made.get(table) ?? -1) >= index,
    adds: (column) => (added.get(column) ?? -1) >= index,
    dropsConstraint: (table) => (dropped.get(table) ?? -1) >= index,
  });
}
