import { type CodeTool, decideCodeTool } from '../../change/code-migration.ts';
import { SEVERAL, type SourceFile } from '../../change/source-file.ts';
import { touchesOf } from '../../diff/patch.ts';
import type { RawFinding } from '../../findings/finding.ts';
import { isMigration } from '../../scope/select.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { indexLines } from '../../text/line-index.ts';
import type { Analyser } from '../analyser.ts';
import { describeRule } from '../describe.ts';
import { type Acceptance, markAccepted } from '../find-acceptances.ts';
import type { Rule } from '../rules/rule.ts';
import { createAcceptedBy } from './accepted-by.ts';
import { describeMore, groupHits } from './group-hits.ts';
import type { Hit } from './hit.ts';
import { KIN } from './kin.ts';
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
      const { hits, advice, way, tool } = await read(file);
      const ruled = [...hits, ...advice].flatMap((hit) => {
        const rule = byKind.get(hit.kind);
        return rule ? [{ rule: speakAs(rule, tool), hit }] : [];
      });
      const isTouched = file.hunks ? touchesOf(file.hunks) : () => true;
      const acceptedBy = createAcceptedBy(file);
      const lined = ruled.map((one) => {
        const range = { startLine: lineAt(one.hit.start), endLine: lineAt(one.hit.end) };
        return { ...one, ...range, accepted: acceptedBy(range) };
      });
      const said = groupHits(lined, isTouched).map(({ rule, hit, also, beside, accepted }) =>
        describeHit(rule, file, hit, { also, beside, way, lineAt, accepted }),
      );
      return [...said, ...describeOrder(byKind, file)];
    },
    describeGap: async (file) => (await read(file)).gap,
  };
}

async function readFile(grammar: Grammar, file: SourceFile): Promise<MigrationReading> {
  if (file.kind === 'sql') return readMigration(grammar, file);
  return (await readCodeMigration(grammar, file)) ?? { tool: null, hits: [], advice: [], way: '', gap: null };
}

/** What only the other migrations of the repository can tell. */
function describeOrder(byKind: ReadonlyMap<string, Rule>, file: SourceFile): RawFinding[] {
  const { base, hunks, path, text } = file;
  if (!hunks || hunks.length === 0 || typeof base !== 'string' || !isMigration(path)) return [];
  const order = base.trim() === '' ? 'new' : 'edited';
  const rule = byKind.get(order);
  if (file.kind !== 'sql' && saysTheSame(base, text, file.kind)) return [];
  const changed = hunks
    .flatMap(({ lines }) => lines)
    .filter(({ kind, text: line }) => kind !== 'context' && !NOTHING.test(line));
  const [first] = changed.filter(({ kind }) => kind === 'added');
  // What only loses lines is said where they stood.
  const line = first?.newLine ?? hunks[0]?.lines.find(({ newLine }) => newLine !== null)?.newLine ?? 1;
  if (!rule || changed.length === 0) return [];
  const name = path.slice(path.lastIndexOf('/') + 1);
  const place = { startLine: line, endLine: line, symbol: name, snippet: `${order} ${path}` };
  return text.trim() === ''
    ? []
    : [{ ...describeRule(rule, file, place, 'migrations', { NAME: shorten(name) }), order }];
}

/** Of one line, or of several in parentheses, with nothing behind it. */
const IMPORT =
  /^(?:from[ \t]+[\w.]+[ \t]+)?import[ \t]+(?:\([^()]{0,2000}\)|[^\n(;=]*);?[ \t]*$|^const[ \t]+[\w{}, \t]+=[ \t]*require\([^)\n]*\);?[ \t]*$/gm;

