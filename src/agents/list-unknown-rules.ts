import { describeUnknown } from './describe-unknown.ts';
import { listRuleIds } from './list-rule-ids.ts';
import { AGENTS_DIR, loadAgents } from './load-agents.ts';

/**
 * Of the rules that a config sets, those that no agent has. A name with a slash is a principle; what Claude finds is called after one
 * (`model-…`), also of a repository's own agent.
 */
export function listUnknownRules(
  named: readonly string[],
  agents: Iterable<string> = loadAgents().keys(),
  dir: string = AGENTS_DIR,
): string[] {
  const rules = named.filter((id) => !id.includes('/') && !id.startsWith('model-'));
  if (rules.length === 0) return [];
  const known = [...agents].flatMap((one) => listRuleIds(one, dir)).map((id) => ({ id }));
  const ids = new Set(known.map(({ id }) => id));
  return rules.filter((id) => !ids.has(id)).map((id) => describeUnknown(id, known));
}
