/** Migrations of a folder that may still be on their way. */
const NEWEST = 5;
/** Layouts that give every migration a folder: Prisma, diesel. */
const ONE_EACH = /^(?:migration|up|down)\.sql$/i;

/**
 * The SQL migrations of a tree that were applied long ago: all but the newest few of their folder, by the order of their
 * numbered names. What they locked is past; only a change that adds one is judged, or a person who names the file.
 */
export function listOldMigrations(paths: readonly string[]): Set<string> {
  const folders = Map.groupBy(
    paths
      .filter((path) => /\.sql$/i.test(path))
      .map(splitPath)
      .filter(({ name }) => /^[A-Za-z]?\d/.test(name)),
    ({ folder }) => folder,
  );
  return new Set(
    [...folders.values()].flatMap((files) => {
      const names = [...new Set(files.map(({ name }) => numberOf(name)))].sort(compareNumbers);
      const old = new Set(names.slice(0, -NEWEST));
      return files.filter(({ name }) => old.has(numberOf(name))).map(({ path }) => path);
    }),
  );
}

function splitPath(path: string): { path: string; folder: string; name: string } {
  const parts = path.split('/');
  const last = parts.pop() ?? '';
  const name = ONE_EACH.test(last) ? (parts.pop() ?? last) : last;
  return { path, folder: parts.join('/'), name };
}

/** `V12__a.sql`, `0012_a.up.sql` and `2026-01-05-120000_a`: the number is what stands before the words. */
function numberOf(name: string): string {
  return /^[A-Za-z]?([\d.-]*\d)/.exec(name)?.[1] ?? name;
}

function compareNumbers(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
