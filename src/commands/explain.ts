import type { RuleText } from '../findings/rule-text.ts';
import { stripStatus } from '../render/render-status.ts';
import { code } from '../text/markdown.ts';
import type { Command } from './command.ts';
import { createQuestion } from './create-question.ts';

/** Claude explains this finding. Without Claude, the rule's own texts explain it. */
export const explain: Command = async (context) => {
  const { agent, argument, conversant, entry, rules } = context;
  const rule = rules.get(entry?.record.rule ?? argument);
  if (!entry) {
    if (rule) return { reply: renderRule(rule) };
    return {
      reply: `Write ${code(`/${agent.name} explain`)} in the thread of a finding, or name a rule: ${code(`/${agent.name} explain sql-injection`)}.`,
    };
  }
  if (!('off' in conversant)) {
    const text = `Explain this finding: which input or event sets it off, what happens step by step in this code, and how to fix it here.${argument === '' ? '' : ` ${argument}`}`;
    return { reply: await conversant.answer(await createQuestion(context, text)) };
  }
  if (rule) return { reply: renderRule(rule) };
  const said = stripStatus(entry.thread?.first.body ?? '').split('\n', 1)[0] ?? '';
  return { reply: `Claude found this, and Claude is off now (${conversant.off}). What it said stands above: ${said}` };
};

function renderRule({ id, title, principle, cwe, fix, why, falseAlarm, references }: RuleText): string {
  return [
    `**${title}** · rule ${code(id)} · ${code(principle)} · ${cwe.join(', ')}`,
    why,
    `**Fix:** ${fix}`,
    `**It would be a false alarm if:** ${falseAlarm}`,
    references.map((url) => `- <${url}>`).join('\n'),
  ].join('\n\n');
}
