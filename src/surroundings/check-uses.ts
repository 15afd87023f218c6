import type { FileAnalysis } from '../analysis/process/task.ts';
import type { Change, ChangedFile, Content, Snapshot } from '../change/change.ts';
import { beginsProject } from '../change/manifests.ts';
import type { Found, Query, Repository } from '../change/repository.ts';
import type { SourceFile } from '../change/source-file.ts';
import { listChangedLines } from '../diff/patch.ts';
import { AppError } from '../errors.ts';
import type { RawFinding, Uses } from '../findings/finding.ts';
import { decideSelection, isMigration } from '../scope/select.ts';
import { nameOf } from '../text/paths.ts';
import { listFound } from './edit-findings.ts';

/** Where code may name a column: languages of servers, queries in files, and models of which a client is made. */
const CODE = 'ts mts cts tsx js mjs cjs jsx py go java kt kts scala groovy rb php rs cs fs ex exs clj sql prisma';
const GLOBS = CODE.split(' ').map((extension) => `*.${extension}`);
/** The most lines with a hit: a name with more hits is too common. */
const MOST = 20_000;
/** Lines of one file that tell of tables. */
const MOST_OF_FILE = 200;
/** Texts of one search, and searches for one kind of name: what is taken away beyond that is said as it stands, without a look. */
const MOST_TEXTS = 100;
const MOST_SEARCHES = 12;
/** SQL that is opened to see whether it queries or describes. */
const MOST_OPENED = 10;

type Answer =
  /** Nobody names it any more. */
  | { used: false }
  /** Named there, and in so many further files. */
  | { used: true; path: string; line: number; more: number }
  /** It could not be told. */
  | { used: null };

/** Takes out and completes the findings that depend on what the base uses. */
export async function checkUses(
  analyses: readonly FileAnalysis[],
  sources: readonly Pick<SourceFile, 'path' | 'text'>[],
  change: Pick<Change, 'files'>,
  { whole = false, repository = null }: { whole?: boolean; repository?: Repository | null },
): Promise<FileAnalysis[]> {
  const asked = analyses.flatMap(listFound).flatMap(({ uses }) => uses ?? []);
  const inRepository =
    !whole && repository && asked.length > 0 ? await askAll(repository, asked, takenAway(change.files)) : null;
  const inTree = createTreeCheck(change.files, sources);
  return analyses.map((one) => {
    const check = whole ? inTree(one.path) : inRepository;
    const outcomes = one.outcomes.map(({ analyser, outcome }) => ({
      analyser,
      outcome: outcome.status === 'failed' ? outcome : { ...outcome, findings: applyUses(outcome.findings, check) },
    }));
    return { ...one, outcomes };
  });
}

interface Place {
  path: string;
  line: number;
}

/** Whether a line of the base is among those that a change removes. */
function takenAway(files: Change['files']): (place: Place) => boolean {
  const removed = new Map(
    files.map(({ path, previousPath, hunks }) => [
      previousPath ?? path,
      new Set(hunks ? listChangedLines(hunks).removed : []),
    ]),
  );
  return ({ path, line }) => removed.get(path)?.has(line) ?? false;
}

interface Hits {
  of(texts: readonly string[]): readonly Place[];
  /** Not all was searched for these. */
  isMissing(texts: readonly string[]): boolean;
}

