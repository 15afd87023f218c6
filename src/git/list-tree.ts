import { streamGit } from './run-git.ts';

export interface TreeEntry {
  path: string;
  /** As git writes it: `100644`. */
  mode: string;
  blob: string;
  /** Bytes; null for what is no blob or is not there. */
  size: number | null;
}

export interface Tree {
  entries: TreeEntry[];
  complete: boolean;
}

interface Options {
  env?: Readonly<Record<string, string>>;
  /** Entries; a few objects can make a tree of billions of paths. */
  most?: number;
  limitMs?: number;
}

/** Some 100 MB of names and ids. */
const MOST = 400_000;
const LIMIT_MS = 30_000;

/** All entries of a tree, in its order. @throws AppError GIT_FAILED */
export async function listTree(
  dir: string,
  tree: string,
  { env = {}, most = MOST, limitMs = LIMIT_MS }: Options = {},
): Promise<Tree> {
  const entries: TreeEntry[] = [];
  const take = createEntryReader(entries);
  const args = ['ls-tree', '-r', '-l', '-z', '--full-tree', tree];
  const ending = await streamGit(dir, args, { env, limitMs }, (chunk) => {
    take(chunk);
    return entries.length <= most;
  });
  return ending === 'done' ? { entries, complete: true } : { entries: entries.slice(0, most), complete: false };
}

/** Paths in one command: far below what a system takes as arguments. */
const BATCH = 200;

/** Entries of a tree by path, without the rest of it. Paths are literal. @throws AppError GIT_FAILED */
export async function findEntries(
  dir: string,
  tree: string,
  paths: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Map<string, TreeEntry>> {
  const found = new Map<string, TreeEntry>();
  const asked = [...new Set(paths)].filter(isTreePath);
  for (let at = 0; at < asked.length; at += BATCH) {
    const entries: TreeEntry[] = [];
    const take = createEntryReader(entries);
    const args = ['ls-tree', '-l', '-z', '--full-tree', tree, '--', ...asked.slice(at, at + BATCH)];
    await streamGit(dir, args, { env }, (chunk) => {
      take(chunk);
      return true;
    });
    for (const entry of entries) found.set(entry.path, entry);
  }
  return found;
}

/** Whether a tree can hold it: git refuses others, and takes one that ends in "/" for a folder's. */
function isTreePath(path: string): boolean {
  return !path.includes('\0') && path.split('/').every((name) => name !== '' && name !== '.' && name !== '..');
}

/** `MODE TYPE ID SIZE<tab>PATH<NUL>`. Source of the form: git-ls-tree(1), --long. */
function createEntryReader(entries: TreeEntry[]): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = bytes.lastIndexOf(0);
    rest = Buffer.from(bytes.subarray(end + 1));
    if (end === -1) return;
    for (const line of bytes.subarray(0, end).toString('utf8').split('\0')) {
      const tab = line.indexOf('\t');
      const [mode = '', , blob = '', size = ''] = line.slice(0, tab).split(/ +/);
      entries.push({ path: line.slice(tab + 1), mode, blob, size: /^\d+$/.test(size) ? Number(size) : null });
    }
  };
}
