import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { AppError } from '../errors.ts';
import { readWorkTree } from '../git/read-range.ts';
import type { ChangedFile } from '../review/change.ts';
import { maskText } from '../secrets/mask-text.ts';
import { type ReviewOptions, reviewAndReport } from './review.ts';

const IGNORED = new Set(['node_modules', '.git', 'dist', 'coverage', '.venv', '__pycache__']);
const MAX_FILES = 50_000;

/** `scan`: every line of the given files, as if all were new. */
export async function runScan(paths: readonly string[], options: ReviewOptions): Promise<number> {
  const root = process.cwd();
  const files = new Set<string>();
  const named = new Set<string>();
  for (const path of paths) {
    const found = await stat(path).catch(() => null);
    if (!found) throw new AppError('CONFIG_INVALID', `${path}: no such file or folder`);
    if (found.isDirectory()) await walk(resolve(path), files);
    else {
      files.add(resolve(path));
      named.add(relative(root, resolve(path)));
    }
  }
  const names = [...files].map((file) => relative(root, file)).sort();
  const change = {
    title: maskText(''),
    description: maskText(''),
    base: null,
    head: null,
    unlisted: 0,
    files: names.map(toFile),
  };
  // A path outside the working directory was named by the user himself, so it is read from where it is.
  const read = (wanted: readonly string[]) =>
    readWorkTree(
      '/',
      wanted.map((path) => resolve(root, path).slice(1)),
    ).then((found) => rename(found, root, wanted));
  return reviewAndReport(change, { readHead: read, readBase: read }, options, { named });
}

function rename<T>(found: Map<string, T>, root: string, wanted: readonly string[]): Map<string, T> {
  return new Map(
    wanted.flatMap((path) => {
      const content = found.get(resolve(root, path).slice(1));
      return content === undefined ? [] : [[path, content] as const];
    }),
  );
}

function toFile(path: string): ChangedFile {
  return { path, previousPath: null, status: 'added', hunks: null, binary: false, blob: null };
}

async function walk(dir: string, files: Set<string>): Promise<void> {
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    if (files.size >= MAX_FILES)
      throw new AppError('CONFIG_INVALID', `more than ${MAX_FILES} files: name fewer folders`);
    if (entry.isDirectory() && !IGNORED.has(entry.name)) await walk(join(dir, entry.name), files);
    if (entry.isFile()) files.add(join(dir, entry.name));
  }
}
