import { listUnknownRules } from '../agents/list-unknown-rules.ts';
import { describeUnknownAgent, loadAgents } from '../agents/load-agents.ts';
import type { RepositoryConfig } from '../config/repository-config.ts';

/** What a config names and this version does not have: it changes nothing. */
export function listUnknown({ agent: name, rules }: RepositoryConfig): { agent: string | null; rules: string[] } {
  const agents = loadAgents();
  const agent = agents.has(name) ? null : describeUnknownAgent(name, agents.keys());
  return { agent, rules: listUnknownRules(Object.keys(rules)) };
}
