import { z } from 'zod';
import type { Content } from '../review/change.ts';
import type { PullRequestRef } from './github.ts';
import { API_HEADERS, attempt, type Requests } from './octokit.ts';

/** Blobs in one GraphQL request, by aliases. 50 keeps an answer under about 10 MB for ordinary sources. */
const BATCH = 50;
const MAX_BYTES = 2_000_000;

const Blob = z
  .object({
    text: z.string().nullable(),
    isBinary: z.boolean().nullable(),
    isTruncated: z.boolean(),
    byteSize: z.number(),
  })
  .partial()
  .nullable();

type BlobReader = (commit: string, paths: readonly string[]) => Promise<Map<string, Content>>;

/**
 * Reads files of a commit, 50 a request. Paths travel as variables, never inside the query's text. Each file is read once a
 * review. GraphQL cuts text over 512 KB: such a file is read through the contents API.
 */
export function createBlobReader(octokit: Requests, { owner, repo }: PullRequestRef): BlobReader {
  const cache = new Map<string, Content>();
  return async (commit, paths) => {
    const missing = [...new Set(paths)].filter((path) => !cache.has(`${commit}:${path}`));
    for (let at = 0; at < missing.length; at += BATCH) {
      const batch = missing.slice(at, at + BATCH);
      const answers = await queryBlobs(
        octokit,
        { owner, repo },
        batch.map((path) => `${commit}:${path}`),
      );
      for (const [index, path] of batch.entries()) {
        const content = toContent(answers[index] ?? null);
        cache.set(`${commit}:${path}`, content ?? (await readRaw(octokit, { owner, repo }, commit, path)));
      }
    }
    return new Map(paths.map((path) => [path, cache.get(`${commit}:${path}`) ?? { kind: 'absent' as const }]));
  };
}

/** Blobs by `COMMIT:PATH` expressions, in their order; null where there is none. */
export async function queryBlobs(
  octokit: Requests,
  { owner, repo }: Omit<PullRequestRef, 'number'>,
  expressions: readonly string[],
): Promise<z.infer<typeof Blob>[]> {
  const variables = Object.fromEntries(expressions.map((expression, index) => [`e${index}`, expression]));
  const declared = expressions.map((_, index) => `$e${index}: String!`).join(', ');
  const fields = expressions
    .map(
      (_, index) => `b${index}: object(expression: $e${index}) { ... on Blob { text isBinary isTruncated byteSize } }`,
    )
    .join('\n');
  const query = `query Blobs($owner: String!, $repo: String!, ${declared}) { repository(owner: $owner, name: $repo) {\n${fields}\n} }`;
  const answer = await attempt('reading file contents', () => octokit.graphql(query, { owner, repo, ...variables }));
  const { repository } = z.object({ repository: z.record(z.string(), Blob) }).parse(answer);
  return expressions.map((_, index) => repository[`b${index}`] ?? null);
}

/** Null: the text is cut and must be read otherwise. */
function toContent(blob: z.infer<typeof Blob>): Content | null {
  if (!blob || blob.byteSize === undefined) return { kind: 'absent' };
  if (blob.byteSize > MAX_BYTES) return { kind: 'too-large' };
  if (blob.isBinary) return { kind: 'binary' };
  if (blob.isTruncated || blob.text === null || blob.text === undefined) return null;
  return { kind: 'text', text: blob.text };
}

async function readRaw(
  octokit: Requests,
  { owner, repo }: Omit<PullRequestRef, 'number'>,
  ref: string,
  path: string,
): Promise<Content> {
  const { data } = await attempt('reading a large file', () =>
    octokit.request('GET /repos/{owner}/{repo}/contents/{path}', {
      owner,
      repo,
      path,
      ref,
      headers: { ...API_HEADERS, accept: 'application/vnd.github.raw+json' },
    }),
  );
  const raw: unknown = data;
  if (typeof raw === 'string') return { kind: 'text', text: raw };
  return raw instanceof ArrayBuffer ? { kind: 'text', text: new TextDecoder().decode(raw) } : { kind: 'absent' };
}