/** A text with its quotes, or what only lays code out. */
const TEXT_OR_BLANK =
  /(?:(?<!\w)([rR])(?=["']))?(?:("{3}|'{3})[^]*?\2|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`[^`]*`)|\s+/g;

const MODULE = /^import[ \t]+([\w.]+)[ \t]*(?:#.*)?$/gm;

/** Also where one module took the place of another: `json.loads(…)` for `simplejson.loads(…)`. */
function saysTheSame(base: string, text: string, kind: SourceFile['kind']): boolean {
  const [old, now] = [base, text].map((one) => new Set([...one.matchAll(MODULE)].map(([, name = '']) => name)));
  const [gone, ...others] = [...(old ?? [])].filter((name) => !now?.has(name));
  const [fresh, ...more] = [...(now ?? [])].filter((name) => !old?.has(name));
  const isOne = kind === 'python' && gone && fresh && others.length + more.length === 0;
  const before = isOne ? base.replace(new RegExp(`(?<![\\w.])${escapeRegExp(gone)}(?=\\.\\w)`, 'g'), fresh) : base;
  return sayingOf(before, kind) === sayingOf(text, kind);
}

/** What the code of a migration does, however it is laid out and wherever it has its helpers from: no tool keeps a sum of it. */
function sayingOf(text: string, kind: SourceFile['kind']): string {
  return text
    .replace(IMPORT, '')
    .replace(TEXT_OR_BLANK, (part: string, raw: string | undefined) => {
      if (/^\s/.test(part)) return '';
      const plain = part.replaceAll("'", '"');
      if (kind !== 'python') return plain;
      return raw ? plain.slice(1).replaceAll('\\', BACKSLASH) : plain.replace(/\\([^])/g, readEscape);
    })
    .replace(/,(?=[)\]}])/g, '');
}

const BACKSLASH = '\u0001';

/** Of Python, which keeps a backslash that begins nothing: `"\w"` is `r"\w"`. Source: docs.python.org, Lexical analysis, 2.5.1. */
function readEscape(escape: string, char: string): string {
  if (char === '\\') return BACKSLASH;
  return /[\n'"abfnrtvxNuU0-7]/.test(char) ? escape : `${BACKSLASH}${char}`;
}

/** A blank line, or a comment. */
const NOTHING = /^\s*(?:--.*|#.*|\/\/.*|\/?\*.*|"{3}.*|)$/;

/** The rule in the words of the tool that runs the migration. */
function speakAs(rule: Rule, tool: CodeTool | null): Rule {
  const words = tool !== null && 'migration' in rule.detect ? rule.detect.tools?.[tool] : undefined;
  return { ...rule, ...words };
}

function describeHit(
  rule: Rule,
  file: SourceFile,
  { start, end, table, statement, gone, kind, others }: Hit,
  {
    also,
    beside,
    way,
    lineAt,
    accepted,
  }: {
    also: readonly number[];
    beside: readonly string[];
    way: string;
    lineAt: (offset: number) => number;
    accepted: Acceptance | undefined;
  },
): RawFinding {
  const place = {
    startLine: lineAt(start),
    endLine: lineAt(end),
    symbol: table,
    snippet: statement,
  };
  const values = { STATEMENT: shorten(statement), TABLE: shorten(table || 'the table'), WAY: way };
  // Locks are PostgreSQL's own, and what others install is seldom large: a reader decides.
  const isDoubtful = file.database === SEVERAL && !KIN.SQLite?.has(kind);
  const said = isDoubtful ? { ...rule, confidence: 'low' as const } : rule;
  const finding = describeRule(said, file, place, 'migrations', values);
  const whole = {
    ...finding,
    explanation:
      finding.explanation +
      describeBeside(beside) +
      describeMore(also) +
      describeAlike(others) +
      (isDoubtful ? ELSEWHERE : ''),
    ...(gone && { uses: listUses(gone) }),
  };
  return accepted ? markAccepted(whole, accepted) : whole;
}

/** Advice is given once. */
function describeAlike(others = 0): string {
  if (others === 0) return '';
  return others === 1 ? ' One more place of this file is alike.' : ` ${others} more places of this file are alike.`;
}

/** On one line there is one comment. */
function describeBeside(statements: readonly string[]): string {
  const named = statements.slice(0, MOST_BESIDE).map((one) => `\`${shorten(one)}\``);
  const rest = statements.length > MOST_BESIDE ? ` and ${statements.length - MOST_BESIDE} more` : '';
  return named.length === 0 ? '' : ` The same holds of ${named.join(', ')}${rest} on this line.`;
}

const MOST_BESIDE = 3;
const ELSEWHERE = ' So it is on PostgreSQL; this service has drivers of other databases as well.';

/** One line, at most 80 characters, no backtick that could close the quotation. */
function shorten(statement: string): string {
  const line = [...statement.slice(0, 2000).replace(/\s+/g, ' ').replaceAll('`', "'").trim()];
  return line.length > 80 ? `${line.slice(0, 77).join('')}…` : line.join('');
}
