const OPEN = '<!-- backend-dev:spent -->';
const CLOSE = '<!-- /backend-dev:spent -->';

/** US dollars, and tokens of every kind. */
export interface Spent {
  usd: number;
  tokens: number;
}

/** What Claude cost for the pull request as a whole; nothing while that is what its last review cost. */
export function renderSpent({ usd, tokens }: Spent, ofReview: number): string {
  const said =
    tokens > ofReview
      ? ` · Claude on this pull request so far, answers to comments included: ${tokens} tokens, $${usd.toFixed(4)}`
      : '';
  return `${OPEN}${said}${CLOSE}`;
}

/** A summary that stands with what was spent by now, or null: it says so already, or has no place for it. */
export function restateSpent(body: string, spent: Spent): string | null {
  const start = body.lastIndexOf(OPEN);
  const end = body.indexOf(CLOSE, start);
  if (start === -1 || end === -1) return null;
  const restated = `${body.slice(0, start)}${renderSpent(spent, 0)}${body.slice(end + CLOSE.length)}`;
  return restated === body ? null : restated;
}
