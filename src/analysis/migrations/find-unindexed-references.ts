import type { ColumnDef, Constraint, Node } from 'libpg-query';
import type { Hit } from './hit.ts';
import type { ParsedStatement } from './parse-statements.ts';
import { nameTable, readString, type TableName } from './tables.ts';

/** A foreign key of columns that these statements make: no index of theirs can have been there before. */
interface Reference {
  table: TableName;
  column: string;
  one: ParsedStatement;
  /** Which `REFERENCES` of its statement it is. */
  at: number;
}

/**
 * Foreign keys of new columns that no index begins with. Of a table that is made here only those of which somebody expects that
 * rows go (`ON DELETE CASCADE`): any other may stay small. PostgreSQL makes an index for the side that is referred to, and none for
 * the side that refers (source: postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK).
 */
export function findUnindexedReferences(statements: readonly ParsedStatement[], schema: string): Hit[] {
  const references: Reference[] = [];
  const indexed = new Set<string>();
  const made = new Set<string>();
  const tables = new Set<string>();
  const dropped = new Set<string>();
  const keyOf = ({ key }: TableName, column: string | undefined): string => `${key}.${column ?? ''}`;
  for (const one of statements) {
    let at = 0;
    const noteConstraint = (table: TableName, own: Constraint, column?: string): void => {
      const columns = [own.fk_attrs, own.keys].flatMap((names) => (names ?? []).map(readString));
      const first = column ?? columns[0];
      if (first === undefined) return;
      if (own.contype === 'CONSTR_FOREIGN') {
        const isNew = column !== undefined || made.has(keyOf(table, first));
        const isExpected = !tables.has(table.key) || FOLLOWS.has(own.fk_del_action ?? '');
        if (isNew && isExpected) references.push({ table, column: first, one, at });
        at += 1;
      } else if (INDEXING.has(own.contype)) indexed.add(keyOf(table, first));
    };
    const noteColumn = (table: TableName, { colname = '', constraints = [] }: ColumnDef): void => {
      made.add(keyOf(table, colname));
      for (const own of constraints) if ('Constraint' in own) noteConstraint(table, own.Constraint, colname);
    };
    const noteAll = (table: TableName, elements: readonly Node[]): void => {
      for (const own of elements) if ('ColumnDef' in own) noteColumn(table, own.ColumnDef);
      for (const own of elements) if ('Constraint' in own) noteConstraint(table, own.Constraint);
    };
    const { node } = one;
    if (!node) continue;
    if ('CreateStmt' in node) {
      const table = nameTable(node.CreateStmt.relation, schema);
      tables.add(table.key);
      noteAll(table, node.CreateStmt.tableElts ?? []);
    }
    if ('AlterTableStmt' in node) {
      const table = nameTable(node.AlterTableStmt.relation, schema);
      const commands = (node.AlterTableStmt.cmds ?? []).flatMap((own) =>
        'AlterTableCmd' in own ? [own.AlterTableCmd] : [],
      );
      for (const { subtype, name } of commands) if (subtype === 'AT_DropColumn') dropped.add(keyOf(table, name));
      noteAll(
        table,
        commands.flatMap(({ def }) => (def ? [def] : [])),
      );
    }
    if ('IndexStmt' in node) {
      const [first] = node.IndexStmt.indexParams ?? [];
      const column = first && 'IndexElem' in first ? first.IndexElem.name : undefined;
      if (!node.IndexStmt.whereClause) indexed.add(keyOf(nameTable(node.IndexStmt.relation, schema), column));
    }
  }
  return references
    .filter(({ table, column }) => !indexed.has(keyOf(table, column)) && !dropped.has(keyOf(table, column)))
    .map(({ table, one, at }) => ({ kind: 'reference-unindexed', table: table.shown, ...placeOf(one, at) }));
}

/** CASCADE, SET NULL, SET DEFAULT, as the grammar has them. */
const FOLLOWS: ReadonlySet<string> = new Set(['c', 'n', 'd']);
const INDEXING: ReadonlySet<Constraint['contype']> = new Set(['CONSTR_PRIMARY', 'CONSTR_UNIQUE', 'CONSTR_EXCLUSION']);

/** The column or constraint of a statement that holds its nth `REFERENCES`; of code the whole call. */
function placeOf(
  { start, end, shown, tokens }: ParsedStatement,
  nth: number,
): Pick<Hit, 'start' | 'end' | 'statement'> {
  const at = tokens.flatMap(({ kind, text }, index) => (kind === 'word' && text === 'references' ? [index] : []))[nth];
  const depth = at === undefined ? undefined : tokens[at]?.depth;
  if (at === undefined || depth === undefined) return { start, end, statement: shown };
  const isEdge = ({ text, depth: own, kind }: (typeof tokens)[number]): boolean =>
    kind === 'mark' && (own < depth || (text === ',' && own === depth));
  const before = tokens.findLastIndex((one, index) => index < at && isEdge(one));
  const behind = tokens.findIndex((one, index) => index > at && isEdge(one));
  const from = before === -1 ? start : (tokens[before + 1]?.start ?? start);
  const to = (behind === -1 ? undefined : tokens[behind - 1]?.end) ?? end;
  return { start: from, end: to, statement: shown.slice(from - start, to - start) };
}
