import type { SourceFile } from '../../change/source-file.ts';
import { parseCodeStatements } from './code/code-statement.ts';
import { readCode } from './code/read-code.ts';
import { decideDialect } from './decide-dialect.ts';
import { judgeStatements } from './judge-statements.ts';
import { describeKin, KIN } from './kin.ts';
import type { Grammar } from './parse-statements.ts';
import { describeGap, type MigrationReading } from './read-migration.ts';
import { WAYS_OF_TOOLS } from './tell-way.ts';

/** One migration in code: what its calls do to tables in use. Null: the file is none. @throws TooDeep, ParserBroken */
export async function readCodeMigration(grammar: Grammar, file: SourceFile): Promise<MigrationReading | null> {
  const read = await readCode(file);
  if (read === null) return null;
  const { tool, clipped } = read;
  // Of a list of migrations a scan judges the last one, as of a folder; of the text before a change all are wanted.
  const isScan = file.hunks === null && typeof file.base !== 'string';
  const last = isScan ? read.statements.at(-1)?.migration : undefined;
  const statements = read.statements.filter(({ migration }) => last === undefined || migration === last);
  const each = [...Map.groupBy(statements, ({ migration }) => migration).values()].map((own) =>
    parseCodeStatements(grammar, own, file.text),
  );
  const missed = each.flatMap((one) => one.missed);
  const total = each.reduce((sum, one) => sum + one.total, 0);
  const dialect = decideDialect(file.path, [], file.database);
  const kin = dialect === null ? null : (KIN[dialect] ?? null);
  const nothing = { hits: [], advice: [], way: WAYS_OF_TOOLS[tool], tool };
  if (dialect !== null && kin === null)
    return { ...nothing, gap: statements.length > 0 ? `written for ${dialect}, not PostgreSQL: not analysed` : null };
  const hits = each.flatMap(({ groups }) => judgeStatements(groups));
  const parts = [describeGap(file.text, missed, total), clipped ? 'it has more steps than are followed' : null];
  const gap = parts.filter((one) => one !== null).join('; ') || null;
  if (dialect === null || kin === null) return { ...nothing, hits, gap };
  const kinGap = statements.length > 0 ? describeKin(dialect) : null;
  return {
    ...nothing,
    hits: hits.filter(({ kind }) => kin.has(kind)),
    gap: [kinGap, gap].filter((one) => one !== null).join('; ') || null,
  };
}
