import type { CodeTool } from '../../change/code-migration.ts';
import type { SourceFile } from '../../change/source-file.ts';
import { indexLines } from '../../text/line-index.ts';
import { adviseStatements } from './advise.ts';
import { decideDialect } from './decide-dialect.ts';
import { expandBlocks } from './expand-blocks.ts';
import type { Hit } from './hit.ts';
import { type Group, judgeStatements } from './judge-statements.ts';
import { findLeftOpen } from './judge-transaction.ts';
import { changesTable, describeKin, KIN, parseKin } from './kin.ts';
import { type Grammar, type ParsedStatement, parseStatements } from './parse-statements.ts';
import { isMigrationFolder, readLayout, type Section } from './read-layout.ts';
import { splitStatements } from './split-statements.ts';
import { tellWay } from './tell-way.ts';

export interface MigrationReading {
  /** What runs it, where it is written in code: findings speak its words. */
  tool: CodeTool | null;
  hits: Hit[];
  /** What is no danger by itself. */
  advice: Hit[];
  /** How a statement gets out of the transaction of the tool that runs the file. */
  way: string;
  /** What was not looked at, in words; null where nothing was left out. */
  gap: string | null;
}

const MOST_LINES = 8;
/** Prisma writes these from its schema, where the types are chosen. */
const PRISMA = /(?:^|\/)\d{8,}_[^/]*\/migration\.sql$/;

/** One SQL file: what its statements do to tables in use, and which of them could not be understood. */
export function readMigration(
  grammar: Grammar,
  file: Pick<SourceFile, 'path' | 'text' | 'database'>,
): MigrationReading {
  const { statements, comments, unread } = splitStatements(file.text);
  const layout = readLayout(file.path, comments);
  const way = tellWay(file.path, comments);
  const parsed = parseStatements(grammar, statements);
  const dialect = decideDialect(file.path, parsed, file.database);
  const kin = dialect === null ? null : (KIN[dialect] ?? null);
  if (dialect !== null && kin === null)
    return { tool: null, hits: [], advice: [], way, gap: `written for ${dialect}, not PostgreSQL: not analysed` };
  if (layout.whole !== null)
    return { tool: null, hits: [], advice: [], way, gap: dialect === null ? null : describeKin(dialect) };
  const read = kin === null ? parsed : parseKin(grammar, statements);
  const judged = groupStatements(read, layout.sections).map(({ statements: own, ...group }) => ({
    ...group,
    statements: expandBlocks(grammar, own),
  }));
  const looked = judged.flatMap((group) => group.statements);
  const isMigration = isMigrationFolder(file.path);
  const matters = (one: ParsedStatement): boolean => (kin === null ? isMigration || !isQuery(one) : changesTable(one));
  const missed = looked.filter((one) => one.node === null && matters(one)).map(({ start }) => start);
  const own = judged.flatMap((group) => (group.wrap === 'transaction' ? [] : group.statements));
  const hits = [...judgeStatements(judged), ...tellLeftOpen(unread.length > 0 ? null : findLeftOpen(own))];
  const gap = describeGap(file.text, [...missed, ...unread], looked.length + unread.length);
  if (dialect === null || kin === null) {
    const isGenerated = PRISMA.test(file.path) || comments.some(({ text }) => /^>\s*statement-breakpoint\b/.test(text));
    const advice = isMigration ? adviseStatements(judged, isGenerated) : [];
    return { tool: null, hits, advice, way, gap };
  }
  return {
    tool: null,
    advice: [],
    way,
    hits: hits.filter(({ kind }) => kin.has(kind)),
    gap: `${describeKin(dialect)}${gap === null ? '' : `; ${gap}`}`,
  };
}

function tellLeftOpen(begun: ParsedStatement | null): Hit[] {
  if (!begun) return [];
  return [{ kind: 'left-open', start: begun.start, end: begun.end, table: '', statement: begun.shown }];
}

const QUERIES = new Set(['select', 'with', 'values', 'insert', 'update', 'delete', 'merge']);
const CHANGES = new Set(['alter', 'create', 'drop', 'truncate', 'rename', 'reindex', 'do', 'execute']);

/** In a file of a service's queries, what a query builder puts into one is no matter here: nothing in it changes a table. */
function isQuery({ tokens }: ParsedStatement): boolean {
  return QUERIES.has(tokens[0]?.text ?? '') && !tokens.some(({ kind, text }) => kind === 'word' && CHANGES.has(text));
}

/** The statements of each section that makes something; both lists are in the order of the file. */
function groupStatements(statements: readonly ParsedStatement[], sections: readonly Section[]): Group[] {
  let next = 0;
  return sections.map(({ undo, wrap, alone }, index) => {
    const from = next;
    const to = sections[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    while ((statements[next]?.start ?? Number.POSITIVE_INFINITY) < to) next += 1;
    return { wrap, statements: undo ? [] : statements.slice(from, next), ...(alone && { alone }) };
  });
}

/** "2 of 14 statements were not understood: lines 3, 9". */
export function describeGap(text: string, offsets: readonly number[], total: number): string | null {
  if (offsets.length === 0) return null;
  const lines = [...new Set(offsets.map(indexLines(text)))].sort((a, b) => a - b);
  const named = lines.slice(0, MOST_LINES).join(', ') + (lines.length > MOST_LINES ? ', …' : '');
  const were = offsets.length === 1 ? 'was' : 'were';
  return `${offsets.length} of ${total} statement${total === 1 ? '' : 's'} ${were} not understood: line${lines.length === 1 ? '' : 's'} ${named}`;
}
