import { realpath } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { AppError } from '../errors.ts';
import { isInside } from '../is-inside.ts';

/**
 * A path that a client names, as a path below the repository's top. Links are followed and must not lead out.
 *
 * @throws AppError OUTSIDE_REPOSITORY, ARGUMENT_INVALID where nothing is there
 */
export async function confinePath(root: string, path: string): Promise<string> {
  const named = resolve(root, path);
  const real = await realpath(named).catch(() => null);
  // Whether something is there is said of the repository alone.
  if (real === null && isInside(root, named))
    throw new AppError('ARGUMENT_INVALID', `paths: ${path}: no such file or folder in ${root}`);
  if (real === null || !isInside(root, real)) {
    const how = isInside(root, named) ? 'is a link that leads out of' : 'lies outside';
    throw new AppError('OUTSIDE_REPOSITORY', `paths: ${path} ${how} the repository ${root}`);
  }
  const inside = relative(root, real);
  if (inside.split(/[\\/]/).some((name) => name.toLowerCase() === '.git'))
    throw new AppError('OUTSIDE_REPOSITORY', `paths: ${path}: git’s own files are no part of the working tree`);
  return inside === '' ? '.' : inside;
}
