import { readGraphqlErrors } from './graphql-errors.ts';
import { attempt, type Requests } from './octokit.ts';

/** A write by GraphQL. Its values travel as a variable, never inside the text of the operation. */
export interface Mutation {
  field: string;
  input: string;
  value: Record<string, unknown>;
}

/** Writes in one request; GitHub runs them in their order, and one that fails does not undo the others. */
const BATCH = 30;

/**
 * Sends writes that may be repeated, in as few requests as possible. What is not there any more (a comment that a person
 * deleted) and what we may not do (resolve a thread) is passed over: the rest was done all the same.
 */
export async function sendMutations(octokit: Requests, what: string, mutations: readonly Mutation[]): Promise<void> {
  for (let at = 0; at < mutations.length; at += BATCH) await send(octokit, what, mutations.slice(at, at + BATCH));
}

async function send(octokit: Requests, what: string, mutations: readonly Mutation[]): Promise<void> {
  const declared = mutations.map(({ input }, index) => `$i${index}: ${input}!`).join(', ');
  const fields = mutations.map(({ field }, index) => `m${index}: ${field}(input: $i${index}) { clientMutationId }`);
  const values = Object.fromEntries(mutations.map(({ value }, index) => [`i${index}`, value]));
  await attempt(what, async () => {
    try {
      await octokit.graphql(`mutation Update(${declared}) {\n${fields.join('\n')}\n}`, values);
    } catch (error) {
      if (readGraphqlErrors(error)?.errors.every((one) => one.type === 'NOT_FOUND' || one.type === 'FORBIDDEN')) return;
      throw error;
    }
  });
}
