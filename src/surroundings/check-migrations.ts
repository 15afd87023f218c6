import type { FileAnalysis } from '../analysis/process/task.ts';
import { type Link, readLink } from '../change/alembic-link.ts';
import type { Content } from '../change/change.ts';
import type { Repository } from '../change/repository.ts';
import { AppError } from '../errors.ts';
import { dirOf, nameOf } from '../text/paths.ts';
import { editFindings } from './edit-findings.ts';

/** `V2__orders.sql`, `0002_orders.up.sql`, `20240102030405_orders.ts`; of Prisma the folder is numbered. */
const NUMBER = /^[VU]?(\d+(?:[._]\d+)*?)(?=_|-|\.|$)/i;
const DOWN = /(?:^|[._-])(?:down|undo|rollback|revert)\b/i;
const MOST_FILES = 400;

/** Without the findings about the order of migrations that the other migrations of the repository do not prove. */
export async function checkMigrations(
  analyses: readonly FileAnalysis[],
  { repository = null }: { repository?: Repository | null },
): Promise<FileAnalysis[]> {
  return await editFindings(
    analyses,
    ({ order }) => order !== undefined,
    async ({ order, ...finding }, path) => {
      const proof = order && repository && (await prove(repository, path, order).catch(leave));
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
  const { paths } = await repository.listFiles(order === 'new' ? 'head' : 'base');
  const isOwnFolder = /^(?:migration|up|down)\.sql$/i.test(nameOf(path));
  const folder = isOwnFolder ? dirOf(dirOf(path)) : dirOf(path);
  const beside = paths.filter(
    (one) => one !== path && (isOwnFolder ? dirOf(dirOf(one)) : dirOf(one)) === folder && typeOf(one) === typeOf(path),
  );
  const labelOf = (one: string): string => (isOwnFolder ? nameOf(dirOf(one)) : nameOf(one));
  const chain = path.endsWith('.py') ? await readChain(repository, [path, ...beside], order) : null;
  if (chain?.get(path)) return proveByChain(chain, path, order);
  const own = numberOf(labelOf(path));
  if (own === null || DOWN.test(nameOf(path))) return null;
  if (order === 'edited') {
    const later = beside.filter((one) => isLater(numberOf(labelOf(one)), own) && !DOWN.test(nameOf(one)));
    const last = later.map(labelOf).sort().at(-1);
    return last === undefined ? null : tellLater(last, later.length);
  }
  // An application of Django may have two of a number that come one after the other.
  if (path.endsWith('.py')) return null;
  const same = beside.find((one) => numberOf(labelOf(one)) === own && !DOWN.test(nameOf(one)));
  return same === undefined ? null : `\`${quoted(labelOf(same))}\` has the same number.`;
}

function tellLater(last: string, count: number): string {
  const others = count === 1 ? '' : count === 2 ? ' and one more' : ` and ${count - 1} more`;
  return `\`${quoted(last)}\`${others} came after it on the base.`;
}

/** Alembic's, each with those that it comes after. */
async function readChain(
  repository: Repository,
  paths: readonly string[],
  order: 'edited' | 'new',
): Promise<Map<string, Link>> {
  const some = paths.filter((one) => one.endsWith('.py')).slice(0, MOST_FILES);
  const texts: Map<string, Content> =
    order === 'new' ? await repository.readHead(some) : await repository.readBase(some);
  return new Map(
    [...texts].flatMap(([path, content]): [string, Link][] => {
      const link = content.kind === 'text' ? readLink(content.text) : null;
      return link ? [[path, link]] : [];
    }),
  );
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
