/**
 * How far a path lies from the nearest of some paths, as steps from folder to folder: 0 in the same one. In time that grows with
 * the depth of the path, however many there are.
 */
export function measureNearness(paths: readonly string[]): (path: string) => number {
  /** For each folder: steps up to it from the nearest path below. */
  const up = new Map<string, number>();
  for (const path of paths) {
    for (const [steps, folder] of foldersOf(path).entries())
      if (steps < (up.get(folder) ?? Number.POSITIVE_INFINITY)) up.set(folder, steps);
  }
  return (path) => {
    let best = Number.POSITIVE_INFINITY;
    for (const [steps, folder] of foldersOf(path).entries())
      best = Math.min(best, steps + (up.get(folder) ?? Number.POSITIVE_INFINITY));
    return best;
  };
}

/** Its own folder, then those above; the last one is the top. */
function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) folders.push(path.slice(0, at));
  return [...folders, ''];
}
