import type { JudgedFinding } from '../../review/finding.ts';

export interface Counted {
  finding: JudgedFinding;
  dependsOn: string | null;
  votes: number;
}

/** Lines that two readers may be apart and mean the same. */
const APART = 3;

/**
 * What several angles say of the same flaw is one finding with several votes. The surest and most severe words are kept. Two are
 * the same where they are about the same lines and cite the same principle or weakness.
 */
export function mergeVotes(found: readonly Counted[]): Counted[] {
  const order = ['critical', 'high', 'medium', 'low'];
  const ranked = [...found].sort(
    (a, b) =>
      Number(a.dependsOn !== null) - Number(b.dependsOn !== null) ||
      order.indexOf(a.finding.severity) - order.indexOf(b.finding.severity),
  );
  const kept: Counted[] = [];
  for (const one of ranked) {
    const same = kept.find((other) => isSame(other.finding, one.finding));
    if (same) same.votes += one.votes;
    else kept.push({ ...one });
  }
  return kept;
}

function isSame(a: JudgedFinding, b: JudgedFinding): boolean {
  if (a.path !== b.path || (a.side ?? 'RIGHT') !== (b.side ?? 'RIGHT')) return false;
  if (a.startLine > b.endLine + APART || b.startLine > a.endLine + APART) return false;
  return a.principle === b.principle || a.cwe.some((cwe) => b.cwe.includes(cwe));
}
