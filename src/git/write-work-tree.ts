import { createHash } from 'node:crypto';
import { lstat, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { throwIfCalledOff } from '../call-off.ts';
import { createInsideFinder } from './find-inside.ts';
import { makeOwnFolder } from './make-own-folder.ts';
import { runGit } from './run-git.ts';

/** A tree of what lies in a working tree, in an object store of its own beside the repository's. */
export interface WorkTree {
  tree: string;
  /** For git commands that read the tree. */
  env: Readonly<Record<string, string>>;
  /** New files that were too many or too large to be taken, and files whose names are not UTF-8. */
  left: number;
  /** Removes the object store. */
  remove: () => void;
}

/** New files beyond these are not the work of a person; `.gitignore` is missing. */
const MAX_NEW = 10_000;
const MAX_BYTES = 20_000_000;

interface Entry {
  path: string;
  mode: string;
  blob: string;
  size: number | null;
  /** Seconds and nanoseconds. */
  mtime: string | null;
}

/**
 * Writes the working tree, new files included, as a tree object, without a command of git that reads a working tree: those run
 * the clean filters that the repository's configuration names. Bytes are taken as they lie there.
 *
 * @param dir the top of the working tree
 * @throws AppError GIT_FAILED
 */
export async function writeWorkTree(dir: string): Promise<WorkTree> {
  const path = async (...args: string[]): Promise<string> =>
    (await runGit(dir, ['rev-parse', '--path-format=absolute', ...args])).toString('utf8').trim();
  const { path: store, remove } = makeOwnFolder('objects');
  try {
    const [objects, indexFile, known, fresh] = await Promise.all([
      path('--git-path', 'objects'),
      path('--git-path', 'index'),
      listIndex(dir),
      listNew(dir),
    ]);
    const env = {
      GIT_OBJECT_DIRECTORY: store,
      GIT_ALTERNATE_OBJECT_DIRECTORIES: objects,
      GIT_INDEX_FILE: join(store, 'index'),
    };
    const index = await stat(indexFile).catch(() => null);
    const algorithm = known[0]?.blob.length === 64 ? 'sha256' : 'sha1';
    const read = createReader({ dir, store, algorithm, indexMs: index?.mtimeMs ?? 0 });
    const entries: Entry[] = [];
    for (const entry of known) {
      throwIfCalledOff();
      if (!isReadable(entry.path)) continue;
      const current = await read(entry);
      if (current) entries.push(current);
    }
    let left = Math.max(0, fresh.length - MAX_NEW);
    left += known.filter((entry) => !isReadable(entry.path)).length;
    for (const name of fresh.slice(0, MAX_NEW)) {
      throwIfCalledOff();
      if (!isReadable(name)) {
        left += 1;
        continue;
      }
      const current = await read({ path: name, mode: '100644', blob: '', size: null, mtime: null });
      if (current?.blob) entries.push(current);
      else if (current) left += 1;
    }
    const list = entries.map(({ mode, blob, path: name }) => `${mode} ${blob} 0\t${name}\0`).join('');
    await runGit(dir, ['update-index', '-z', '--index-info'], { input: list, env });
    const tree = (await runGit(dir, ['write-tree', '--missing-ok'], { env })).toString('utf8').trim();
    return { tree, env, left, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Bytes that are no UTF-8 were replaced when the name was read: nothing is found under what it is now. */
export function isReadable(path: string): boolean {
  return !path.includes('\uFFFD');
}

/** Every path of the index once, whatever its stage in a merge. Source of the form: git-ls-files(1), --stage and --debug. */
async function listIndex(dir: string): Promise<Entry[]> {
  const output = (await runGit(dir, ['ls-files', '--stage', '--debug', '-z'])).toString('utf8');
  const entries = new Map<string, Entry>();
  // After the NUL of each path come its lines of --debug, then the next entry.
  for (const [, mode = '', blob = '', path = '', debug = ''] of output.matchAll(
    /(\d{6}) ([0-9a-f]{40,64}) \d\t([^\0]+)\0((?: {2}[a-z]+: [^\n]*\n)*)/g,
  )) {
    const size = /\bsize: (\d+)/.exec(debug)?.[1];
    const mtime = /\bmtime: (\d+:\d+)/.exec(debug)?.[1];
    if (!entries.has(path))
      entries.set(path, { path, mode, blob, size: size === undefined ? null : Number(size), mtime: mtime ?? null });
  }
  return [...entries.values()];
}

async function listNew(dir: string): Promise<string[]> {
  const output = (await runGit(dir, ['ls-files', '--others', '--exclude-standard', '-z'])).toString('utf8');
  return output.split('\0').filter((path) => path !== '' && !path.endsWith('/'));
}

interface Reading {
  dir: string;
  store: string;
  algorithm: 'sha1' | 'sha256';
  /** When the index was written, in milliseconds. */
  indexMs: number;
}

/** What lies at an entry's path now; null where there is nothing. An empty blob id: it is too large to be taken. */
function createReader({ dir, store, algorithm, indexMs }: Reading): (entry: Entry) => Promise<Entry | null> {
  const find = createInsideFinder(dir);
  return async (entry) => {
    // A submodule stays at the commit that the index names.
    if (entry.mode === '160000') return entry;
    const full = await find(entry.path);
    const found = full === null ? null : await lstat(full, { bigint: true }).catch(() => null);
    if (!full || !found) return null;
    if (found.isSymbolicLink())
      return { ...entry, mode: '120000', blob: await writeBlob(store, Buffer.from('link'), algorithm) };
    if (!found.isFile()) return null;
    const mode = (found.mode & 0o100n) === 0n ? '100644' : '100755';
    const mtime = `${found.mtimeNs / 1_000_000_000n}:${found.mtimeNs % 1_000_000_000n}`;
    // As git does: a file that was written after the index may have been changed within the same tick of the clock.
    const settled = Number(found.mtimeMs) < indexMs;
    if (settled && entry.mtime === mtime && BigInt(entry.size ?? -1) === found.size) return { ...entry, mode };
    if (found.size > MAX_BYTES) return { ...entry, mode };
    const bytes = await readFile(full);
    const known = hashBlob(bytes, algorithm) === entry.blob;
    return { ...entry, mode, blob: known ? entry.blob : await writeBlob(store, bytes, algorithm) };
  };
}

function hashBlob(bytes: Buffer, algorithm: 'sha1' | 'sha256'): string {
  return createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** A loose object, as git would write it. Source: git-scm.com/book, "Git Objects". */
async function writeBlob(store: string, bytes: Buffer, algorithm: 'sha1' | 'sha256'): Promise<string> {
  const blob = hashBlob(bytes, algorithm);
  await mkdir(join(store, blob.slice(0, 2)), { recursive: true });
  const object = deflateSync(Buffer.concat([Buffer.from(`blob ${bytes.length}\0`), bytes]), { level: 1 });
  await writeFile(join(store, blob.slice(0, 2), blob.slice(2)), object);
  return blob;
}
