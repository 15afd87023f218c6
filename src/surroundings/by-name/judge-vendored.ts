import type { Change } from '../../change/change.ts';
import type { Repository } from '../../change/repository.ts';
import { AppError } from '../../errors.ts';
import { othersFolderOf, type Vendored } from '../../scope/select.ts';
import { dirOf, nameOf } from '../../text/paths.ts';

/** What lies beside code that was taken from elsewhere: its licence, its manifest, what the tool noted that took it. */
const MARKER =
  /^(?:(?:un)?licen[cs]e|copying|notice|copyright)(?:[._-][\w.-]*)?$|^(?:package|\.?bower|component|composer|vendor)\.json$|^(?:setup\.(?:py|cfg)|pyproject\.toml|go\.mod|PKG-INFO|METADATA|README\.chromium|vendored?\.txt|requirements\.txt)$/i;
/** Of the whole folder: made by Python's venv, by Go, by pip's vendoring. */
const OF_ALL = /^(?:pyvenv\.cfg|modules\.txt|vendor(?:ed)?\.txt)$/;

/**
 * Of files in folders that are called after others' code (`third_party`, `vendor`) those that are it. Anybody may call a folder so; what
 * others wrote has its licence or its manifest beside it, on the base: what a change says of itself switches nothing off.
 *
 * @param repository null: the change is the whole tree, if `whole`; else nothing can be asked, and the name must do
 */
export async function judgeVendored(
  { files }: Pick<Change, 'files'>,
  repository: Repository | null,
  whole: boolean,
): Promise<ReadonlyMap<string, Vendored>> {
  const asked = files.flatMap(({ path }) => (othersFolderOf(path) === null ? [] : [path]));
  if (asked.length === 0) return new Map();
  const brought = listMarked(files.map(({ path }) => path));
  const before = whole ? brought : await listOnBase(repository);
  return new Map(
    asked.map((path) => [
      path,
      before === null || isBelow(before, path) ? 'others' : isBelow(brought, path) ? 'brought' : 'own',
    ]),
  );
}

async function listOnBase(repository: Repository | null): Promise<ReadonlySet<string> | null> {
  try {
    return repository ? listMarked((await repository.listFiles('base')).paths) : null;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** Folders with such a file, below one that is called after others' code. */
function listMarked(paths: readonly string[]): Set<string> {
  return new Set(
    paths.flatMap((path) => {
      const name = nameOf(path);
      if (!MARKER.test(name) && !OF_ALL.test(name)) return [];
      const root = othersFolderOf(path);
      if (root === null) return [];
      return root === dirOf(path) && OF_ALL.test(name) ? [`${root}/`] : [dirOf(path)];
    }),
  );
}

/** A licence speaks for its own folder and what is below it; right in the folder of all it speaks for what lies beside it. */
function isBelow(marked: ReadonlySet<string>, path: string): boolean {
  const root = othersFolderOf(path) ?? '';
  if (marked.has(`${root}/`)) return true;
  let dir = dirOf(path);
  if (dir === root) return marked.has(root);
  for (; dir.length > root.length; dir = dirOf(dir)) if (marked.has(dir)) return true;
  return false;
}
