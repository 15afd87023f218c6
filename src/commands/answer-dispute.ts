import type { Finding } from '../findings/finding.ts';
import { isOpen, pathOf } from '../ledger/ledger.ts';
import { renderTrace } from '../render/render-comment.ts';
import { code } from '../text/markdown.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { createQuestion } from './create-question.ts';
import { findAgain } from './find-again.ts';

const DISPUTE =
  /\b(false (positive|alarm)|not (true|correct|right|an issue|a problem|a bug|needed|possible|vulnerable|exploitable)|isn[’']?t (true|correct|right|an issue|a problem|possible|user|request)|is (safe|fine|intended|intentional|validated|escaped|trusted|internal)|wrong|incorrect|disagree|never (comes|happens|reaches|null|user)|can(no|[’'])t (happen|be|come|reach)|already (validated|escaped|checked|sanitised|sanitized)|by design|won[’']?t fix)\b/i;

/**
 * A plain reply in a finding's thread. One that disputes the finding is answered once: Claude judges it by the code; without
 * Claude the rule's evidence is the answer. Neither what is said nor what Claude answers closes anything: that takes a person
 * with the right to `ignore`, and for such a person Claude withdraws what Claude alone had said.
 */
export async function answerDispute(context: CommandContext): Promise<CommandResult> {
  const { agent, argument, conversant, entry, login, mayIgnore, rules } = context;
  if (!entry?.thread || entry.record.state === 'disputed' || !isOpen(entry.record)) return {};
  const path = pathOf(entry.record);
  const { id } = entry.record;
  const disputed = [{ kind: 'dispute' as const, path, id, by: login, reason: null }];
  if ('off' in conversant) {
    if (!DISPUTE.test(argument)) return {};
    const rule = rules.get(entry.record.rule);
    const { findings } = await context.analyse(new Set([path]));
    const trace = findAgain(entry, findings).find((finding) => finding.trace.length > 0)?.trace ?? [];
    return { reply: renderEvidence(agent.name, trace, rule?.falseAlarm ?? null), amendments: disputed };
  }
  const { verdict, answer } = await conversant.judge(await createQuestion(context, argument));
  if (verdict === 'no-dispute') return {};
  if (verdict === 'stands') return { reply: answer, amendments: disputed };
  // Words do not undo a proof: what the analysers found is ignored by command, or not at all.
  if (!entry.record.model || !mayIgnore) {
    const settle = `Someone with write access can settle it: ${code(`/${agent.name} ignore REASON`)}.`;
    return { reply: `${answer}\n\n${settle}`, amendments: disputed };
  }
  return {
    reply: answer,
    amendments: [{ kind: 'ignore', path, id, by: login, reason: argument, won: true }],
  };
}

function renderEvidence(agent: string, trace: Finding['trace'], falseAlarm: string | null): string {
  return [
    trace.length === 0
      ? 'It stands by the code quoted above.'
      : `It stands by this path through the code: ${renderTrace(trace)}`,
    falseAlarm === null ? '' : `It is a false alarm if: ${falseAlarm}`,
    `If that is so, ${code(`/${agent} ignore REASON`)} settles it, and the reason is kept with the review.`,
  ]
    .filter((line) => line !== '')
    .join('\n\n');
}
