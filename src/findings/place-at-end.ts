import { quoteLines } from './evidence.ts';
import type { Finding, Step } from './finding.ts';
import { mergeFindings } from './merge.ts';

/**
 * A path of data that ends in another file is reported where it ends, because one mend there helps everyone who comes there. This is done
 * only if a whole program is analysed. In a change, each finding is at the lines of the change.
 *
 * @param textOf the text of a file that was looked at; null: it was not
 */
export function placeAtEnd(findings: readonly Finding[], textOf: (path: string) => string | null): Finding[] {
  return mergeFindings(findings.map((finding) => atEnd(finding, textOf)));
}

function atEnd(finding: Finding, textOf: (path: string) => string | null): Finding {
  const end = finding.trace.at(-1);
  const text = end?.path === undefined || finding.source !== 'data-flow' ? null : textOf(end.path);
  if (!end || end.path === undefined || text === null) return finding;
  const { path, line } = end;
  const evidence = quoteLines(text, line, line);
  const { pasted: _, lead: __, ...rest } = finding;
  return {
    ...rest,
    path,
    startLine: line,
    endLine: line,
    evidence,
    snippet: evidence,
    symbol: '',
    suggestion: null,
    trace: finding.trace.map((step) => seenFrom(path, { ...step, path: step.path ?? finding.path })),
  };
}

function seenFrom(own: string, { path, ...step }: Step): Step {
  return path === undefined || path === own ? step : { ...step, path };
}
