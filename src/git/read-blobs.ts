import type { Content } from '../review/change.ts';
import { decodeText } from '../review/decode-text.ts';
import { runGit } from './run-git.ts';

/** A file of a commit as git has it. `blob` is the id of its content. */
export type Entry =
  | { kind: 'bytes'; bytes: Buffer; blob: string }
  | { kind: Exclude<Content['kind'], 'text' | 'binary' | 'too-large'> };

/** Files of a commit as text, by path. */
export async function readBlobs(dir: string, commit: string, paths: readonly string[]): Promise<Map<string, Content>> {
  const entries = await readEntries(dir, commit, paths);
  return new Map([...entries].map(([path, entry]) => [path, entry.kind === 'bytes' ? decodeText(entry.bytes) : entry]));
}

/** Files of a commit, by path, with two git processes for any number of them. Links and submodules are not followed. */
export async function readEntries(dir: string, commit: string, paths: readonly string[]): Promise<Map<string, Entry>> {
  const wanted = new Map<string, { blob: string; mode: string }>();
  if (paths.length === 0) return new Map();
  const tree = (await runGit(dir, ['ls-tree', '-r', '-z', '--full-tree', commit])).toString('utf8');
  const asked = new Set(paths);
  for (const entry of tree.split('\0')) {
    const tab = entry.indexOf('\t');
    const path = entry.slice(tab + 1);
    const [mode = '', , blob = ''] = entry.slice(0, tab).split(' ');
    if (asked.has(path)) wanted.set(path, { blob, mode });
  }
  const files = [...wanted].filter(([, { mode }]) => mode === '100644' || mode === '100755');
  const contents = await catFiles(
    dir,
    files.map(([, { blob }]) => blob),
  );
  const toEntry = (path: string): Entry => {
    const entry = wanted.get(path);
    if (entry?.mode === '120000') return { kind: 'symlink' };
    if (entry?.mode === '160000') return { kind: 'submodule' };
    const bytes = entry && contents.get(entry.blob);
    return bytes ? { kind: 'bytes', bytes, blob: entry.blob } : { kind: 'absent' };
  };
  return new Map(paths.map((path) => [path, toEntry(path)]));
}

async function catFiles(dir: string, blobs: readonly string[]): Promise<Map<string, Buffer>> {
  const contents = new Map<string, Buffer>();
  if (blobs.length === 0) return contents;
  const output = await runGit(dir, ['cat-file', '--batch'], { input: `${blobs.join('\n')}\n` });
  let at = 0;
  while (at < output.length) {
    const end = output.indexOf(10, at);
    const [blob = '', type = '', size = '0'] = output.subarray(at, end).toString('utf8').split(' ');
    at = end + 1;
    if (type !== 'blob') continue;
    contents.set(blob, output.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return contents;
}
