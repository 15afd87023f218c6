import { describeUnknown } from '../agents/describe-unknown.ts';
import { listRuleIds } from '../agents/list-rule-ids.ts';
import { describeUnknownAgent, loadAgents } from '../agents/load-agents.ts';
import type { RepositoryConfig } from '../config/repository-config.ts';

/** What a config names and this version does not have: it changes nothing. */
export function listUnknown({ agent: name, rules }: RepositoryConfig): { agent: string | null; rules: string[] } {
  const agents = loadAgents();
  const agent = agents.has(name) ? null : describeUnknownAgent(name, agents.keys());
  return { agent, rules: listUnknownRules(rules) };
}

/** Of the rules that a config sets. A name with a slash is a principle. */
export function listUnknownRules(rules: RepositoryConfig['rules']): string[] {
  const named = Object.keys(rules).filter((id) => !id.includes('/'));
  if (named.length === 0) return [];
  const known = [...loadAgents().keys()].flatMap((one) => listRuleIds(one)).map((id) => ({ id }));
  const ids = new Set(known.map(({ id }) => id));
  return named.filter((id) => !ids.has(id)).map((id) => describeUnknown(id, known));
}
