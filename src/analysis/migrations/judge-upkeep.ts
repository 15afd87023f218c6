import type { Node, RangeVar } from 'libpg-query';
import type { History } from './history.ts';
import type { MigrationHit } from './hit.ts';
import { nameTable, type TableName } from './tables.ts';

/** What a statement of upkeep (VACUUM, CLUSTER, REINDEX) does to those who use the table or index meanwhile; null: no such statement. */
export function judgeUpkeep(node: Node, history: History): { kind: MigrationHit | null; table: string } | null {
  const name = (relation: RangeVar | undefined): TableName => nameTable(relation, history.schema);
  if ('ReindexStmt' in node) {
    const { params = [], relation, name: whole = '' } = node.ReindexStmt;
    const table = relation ? name(relation) : { key: '', shown: whole };
    // The catalogue's indexes have no other way.
    if (node.ReindexStmt.kind === 'REINDEX_OBJECT_SYSTEM') return { kind: null, table: whole };
    if (!hasOption(params, 'concurrently'))
      return { kind: history.isQuiet(table.key) ? null : 'reindex', table: table.shown };
    return { kind: history.inTransaction ? 'outside-transaction-only' : null, table: table.shown };
  }
  if ('VacuumStmt' in node) {
    const { is_vacuumcmd: isVacuum = false, options = [], rels = [] } = node.VacuumStmt;
    const [first] = rels.flatMap((one) => ('VacuumRelation' in one ? [name(one.VacuumRelation.relation)] : []));
    if (isVacuum && history.inTransaction) return { kind: 'outside-transaction-only', table: first?.shown ?? '' };
    const isFelt = isVacuum && hasOption(options, 'full') && !history.isQuiet(first?.key ?? '');
    return { kind: isFelt ? 'rewrite' : null, table: first?.shown ?? '' };
  }
  if ('ClusterStmt' in node) {
    const table = name(node.ClusterStmt.relation);
    return { kind: history.isQuiet(table.key) ? null : 'rewrite', table: table.shown };
  }
  return null;
}

/** An option that is there, and not `off`. */
function hasOption(options: readonly Node[], wanted: string): boolean {
  return options.some((one) => {
    if (!('DefElem' in one) || one.DefElem.defname !== wanted) return false;
    const { arg } = one.DefElem;
    const said =
      arg && ('String' in arg ? arg.String.sval : 'Boolean' in arg ? String(arg.Boolean.boolval ?? false) : undefined);
    return !/^(?:off|false|0)$/i.test(said ?? 'on');
  });
}
