import type { Agent } from '../agents/agent.ts';
import type { Conversant } from '../commands/conversant.ts';
import type { RuleText } from '../findings/rule-text.ts';
import type { Reviewer } from '../pipeline/reviewer.ts';

/** An agent that also answers commands. */
export interface Respondent extends Reviewer {
  agent: Agent;
  rules: ReadonlyMap<string, RuleText>;
  conversant: Conversant | { off: string };
}
