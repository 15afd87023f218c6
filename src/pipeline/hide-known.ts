import type { SelectedFile } from '../change/selected-file.ts';
import type { Finding } from '../findings/finding.ts';
import type { HideKnown } from '../secrets/mask-text.ts';
import type { MaskedText } from '../secrets/masked-text.ts';

/** A file without credentials that were found in another one. */
export function hideInFile(file: SelectedFile, hide: HideKnown): SelectedFile {
  const hunks = file.hunks?.map((hunk) => ({
    ...hunk,
    // Lines of a hunk were masked with the text they stand in.
    lines: hunk.lines.map((line) => ({ ...line, text: hide(line.text as MaskedText) })),
  }));
  return { ...file, text: hide(file.text), hunks: hunks ?? null };
}

/** The same for what is said. After its identity is known: what stands in other files says nothing of it. */
export function hideInFinding(finding: Finding, hide: HideKnown): Finding {
  // Made of masked text by an analyser, as everything in it.
  const clean = (text: string): string => hide(text as MaskedText);
  const { suggestion, request, ...rest } = finding;
  // What a credential was taken out of shows nothing any more.
  const isClean = request !== undefined && clean(JSON.stringify(request)) === JSON.stringify(request);
  return {
    ...rest,
    ...(isClean && { request }),
    title: clean(finding.title),
    explanation: clean(finding.explanation),
    fix: finding.fix === null ? null : clean(finding.fix),
    evidence: clean(finding.evidence),
    ...(finding.lead !== undefined && { lead: clean(finding.lead) }),
    snippet: clean(finding.snippet),
    symbol: clean(finding.symbol),
    cause: finding.cause === null ? null : clean(finding.cause),
    trace: finding.trace.map((step) => ({ ...step, text: clean(step.text) })),
    ...(finding.pasted && { pasted: finding.pasted.map((one) => ({ ...one, name: clean(one.name) })) }),
    // A mask is nothing to commit.
    suggestion: suggestion && clean(suggestion.replacement) === suggestion.replacement ? suggestion : null,
  };
}
