import type { FileAnalysis } from '../../analysis/process/task.ts';
import type { RawFinding } from '../../findings/finding.ts';
import { isTest } from '../../scope/select.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { editFindings, listFound } from '../edit-findings.ts';
import { type AskForName, askOnce, type FindReaders } from '../find-readers.ts';
import { isDropped } from './is-dropped.ts';
import { listSchemaFacts, plainTable, type SchemaFact } from './list-uniques.ts';

const GLOBS = ['*.prisma', '*.sql', '*.go', '*.py', '*.ts', '*.js', '*.mts', '*.mjs', '*.cjs'];
/** Whole words with which schemas say that something is unique. */
const UNIQUE_WORDS =
  'unique UNIQUE Unique UniqueConstraint unique_together uniqueIndex uniqueindex create_unique_constraint OneToOneField'.split(
    ' ',
  );
/** Whole words that stand where a table or its model is made. */
const TABLE_WORDS =
  'models.Model __tablename__ db.Model SQLModel DeclarativeBase declarative_base Entity gorm Schema sequelize.define pgTable mysqlTable sqliteTable createTable create_table TABLE table @id'.split(
    ' ',
  );
/** How code says that it knows a violation. */
const VIOLATION =
  /P2002|IntegrityError|UniqueViolation|UniqueConstraintError|23505|ErrDuplicatedKey|ER_DUP_ENTRY|\b11000\b|QueryFailedError|UniqueConstraintViolation|IsUniqueViolation|isUniqueViolation/;
const VIOLATION_WORDS =
  'P2002 IntegrityError UniqueViolation UniqueViolationError UniqueConstraintError 23505 ErrDuplicatedKey ER_DUP_ENTRY 11000 QueryFailedError UniqueConstraintViolationException IsUniqueViolation isUniqueViolation'.split(
    ' ',
  );
/** It answers for all handlers. */
const FOR_ALL =
  /ExceptionFilter|@Catch\(|exception_handler|errorhandler|add_exception_handler|EXCEPTION_HANDLER|process_exception|setErrorHandler|HTTPErrorHandler|ErrorHandler\b|onError|\(\s*err(?:or)?\s*(?::\s*\w+)?\s*,\s*_?req(?:uest)?\b[^)]*,[^)]*,|[eE]rror_?[mM]iddleware|formatError/;
const MOST_FILES = 3000;
/** Names of indexes for which the repository is searched. */
const MOST_NAMES = 20;

interface Known extends SchemaFact {
  path: string;
}

/**
 * Rows that two requests create at once, by what the schemas of the repository say: a unique index makes it an error that nobody
 * catches, without one there are two rows. It is not said where the error is caught elsewhere.
 */
export async function tellUniques(
  analyses: readonly FileAnalysis[],
  find: FindReaders | null,
): Promise<readonly FileAnalysis[]> {
  const isAsked = ({ row }: RawFinding): boolean => row !== undefined;
  if (!analyses.some((one) => listFound(one).some(isAsked))) return analyses;
  const ask = find && askOnce(find, GLOBS, MOST_NAMES);
  const uniques = find && (await readSchemas(find, UNIQUE_WORDS));
  let tables: Promise<Known[] | null> | null = null;
  let catchers: Promise<Map<string, string>> | null = null;
  return await editFindings(analyses, isAsked, async ({ row, ...finding }) => {
    if (!row || find === null || ask === null || uniques === null) return finding;
    const nouns = new Set(row.nouns.map(plainTable));
    const by = new Set(row.by);
    const ofTable = uniques.filter(({ table }) => nouns.has(table));
    const unique = await firstKept(
      ofTable.filter(({ columns }) => columns?.every((one) => isAmong(one, by))),
      ask,
    );
    if (unique) {
      catchers ??= findCatchers(find);
      return isCaught(finding, await catchers) ? null : withUnique(finding, unique);
    }
    tables ??= readSchemas(find, TABLE_WORDS);
    const made = [...ofTable, ...((await tables) ?? [])].find(
      ({ table, columns }) => columns === null && nouns.has(table),
    );
    return made ? withoutUnique(finding, made) : finding;
  });
}

/** What no later migration takes away. */
async function firstKept(all: readonly Known[], ask: AskForName): Promise<Known | undefined> {
  for (const one of all) if (!(await isDropped(one, ask))) return one;
  return undefined;
}

/** `team_id` is looked for by `team`, or by its own name. */
function isAmong(column: string, by: ReadonlySet<string>): boolean {
  return by.has(column) || by.has(`${column}id`) || (column.length > 4 && by.has(column.replace(/id$/, '')));
}

/** Null: it could not be told. */
async function readSchemas(find: FindReaders, words: readonly string[]): Promise<Known[] | null> {
  const files = await find(words, GLOBS);
  if (!files || files.size > MOST_FILES) return null;
  return [...files]
    .filter(([path]) => !isTest(path))
    .flatMap(([path, text]) => listSchemaFacts(path, text).map((one) => ({ ...one, path })));
}

async function findCatchers(find: FindReaders): Promise<Map<string, string>> {
  const files = (await find(VIOLATION_WORDS, GLOBS)) ?? new Map<string, string>();
  return new Map([...files].filter(([path, text]) => !isTest(path) && VIOLATION.test(text)));
}

/** By what answers for all handlers, or by a file that speaks of this function. */
function isCaught({ symbol, path }: RawFinding, catchers: ReadonlyMap<string, string>): boolean {
  const name = symbol.replace(/^.*[.\s]/, '');
  const named = name === '' ? null : new RegExp(`(?<![\\w$])${escapeRegExp(name)}(?![\\w$])`);
  return [...catchers].some(([own, text]) => FOR_ALL.test(text) || (own !== path && named?.test(text)));
}

function withUnique(finding: RawFinding, { path, line, columns }: Known): RawFinding {
  const among = (columns ?? []).length > 1 ? 'its columns are unique together' : 'the column is unique';
  return {
    ...finding,
    title: 'Nothing catches the violation when two requests create this row',
    explanation: `${beginning(finding)}: ${among} (\`${quoted(path)}\`, line ${line}), so the second one fails with an error that nothing catches, and its caller gets a 500 where the others are told that it is there.`,
    fix: 'Catch the violation of the unique index where the row is inserted, and answer as where the row was found; or insert with `on conflict`.',
  };
}

function withoutUnique(finding: RawFinding, { path, line }: Known): RawFinding {
  return {
    ...finding,
    explanation: `${beginning(finding)}: no unique index is seen on what is looked for (the table is made in \`${quoted(path)}\`, line ${line}), so there are two rows then.`,
  };
}

/** What is said before it is known what happens. */
function beginning({ explanation }: RawFinding): string {
  return explanation.replace(/: with a unique constraint.*$/s, '');
}

function quoted(path: string): string {
  return path.replaceAll('`', "'");
}
