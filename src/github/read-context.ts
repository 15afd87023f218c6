import { z } from 'zod';
import type { PullRequest } from '../change/pull-request.ts';
import { CONFIG_PATH } from '../config/repository-config.ts';
import type { ReviewContext } from '../pipeline/forge.ts';
import { maskText } from '../secrets/mask-text.ts';
import type { MaskedText } from '../secrets/masked-text.ts';
import { readGraphqlErrors } from './graphql-errors.ts';
import { attempt, type Requests } from './octokit.ts';
import { type CheckSeal, CONVERSATION_FIELDS, ConversationAnswer, readConversation } from './read-conversation.ts';

const AGENT_PATHS = ['.github/agents/backend-dev.md', '.claude/agents/backend-dev.md'];

const Text = z.object({ text: z.string().nullable() }).partial().nullable();
const Answer = z.object({
  repository: z.object({ config: Text, attributes: Text, agent0: Text, agent1: Text, pullRequest: ConversationAnswer }),
  organisation: z.object({ config: Text }).nullish(),
});

const QUERY = `query Context($owner: String!, $repo: String!, $number: Int!, $config: String!, $shared: String!, $attributes: String!, $agent0: String!, $agent1: String!) {
  repository(owner: $owner, name: $repo) {
    config: object(expression: $config) { ... on Blob { text } }
    attributes: object(expression: $attributes) { ... on Blob { text } }
    agent0: object(expression: $agent0) { ... on Blob { text } }
    agent1: object(expression: $agent1) { ... on Blob { text } }
    pullRequest(number: $number) {${CONVERSATION_FIELDS}
    }
  }
  organisation: repository(owner: $owner, name: ".github") {
    config: object(expression: $shared) { ... on Blob { text } }
  }
}`;

/**
 * Config and agent of the base commit, and what was said before: one request for up to 100 threads and 100 reviews. Where the repository has
 * no config, the one of the owner's `.github` repository counts, if the installation can see it, unless a place was named.
 */
export async function readContext(
  octokit: Requests,
  pull: PullRequest,
  check: CheckSeal,
  configPath: string | null = null,
  kin: string | null = null,
): Promise<ReviewContext> {
  const at = (path: string): string => `${pull.baseSha}:${path}`;
  const variables = {
    owner: pull.owner,
    repo: pull.repo,
    number: pull.number,
    config: at(configPath ?? CONFIG_PATH),
    shared: `HEAD:${CONFIG_PATH}`,
    attributes: at('.gitattributes'),
    agent0: at(AGENT_PATHS[0] ?? ''),
    agent1: at(AGENT_PATHS[1] ?? ''),
  };
  const answer: unknown = await attempt('reading what was said before', () =>
    octokit.graphql(QUERY, variables).catch(allowMissingOrganisation),
  );
  const { repository, organisation } = Answer.parse(answer);
  const agents = [repository.agent0, repository.agent1];
  const index = agents.findIndex((agent) => typeof agent?.text === 'string');
  return {
    config:
      configPath === null
        ? chooseConfig(repository.config?.text ?? null, organisation?.config?.text ?? null, pull.owner)
        : { text: maskOptional(repository.config?.text ?? null), source: configPath },
    agent: index === -1 ? null : { path: AGENT_PATHS[index] ?? '', text: maskText(agents[index]?.text ?? '') },
    attributes: repository.attributes?.text ?? null,
    conversation: await readConversation(octokit, pull, repository.pullRequest, check, kin),
  };
}

function chooseConfig(own: string | null, shared: string | null, owner: string): ReviewContext['config'] {
  return own === null && shared !== null
    ? { text: maskText(shared), source: `${owner}/.github:${CONFIG_PATH}` }
    : { text: maskOptional(own), source: CONFIG_PATH };
}

function maskOptional(text: string | null): MaskedText | null {
  return text === null ? null : maskText(text);
}

/** An owner without a `.github` repository is an error for GraphQL and the rule for us; the rest of the answer is whole. */
function allowMissingOrganisation(error: unknown): unknown {
  const partial = readGraphqlErrors(error);
  if (partial?.data && partial.errors.every((one) => one.path?.[0] === 'organisation')) return partial.data;
  throw error;
}
