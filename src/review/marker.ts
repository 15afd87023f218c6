/** What our review says about itself in an HTML comment: found again after a crash, so that nothing is posted twice. */
export interface ReviewMarker {
  run: string;
  head: string;
}

const REVIEW = /<!-- backend-dev:review run=([0-9a-f-]{36}) head=([0-9a-f]{40,64}) -->/;

export function formatReviewMarker({ run, head }: ReviewMarker): string {
  return `<!-- backend-dev:review run=${run} head=${head} -->`;
}

export function parseReviewMarker(body: string): ReviewMarker | null {
  const [, run, head] = REVIEW.exec(body) ?? [];
  return run && head ? { run, head } : null;
}

/** The identity of a finding in the comment that said it. */
export interface FindingMarker {
  rule: string;
  fingerprint: string;
}

const FINDING = /<!-- backend-dev:finding rule=([a-z0-9-]+) id=([0-9a-f]{20}) -->/;

export function formatFindingMarker({ rule, fingerprint }: FindingMarker): string {
  return `<!-- backend-dev:finding rule=${rule} id=${fingerprint} -->`;
}

export function parseFindingMarker(body: string): FindingMarker | null {
  const [, rule, fingerprint] = FINDING.exec(body) ?? [];
  return rule && fingerprint ? { rule, fingerprint } : null;
}
