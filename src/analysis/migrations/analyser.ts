import { type CodeTool, decideCodeTool } from '../../change/code-migration.ts';
import type { SourceFile } from '../../change/source-file.ts';
import { touchesOf } from '../../diff/patch.ts';
import type { RawFinding } from '../../findings/finding.ts';
import { indexLines } from '../../text/line-index.ts';
import type { Analyser } from '../analyser.ts';
import { describeRule } from '../describe.ts';
import type { Rule } from '../rules/rule.ts';
import { describeMore, groupHits } from './group-hits.ts';
import type { Hit } from './hit.ts';
import { listUses } from './list-uses.ts';
import { type Grammar, loadGrammar } from './parse-statements.ts';
import { readCodeMigration } from './read-code-migration.ts';
import { type MigrationReading, readMigration } from './read-migration.ts';

/**
 * PostgreSQL migrations: every statement is parsed by PostgreSQL's own grammar and judged by what it does to a table that is
 * in use. Severities and words are those of the rule files, which name what they are about in `detect.migration`.
 */
export function createMigrationAnalyser(rules: readonly Rule[]): Analyser {
  const byKind = new Map(
    rules.flatMap((rule) =>
      'migration' in rule.detect ? rule.detect.migration.map((kind) => [kind, rule] as const) : [],
    ),
  );
  const readings = new WeakMap<SourceFile, Promise<MigrationReading>>();
  const read = (file: SourceFile): Promise<MigrationReading> => {
    const known = readings.get(file) ?? loadGrammar().then((grammar) => readFile(grammar, file));
    readings.set(file, known);
    return known;
  };
  return {
    name: 'migrations',
    handles: (file) => byKind.size > 0 && (file.kind === 'sql' || decideCodeTool(file) !== null),
    analyse: async (file) => {
      const lineAt = indexLines(file.text);
      const { hits, way, tool } = await read(file);
      const ruled = hits.flatMap((hit) => {
        const rule = byKind.get(hit.kind);
        return rule ? [{ rule: speakAs(rule, tool), hit }] : [];
      });
      const isTouched = file.hunks ? touchesOf(file.hunks) : () => true;
      const lined = ruled.map((one) => ({ ...one, startLine: lineAt(one.hit.start), endLine: lineAt(one.hit.end) }));
      return groupHits(lined, isTouched).map(({ rule, hit, also }) =>
        describeHit(rule, file, hit, { also, way, lineAt }),
      );
    },
    describeGap: async (file) => (await read(file)).gap,
  };
}

async function readFile(grammar: Grammar, file: SourceFile): Promise<MigrationReading> {
  if (file.kind === 'sql') return readMigration(grammar, file);
  return (await readCodeMigration(grammar, file)) ?? { tool: null, hits: [], way: '', gap: null };
}

/** The rule in the words of the tool that runs the migration. */
function speakAs(rule: Rule, tool: CodeTool | null): Rule {
  const words = tool !== null && 'migration' in rule.detect ? rule.detect.tools?.[tool] : undefined;
  return { ...rule, ...words };
}

function describeHit(
  rule: Rule,
  file: SourceFile,
  { start, end, table, statement, gone }: Hit,
  { also, way, lineAt }: { also: readonly number[]; way: string; lineAt: (offset: number) => number },
): RawFinding {
  const place = {
    startLine: lineAt(start),
    endLine: lineAt(end),
    symbol: table,
    snippet: statement,
  };
  const values = { STATEMENT: shorten(statement), TABLE: shorten(table || 'the table'), WAY: way };
  const finding = describeRule(rule, file, place, 'migrations', values);
  return {
    ...finding,
    explanation: finding.explanation + describeMore(also),
    ...(gone && { uses: listUses(gone) }),
  };
}

/** One line, at most 80 characters, no backtick that could close the quotation. */
function shorten(statement: string): string {
  const line = [...statement.slice(0, 2000).replace(/\s+/g, ' ').replaceAll('`', "'").trim()];
  return line.length > 80 ? `${line.slice(0, 77).join('')}…` : line.join('');
}
