import type { Content } from '../change/change.ts';
import { decodeText, MAX_BYTES } from '../change/decode-text.ts';
import { catBlobs } from './cat-blobs.ts';
import { findEntries } from './list-tree.ts';

/** A file of a commit as git has it. `blob` is the id of its content. */
export type Entry =
  | { kind: 'bytes'; bytes: Buffer; blob: string; executable: boolean }
  | { kind: Exclude<Content['kind'], 'text' | 'folder' | 'binary'> };

interface Options {
  /** Where else objects lie. */
  env?: Readonly<Record<string, string>>;
  /** Larger files are not read, in bytes. */
  most?: number;
}

/** Files of a commit as text, by path. @throws AppError GIT_FAILED */
export async function readBlobs(
  dir: string,
  commit: string,
  paths: readonly string[],
  options: Options = {},
): Promise<Map<string, Content>> {
  const entries = await readEntries(dir, commit, paths, options);
  return new Map([...entries].map(([path, entry]) => [path, toContent(entry)]));
}

function toContent(entry: Entry): Content {
  if (entry.kind !== 'bytes') return entry;
  const content = decodeText(entry.bytes);
  return content.kind === 'text' && entry.executable ? { ...content, executable: true } : content;
}

/** Files of a commit or a tree, by path, with few git processes for any number of them. Links and submodules are not followed. */
export async function readEntries(
  dir: string,
  commit: string,
  paths: readonly string[],
  { env = {}, most = MAX_BYTES }: Options = {},
): Promise<Map<string, Entry>> {
  // Git takes `folder/` for all that lies in it.
  const asked = paths.filter((path) => !path.endsWith('/'));
  const found = await findEntries(dir, commit, asked, env);
  const read = new Map<string, Entry>();
  const files = [...found.values()].filter(({ mode }) => mode.startsWith('100'));
  const wanted = files.filter(({ size }) => size !== null && size <= most);
  await catBlobs(
    dir,
    wanted.map(({ blob }) => blob),
    { env, most },
    (index, bytes) => {
      const entry = wanted[index];
      if (entry && bytes)
        read.set(entry.path, { kind: 'bytes', bytes, blob: entry.blob, executable: entry.mode === '100755' });
      return true;
    },
  );
  // What is in the tree and not in the store was left out of a fetch for its size.
  for (const { path } of files) if (!read.has(path)) read.set(path, { kind: 'too-large' });
  for (const { path, mode } of found.values()) {
    if (mode === '120000') read.set(path, { kind: 'symlink' });
    if (mode === '160000') read.set(path, { kind: 'submodule' });
  }
  return new Map(paths.map((path) => [path, read.get(path) ?? { kind: 'absent' }]));
}
