import { z } from 'zod';
import type { PullRequestRef } from '../change/pull-request.ts';
import { attempt, type Requests } from './octokit.ts';

const PAGE = 100;
/** The most requests for one list: no conversation is longer, and a stranger must not be able to cost more. */
const MOST_PAGES = 20;

/** A list of a pull request, as GraphQL gives it. */
export interface Connection<T> {
  /** "review threads" */
  what: string;
  field: string;
  /** What is asked of each of them. */
  fields: string;
  node: z.ZodType<T>;
  /** Newest first, where the newest matter most. */
  backwards: boolean;
}

export interface Page<T> {
  pageInfo: { hasNextPage: boolean; endCursor: string | null; hasPreviousPage: boolean; startCursor: string | null };
  nodes: (T | null)[];
}

/** What was read of a list, in GitHub's order. */
export interface Pages<T> {
  nodes: T[];
  /** False: there is more than is read. */
  whole: boolean;
}

export function pageSchema<T>({ node }: Connection<T>): z.ZodType<Page<T>> {
  return z.object({
    pageInfo: z.object({
      hasNextPage: z.boolean(),
      endCursor: z.string().nullable(),
      hasPreviousPage: z.boolean(),
      startCursor: z.string().nullable(),
    }),
    nodes: z.array(node.nullable()),
  });
}

/** The list's first page, as a field of a query; of the pages after it when the query declares `$cursor`. */
export function selectPage({ field, fields, backwards }: Connection<unknown>, cursor = false): string {
  const reach = backwards ? 'before' : 'after';
  return `${field}(${backwards ? 'last' : 'first'}: ${PAGE}${cursor ? `, ${reach}: $cursor` : ''}) {
        pageInfo { hasNextPage endCursor hasPreviousPage startCursor }
        nodes { ${fields} }
      }`;
}

/**
 * A list, page by page.
 *
 * @param begun its first page, where another query brought it
 * @param enough stops before the end; then the list counts as whole
 */
export async function readPages<T>(
  octokit: Requests,
  { owner, repo, number }: PullRequestRef,
  connection: Connection<T>,
  { begun, enough }: { begun?: Page<T>; enough?: (nodes: readonly T[]) => boolean } = {},
): Promise<Pages<T>> {
  const { what, field, backwards } = connection;
  const Answer = z.object({ repository: z.object({ pullRequest: z.object({ [field]: pageSchema(connection) }) }) });
  const query = `query Page($owner: String!, $repo: String!, $number: Int!, $cursor: String) {
    repository(owner: $owner, name: $repo) { pullRequest(number: $number) { ${selectPage(connection, true)} } }
  }`;
  const read = async (cursor: string | null): Promise<Page<T>> => {
    const answer = await attempt(`reading ${what}`, () => octokit.graphql(query, { owner, repo, number, cursor }));
    return Answer.parse(answer).repository.pullRequest[field] as Page<T>;
  };
  const nodes: T[] = [];
  for (let page = begun ?? (await read(null)), count = 1; ; count++) {
    const own = page.nodes.filter((node) => node !== null) as T[];
    if (backwards) nodes.unshift(...own);
    else nodes.push(...own);
    const { hasNextPage, endCursor, hasPreviousPage, startCursor } = page.pageInfo;
    const cursor = backwards ? startCursor : endCursor;
    if (!(backwards ? hasPreviousPage : hasNextPage) || cursor === null || enough?.(nodes))
      return { nodes, whole: true };
    if (count === MOST_PAGES) return { nodes, whole: false };
    page = await read(cursor);
  }
}
