import { listRuns } from '../../diff/runs.ts';
import { AppError } from '../../errors.ts';
import type { Finding, RawFinding } from '../../findings/finding.ts';
import { choosePrecedents } from '../../ledger/precedent.ts';
import type { ModelReview } from '../../pipeline/model-reviewer.ts';
import type { Verdict } from '../answer.ts';
import { holdsQuote } from '../locate.ts';
import { buildPrompt } from '../prompt.ts';
import { sanitiseModelText } from '../sanitise.ts';
import { attempt, leave, type Work } from '../work.ts';
import type { Counted } from './merge.ts';
import { buildRefuteTask, type Claim, claimKnown, toClaim } from './refute.ts';

/** A candidate before whoever tries to disprove it. Null: it does not stand. */
export async function judgeCandidate(work: Work, code: string, counted: Counted): Promise<RawFinding | null> {
  const { finding, votes } = counted;
  const { dependsOn } = counted.candidate;
  const step = { path: finding.path, line: finding.startLine, title: finding.title, votes };
  const verdict = await refute(work, code, toClaim(counted), finding);
  if (verdict === null) {
    // Nobody tried: said by one alone and hanging on something unseen, it is not said.
    if (dependsOn !== null) return leave(work, step, 'dropped', 'it depends on something that nobody looked up');
    work.steps.push({ ...step, stage: 'refute', outcome: 'kept', reason: 'not checked by a second reader' });
    return { ...finding, confidence: 'medium' };
  }
  const reason = sanitiseModelText(verdict.reason, 400);
  if (verdict.verdict === 'refuted') return leave(work, step, 'refuted', reason);
  if (verdict.verdict === 'undecided' && (dependsOn !== null || votes === 1))
    return leave(work, step, 'undecided', reason);
  work.steps.push({ ...step, stage: 'refute', outcome: 'kept', reason });
  const sure = { ...finding, confidence: verdict.verdict === 'stands' ? ('high' as const) : ('medium' as const) };
  // A fix that does not work is worse than none.
  return verdict.fixFails === null ? sure : { ...sure, fix: null, suggestion: null };
}

/**
 * A known finding that a reader doubts, or that its analyser is not sure of, before the one who tries to disprove it. It stands
 * in every case: people see the doubt beside it.
 */
export async function doubtKnown(
  work: Work,
  code: string,
  finding: Finding,
): Promise<ModelReview['refuted'][number] | null> {
  const verdict = await refute(work, code, claimKnown(finding), finding);
  if (verdict?.verdict !== 'refuted') return null;
  const reason = sanitiseModelText(verdict.reason, 400);
  const { path, startLine: line, title } = finding;
  work.steps.push({ stage: 'refute', path, line, title, votes: 1, outcome: 'doubted', reason });
  return { finding, reason };
}

async function refute(work: Work, code: string, claim: Claim, finding: RawFinding): Promise<Verdict | null> {
  const precedents = choosePrecedents(work.precedents, finding);
  return await attempt(work, 'refute', 'refute', async (model) => {
    const answer = await work.ask('refute', {
      model,
      system: work.system,
      prompt: buildPrompt(work.intent, code, buildRefuteTask(claim, work.delimiters.mark, precedents)),
      schema: work.schema,
      account: work.meter.account('refute'),
      tools: work.openTools(),
      effort: 'high',
      signal: work.signal,
    });
    if (answer.kind === 'truncated') throw new AppError('MODEL_TRUNCATED', `no verdict on ${claim.path}:${claim.line}`);
    const verdict = answer.value.verdicts.find((one) => one.id === claim.id);
    if (!verdict || verdict.reason.trim() === '')
      throw new AppError('MODEL_INVALID', `no verdict on ${claim.path}:${claim.line}`);
    if (verdict.verdict !== 'refuted' || (await isQuoted(work, verdict))) return verdict;
    return {
      ...verdict,
      verdict: 'undecided',
      reason: `What is said to disprove it is not in the code: ${verdict.reason}`,
    };
  });
}

/** Whether the line that is said to decide stands where it is said to. Nobody has to believe a reader who makes one up. */
async function isQuoted({ subject, library, mask }: Work, { path, side, quote }: Verdict): Promise<boolean> {
  const own = subject.files.find((file) => file.path === path);
  if (own && side === 'head') return holdsQuote(own.text, quote);
  const removed = listRuns(own?.hunks ?? []).flatMap((run) => run.removed.map(({ text }) => text));
  if (side === 'base' && holdsQuote(removed.join('\n'), quote)) return true;
  if (!library) return false;
  const { repository } = library;
  const content = (await (side === 'head' ? repository.readHead([path]) : repository.readBase([path]))).get(path);
  const masked = content?.kind === 'text' ? await mask(path, content.text) : null;
  return masked !== null && holdsQuote(masked.text, quote);
}
