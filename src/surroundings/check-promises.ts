import type { FileAnalysis } from '../analysis/process/task.ts';
import { isSampleFolder } from '../change/beside.ts';
import type { Change, ChangedFile, Content } from '../change/change.ts';
import type { Repository, Side } from '../change/repository.ts';
import { listChangedLines } from '../diff/patch.ts';
import { AppError } from '../errors.ts';
import type { RawFinding } from '../findings/finding.ts';
import { decideSelection, isTest } from '../scope/select.ts';
import { escapeRegExp } from '../text/escape-reg-exp.ts';
import { findPromise, readSpecifications, type Specification } from './check-specification.ts';
import { editFindings } from './edit-findings.ts';

type Promised = NonNullable<RawFinding['promised']>;

/** Programs that ask a service and are no part of it: pages, apps. */
const CLIENTS = ['vue', 'svelte', 'tsx', 'jsx', 'html', 'dart', 'swift', 'kt', 'ts', 'js', 'mjs'].map(
  (one) => `*.${one}`,
);
const PAGES = /\.(?:vue|svelte|tsx|jsx|html|dart|swift|kt)$/;
const FOLDERS =
  /(?:^|\/)(?:clients?|web(?:ui|app|-app)?|front-?end|ui|ng|dashboard|mobile|app\/javascript|public|static|assets|www|pages|views|components|stores?|hooks|composables)\//i;
const SERVER = /(?:^|\/)(?:server|back-?end|api|controllers?|routes?|routers?)\//i;
const ASKING = '(?=.*(?:\\b(?:get|post|put|patch|delete|fetch|axios|request|href|url|action)\\b|\\bapi))';
const MOST = 2000;
const MOST_OPENED = 20;

/**
 * What a change takes away from callers, looked at with the repository around it. Not said: what a specification of the repository
 * gives up alike, what another file of the change takes over, and what only clients in the repository read that do so no more. Said
 * with its place: a client of the repository that still asks.
 */
export async function checkPromises(
  analyses: readonly FileAnalysis[],
  change: Pick<Change, 'files'>,
  { repository = null }: { repository?: Repository | null },
): Promise<FileAnalysis[]> {
  const known = new Map<string, Promise<string | null>>();
  let specifications: Promise<Specification[]> | null = null;
  const described = async (): Promise<Specification[]> => {
    specifications ??= repository ? readSpecifications(repository) : Promise.resolve([]);
    return await specifications;
  };
  const tell = async (path: string, promised: Promised, symbol: string): Promise<string | null> => {
    const route = promised.field === null && symbol.endsWith(` ${promised.path}`) ? symbol : promised.path;
    const key = JSON.stringify([path, promised, route]);
    const answer = known.get(key) ?? tellOf(path, { ...promised, route }, change.files, repository, described);
    known.set(key, answer);
    return await answer;
  };
  return await editFindings(
    analyses,
    ({ promised }) => promised !== undefined,
    async ({ promised, ...finding }, path) => {
      const words = promised ? await tell(path, promised, finding.symbol) : '';
      if (words === null) return null;
      return words === '' ? finding : { ...finding, explanation: `${finding.explanation} ${words}` };
    },
  );
}

/** What is to be added to the finding; null: it is not said. */
async function tellOf(
  file: string,
  { path, field, moved = false, route: asked }: Promised & { route: string },
  files: readonly ChangedFile[],
  repository: Repository | null,
  described: () => Promise<Specification[]>,
): Promise<string | null> {
  // Nobody but its own page calls an example.
  if (isSampleFolder(file)) return null;
  const segments = path.split('/').filter((part) => /^[\w.-]+$/.test(part));
  const last = segments.at(-1);
  if (last === undefined) return '';
  const name = field ?? last;
  const others = files.filter((one) => one.path !== file);
  if (others.some((one) => isSpecification(one) && touches(one, name, ['added', 'removed']))) return null;
  // The route, or what makes the answer, has moved.
  if (others.some((one) => isCode(one) && !isClient(one.path) && !isTest(one.path) && isAdded(one, field, last)))
    return null;
  if (!repository) return '';
  try {
    const now = await findClients(repository, 'head', file, segments, field, moved ? editedIn(files) : null);
    const [first] = now;
    if (first) return `\`${first.path.replaceAll('`', "'")}\` (line ${first.line}) still reads it.`;
    const promise = findPromise(asked, field, await described());
    if (promise) return `\`${promise.path.replaceAll('`', "'")}\` (line ${promise.line}) still promises it.`;
    return (await findClients(repository, 'base', file, segments, null)).length > 0 ? null : '';
  } catch (error) {
    if (error instanceof AppError) return '';
    throw error;
  }
}

