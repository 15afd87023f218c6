import type { Node, TransactionStmtKind } from 'libpg-query';
import type { ParsedStatement } from './parse-statements.ts';
import type { Wrap } from './read-layout.ts';
import { readString } from './tables.ts';

const BEGINS: readonly TransactionStmtKind[] = ['TRANS_STMT_BEGIN', 'TRANS_STMT_START'];
const ENDS: readonly TransactionStmtKind[] = ['TRANS_STMT_COMMIT', 'TRANS_STMT_ROLLBACK', 'TRANS_STMT_PREPARE'];

/**
 * The BEGIN that no COMMIT follows: all that comes after it is undone when the connection ends. Where a tool wraps the file it is a
 * warning and no more. A statement that is not understood may be what ends it.
 */
export function findLeftOpen(statements: readonly ParsedStatement[], wrap: Wrap): ParsedStatement | null {
  if (wrap === 'transaction' || statements.some(({ node }) => node === null)) return null;
  const kinds = statements.map(({ node }) =>
    node && 'TransactionStmt' in node ? node.TransactionStmt.kind : undefined,
  );
  const begun = kinds.findLastIndex((kind) => kind !== undefined && BEGINS.includes(kind));
  const isLeft =
    begun !== -1 && begun < statements.length - 1 && !kinds.slice(begun).some((kind) => kind && ENDS.includes(kind));
  return isLeft ? (statements[begun] ?? null) : null;
}

/** `ALTER TYPE … ADD VALUE` of a type that was there: the value, and the type's name. */
export function readAddedValue(node: Node): { type: string; value: string } | null {
  if (!('AlterEnumStmt' in node) || node.AlterEnumStmt.oldVal !== undefined) return null;
  const { typeName = [], newVal } = node.AlterEnumStmt;
  return newVal === undefined ? null : { type: readString(typeName.at(-1)) ?? '', value: newVal };
}

const DEEPEST = 60;

/** The text of these that a statement says. */
export function findSaid(node: unknown, texts: ReadonlyMap<string, unknown>, depth = 0): string | undefined {
  if (texts.size === 0 || typeof node !== 'object' || node === null || depth > DEEPEST) return undefined;
  if ('A_Const' in node) {
    const said = (node.A_Const as { sval?: { sval?: string } }).sval?.sval;
    return said !== undefined && texts.has(said) ? said : undefined;
  }
  for (const one of Object.values(node)) {
    const found = findSaid(one, texts, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
