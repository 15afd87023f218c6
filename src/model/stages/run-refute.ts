import type { SelectedFile } from '../../change/selected-file.ts';
import { listRuns } from '../../diff/runs.ts';
import { AppError } from '../../errors.ts';
import { quoteLines } from '../../findings/evidence.ts';
import { compareFindings, type Finding, isSuspected, type RawFinding } from '../../findings/finding.ts';
import { choosePrecedents } from '../../ledger/precedent.ts';
import type { Disproved, ModelReview, Standing, Tried } from '../../pipeline/model-reviewer.ts';
import type { ModelStep } from '../../scope/coverage.ts';
import { isComment } from '../../text/is-comment.ts';
import type { Verdict } from '../answer.ts';
import { holdsQuote, stripMarks } from '../locate.ts';
import { buildPrompt } from '../prompt.ts';
import { sanitiseModelText } from '../sanitise.ts';
import { attempt, leave, MOST_CLAIMS, type Work } from '../work.ts';
import type { Counted } from './merge.ts';
import { buildRefuteTask, type Claim, claimKnown, claimStanding, toClaim } from './refute.ts';

/** `#lock = new Mutex();` of a class of TypeScript is code. */
function isPrivate(path: string, line: string): boolean {
  return /\.[cm]?[jt]sx?$/i.test(path) && line.trimStart().startsWith('#');
}

/** What it says of its deploys counts. */
const DOCUMENT = /\.(?:mdx?|rst|txt|adoc)$/i;