/** Lines of a call around its address: its method, what it sends. */
const OF_CALL = 3;

/** Whether a change wrote a line of the head, or one right beside it: a client goes along with a route that takes another method. */
function editedIn(files: readonly ChangedFile[]): (path: string, line: number) => boolean {
  const added = new Map(files.map(({ path, hunks }) => [path, new Set(hunks ? listChangedLines(hunks).added : [])]));
  return (path, line) => {
    const own = added.get(path);
    return (
      own !== undefined &&
      Array.from({ length: 2 * OF_CALL + 1 }, (_, by) => line + by - OF_CALL).some((one) => own.has(one))
    );
  };
}

function isSpecification({ path }: ChangedFile): boolean {
  const selection = decideSelection(path);
  return (
    ('kind' in selection && ['openapi', 'graphql', 'protobuf'].includes(selection.kind)) ||
    /openapi|swagger|\bapi[^/]*\.(?:ya?ml|json)$|docs\.go$/i.test(path)
  );
}

function isCode({ path }: ChangedFile): boolean {
  const selection = decideSelection(path);
  return 'kind' in selection && ['typescript', 'javascript', 'python', 'go'].includes(selection.kind);
}

function isClient(path: string): boolean {
  return !isTest(path) && !SERVER.test(path) && (PAGES.test(path) || FOLDERS.test(path));
}

function touches({ hunks }: ChangedFile, word: string, kinds: readonly string[]): boolean {
  const pattern = new RegExp(`(?<![\\w$])${escapeRegExp(word)}(?![\\w$])`);
  return (hunks ?? []).some(({ lines }) => lines.some(({ kind, text }) => kinds.includes(kind) && pattern.test(text)));
}

/** A route as a path, a field as a key. */
function isAdded({ hunks }: ChangedFile, field: string | null, last: string): boolean {
  const pattern =
    field === null
      ? new RegExp(`["'\`/]${escapeRegExp(last)}(?=["'\`/?])`)
      : new RegExp(`(?:^|[{,(\\s])["'\`]?${escapeRegExp(field)}["'\`]?\\s*[:=]|json:"${escapeRegExp(field)}[",]`);
  return (hunks ?? []).some(({ lines }) => lines.some(({ kind, text }) => kind === 'added' && pattern.test(text)));
}

/** Lines of clients in the repository that name the path of a route; with a field, of those files the lines that read it. */
async function findClients(
  repository: Repository,
  side: Side,
  own: string,
  segments: readonly string[],
  field: string | null,
  wentAlong: ((path: string, line: number) => boolean) | null = null,
): Promise<{ path: string; line: number }[]> {
  const last = segments.at(-1) ?? '';
  const { hits } = await repository.search(side, {
    texts: [last],
    whole: true,
    globs: CLIENTS,
    most: MOST,
    mostOfFile: 20,
  });
  const paths = [...new Set(hits.map(({ path }) => path))].filter((path) => path !== own && isClient(path));
  const read = (some: readonly string[]): Promise<Map<string, Content>> =>
    side === 'base' ? repository.readBase(some) : repository.readHead(some);
  const texts = await read(paths.slice(0, MOST_OPENED));
  // `/orders/${id}/cancel`
  const words = segments.slice(-2).map(escapeRegExp).join('[^"\'`\\s]{0,60}/');
  // A path of one word is many other things between quotes.
  const asked = new RegExp(segments.length === 1 ? `/${words}(?![\\w-])|^${ASKING}.*["'\`]${words}["'\`?]` : words);
  const reads = field === null ? null : new RegExp(`(?<![\\w$])${escapeRegExp(field)}(?![\\w$])`);
  return [...texts].flatMap(([path, content]) => {
    if (content.kind !== 'text') return [];
    const lines = content.text.split('\n');
    const at = lines.findIndex(
      (line, index) => line.length < 2000 && /["'`]/.test(line) && asked.test(line) && !wentAlong?.(path, index + 1),
    );
    if (at < 0) return [];
    const line = reads ? lines.findIndex((one) => one.length < 2000 && reads.test(one)) : at;
    return line < 0 ? [] : [{ path, line: line + 1 }];
  });
}
