import { access, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isInside } from '../is-inside.ts';
import { once } from '../once.ts';
import { findWorkTree } from './read-range.ts';
import { runGit } from './run-git.ts';

/** Where a program begins, if git does not say it. */
const MANIFESTS = ['package.json', 'go.mod', 'pyproject.toml', 'requirements.txt', 'setup.py'];

/**
 * The folder that the paths of a scan are relative to: what lies where (`.github/`, `docs/`, `.gitattributes`) is judged from the top
 * of the repository, or of the program, wherever the command was given.
 *
 * @param bounds the root is not above this folder
 */
export async function findRoot(dir: string, paths: readonly string[], bounds = '/'): Promise<string> {
  const topOf = once(findTopOf);
  const roots = await Promise.all(
    paths.map(async (path) => {
      const full = resolve(dir, path);
      const isFolder = (await stat(full).catch(() => null))?.isDirectory() === true;
      const folder = isFolder ? full : dirname(full);
      const top = (await topOf(folder)) ?? (await findManifest(folder));
      if (top !== null && isInside(bounds, top)) return top;
      if (top !== null) return dir;
      return !isFolder && isInside(dir, folder) ? dir : folder;
    }),
  );
  const [first = dir, ...others] = roots;
  return others.reduce(joinFolders, first);
}

/** What a repository ignores (an unpacked package, a dependency) is none of it. */
async function findTopOf(folder: string): Promise<string | null> {
  const top = await findWorkTree(folder).catch(() => null);
  // Git follows links.
  if (top === null || !isInside(top, folder)) return null;
  if (top === folder) return top;
  // It knows no literal names, and needs none for a whole path.
  const env = { GIT_LITERAL_PATHSPECS: '0' };
  const isIgnored = await runGit(top, ['check-ignore', '--quiet', '--', folder], { env }).then(
    () => true,
    () => false,
  );
  return isIgnored ? null : top;
}

async function findManifest(folder: string): Promise<string | null> {
  const found = await Promise.all(MANIFESTS.map((name) => access(join(folder, name)).then(Boolean, () => null)));
  if (found.some((one) => one !== null)) return folder;
  const parent = dirname(folder);
  return parent === folder ? null : await findManifest(parent);
}

function joinFolders(one: string, other: string): string {
  return isInside(one, other) ? one : joinFolders(dirname(one), other);
}
