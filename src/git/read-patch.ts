import { AppError, describeError } from '../errors.ts';
import { maskText } from '../secrets/mask-text.ts';
import { createGitRepository } from './create-git-repository.ts';
import { readDiff, toChangedFile } from './read-diff.ts';
import { findWorkTree, type Range } from './read-range.ts';
import { runGit } from './run-git.ts';
import { writeWorkTree } from './write-work-tree.ts';

/**
 * The working tree is the head; the base is what it was before the patch. git itself takes the patch back, in an index of its own:
 * names, renames and bytes are read as git reads them, and the working tree is not touched. A patch that is empty changed nothing.
 *
 * @param patch as `git diff` writes it, with or without the prefixes a/ and b/, with or without context
 * @throws AppError PATCH_INVALID for what is no patch, or does not fit the files; GIT_FAILED
 */
export async function readPatch(dir: string, patch: Buffer): Promise<Range> {
  const top = await findWorkTree(dir);
  const { tree, env, remove } = await writeWorkTree(top);
  try {
    const base = await takeBack(top, tree, withoutBinaries(patch), env);
    return {
      change: {
        title: maskText(''),
        description: maskText(''),
        base: null,
        head: null,
        files: (await readDiff(top, base, tree, env)).map(toChangedFile),
        unlisted: 0,
      },
      snapshot: createGitRepository({ dir: top, env, sides: { base, head: tree } }),
      close: remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** What people's settings make of a patch: `diff.noprefix`, `-U0`. */
const WAYS = [['-p1'], ['-p0'], ['-p1', '--unidiff-zero'], ['-p0', '--unidiff-zero']];

async function takeBack(
  top: string,
  tree: string,
  patch: Buffer,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  if (patch.toString('latin1').trim() === '') return tree;
  let first: unknown;
  for (const way of WAYS) {
    try {
      // `--cached`: the index alone is read and written, and no filter that the repository names is run.
      await runGit(top, ['apply', '--cached', '--reverse', '--whitespace=nowarn', ...way, '-'], { input: patch, env });
      return (await runGit(top, ['write-tree', '--missing-ok'], { env })).toString('utf8').trim();
    } catch (error) {
      first ??= error;
    }
  }
  throw new AppError(
    'PATCH_INVALID',
    `the patch of --diff cannot be taken back from the working tree, which must be as it is after the patch (${describeError(first)})`,
    { cause: first },
  );
}

/** `git diff` names binary files without their content, and `git apply` then refuses the whole patch. Nothing of them is reviewed. */
function withoutBinaries(patch: Buffer): Buffer {
  const parts = patch.toString('latin1').split(/^(?=diff --git )/m);
  const kept = parts.filter((part) => !/^Binary files [^\n]* differ\r?$/m.test(part.split(/^@@ /m, 1)[0] ?? ''));
  return Buffer.from(kept.join(''), 'latin1');
}
