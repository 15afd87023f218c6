import { describeUnknown } from './describe-unknown.ts';
import { listRuleIds } from './list-rule-ids.ts';
import { AGENTS_DIR, loadAgents } from './load-agents.ts';

/** Whoever wrote a config chooses how many there are, and what is like each is looked for in all of ours. */
const MOST_DESCRIBED = 5;

/**
 * Of the rules that a config sets, those that no agent has. A name with a slash is a principle; what Claude finds is called after one
 * (`model-…`), also of a repository's own agent. The first ones are described, the others named.
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
  const unknown = rules.filter((id) => !ids.has(id));
  return unknown.map((id, at) => (at < MOST_DESCRIBED ? describeUnknown(id, known) : id));
}
