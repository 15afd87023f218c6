import type { FileAnalysis } from '../analysis/process/task.ts';
import type { Change, ChangedFile, Content, Snapshot } from '../change/change.ts';
import { beginsProject } from '../change/manifests.ts';
import type { Repository } from '../change/repository.ts';
import type { SourceFile } from '../change/source-file.ts';
import { AppError } from '../errors.ts';
import type { RawFinding, Uses } from '../findings/finding.ts';
import { decideSelection, isMigration } from '../scope/select.ts';
import { nameOf } from '../text/paths.ts';

/** Where code may name a column: languages of servers, queries in files, and models of which a client is made. */
const CODE = 'ts mts cts tsx js mjs cjs jsx py go java kt kts scala groovy rb php rs cs fs ex exs clj sql prisma';
const GLOBS = CODE.split(' ').map((extension) => `*.${extension}`);
/** Lines with a hit: a name that stands in more of them is any word. */
const MOST = 20_000;
/** A change that takes more away is said as it stands, without a look. */
const MOST_QUESTIONS = 12;
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
  const inRepository = repository ? createUsesCheck(repository) : null;
  const inTree = createTreeCheck(change.files, sources);
  const checked: FileAnalysis[] = [];
  for (const one of analyses) {
    const check = whole ? inTree(one.path) : inRepository;
    const outcomes: FileAnalysis['outcomes'] = [];
    for (const { analyser, outcome } of one.outcomes)
      outcomes.push({
        analyser,
        outcome:
          outcome.status === 'failed' ? outcome : { ...outcome, findings: await applyUses(outcome.findings, check) },
      });
    checked.push({ ...one, outcomes });
  }
  return checked;
}

/** Whether the code of the base still names what a change takes away, for each question once. */
function createUsesCheck(repository: Repository): (uses: Uses) => Promise<Answer> {
  const known = new Map<string, Promise<Answer>>();
  return (uses) => {
    const key = JSON.stringify(uses);
    if (!known.has(key) && known.size >= MOST_QUESTIONS) return Promise.resolve({ used: null });
    const answer = known.get(key) ?? ask(repository, uses).catch(leave);
    known.set(key, answer);
    return answer;
  };
}

/** What cannot be looked up stands as it was found. */
function leave(error: unknown): Answer {
  if (error instanceof AppError) return { used: null };
  throw error;
}

async function ask(repository: Repository, { texts, beside, tables }: Uses): Promise<Answer> {
  const search = (wanted: readonly string[], globs: readonly string[], most: number) =>
    repository.search('base', { texts: wanted, whole: true, globs, most, mostOfFile: most });
  const named = await search(texts, GLOBS, MOST);
  const around = beside.length > 0 && named.hits.length > 0 ? await search(beside, GLOBS, MOST) : null;
  const owners = around && new Set(around.hits.map(({ path }) => path));
  const hits = named.hits.filter(({ path }) => isCode(path) && (owners?.has(path) ?? true));
  const schemas = await listSchemas(repository, new Set(hits.map(({ path }) => path)));
  const uses = hits.filter(({ path }) => !schemas.has(path));
  const [first] = uses;
  if (first)
    return { used: true, path: first.path, line: first.line, more: new Set(uses.map(({ path }) => path)).size - 1 };
  if (named.missing !== null || (around && around.missing !== null)) return { used: null };
  // A repository that does not know the table says nothing about it.
  const owner = await search(tables, ['*'], 1);
  return owner.hits.length > 0 ? { used: false } : { used: null };
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
async function applyUses(
  findings: readonly RawFinding[],
  check: ((uses: Uses) => Promise<Answer>) | null,
): Promise<RawFinding[]> {
  const said: RawFinding[] = [];
  for (const { uses, ...finding } of findings) {
    const answer: Answer = uses && check ? await check(uses) : { used: null };
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
): (path: string) => (uses: Uses) => Promise<Answer> {
  const roots = files
    .flatMap(({ path }) =>
      beginsProject(path) || nameOf(path) === 'manage.py' ? [path.slice(0, path.lastIndexOf('/') + 1)] : [],
    )
    .sort((a, b) => b.length - a.length);
  return (path) =>
    async ({ tables }) => {
      const root = roots.find((one) => path.startsWith(one));
      if (root === undefined) return { used: null };
      const isKnown = sources.some(
        (one) => one.path !== path && one.path.startsWith(root) && tables.some((name) => one.text.includes(name)),
      );
      return { used: isKnown ? false : null };
    };
}
