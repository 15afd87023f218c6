import type { Content, Snapshot } from '../change/change.ts';
import { describePackage, type Package, type Runtime, UNKNOWN_PACKAGE } from '../change/decide-runtime.ts';
import { SERVER_FILE, showsServerCode } from '../change/server-code.ts';
import type { SourceFile } from '../change/source-file.ts';
import type { Since } from '../findings/finding.ts';

interface Script {
  path: string;
  text: string;
}

export interface Runtimes {
  /** What a script runs as; null: it is not known. */
  runtimeOf: (script: Script) => Runtime | null;
  /** Whether pages can stand beside it in its package, by the head. */
  mayBeShown: (path: string) => boolean;
  /** Whether its package, by the head, uses a library in a version before the one that mended a flaw. */
  isBefore: (path: string, since: Since) => boolean;
}

/**
 * What scripts run as, by the nearest `package.json`: as it stands on the base, since what a change says of itself switches
 * nothing off, and only where the head says the same. The head is asked first: its commit is known, the base's may have to be
 * asked for. In a package for the browser, what shows code of a server is none.
 *
 * @param most manifests that are asked for; of a script beyond that nothing is known
 */
export async function readRuntimes(paths: readonly string[], snapshot: Snapshot, most: number): Promise<Runtimes> {
  const head = await readPackages(paths, (asked) => snapshot.readHead(asked), most);
  const base = await readPackages(
    paths.filter((path) => ![null, 'server'].includes(head(path).runtime)),
    (asked) => snapshot.readBase(asked),
    most,
  );
  const runtimeOf = ({ path, text }: Script): Runtime | null => {
    const { runtime } = head(path);
    if (runtime === null || runtime === 'server') return runtime;
    if (base(path).runtime !== runtime) return null;
    return runtime === 'browser' && !PHONE.test(text) && (SERVER_FILE.test(path) || showsServerCode(text))
      ? null
      : runtime;
  };
  return {
    runtimeOf,
    mayBeShown: (path) => head(path).pages,
    isBefore: (path, { package: name, major, beside }) => {
      const { needs } = head(path);
      const [, first] = /^[\s^~=v]*(\d+)(?:\.[\dxX*]+){0,2}(?:-[\w.]+)?\s*$/.exec(needs.get(name) ?? '') ?? [];
      return first !== undefined && Number(first) < major && !beside.some((one) => needs.has(one));
    },
  };
}

/** Loads what only a phone has. A database there is the phone's own. */
const PHONE = /\bfrom\s+['"](?:react-native|@react-native[\w-]*\/[\w-]+|expo-[\w-]+)(?:\/[\w./-]+)?['"]/;

async function readPackages(
  paths: readonly string[],
  read: Snapshot['readBase'],
  most: number,
): Promise<(path: string) => Package> {
  const asked = [...new Set(paths.flatMap(listManifests))].slice(0, most);
  const contents = asked.length > 0 ? await read(asked) : new Map<string, Content>();
  const runtimes = new Map(
    [...contents].flatMap(([path, content]) =>
      content.kind === 'absent'
        ? []
        : [[path, content.kind === 'text' ? describePackage(content.text) : UNKNOWN_PACKAGE] as const],
    ),
  );
  const missing = new Set(asked.filter((path) => contents.get(path)?.kind === 'absent'));
  return (path) => runtimes.get(listManifests(path).find((one) => !missing.has(one)) ?? '') ?? UNKNOWN_PACKAGE;
}

const MOST_AHEAD = 20;

/** The manifests around the scripts of a change, to be read with them. */
export function listManifestsOf(files: readonly Pick<SourceFile, 'path' | 'kind'>[]): string[] {
  const scripts = files.filter(({ kind }) => kind === 'typescript' || kind === 'javascript');
  const own = new Set(files.map(({ path }) => path));
  const around = new Set(scripts.flatMap(({ path }) => listManifests(path)));
  return [...around].filter((path) => !own.has(path)).slice(0, MOST_AHEAD);
}

/** The manifests that may speak for a file, the nearest first. */
function listManifests(path: string): string[] {
  const folders = path.split('/').slice(0, -1);
  return [
    ...folders.map((_, at) => [...folders.slice(0, folders.length - at), 'package.json'].join('/')),
    'package.json',
  ];
}
