import { AppError } from '../errors.ts';
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
    const base = await takeBack(top, tree, patch, env);
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
    remove();
    throw error;
  }
}

/** What people's settings make of a patch: `diff.noprefix`, `-U0`. */
const PREFIXES = ['-p1', '-p0'];
const WAYS = [['-p1'], ['-p0'], ['-p1', '--unidiff-zero'], ['-p0', '--unidiff-zero']];

async function takeBack(
  top: string,
  tree: string,
  patch: Buffer,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const { told, untold } = splitPatch(patch);
  if (told.length + untold.length === 0) return tree;
  // Before the parts may stand a message of a commit.
  const isPatch = untold.length === 0 || /^(?:diff --git|---) /m.test(told.toString('latin1'));
  const way = isPatch ? await applyBack(top, told, env) : null;
  if (untold.length > 0)
    await forget(top, untold, { env, prefixes: way?.slice(0, 1) ?? PREFIXES, none: '0'.repeat(tree.length) });
  return (await runGit(top, ['write-tree', '--missing-ok'], { env })).toString('utf8').trim();
}

async function applyBack(
  top: string,
  input: Buffer,
  env: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  let first: unknown;
  for (const way of WAYS) {
    try {
      // `--cached`: the index alone is read and written, and no filter that the repository names is run.
      await runGit(top, ['apply', '--cached', '--reverse', '--whitespace=nowarn', ...way, '-'], { input, env });
      return way;
    } catch (error) {
      first ??= error;
    }
  }
  throw refuse(first);
}

/**
 * `git diff` names binary files without their content. Which are such, an attribute says that the change itself may have brought
 * (`*.ts -diff`), so none is left out: what nobody was told about counts as new, and is looked at whole.
 */
async function forget(
  top: string,
  input: Buffer,
  { env, prefixes, none }: { env: Readonly<Record<string, string>>; prefixes: readonly string[]; none: string },
): Promise<void> {
  const names: string[] = [];
  let first: unknown;
  for (const prefix of prefixes) {
    // Counts, and applies nothing: git reads the names as it wrote them.
    const listed = await runGit(top, ['apply', '--numstat', '-z', prefix, '-'], { input }).catch((error: unknown) => {
      first ??= error;
      return null;
    });
    for (const [, name = ''] of listed?.toString('utf8').matchAll(/\d*-?\t\d*-?\t([^\0]+)\0/g) ?? []) names.push(name);
  }
  if (names.length === 0) throw refuse(first);
  const list = names.map((name) => `0 ${none}\t${name}\0`).join('');
  await runGit(top, ['update-index', '-z', '--index-info'], { input: list, env });
}

function refuse(cause: unknown): AppError {
  const said = cause instanceof Error ? cause.message : String(cause);
  const why = said.includes('No valid patches')
    ? 'what --diff was given is no patch: try `git diff | backend-dev review --diff -`'
    : `the patch of --diff does not fit the working tree, which must be as it is after the patch (${said})`;
  return new AppError('PATCH_INVALID', why, { cause });
}

/** Only with content `git apply` takes a patch; it refuses the whole of one that has a part without. */
function splitPatch(patch: Buffer): { told: Buffer; untold: Buffer } {
  const parts = patch.toString('latin1').split(/^(?=diff --git )/m);
  const isUntold = (part: string): boolean =>
    part.startsWith('diff --git ') && /^Binary files [^\n]* differ\r?$/m.test(part.split(/^@@ /m, 1)[0] ?? '');
  const join = (some: readonly string[]): Buffer =>
    Buffer.from(some.join('').trim() === '' ? '' : some.join(''), 'latin1');
  return { told: join(parts.filter((part) => !isUntold(part))), untold: join(parts.filter(isUntold)) };
}
