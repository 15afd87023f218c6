/** A text without its comments. */
export function codeOf(text: string): string {
  const parts = text.split('/*');
  // Behind a beginning without an end nothing is a comment.
  const kept = parts.map((part, index) =>
    index === 0 || !part.includes('*/') ? part : part.slice(part.indexOf('*/') + 2),
  );
  return kept.join('').replace(/(?:^|\s)(?:\/\/|#)[^\n]*/g, '');
}
