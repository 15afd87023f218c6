import { isAside } from '../change/beside.ts';
import { beginsProject } from '../change/manifests.ts';
import { dirOf } from '../text/paths.ts';
import { compareGrades, compareReach, type Finding } from './finding.ts';

/**
 * Some flaws have one cause in a package (its HTTP client has no time limit) or in a folder (the ways to build an image). A scan of a
 * whole project then reports the worst place and names the others there, since one mend removes them all. Formats for programs
 * still list each place. Files that are in no package are reported one by one.
 *
 * @param paths all files that were looked at, with the manifests among them
 */
export function sayOnce(findings: readonly Finding[], paths: Iterable<string>): Finding[] {
  const packages = new Set([...paths].filter((path) => beginsProject(path)).map(dirOf));
  const groups = Map.groupBy(findings, (finding) => {
    const { once, path } = finding;
    const around =
      once === 'folder'
        ? dirOf(path)
        : once === 'package'
          ? packageOf(path, packages)
          : once === 'project'
            ? projectOf(path, packages)
            : null;
    return around === null ? finding : `${around}\0${finding.ruleId}\0${finding.title}`;
  });
  return [...groups.values()].flatMap((group) => {
    const main = group.filter(({ path }) => !isAside(path));
    // Where it was done most often, its mend belongs.
    const counts = Map.groupBy(main, ({ path }) => packageOf(path, packages));
    const timesOf = ({ path }: Finding): number => counts.get(packageOf(path, packages))?.length ?? 0;
    const [first] = (main.length > 0 ? main : group).toSorted(
      (a, b) => compareGrades(a, b) || timesOf(b) - timesOf(a) || compareReach(a, b),
    );
    if (!first) return [];
    const others = group.filter((one) => one !== first);
    const alsoAt = others.map(({ path, startLine, fingerprint }) => ({ path, line: startLine, fingerprint }));
    return [
      { ...first, alsoAt: [...first.alsoAt, ...alsoAt] },
      ...others.map((one) => ({ ...one, listedBy: first.fingerprint })),
    ];
  });
}

/** The outermost folder that is a package, and the language: what mends it in one is no code for another. */
function projectOf(path: string, packages: ReadonlySet<string>): string | null {
  let found = packageOf(path, packages);
  // `dirOf` of a folder of the root is the root.
  for (let next = found; next; ) {
    next = packageOf(next, packages);
    found = next ?? found;
  }
  const language = languageOf(path);
  // Images, pipelines and manifests lie beside the code, in no package of it, or in its only one.
  return found === null && !BESIDE.has(language) ? null : `${BESIDE.has(language) ? '' : found}\0${language}`;
}

const BESIDE = new Set(['dockerfile', 'manifest']);

function languageOf(path: string): string {
  if (/(?:^|\/)(?:Docker|Container)file[^/]*$|\.dockerfile$/i.test(path)) return 'dockerfile';
  const ending = path.slice(path.lastIndexOf('.') + 1);
  return /^[cm]?[jt]sx?$/.test(ending) ? 'ts' : /^(?:ya?ml|json)$/.test(ending) ? 'manifest' : ending;
}

/** The nearest folder that is a package; null: none is. */
function packageOf(path: string, packages: ReadonlySet<string>): string | null {
  for (let folder = dirOf(path); ; folder = dirOf(folder)) {
    if (packages.has(folder)) return folder;
    if (folder === '') return null;
  }
}
