import type { FileAnalysis } from '../analysis/process/task.ts';
import type { ChangedFile, Snapshot } from '../change/change.ts';
import { type Link, readDjangoLinks, readLink, stemOf } from '../change/migration-link.ts';
import type { Repository } from '../change/repository.ts';
import { AppError } from '../errors.ts';
import { isMigration, isTest } from '../scope/select.ts';
import { dirOf, nameOf } from '../text/paths.ts';
import { editFindings } from './edit-findings.ts';

/** `V2__orders.sql`, `0002_orders.up.sql`, `20240102030405_orders.ts`; of Prisma the folder is numbered. */
const NUMBER = /^[VU]?(\d+(?:[._]\d+)*?)(?=_|-|\.(?!\d)|$)/i;
const DOWN = /(?:^|[._-])(?:down|undo|rollback|revert)\b/i;
const MOST_FILES = 1500;
const MOST_FOLDERS = 5;

/** Without the findings about the order of migrations that the other migrations of the repository do not prove. */
export async function checkMigrations(
  analyses: readonly FileAnalysis[],
  { readHead }: Pick<Snapshot, 'readHead'>,
  { repository = null }: { repository?: Repository | null },
): Promise<FileAnalysis[]> {
  return await editFindings(
    analyses,
    ({ order }) => order !== undefined,
    async ({ order, ...finding }, path) => {
      const proof = order && repository && (await prove({ ...repository, readHead }, path, order).catch(leave));
      return proof ? { ...finding, explanation: `${finding.explanation} ${proof}` } : null;
    },
  );
}

/** What cannot be asked proves nothing. */
function leave(error: unknown): null {
  if (error instanceof AppError) return null;
  throw error;
}

async function prove(repository: Repository, path: string, order: 'edited' | 'new'): Promise<string | null> {
  const beside = await listBeside(repository, path, order);
  if (path.endsWith('.py')) {
    const chain = await readChain(repository, [path, ...beside], order);
    if (chain.links.get(path)) return proveByChain(chain.links, path, order);
    if (order === 'new' && chain.texts.size > 1) return await proveByLeaves(repository, path, chain.texts);
  }
  const labelOf = (one: string): string => (isOwnFolder(path) ? nameOf(dirOf(one)) : nameOf(one));
  const own = numberOf(labelOf(path));
  if (own === null || DOWN.test(nameOf(path))) return null;
  if (order === 'edited') {
    const later = beside.filter((one) => isLater(numberOf(labelOf(one)), own) && !DOWN.test(nameOf(one)));
    const last = later.map(labelOf).sort().at(-1);
    return last === undefined ? null : tellLater(last, later.length);
  }
  // An application of Django may have two of a number that come one after the other.
  if (path.endsWith('.py')) return null;
  const stem = stemOf(labelOf(path));
  const same = beside
    .filter((one) => !DOWN.test(nameOf(one)) && !isTest(one))
    .find((one) => numberOf(labelOf(one)) === own && stemOf(labelOf(one)) !== stem);
  return same === undefined ? null : `\`${quoted(labelOf(same))}\` has the same number.`;
}

/** Of Prisma and diesel, which give every migration a folder. */
function isOwnFolder(path: string): boolean {
  return /^(?:migration|up|down)\.sql$/i.test(nameOf(path));
}

function folderOf(path: string): string {
  return isOwnFolder(path) ? dirOf(dirOf(path)) : dirOf(path);
}

/** The folders of new migrations, to be listed with the first texts: a request of their own would cost more. */
export function listFoldersOf(files: readonly Pick<ChangedFile, 'path' | 'status'>[]): string[] {
  const added = files.filter(({ path, status }) => status === 'added' && isMigration(path) && isListed(path));
  return [...new Set(added.map(({ path }) => `${folderOf(path)}/`))].slice(0, MOST_FOLDERS);
}

/** The texts of Python's are needed as well: they are fewer requests out of a repository that was fetched. */
function isListed(path: string): boolean {
  return !path.endsWith('.py') && folderOf(path) !== '';
}

