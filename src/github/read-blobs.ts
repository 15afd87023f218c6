import { z } from 'zod';
import type { Content } from '../change/change.ts';
import { decodeText, MAX_BYTES } from '../change/decode-text.ts';
import type { PullRequestRef } from '../change/pull-request.ts';
import { API_HEADERS, attempt, type Requests } from './octokit.ts';

/** Blobs in one GraphQL request, by aliases. 50 keeps an answer under about 10 MB for ordinary sources. */
export const BATCH = 50;
/** GraphQL cuts text over this many bytes. */
export const MAX_PLAIN = 512_000;

const Blob = z
  .object({
    oid: z.string(),
    text: z.string().nullable(),
    isBinary: z.boolean().nullable(),
    isTruncated: z.boolean(),
    byteSize: z.number(),
  })
  .partial();
/** `mode` is git's, as a decimal number. */
const Entry = z.object({ mode: z.number(), object: Blob.nullable() }).nullable();
type Entry = z.infer<typeof Entry>;
const Tree = z.object({ entries: z.array(z.object({ name: z.string(), mode: z.number() })).nullable() }).partial();

const EXECUTABLE = 0o100755;
const SYMLINK = 0o120000;
const SUBMODULE = 0o160000;

export interface BlobReader {
  /** Files of a commit, by path. */
  read(commit: string, paths: readonly string[]): Promise<Map<string, Content>>;
  /** The same by GraphQL alone, BATCH files a request: what that does not give counts as binary. */
  readPlain(commit: string, paths: readonly string[]): Promise<Map<string, Content>>;
  /** It was read already: reading it costs nothing. */
  isKnown(commit: string, path: string): boolean;
}

/**
 * Reads files of a commit, and lists folders of it, 50 a request. Paths travel as variables, never inside the query's text. Each file is read once a
 * review. GraphQL cuts text over 512 KB and gives none of what it takes for binary (a NUL byte, UTF-16): such a file is read
 * byte for byte.
 */
export function createBlobReader(octokit: Requests, { owner, repo }: PullRequestRef): BlobReader {
  /** Or the blob that must be read byte for byte, which `finish` does. */
  const cache = new Map<string, Content | { oid: string; finish: (content: Content) => Content }>();
  const query = async (commit: string, paths: readonly string[]): Promise<void> => {
    const missing = [...new Set(paths)].filter((path) => !cache.has(`${commit}:${path}`));
    for (let at = 0; at < missing.length; at += BATCH) {
      const batch = missing.slice(at, at + BATCH);
      const { entries, folders } = await queryEntries(octokit, { owner, repo }, commit, batch);
      for (const [path, names] of folders) cache.set(`${commit}:${path}`, { kind: 'folder', names });
      for (const path of batch.filter((one) => !folders.has(one))) {
        const entry = entries.get(path) ?? null;
        const known = toContent(entry);
        const finish = (content: Content): Content =>
          content.kind === 'text' && entry?.mode === EXECUTABLE ? { ...content, executable: true } : content;
        cache.set(`${commit}:${path}`, 'oid' in known ? { ...known, finish } : finish(known));
      }
    }
  };
  return {
    read: async (commit, paths) => {
      await query(commit, paths);
      const contents = new Map<string, Content>();
      for (const path of paths) {
        const known = cache.get(`${commit}:${path}`) ?? { kind: 'absent' };
        const content = 'oid' in known ? known.finish(await readRaw(octokit, { owner, repo }, known.oid)) : known;
        cache.set(`${commit}:${path}`, content);
        contents.set(path, content);
      }
      return contents;
    },
    readPlain: async (commit, paths) => {
      await query(commit, paths);
      const plain = (path: string): Content => {
        const known = cache.get(`${commit}:${path}`) ?? { kind: 'absent' };
        return 'oid' in known ? { kind: 'binary' } : known;
      };
      return new Map(paths.map((path) => [path, plain(path)]));
    },
    isKnown: (commit, path) => cache.has(`${commit}:${path}`),
  };
}

