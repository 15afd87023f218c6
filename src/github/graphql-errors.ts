import { z } from 'zod';

/** GraphQL answers 200 with `errors` beside what it could do; Octokit throws that as an error that carries both. */
const GraphqlErrors = z.object({
  name: z.literal('GraphqlResponseError'),
  data: z.unknown(),
  errors: z.array(z.object({ type: z.string().optional(), path: z.array(z.unknown()).optional() })),
});

/** The parts of a GraphQL answer that failed in part, or null for any other error. */
export function readGraphqlErrors(error: unknown): Omit<z.infer<typeof GraphqlErrors>, 'name'> | null {
  if (!(error instanceof Error)) return null;
  const { name, data, errors } = error as Error & { data?: unknown; errors?: unknown };
  return GraphqlErrors.safeParse({ name, data, errors }).data ?? null;
}
