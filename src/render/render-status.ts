import { type FindingRecord, formatFindingMarker } from '../ledger/marker.ts';
import { short } from '../scope/scope.ts';
import { code, fitBody } from '../text/markdown.ts';
import { printMarkdown } from '../text/print-markdown.ts';
import { renderDoubt } from './render-comment.ts';

const OPEN = '<!-- backend-dev:status -->';
const CLOSE = '<!-- /backend-dev:status -->';

/**
 * Our comment with what became of its finding in its first line and in its marker. What is settled is folded, so that a thread
 * that cannot be resolved still reads as done. Applying it again replaces the status.
 */
export function renderStatus(body: string, record: FindingRecord, longest: number): string {
  const original = stripStatus(body);
  const status = [describe(record), describeDoubt(record, original)].filter((line) => line !== '').join('\n\n');
  const settled = record.state === 'fixed' || record.state === 'ignored';
  const head =
    status === ''
      ? ''
      : `${OPEN}\n${status}\n${settled ? '\n<details><summary>What was said</summary>\n' : ''}${CLOSE}\n\n`;
  const foot = settled ? `\n\n${OPEN}\n</details>\n${CLOSE}` : '';
  return fitBody(`${head}${original}${foot}`, formatFindingMarker(record), longest);
}

/** The comment as it was first written, without status and marker. */
export function stripStatus(body: string): string {
  let text = body;
  for (;;) {
    const start = text.indexOf(OPEN);
    const end = text.indexOf(CLOSE, start);
    if (start === -1 || end === -1) break;
    text = `${text.slice(0, start)}${text.slice(end + CLOSE.length)}`;
  }
  const marker = text.lastIndexOf('<!-- backend-dev:finding ');
  return (marker === -1 ? text : text.slice(0, marker)).trim();
}

/** What a comment of ours says below its first line and before what is folded. */
export function readSaid(body: string): string {
  const [, ...blocks] = stripStatus(body).split('\n\n');
  const [said = ''] = blocks.join('\n\n').split('<details>');
  return said.trim();
}

/** A doubt that came after the comment was written. */
function describeDoubt({ doubt, state }: FindingRecord, original: string): string {
  if (doubt === null || state === 'fixed' || state === 'ignored' || original.includes(renderDoubt(''))) return '';
  return renderDoubt(doubt);
}

function describe({ state, at, by, reason, won }: FindingRecord): string {
  const who = by === null ? '' : ` by ${code(by)}`;
  const why = reason ? `: ${code(reason)}` : '';
  switch (state) {
    case 'open':
      return '';
    case 'fixed':
      return reason
        ? `**Does not hold in ${at === null ? 'a later commit' : short(at)}**, by another look: ${printMarkdown(reason)}`
        : `**Fixed in ${at === null ? 'a later commit' : short(at)}.**`;
    case 'regressed':
      return `**Back again in ${at === null ? 'a later commit' : short(at)}**, after it was fixed.`;
    case 'ignored':
      return won ? `**Withdrawn** after another look; disputed${who}${why}.` : `**Ignored**${who}${why}.`;
    case 'disputed':
      return `**Disputed**${who}${why}.`;
  }
}
