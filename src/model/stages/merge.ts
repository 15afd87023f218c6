import type { SelectedFile } from '../../change/selected-file.ts';
import { listRuns } from '../../diff/runs.ts';
import type { RawFinding } from '../../findings/finding.ts';
import { SEVERITIES } from '../../findings/severities.ts';
import type { Candidate } from '../answer.ts';

export interface Counted {
  finding: RawFinding;
  /** As the model said it: whoever tries to disprove it is told that, not what is fit to be posted. */
  candidate: Candidate;
  votes: number;
  /** The lines of the head where it stands, or where the lines that it quotes were removed. */
  now: { startLine: number; endLine: number };
}

export type Placed = Pick<RawFinding, 'path' | 'side' | 'startLine' | 'endLine' | 'principle' | 'cwe'>;

/** Lines that two readers may be apart and mean the same. */
const APART = 3;
/** As many where one quotes the check that is gone and the other the line that it left unprotected. */
const APART_FROM_REMOVED = 8;

/**
 * What several angles say of the same flaw is one finding with several votes. The surest and most severe words are kept. Two are
 * the same where they quote lines close by under the same principle or weakness; others may be two flaws of one line, and each
 * is tried on its own.
 */
export function mergeVotes(found: readonly Counted[]): Counted[] {
  const ranked = [...found].sort(
    (a, b) =>
      Number(a.candidate.dependsOn !== null) - Number(b.candidate.dependsOn !== null) ||
      SEVERITIES.indexOf(a.finding.severity) - SEVERITIES.indexOf(b.finding.severity),
  );
  const kept: Counted[] = [];
  for (const one of ranked) {
    const same = kept.find((other) => isSame(other.finding, one.finding) || isOtherSide(other, one));
    if (same) same.votes += one.votes;
    else kept.push({ ...one });
  }
  return kept;
}

export function isSame(a: Placed, b: Placed): boolean {
  return isNear(a, b, APART) && (a.principle === b.principle || a.cwe.some((cwe) => b.cwe.includes(cwe)));
}

/** One look quotes what was removed, the other what it left unprotected. Both name one weakness, since near a removed line there is much. */
function isOtherSide(a: Counted, b: Counted): boolean {
  const [one, other] = [a.finding, b.finding];
  return (
    one.path === other.path &&
    (one.side ?? 'RIGHT') !== (other.side ?? 'RIGHT') &&
    one.principle === other.principle &&
    one.cwe.some((cwe) => other.cwe.includes(cwe)) &&
    a.now.startLine <= b.now.endLine + APART_FROM_REMOVED &&
    b.now.startLine <= a.now.endLine + APART_FROM_REMOVED
  );
}

/** Where lines stand in the head; of removed lines, where they stood. */
export function placeNow({ side, startLine, endLine }: Placed, { hunks }: SelectedFile): Counted['now'] {
  if (side !== 'LEFT') return { startLine, endLine };
  const run = listRuns(hunks ?? []).find(({ removed }) =>
    removed.some(({ oldLine }) => oldLine !== null && oldLine >= startLine && oldLine <= endLine),
  );
  if (!run) return { startLine, endLine };
  return { startLine: run.newStart, endLine: run.newStart + Math.max(0, run.added.length - 1) };
}

function isNear(a: Placed, b: Placed, apart: number): boolean {
  const isOneSide = a.path === b.path && (a.side ?? 'RIGHT') === (b.side ?? 'RIGHT');
  return isOneSide && a.startLine <= b.endLine + apart && b.startLine <= a.endLine + apart;
}

/** Of what one comment says besides: so many are told with their reason, and so many more by their title. */
const MOST_BESIDES = 2;
const MOST_TITLES = 4;

/** What stood the trial on the same lines is one comment: the first says it, and names what else is wrong there. */
export function joinPlaces(findings: readonly RawFinding[]): RawFinding[] {
  const joined: { first: RawFinding; others: RawFinding[] }[] = [];
  const ranked = [...findings].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  for (const one of ranked) {
    const known = joined.find(({ first }) => isNear(first, one, 0));
    if (!known) joined.push({ first: one, others: [] });
    else if (
      ![known.first, ...known.others].some(({ explanation, title }) => `${title}. ${explanation}`.includes(one.title))
    )
      known.others.push(one);
  }
  return joined.map(({ first, others }) =>
    others.length === 0 ? first : { ...first, explanation: `${first.explanation}${tellBesides(others)}` },
  );
}

/** A comment that says everything is read by nobody. */
function tellBesides(others: readonly RawFinding[]): string {
  const told = others.slice(0, MOST_BESIDES).map(({ title, explanation }) => ` Besides: ${title}. ${explanation}`);
  const named = others.slice(MOST_BESIDES, MOST_BESIDES + MOST_TITLES).map(({ title }) => title);
  const more = others.length - told.length - named.length;
  const rest = [...named, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
  return `${told.join('')}${rest === '' ? '' : ` Also: ${rest}.`}`;
}
