import type { Principle } from './agent.ts';

/** An id stands in comments, markers and configs; a long bullet's is its beginning. */
const MAX_SLUG = 100;
/** What is read of a line: the patterns below take the square of its length, and the file may be a stranger's. */
const MAX_LINE = 1000;

/** "Proper HTTP methods and status codes" -> "proper-http-methods-and-status-codes"; what stands in parentheses is a gloss. */
export function slug(text: string): string {
  return text
    .replace(/\([^)]*\)/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, MAX_SLUG)
    .replace(/-+$/, '');
}

/**
 * The catalogue of principles: every bullet below a bold label (`**Security:**`) or a heading becomes `security/…`.
 * Left out: technologies (what the agent knows, not what it asks for), links, code blocks.
 *
 * @param firstLine the line number of the text's first line in its file, 1-based
 */
export function parsePrinciples(markdown: string, firstLine = 1): Principle[] {
  const principles = new Map<string, Principle>();
  let label = '';
  let inCode = false;
  markdown.split(/\r?\n/).forEach((whole, index) => {
    const line = whole.slice(0, MAX_LINE).toWellFormed();
    if (/^\s*(```|~~~)/.test(line)) inCode = !inCode;
    if (inCode) return;
    const heading = /^#{1,6}\s+(.+?)\s*#*$/.exec(line) ?? /^\*\*(.+?):?\*\*:?\s*$/.exec(line);
    if (heading?.[1]) {
      label = slug(heading[1]);
      return;
    }
    const bullet = /^\s*[-*]\s+(.+?)\s*$/.exec(line)?.[1];
    if (!bullet || label === '' || label === 'technologies' || /^\[[^\]]+\]\(/.test(bullet)) return;
    const name = slug(bullet);
    // Long bullets may begin alike.
    const cut = name.length === MAX_SLUG && principles.has(`${label}/${name}`) ? `-${firstLine + index}` : '';
    const id = `${label}/${name}${cut}`;
    if (!principles.has(id)) principles.set(id, { id, text: bullet, line: firstLine + index });
  });
  return [...principles.values()];
}