/** What stands first in a class or a function of Python, and says what it is for. */
const DOCSTRING = /(:[ \t]*\n)\s*[rRuU]?("{3}|'{3})[^]*?\2/g;

/** A text that holds a quote, and in which not all of it is said in docstrings. */
function holdsCode(path: string, text: string, quote: string): boolean {
  if (!holdsQuote(text, quote)) return false;
  const code = path.endsWith('.py') ? text.replace(DOCSTRING, '$1') : text;
  return code === text || stripMarks(quote).some((line) => !isComment(line) && holdsQuote(code, line));
}

export interface Judged {
  /** Null: it does not stand. */
  finding: RawFinding | null;
  /** What a line of the code says against it; null: none does. */
  refuted: string | null;
}

/** A candidate before whoever tries to disprove it. */
export async function judgeCandidate(work: Work, code: string, counted: Counted): Promise<Judged> {
  const { finding, votes } = counted;
  const { dependsOn } = counted.candidate;
  const step = { path: finding.path, line: finding.startLine, title: finding.title, votes };
  const verdict = await refute(work, code, toClaim(counted), finding);
  if (verdict === null) {
    // Nobody tried: said by one alone and hanging on something unseen, it is not said.
    if (dependsOn !== null)
      return { finding: leave(work, step, 'dropped', 'it depends on something that nobody looked up'), refuted: null };
    work.steps.push({ ...step, stage: 'refute', outcome: 'kept', reason: 'not checked by a second reader' });
    return { finding: { ...finding, confidence: 'medium' }, refuted: null };
  }
  const reason = sanitiseModelText(verdict.reason, 400);
  if (verdict.verdict === 'refuted') return { finding: leave(work, step, 'refuted', reason), refuted: reason };
  if (verdict.verdict === 'undecided' && (dependsOn !== null || votes === 1))
    return { finding: leave(work, step, 'undecided', reason), refuted: null };
  work.steps.push({ ...step, stage: 'refute', outcome: 'kept', reason });
  const sure = { ...finding, confidence: verdict.verdict === 'stands' ? ('high' as const) : ('medium' as const) };
  // A fix that does not work is worse than none.
  return { finding: verdict.fixFails === null ? sure : { ...sure, fix: null, suggestion: null }, refuted: null };
}

/**
 * A comment that stands open, and that no reader said again: what was found once is not gone because it is not repeated, and
 * what a push mended elsewhere must not stand for ever. Only a line that disproves it takes it back.
 */
export async function tryStanding(work: Work, code: string, standing: Standing): Promise<Disproved | null> {
  const file = work.subject.files.find(({ path }) => path === standing.path);
  const claim = claimStanding(standing, file ? quotePlace(file, standing) : '');
  const verdict = await refute(work, code, claim, { ...standing, source: 'model' });
  return verdict?.verdict === 'refuted' ? withdraw(work, standing, sanitiseModelText(verdict.reason, 400)) : null;
}

export function withdraw(work: Work, { path, id, line, title }: Standing, reason: string): Disproved {
  work.steps.push({ stage: 'refute', path, line, title, votes: 1, outcome: 'withdrawn', reason });
  return { path, id, reason };
}

function quotePlace({ text, hunks }: SelectedFile, { side, line }: Standing): string {
  if (side === 'RIGHT') return quoteLines(text, line, line);
  const removed = listRuns(hunks ?? []).flatMap((run) => run.removed);
  return removed.find(({ oldLine }) => oldLine === line)?.text ?? '';
}

/** A known finding that a reader doubts, or that its analyser is not sure of, with the code that was shown for it. */
export interface Unsure {
  finding: Finding;
  code: string;
}

/**
 * Before the one who tries to disprove them, the worst first, since there may be more than is paid for. They stand in every case:
 * people see the doubt beside them. A suspicion that a line of the code bears out is none any more. One that nobody tried is as
 * good as before, so the review is whole without it.
 */
export async function tryKnown(
  work: Work,
  unsure: readonly Unsure[],
): Promise<Pick<ModelReview, 'refuted' | 'confirmed'>> {
  const ranked = [...unsure].sort((a, b) => compareFindings(a.finding, b.finding));
  const tried = await Promise.all(
    ranked.slice(0, MOST_CLAIMS).map(async ({ finding, code }) => {
      const verdict = await refute(work, code, claimKnown(finding), finding, work.untried);
      return { finding, verdict: verdict?.verdict, reason: sanitiseModelText(verdict?.reason ?? '', 400) };
    }),
  );
  for (const _ of ranked.slice(MOST_CLAIMS)) work.untried.push(`there are more than ${MOST_CLAIMS}`);
  const pick = (wanted: Verdict['verdict'], outcome: ModelStep['outcome'], among: typeof tried): Tried[] =>
    among.flatMap(({ finding, verdict, reason }) => {
      if (verdict !== wanted) return [];
      const { path, startLine: line, title } = finding;
      work.steps.push({ stage: 'refute', path, line, title, votes: 1, outcome, reason });
      return [{ finding, reason }];
    });
  return {
    refuted: pick('refuted', 'doubted', tried),
    confirmed: pick(
      'stands',
      'confirmed',
      tried.filter(({ finding }) => isSuspected(finding)),
    ),
  };
}

async function refute(
  work: Work,
  code: string,
  claim: Claim,
  finding: Parameters<typeof choosePrecedents>[1],
  problems?: string[],
): Promise<Verdict | null> {
  const precedents = choosePrecedents(work.precedents, finding);
  const ask = async (model: string): Promise<Verdict> => {
    const answer = await work.ask('refute', {
      model,
      system: work.system,
      prompt: buildPrompt(work.intent, code, buildRefuteTask(claim, work.delimiters.mark, precedents)),
      schema: work.schema,
      account: work.meter.account('refute'),
      tools: work.openTools([work.intent, code]),
      effort: 'high',
      signal: work.signal,
    });
    if (answer.kind === 'truncated') throw new AppError('MODEL_TRUNCATED', `no verdict on ${claim.path}:${claim.line}`);
    const verdict = answer.value.verdicts.find((one) => one.id === claim.id);
    if (!verdict || verdict.reason.trim() === '')
      throw new AppError('MODEL_INVALID', `no verdict on ${claim.path}:${claim.line}`);
    const decides = verdict.verdict === 'refuted' || (verdict.verdict === 'stands' && claim.suspected === true);
    if (!decides || (await isQuoted(work, verdict))) return verdict;
    return {
      ...verdict,
      verdict: 'undecided',
      reason: `What is said to decide it is not in the code: ${verdict.reason}`,
    };
  };
  return await attempt(work, 'refute', 'refute', ask, problems);
}

/**
 * Whether the line that is said to decide stands where it is said to. Nobody has to believe a reader who makes one up, or one whom
 * a comment of the change talked into it.
 */
async function isQuoted({ subject, library, mask }: Work, { path, side, quote }: Verdict): Promise<boolean> {
  if (!DOCUMENT.test(path) && stripMarks(quote).every((line) => isComment(line) && !isPrivate(path, line)))
    return false;
  const own = subject.files.find((file) => file.path === path);
  if (own && side === 'head') return holdsCode(path, own.text, quote);
  const removed = listRuns(own?.hunks ?? []).flatMap((run) => run.removed.map(({ text }) => text));
  if (side === 'base' && holdsQuote(removed.join('\n'), quote)) return true;
  if (!library) return false;
  const { repository } = library;
  const content = (await (side === 'head' ? repository.readHead([path]) : repository.readBase([path]))).get(path);
  const masked = content?.kind === 'text' ? await mask(path, content.text) : null;
  return masked !== null && holdsCode(path, masked.text, quote);
}
