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
  const options = ['--raw', '--patch', '-z', '--unified=3', '--src-prefix=a/', '--dst-prefix=b/'];
  const text = (await runGit(dir, [...DIFF_TREE, ...options, base, head, '--'], { env })).toString('utf8');
  let at = 0;
  const next = (): string => {
    const end = text.indexOf('\0', at);
    const part = text.slice(at, end === -1 ? text.length : end);
    at += part.length + 1;
    return part;
  };
  const listed: Omit<DiffEntry, 'patch' | 'binary'>[] = [];
  const letters: string[] = [];
  while (text[at] === ':') {
    const [, , , blob = '', status = ''] = next().split(' ');
    const letter = status.charAt(0);
    const from = next();
    const previousPath = letter === 'R' || letter === 'C' ? from : null;
    const path = previousPath === null ? from : next();
    listed.push({ path, previousPath, status: STATUS[letter] ?? 'modified', blob });
    letters.push(letter);
  }
  // One more NUL stands between the list and the patches.
  const patches = splitDiff(text.slice(at + 1)).values();
  return listed.map((entry, index) => {
    const { patch = null, binary = false } = patches.next().value ?? {};
    // A type change (file to link) is shown by git as a removal and an addition: two patches for one entry.
    if (letters[index] === 'T') patches.next();
    return { ...entry, patch, binary };
  });
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
