import type { Node, TransactionStmtKind } from 'libpg-query';
import { nodesIn } from './nodes-in.ts';
import type { ParsedStatement } from './parse-statements.ts';
import { readString } from './tables.ts';

export const BEGINS: readonly TransactionStmtKind[] = ['TRANS_STMT_BEGIN', 'TRANS_STMT_START'];
export const ENDS: readonly TransactionStmtKind[] = ['TRANS_STMT_COMMIT', 'TRANS_STMT_ROLLBACK', 'TRANS_STMT_PREPARE'];

/** Statements that change nothing that could be lost. */
const ASKS = new Set(['SelectStmt', 'VariableSetStmt', 'VariableShowStmt', 'ExplainStmt', 'TransactionStmt']);

/**
 * The BEGIN that no COMMIT follows: all that comes after it is undone when the connection ends. Where a tool wraps the file it is a
 * warning and no more. A statement that is not understood may be what ends it.
 *
 * @param statements those that no tool wraps
 */
export function findLeftOpen(statements: readonly ParsedStatement[]): ParsedStatement | null {
  if (statements.some(({ node }) => node === null)) return null;
  const kinds = statements.map(({ node }) =>
    node && 'TransactionStmt' in node ? node.TransactionStmt.kind : undefined,
  );
  const begun = kinds.findLastIndex((kind) => kind !== undefined && BEGINS.includes(kind));
  if (begun === -1 || kinds.slice(begun).some((kind) => kind && ENDS.includes(kind))) return null;
  const changes = statements.slice(begun).some(({ node }) => Object.keys(node ?? {}).some((kind) => !ASKS.has(kind)));
  return changes ? (statements[begun] ?? null) : null;
}

/** `ALTER TYPE … ADD VALUE` of a type that was there: the value, and the type's name. */
export function readAddedValue(node: Node): { type: string; value: string } | null {
  if (!('AlterEnumStmt' in node) || node.AlterEnumStmt.oldVal !== undefined) return null;
  const { typeName = [], newVal } = node.AlterEnumStmt;
  return newVal === undefined ? null : { type: readString(typeName.at(-1)) ?? '', value: newVal };
}

const TEXTS = new Set(['text', 'varchar', 'bpchar', 'name', 'citext']);
const WORD = /[A-Z]?[a-z]{3,}|[A-Z]{3,}/g;

/**
 * The new value that a statement uses. The same word may be the text of another column: a column or a type of the statement is called
 * like the enum, or it is not said.
 *
 * @param added the values with the names of their enums
 */
export function findUsed(node: Node, added: ReadonlyMap<string, string>): string | undefined {
  const said = findSaid(node, added);
  const words = said === undefined ? [] : wordsOf(added.get(said) ?? '');
  return words.length === 0 || namesOf(node).some((name) => wordsOf(name).some((word) => words.includes(word)))
    ? said
    : undefined;
}

function wordsOf(name: string): string[] {
  return (name.match(WORD) ?? []).map((word) => word.toLowerCase());
}

function isText(node: unknown): boolean {
  const cast = node as { TypeCast?: { typeName?: { names?: Node[] } } } | undefined;
  return TEXTS.has(readString(cast?.TypeCast?.typeName?.names?.at(-1)) ?? '');
}

/** The text of these that a statement says, where it is not a text there: `state::text = 'refunded'`, `notify('refunded')`. */
function findSaid(statement: Node, texts: ReadonlyMap<string, unknown>): string | undefined {
  if (texts.size === 0) return undefined;
  for (const node of nodesIn(statement, isAmongTexts)) {
    const said = 'A_Const' in node ? (node.A_Const as { sval?: { sval?: string } }).sval?.sval : undefined;
    if (said !== undefined && texts.has(said)) return said;
  }
  return undefined;
}

function isAmongTexts(node: object): boolean {
  if ('FuncCall' in node || isText(node)) return true;
  const { lexpr, rexpr } = 'A_Expr' in node ? (node.A_Expr as { lexpr?: Node; rexpr?: Node }) : {};
  return isText(lexpr) || isText(rexpr);
}

/** The columns and types of a statement. */
function namesOf(statement: Node): string[] {
  return [...nodesIn(statement)].flatMap((node) => {
    const one = node as Partial<Record<string, { name?: string; colname?: string; fields?: Node[] }>>;
    const names = [
      one['ResTarget']?.name,
      one['AlterTableCmd']?.name,
      one['ColumnDef']?.colname,
      ...(one['ColumnRef']?.fields ?? []).map(readString),
      ...('names' in node && Array.isArray(node.names) ? (node.names as Node[]).map(readString) : []),
    ];
    return names.filter((name) => name !== undefined);
  });
}
