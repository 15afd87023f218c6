import { compareFindings, type Finding, SEVERITIES } from './finding.ts';

/** One finding per flaw: the same class of flaw on the same lines is said once, by the surest source. */
export function mergeFindings(findings: readonly Finding[]): Finding[] {
  const kept: Finding[] = [];
  for (const finding of [...findings].sort(compareFindings)) {
    if (!kept.some((other) => isSameFlaw(other, finding))) kept.push(finding);
  }
  return kept;
}

/** One comment per rule and file: from three places on, the first one's comment lists the others. */
export function groupPlaces(findings: readonly Finding[]): Finding[] {
  const groups = Map.groupBy(
    findings,
    (finding) =>
      `${finding.path}\0${finding.ruleId}\0${finding.source === 'model' ? finding.fingerprint : finding.title}`,
  );
  const grouped = [...groups.values()].flatMap(([first, ...others]) => {
    if (!first || others.length < 2) return [first, ...others].filter((finding) => finding !== undefined);
    const alsoAt = others.map(({ startLine, fingerprint }) => ({ line: startLine, fingerprint }));
    return [{ ...first, alsoAt: alsoAt.sort((a, b) => a.line - b.line) }];
  });
  return grouped.sort(compareFindings);
}

function isSameFlaw(a: Finding, b: Finding): boolean {
  if (a.path !== b.path || a.side !== b.side) return false;
  if (a.endLine < b.startLine || b.endLine < a.startLine) return false;
  return a.ruleId === b.ruleId ? a.startLine === b.startLine : a.cwe.some((cwe) => b.cwe.includes(cwe));
}

/** How many findings there are of each severity, most severe first: "1 critical, 2 medium". */
export function countSeverities(findings: readonly { severity: Finding['severity'] }[]): string {
  return SEVERITIES.map(
    (severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const,
  )
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}`)
    .join(', ');
}
