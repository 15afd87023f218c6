import type { ChangedFile } from '../change/change.ts';
import { parsePatch } from '../diff/patch.ts';
import { splitDiff } from '../diff/split-diff.ts';
import { maskName } from '../secrets/mask-text.ts';
import { runGit } from './run-git.ts';

const STATUS: Record<string, ChangedFile['status']> = { A: 'added', D: 'removed', R: 'renamed', C: 'added' };

/** One entry of a diff with its patch as text, as GitHub would send it. */
export interface DiffEntry extends Omit<ChangedFile, 'hunks'> {
  patch: string | null;
  /** Blob id at the head, 0… where there is none. */
  blob: string;
}

/** Plumbing over two trees: it reads no working tree, and of the configuration only what `runGit` sets. */
const DIFF_TREE = [
  'diff-tree',
  '-r',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--submodule=short',
  '-M',
  '--full-index',
];

/**
 * The changed files between two commits or trees, with rename detection.
 *
 * @param env where else objects lie, as `writeWorkTree` gives it
 */
export async function readDiff(
  dir: string,
  base: string,
  head: string,
  env: Readonly<Record<string, string>> = {},
): Promise<DiffEntry[]> {
  const run = async (...options: string[]): Promise<string> =>
    (await runGit(dir, [...DIFF_TREE, ...options, base, head, '--'], { env })).toString('utf8');
  const [list, text] = await Promise.all([
    run('--raw', '-z'),
    run('--patch', '--unified=3', '--src-prefix=a/', '--dst-prefix=b/'),
  ]);
  const raw = list.split('\0');
  const patches = splitDiff(text);
  const entries: DiffEntry[] = [];
  for (let at = 0; at < raw.length - 1; ) {
    const [, , , blob = '', letter = ''] = (raw[at++] ?? '').split(' ');
    const renamed = letter.startsWith('R') || letter.startsWith('C');
    const first = raw[at++] ?? '';
    const path = renamed ? (raw[at++] ?? '') : first;
    // A type change (file to link) is shown by git as a removal and an addition: two patches for one entry.
    const patch = patches.shift();
    if (letter === 'T') patches.shift();
    entries.push({
      path,
      previousPath: renamed ? first : null,
      status: STATUS[letter.charAt(0)] ?? 'modified',
      patch: patch?.patch ?? null,
      binary: patch?.binary ?? false,
      blob,
    });
  }
  return entries;
}

export function toChangedFile({ path, previousPath, status, patch, binary, blob }: DiffEntry): ChangedFile {
  const previous = previousPath === null ? null : maskName(previousPath);
  return {
    path: maskName(path),
    previousPath: previous,
    status,
    binary,
    blob,
    hunks: patch === null ? (binary ? null : []) : parsePatch(patch),
  };
}
