/**
 * A text of at most `most` UTF-16 units, `mark` included where it was cut. Never half a character: a lone surrogate is refused
 * by PostgreSQL's json, and nobody can read it.
 */
export function cutText(text: string, most: number, mark = ''): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, Math.max(0, most - mark.length));
  return `${/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept}${mark}`;
}