/** Entries of a commit's tree by path, and what lies in the folders that are there. */
async function queryEntries(
  octokit: Requests,
  { owner, repo }: Omit<PullRequestRef, 'number'>,
  commit: string,
  paths: readonly string[],
): Promise<{ entries: Map<string, Entry>; folders: Map<string, string[]> }> {
  const asked = paths.map((path, index) => ({ path, index, isFolder: path.endsWith('/') }));
  const variables = Object.fromEntries(
    asked.map(({ path, index, isFolder }) => [`p${index}`, isFolder ? `${commit}:${path.slice(0, -1)}` : path]),
  );
  const declared = paths.map((_, index) => `$p${index}: String!`).join(', ');
  const [trees, blobs] = [true, false].map((wanted) => asked.filter(({ isFolder }) => isFolder === wanted)) as [
    typeof asked,
    typeof asked,
  ];
  const files = blobs.map(
    ({ index }) =>
      `b${index}: file(path: $p${index}) { mode object { ... on Blob { oid text isBinary isTruncated byteSize } } }`,
  );
  const folders = trees.map(
    ({ index }) => `t${index}: object(expression: $p${index}) { ... on Tree { entries { name mode } } }`,
  );
  const query = `query Blobs($owner: String!, $repo: String!, $commit: GitObjectID!, ${declared}) { repository(owner: $owner, name: $repo) { object(oid: $commit) { ... on Commit { __typename\n${files.join('\n')}\n} } ${folders.join('\n')} } }`;
  const answer = await attempt('reading file contents', () =>
    octokit.graphql(query, { owner, repo, commit, ...variables }),
  );
  const { repository } = z.object({ repository: z.record(z.string(), z.unknown()) }).parse(answer);
  const object = z
    .record(z.string(), z.unknown())
    .nullable()
    .parse(repository.object ?? null);
  return {
    entries: new Map(blobs.map(({ path, index }) => [path, Entry.parse(object?.[`b${index}`] ?? null)])),
    folders: new Map(
      trees.flatMap(({ path, index }): [string, string[]][] => {
        const { entries } = Tree.parse(repository[`t${index}`] ?? {});
        return entries ? [[path, entries.filter(({ mode }) => mode !== SYMLINK).map(({ name }) => name)]] : [];
      }),
    ),
  };
}

/** The content, or the blob that must be read byte for byte. A link's text is where it points, so it is told by its mode alone. */
function toContent(entry: Entry): Content | { oid: string } {
  if (!entry) return { kind: 'absent' };
  if (entry.mode === SYMLINK) return { kind: 'symlink' };
  if (entry.mode === SUBMODULE) return { kind: 'submodule' };
  const blob = entry.object;
  if (!blob?.oid || blob.byteSize === undefined) return { kind: 'absent' };
  if (blob.byteSize > MAX_BYTES) return { kind: 'too-large' };
  const { oid, text } = blob;
  if (blob.isBinary === true || blob.isTruncated === true || typeof text !== 'string') return { oid };
  // GitHub makes UTF-8 of other encodings, and does not say so.
  return Buffer.byteLength(text) === blob.byteSize ? { kind: 'text', text } : { kind: 'text', text, lossy: true };
}

/** Source: docs.github.com, "Get a blob": base64, up to 100 MB. */
async function readRaw(
  octokit: Requests,
  { owner, repo }: Omit<PullRequestRef, 'number'>,
  sha: string,
): Promise<Content> {
  const { data } = await attempt('reading a large file', () =>
    octokit.request('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', {
      owner,
      repo,
      file_sha: sha,
      headers: API_HEADERS,
    }),
  );
  const { content } = z.object({ content: z.string(), encoding: z.literal('base64') }).parse(data);
  return decodeText(Buffer.from(content, 'base64'));
}
