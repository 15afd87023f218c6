import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { throwIfCalledOff } from '../call-off.ts';
import type { ChangedFile, Content } from '../change/change.ts';
import { AppError, describeFileError } from '../errors.ts';
import { readWorkTree } from '../git/read-range.ts';
import { maskText } from '../secrets/mask-text.ts';
import type { Subject } from './examine-change.ts';

const IGNORED = new Set(['node_modules', '.git', 'dist', 'coverage', '.venv', '__pycache__']);
const MAX_FILES = 50_000;

type Listed = Omit<Subject, 'settings' | 'named'> & {
  named: ReadonlySet<string>;
  /** Folders whose files this user may not list. */
  closed: string[];
};

/**
 * Files and folders as a change in which every line is new. Links are not followed.
 *
 * @param root what the paths are relative to
 * @param from where a user names them
 * @param bounds nothing outside this folder is read; by itself what a user names is read from wherever it is
 * @throws AppError ARGUMENT_INVALID for a path that is not there, or too many files
 */
export async function listFiles(
  root: string,
  paths: readonly string[],
  { from = root, bounds = '/' }: { from?: string; bounds?: string | undefined } = {},
): Promise<Listed> {
  const files = new Set<string>();
  const closed: string[] = [];
  const named = new Set<string>();
  for (const path of paths) {
    const full = resolve(from, path);
    const found = await stat(full).catch((error: unknown) => {
      throw new AppError('ARGUMENT_INVALID', `${path}: ${describeFileError(error)}`, { cause: error });
    });
    if (found.isDirectory()) await walk(full, files, closed);
    else {
      files.add(full);
      named.add(relative(root, full));
    }
  }
  const names = [...files].map((file) => relative(root, file)).sort();
  const change = {
    title: maskText(''),
    description: maskText(''),
    base: null,
    head: null,
    unlisted: closed.length,
    files: names.map(toFile),
  };
  const below = (path: string): string => relative(bounds, resolve(root, path));
  const read = async (wanted: readonly string[]): Promise<Map<string, Content>> => {
    const found = await readWorkTree(bounds, wanted.map(below));
    return new Map(wanted.map((path) => [path, found.get(below(path)) ?? { kind: 'absent' }]));
  };
  return {
    change,
    snapshot: { readHead: read, readBase: read },
    named,
    closed: closed.map((dir) => relative(root, dir)),
  };
}

function toFile(path: string): ChangedFile {
  return { path, previousPath: null, status: 'added', hunks: null, binary: false, blob: null };
}

async function walk(dir: string, files: Set<string>, closed: string[]): Promise<void> {
  throwIfCalledOff();
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => null);
  if (entries === null) closed.push(dir);
  for (const entry of entries ?? []) {
    if (files.size >= MAX_FILES)
      throw new AppError('ARGUMENT_INVALID', `more than ${MAX_FILES} files: name fewer folders`);
    if (entry.isDirectory() && !IGNORED.has(entry.name)) await walk(join(dir, entry.name), files, closed);
    if (entry.isFile()) files.add(join(dir, entry.name));
  }
}
