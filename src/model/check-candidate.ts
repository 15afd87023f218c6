import type { SelectedFile } from '../change/selected-file.ts';
import { quoteLines } from '../findings/evidence.ts';
import type { RawFinding, Suggestion } from '../findings/finding.ts';
import { placeJudged } from '../findings/place.ts';
import { isMasked } from '../secrets/masked-text.ts';
import { hasInvisible } from '../text/invisible.ts';
import type { Candidate } from './answer.ts';
import { fenceCode } from './fence-code.ts';
import { type Located, locateQuote } from './locate.ts';
import { sanitiseModelText, sanitiseModelTitle } from './sanitise.ts';

/** A suggestion over more lines is no small repair, and one that begins far from the quote is about something else. */
const MOST_REPLACED = 60;
const MOST_APART = 20;
const MOST_PLACES = 10;

export type Checked = { finding: RawFinding } | { dropped: string };

/**
 * Keeps of a candidate what is proven by the files themselves: its path is one that was shown, and its quote stands there, in
 * the head or among the lines that the change removed. Why it is dropped is counted and told, never shown as a finding.
 */
export function checkCandidate(candidate: Candidate, files: ReadonlyMap<string, SelectedFile>): Checked {
  const file = files.get(candidate.path);
  if (!file) return { dropped: 'of a file that was not shown' };
  const place = locateQuote(file, candidate.quote, candidate.line, candidate.removed);
  if (!place) return { dropped: 'its quote is not in the file' };
  const suggestion = place.side === 'RIGHT' ? readSuggestion(candidate, file, place) : null;
  const { side, startLine, endLine } = { ...place, ...suggestion };
  const also = listPlaces(candidate, files);
  const code = fenceCode(candidate.fix, candidate.path);
  const fix =
    candidate.imports.length > 0
      ? `${code}\n\nIt needs: ${candidate.imports.map((line) => `\`${line}\``).join(', ')}`
      : code;
  const finding: RawFinding = {
    ...(side === 'LEFT' && { side }),
    ruleId: `model-${candidate.principle.slice(candidate.principle.indexOf('/') + 1)}`,
    principle: candidate.principle,
    cwe: candidate.cwe.filter((cwe) => /^CWE-\d{1,4}$/.test(cwe)).slice(0, 3),
    severity: candidate.severity,
    confidence: candidate.dependsOn === null ? 'high' : 'medium',
    path: candidate.path,
    startLine,
    endLine,
    title: sanitiseModelTitle(candidate.title, 90),
    explanation: sanitiseModelText(`${candidate.explanation}${also}`, 800),
    fix: sanitiseModelText(fix, 1200),
    evidence: side === 'LEFT' ? place.text : quoteLines(file.text, startLine, endLine),
    snippet: place.text,
    phrases: [],
    suggestion,
    source: 'model',
    symbol: '',
    trace: [],
    why: '',
    falseAlarm: '',
    references: [],
  };
  // What would not be said is not tried either.
  const isFar = placeJudged({ ...finding, fingerprint: '' }, file.hunks) === null;
  return isFar ? { dropped: 'not about what this change touches' } : { finding };
}

/** The replacement, where it may stand as a suggestion: one click must not break or leak anything. */
function readSuggestion({ replacement, imports }: Candidate, file: SelectedFile, place: Located): Suggestion | null {
  // With a line missing elsewhere in the file the code would not run.
  if (!replacement || imports.length > 0) return null;
  const { startLine, endLine, text } = replacement;
  const lines = file.text.split('\n').length;
  const isAround = startLine <= place.endLine && endLine >= place.startLine;
  const isWhole = Number.isSafeInteger(startLine) && Number.isSafeInteger(endLine);
  const isSmall =
    isWhole && endLine >= startLine && endLine - startLine < MOST_REPLACED && endLine <= lines && startLine > 0;
  const isNear = place.startLine - startLine <= MOST_APART && endLine - place.endLine <= MOST_APART;
  const now = isSmall ? quoteLines(file.text, startLine, endLine, MOST_REPLACED) : '';
  if (!isAround || !isSmall || !isNear || text === now || hasInvisible(text)) return null;
  // It would commit the mask, or take a line with a credential out of sight.
  return isMasked(text + now) ? null : { startLine, endLine, replacement: text };
}

/** The other places of the same cause, in words: one comment says them all. */
function listPlaces({ path, alsoAt }: Candidate, files: ReadonlyMap<string, SelectedFile>): string {
  const places = alsoAt.slice(0, MOST_PLACES).flatMap((other) => {
    const file = files.get(other.path);
    const place = file && locateQuote(file, other.quote, other.line, other.removed);
    if (!place) return [];
    const line = `${place.side === 'LEFT' ? 'removed line' : 'line'} ${place.startLine}`;
    return [other.path === path ? line : `\`${other.path}\` ${line}`];
  });
  return places.length === 0 ? '' : ` The same at ${[...new Set(places)].join(', ')}.`;
}
