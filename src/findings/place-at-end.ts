import { quoteLines } from './evidence.ts';
import type { Finding, Step } from './finding.ts';
import { mergeFindings } from './merge.ts';

/**
 * A way of data that ends in another file is said where it ends, which is where it is mended once for all who come there. Only where
 * all of a program is looked at: a change is told what it brings, at its own lines.
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
