import type { AlterTableCmd, AlterTableStmt, ColumnDef, Constraint, Node } from 'libpg-query';
import { constraintsOf, fillsRows, fillsRowsPerhaps, isSerial } from './fills-rows.ts';
import { columnKey, type History } from './history.ts';
import type { MigrationHit } from './hit.ts';
import { nodesIn } from './nodes-in.ts';
import { mayNarrow, rewritesTable } from './rewrites-table.ts';
import { nameTable, readString } from './tables.ts';

/** What comes later in the same section, for what is taken away and given back. */
export interface Future {
  makes(table: string): boolean;
  adds(column: string): boolean;
  dropsConstraint(table: string): boolean;
}

/** The actions of one ALTER TABLE, in order: what each does to a table in use, or null. */
export function judgeAlterTable(stmt: AlterTableStmt, history: History, future: Future): (MigrationHit | null)[] {
  const table = nameTable(stmt.relation, history.schema).key;
  const actions = (stmt.cmds ?? []).flatMap((node) => ('AlterTableCmd' in node ? [node.AlterTableCmd] : []));
  if (stmt.objtype !== 'OBJECT_TABLE') return actions.map(() => null);
  return actions.map((action) => judgeAction(action, table, history, future));
}

function judgeAction(action: AlterTableCmd, table: string, history: History, future: Future): MigrationHit | null {
  const column = columnKey(table, action.name ?? '');
  const loud = !history.isQuiet(table);
  switch (action.subtype) {
    case 'AT_AddColumn': {
      const definition = readDefinition(action.def);
      if (!definition) return null;
      history.added.add(columnKey(table, definition.colname ?? ''));
      if (isNotNull(definition)) history.required.add(columnKey(table, definition.colname ?? ''));
      if (history.empty.has(table)) return null;
      if (isRequired(definition)) return 'required-column';
      if (repeatsUnique(definition)) return 'same-unique-value';
      return loud ? judgeFilling(definition) : null;
    }
    case 'AT_ColumnDefault':
      // Without an expression it is DROP DEFAULT.
      return !action.def && loud && history.required.has(column) ? 'default-taken' : null;
    case 'AT_DropColumn':
      return history.made.has(table) || history.added.has(column) || future.adds(column) ? null : 'drop-column';
    case 'AT_AlterColumnType': {
      const definition = readDefinition(action.def);
      if (!definition || !loud) return null;
      if (rewritesTable(definition, action.name ?? '')) return 'change-type';
      return mayNarrow(definition) && !history.added.has(column) ? 'type-perhaps' : null;
    }
    case 'AT_SetNotNull':
      if (history.required.has(column) || history.validated.has(table) || history.filled.has(table)) return null;
      return loud && !future.dropsConstraint(table) ? 'not-null' : null;
    case 'AT_DropNotNull':
      return loud && !history.added.has(column) ? 'not-null-dropped' : null;
    case 'AT_ValidateConstraint':
      history.validated.add(table);
      return loud && history.unchecked.has(column) ? 'validated-under-lock' : null;
    case 'AT_AddConstraint':
      return action.def && 'Constraint' in action.def && loud
        ? judgeConstraint(action.def.Constraint, table, history)
        : null;
    case 'AT_DetachPartition': {
      const isConcurrent = action.def && 'PartitionCmd' in action.def && action.def.PartitionCmd.concurrent;
      if (isConcurrent) return history.inTransaction ? 'outside-transaction-only' : null;
      return loud ? 'detach-partition' : null;
    }
    case 'AT_SetLogged':
    case 'AT_SetUnLogged':
    case 'AT_SetTableSpace':
    case 'AT_SetAccessMethod':
      return loud ? 'rewrite' : null;
    default:
      return null;
  }
}

function judgeConstraint(constraint: Constraint, table: string, history: History): MigrationHit | null {
  switch (constraint.contype) {
    case 'CONSTR_FOREIGN':
    case 'CONSTR_CHECK': {
      if (constraint.skip_validation && history.inTransaction)
        history.unchecked.add(columnKey(table, constraint.conname ?? ''));
      if (constraint.skip_validation || constraint.is_enforced === false) return null;
      const isForeign = constraint.contype === 'CONSTR_FOREIGN';
      const columns = isForeign ? (constraint.fk_attrs ?? []).map(readString) : readColumns(constraint.raw_expr);
      // Columns of this migration hold nothing yet that could break the rule.
      if (columns.length > 0 && columns.every((name) => history.added.has(columnKey(table, name ?? '')))) return null;
      return isForeign ? 'foreign-key' : 'check';
    }
    case 'CONSTR_PRIMARY':
    case 'CONSTR_UNIQUE':
      return constraint.indexname ? null : 'unique';
    case 'CONSTR_NOTNULL':
      return constraint.skip_validation || history.validated.has(table) ? null : 'not-null';
    default:
      return null;
  }
}

function readDefinition(node: Node | undefined): ColumnDef | null {
  return node && 'ColumnDef' in node ? node.ColumnDef : null;
}

/** What a new column costs a table that has rows. */
function judgeFilling(definition: ColumnDef): MigrationHit | null {
  if (fillsRows(definition)) return 'rows-filled';
  const isKey = constraintsOf(definition).some(
    ({ contype }) => contype === 'CONSTR_UNIQUE' || contype === 'CONSTR_PRIMARY',
  );
  if (isKey) return 'unique';
  return fillsRowsPerhaps(definition) ? 'rows-filled-perhaps' : null;
}

/** NOT NULL, and nothing that gives the rows that are there a value. */
function isRequired(definition: ColumnDef): boolean {
  const constraints = constraintsOf(definition);
  const has = (...kinds: Constraint['contype'][]): boolean =>
    constraints.some(({ contype }) => kinds.includes(contype));
  const fallback = constraints.find(({ contype }) => contype === 'CONSTR_DEFAULT')?.raw_expr;
  if (isSerial(definition) || has('CONSTR_IDENTITY', 'CONSTR_GENERATED')) return false;
  return has('CONSTR_NOTNULL', 'CONSTR_PRIMARY') && (!fallback || isNull(fallback));
}

/** UNIQUE, and a default that is one value: two rows break it. */
function repeatsUnique(definition: ColumnDef): boolean {
  const own = constraintsOf(definition);
  const fallback = own.find(({ contype }) => contype === 'CONSTR_DEFAULT')?.raw_expr;
  const isUnique = own.some(({ contype }) => contype === 'CONSTR_UNIQUE' || contype === 'CONSTR_PRIMARY');
  return isUnique && fallback !== undefined && isConstant(fallback);
}

function isConstant(node: Node): boolean {
  if ('TypeCast' in node && node.TypeCast.arg) return isConstant(node.TypeCast.arg);
  return 'A_Const' in node && node.A_Const.isnull !== true;
}

function isNotNull(definition: ColumnDef): boolean {
  return constraintsOf(definition).some(({ contype }) => contype === 'CONSTR_NOTNULL');
}

function isNull(node: Node): boolean {
  if ('TypeCast' in node && node.TypeCast.arg) return isNull(node.TypeCast.arg);
  return 'A_Const' in node && node.A_Const.isnull === true;
}

/** The columns that an expression names. */
function readColumns(expression: unknown): string[] {
  return [...nodesIn(expression)].flatMap((node) => {
    if (!('ColumnRef' in node)) return [];
    const { fields } = node.ColumnRef as { fields?: Node[] };
    return [readString(fields?.at(-1)) ?? ''];
  });
}
