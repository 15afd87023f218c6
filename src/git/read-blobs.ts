import type { Content } from '../review/change.ts';
import { runGit } from './run-git.ts';

/** Text of bytes that came out of git, or why there is none. Only UTF-8 (with or without BOM) is text here. */
export function decodeContent(bytes: Uint8Array): Content {
  if (bytes.byteLength > 2_000_000) return { kind: 'too-large' };
  if (bytes.subarray(0, 8000).includes(0)) return { kind: 'binary' };
  return { kind: 'text', text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) };
}

/** Files of a commit, by path, with two git processes for any number of them. Links and submodules are not followed. */
export async function readBlobs(dir: string, commit: string, paths: readonly string[]): Promise<Map<string, Content>> {
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
  const texts = await catFiles(
    dir,
    files.map(([, { blob }]) => blob),
  );
  const result = new Map<string, Content>();
  for (const path of paths) {
    const entry = wanted.get(path);
    if (!entry) result.set(path, { kind: 'absent' });
    else if (entry.mode === '120000') result.set(path, { kind: 'symlink' });
    else if (entry.mode === '160000') result.set(path, { kind: 'submodule' });
    else result.set(path, texts.get(entry.blob) ?? { kind: 'absent' });
  }
  return result;
}

async function catFiles(dir: string, blobs: readonly string[]): Promise<Map<string, Content>> {
  const contents = new Map<string, Content>();
  if (blobs.length === 0) return contents;
  const output = await runGit(dir, ['cat-file', '--batch'], `${blobs.join('\n')}\n`);
  let at = 0;
  while (at < output.length) {
    const end = output.indexOf(10, at);
    const [blob = '', type = '', size = '0'] = output.subarray(at, end).toString('utf8').split(' ');
    at = end + 1;
    if (type !== 'blob') continue;
    contents.set(blob, decodeContent(output.subarray(at, at + Number(size))));
    at += Number(size) + 1;
  }
  return contents;
}
