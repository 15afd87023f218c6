import type { Agent } from '../agents/agent.ts';
import { AGENTS_DIR } from '../agents/load-agents.ts';
import { fillTemplate } from '../findings/evidence.ts';
import type { RuleText } from '../findings/rule-text.ts';
import { textIn } from '../flows/data/flow-class.ts';
import { loadFlowClasses } from './load-flow-data.ts';
import { loadRules } from './rules/load-rules.ts';

/** What every rule and class of an agent says about itself, by id. */
export function loadRuleTexts(
  agent: Pick<Agent, 'name' | 'principles'>,
  dir: string = AGENTS_DIR,
): Map<string, RuleText> {
  const principles = new Set(agent.principles.map((principle) => principle.id));
  const classes = loadFlowClasses(agent.name, principles, dir).map((one) => ({
    ...one,
    fix: textIn(one.fix),
  }));
  return new Map(
    [...classes, ...loadRules(agent.name, principles, dir)].map(
      ({ id, title, principle, cwe, fix, why, falseAlarm, references }): [string, RuleText] => [
        id,
        {
          id,
          title: generalise(title),
          principle,
          cwe,
          fix: generalise(fix),
          why: why.trim(),
          falseAlarm: falseAlarm.trim(),
          references,
        },
      ],
    ),
  );
}

/** A text that names what was matched, spoken of in general. */
export function generalise(text: string): string {
  const names = Object.fromEntries([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => [name, '…']));
  return fillTemplate(text, names);
}