/** The other migrations: files of the same type in the folder. */
async function listBeside(repository: Repository, path: string, order: 'edited' | 'new'): Promise<string[]> {
  const folder = folderOf(path);
  if (isListed(path)) {
    const asked = [`${folder}/`];
    const listed = await (order === 'new' ? repository.readHead(asked) : repository.readBase(asked));
    const content = listed.get(`${folder}/`);
    if (content?.kind === 'folder') {
      const paths = content.names.map((name) =>
        isOwnFolder(path) ? `${folder}/${name}/${nameOf(path)}` : `${folder}/${name}`,
      );
      return paths.filter((one) => one !== path && typeOf(one) === typeOf(path));
    }
  }
  const { paths } = await repository.listFiles(order === 'new' ? 'head' : 'base');
  return paths.filter(
    (one) =>
      one !== path && (isOwnFolder(path) ? dirOf(dirOf(one)) : dirOf(one)) === folder && typeOf(one) === typeOf(path),
  );
}

function tellLater(last: string, count: number): string {
  const others = count === 1 ? '' : count === 2 ? ' and one more' : ` and ${count - 1} more`;
  return `\`${quoted(last)}\`${others} came after it on the base.`;
}

interface Chain {
  texts: Map<string, string>;
  /** Alembic's, each with those that it comes after. */
  links: Map<string, Link>;
}

/** Of a folder with more files than are read nothing is known: any of them may bring two others together. */
async function readChain(repository: Repository, paths: readonly string[], order: 'edited' | 'new'): Promise<Chain> {
  const asked = paths.length > MOST_FILES ? [] : paths;
  const contents = order === 'new' ? await repository.readHead(asked) : await repository.readBase(asked);
  const texts = new Map(
    [...contents].flatMap(([path, content]) => (content.kind === 'text' ? [[path, content.text]] : [])),
  );
  const links = new Map(
    [...texts].flatMap(([path, text]): [string, Link][] => {
      const link = readLink(text);
      return link ? [[path, link]] : [];
    }),
  );
  return { texts, links };
}

/** Django refuses to migrate an application with two migrations that nothing comes after; one of them is new. */
async function proveByLeaves(
  repository: Repository,
  path: string,
  texts: ReadonlyMap<string, string>,
): Promise<string | null> {
  const app = nameOf(dirOf(dirOf(path)));
  const links = readDjangoLinks(app, texts);
  const own = links.get(path);
  const leaves = listLeaves(links);
  const other = leaves.find((one) => one !== path);
  if (!own || other === undefined || !leaves.includes(path)) return null;
  const { paths } = await repository.listFiles('base');
  const before = await readChain(
    repository,
    paths.filter((one) => dirOf(one) === dirOf(path) && one.endsWith('.py')),
    'edited',
  );
  // Where there were two before, they are not read as Django reads them.
  if (listLeaves(readDjangoLinks(app, before.texts)).length > 1) return null;
  const [shared] = own.after.filter((id) => links.get(other)?.after.includes(id));
  const why =
    shared === undefined ? 'nothing comes after it either' : `it comes after the same one (\`${quoted(shared)}\`)`;
  return `\`${quoted(nameOf(other))}\` is the last of the application as well: ${why}.`;
}

function listLeaves(links: ReadonlyMap<string, Link>): string[] {
  const before = new Set([...links.values()].flatMap(({ after }) => after));
  return [...links].flatMap(([path, { id }]) => (before.has(id) ? [] : [path]));
}

function proveByChain(chain: ReadonlyMap<string, Link>, path: string, order: 'edited' | 'new'): string | null {
  const own = chain.get(path);
  const others = [...chain].filter(([one]) => one !== path);
  if (!own) return null;
  if (order === 'edited') {
    const later = others.filter(([, { after }]) => after.includes(own.id));
    const [first] = later;
    return first ? tellLater(nameOf(first[0]), later.length) : null;
  }
  const twin = others.find(
    ([, { id, after }]) => id !== own.id && after.length === 1 && own.after.length === 1 && after[0] === own.after[0],
  );
  // Another one that comes after both brings them together.
  const isMerged = others.some(([, { after }]) => after.length > 1 && after.includes(own.id));
  return twin && !isMerged
    ? `\`${quoted(nameOf(twin[0]))}\` comes after the same one (\`${quoted(own.after[0] ?? '')}\`).`
    : null;
}

function numberOf(name: string): string | null {
  const [, digits] = NUMBER.exec(name) ?? [];
  return digits === undefined ? null : digits.replace(/^0+(?=\d)/, '');
}

function isLater(one: string | null, own: string): boolean {
  if (one === null) return false;
  const [a, b] = [one, own].map((each) => each.split(/[._]/).map(Number)) as [number[], number[]];
  const at = a.findIndex((part, index) => part !== (b[index] ?? 0));
  return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0);
}

function typeOf(path: string): string {
  return path.slice(path.lastIndexOf('.'));
}

function quoted(text: string): string {
  return text.replaceAll('`', "'");
}