/** Whether the code of the base still names what a change takes away: all of it in as few searches as can be. */
async function askAll(
  repository: Repository,
  asked: readonly Uses[],
  isTaken: (place: Place) => boolean,
): Promise<(uses: Uses) => Answer> {
  const search = async (wanted: readonly string[], globs: readonly string[], most: number): Promise<Hits> => {
    const texts = [...new Set(wanted)];
    const hits = new Map<string, Place[]>();
    const whole = new Set<string>();
    for (let at = 0; at < Math.min(texts.length, MOST_SEARCHES * MOST_TEXTS); at += MOST_TEXTS) {
      const some = texts.slice(at, at + MOST_TEXTS);
      const found = await searchBase(repository, { texts: some, whole: true, globs, most: MOST, mostOfFile: most });
      for (const text of some) hits.set(text, []);
      for (const hit of found?.hits ?? []) for (const index of hit.texts) hits.get(some[index] ?? '')?.push(hit);
      if (found?.missing === null) for (const text of some) whole.add(text);
    }
    return {
      of: (own) => own.flatMap((text) => hits.get(text) ?? []),
      isMissing: (own) => own.some((text) => !whole.has(text)),
    };
  };
  const named = await search(
    asked.flatMap(({ texts }) => texts),
    GLOBS,
    MOST,
  );
  const around = await search(
    asked.flatMap(({ texts, beside }) => (named.of(texts).length > 0 ? beside : [])),
    GLOBS,
    MOST,
  );
  const owners = await search(
    asked.flatMap(({ tables }) => tables),
    ['*'],
    MOST_OF_FILE,
  );
  const paths = new Set(asked.flatMap(({ texts }) => named.of(texts).map(({ path }) => path)));
  const schemas = await listSchemas(repository, paths).catch(leave);
  const answerOf = ({ texts, beside, tables }: Uses): Answer => {
    const files = beside.length > 0 ? new Set(around.of(beside).map(({ path }) => path)) : null;
    const uses = named
      .of(texts)
      .filter(({ path }) => isCode(path) && (files?.has(path) ?? true) && !(schemas?.has(path) ?? true))
      .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line));
    // `start` stands in many files for many things: what the change itself takes away was about this one.
    const first = uses.find(isTaken) ?? uses[0];
    if (first)
      return { used: true, path: first.path, line: first.line, more: new Set(uses.map(({ path }) => path)).size - 1 };
    const isMissing = named.isMissing(texts) || (named.of(texts).length > 0 && around.isMissing(beside));
    if (isMissing || schemas === null) return { used: null };
    // A repository that does not know the table says nothing about it.
    return owners.of(tables).length > 0 ? { used: false } : { used: null };
  };
  // Of a hundred columns called `id` all ask the same, and each answer goes through all lines with a hit.
  const answers = new Map<string, Answer>();
  return (uses) => {
    const key = JSON.stringify(uses);
    const known = answers.get(key) ?? answerOf(uses);
    answers.set(key, known);
    return known;
  };
}

async function searchBase(repository: Repository, query: Query): Promise<Found | null> {
  return repository.search('base', query).catch(leave);
}

/** What cannot be looked up stands as it was found. */
function leave(error: unknown): null {
  if (error instanceof AppError) return null;
  throw error;
}

/** Neither a test nor a migration: what runs in the release before. */
function isCode(path: string): boolean {
  const selection = decideSelection(path);
  if ('kind' in selection ? selection.kind === 'test' : selection.reasonCode === 'VENDORED') return false;
  return !isMigration(path);
}

/** Of SQL files, those that describe tables: a dump of the schema is written by the migrations. */
async function listSchemas(repository: Pick<Snapshot, 'readBase'>, named: ReadonlySet<string>): Promise<Set<string>> {
  const paths = [...named].filter((path) => path.endsWith('.sql')).slice(0, MOST_OPENED);
  const contents = paths.length > 0 ? await repository.readBase(paths) : new Map<string, Content>();
  return new Set(
    paths.filter((path) => {
      const content = contents.get(path);
      return content?.kind === 'text' && /\b(?:create|alter|drop)\s+table\b/i.test(content.text);
    }),
  );
}

/** What of these findings is to be said, and how: nothing of what nobody uses, and where it is used. */
function applyUses(findings: readonly RawFinding[], check: ((uses: Uses) => Answer) | null): RawFinding[] {
  const said: RawFinding[] = [];
  for (const { uses, ...finding } of findings) {
    const answer: Answer = uses && check ? check(uses) : { used: null };
    if (answer.used === false) continue;
    said.push(answer.used ? { ...finding, explanation: `${finding.explanation} ${describe(answer)}` } : finding);
  }
  return said;
}

function describe({ path, line, more }: Extract<Answer, { used: true }>): string {
  const others = more === 0 ? '' : more === 1 ? ' and one more file' : ` and ${more} more files`;
  return `On the base it is still named in \`${path.replaceAll('`', "'")}\` (line ${line})${others}.`;
}

/**
 * The same where a whole tree is looked at: its code runs after all of its migrations, and the release before is not in it. What
 * a migration took from a table that other files of the project know is history.
 */
function createTreeCheck(
  files: readonly Pick<ChangedFile, 'path'>[],
  sources: readonly Pick<SourceFile, 'path' | 'text'>[],
): (path: string) => (uses: Uses) => Answer {
  const roots = files
    .flatMap(({ path }) =>
      beginsProject(path) || nameOf(path) === 'manage.py' ? [path.slice(0, path.lastIndexOf('/') + 1)] : [],
    )
    .sort((a, b) => b.length - a.length);
  return (path) =>
    ({ tables }) => {
      const root = roots.find((one) => path.startsWith(one));
      if (root === undefined) return { used: null };
      const isKnown = sources.some(
        (one) => one.path !== path && one.path.startsWith(root) && tables.some((name) => one.text.includes(name)),
      );
      return { used: isKnown ? false : null };
    };
}
