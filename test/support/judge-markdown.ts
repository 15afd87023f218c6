import MarkdownIt, { type Token } from 'markdown-it';

const judge = new MarkdownIt({ html: true, linkify: true, breaks: true });
/** GitHub's footnotes, which markdown-it does not know. */
judge.inline.ruler.before('link', 'footnote', (state, silent) => {
  const [found] = /^\[\^[^\]\s]+\]/.exec(state.src.slice(state.pos)) ?? [];
  if (found === undefined) return false;
  if (!silent) state.push('footnote', '', 0);
  state.pos += found.length;
  return true;
});
const LIVE = /(?<![\w`])@[A-Za-z\d][\w-]*|#\d|\bGH-\d|(?<!\w)(?=[a-f]*\d)[\da-f]{7,40}(?!\w)|https?:\/\/\w|www\.\w/i;

/**
 * What would do something on GitHub: links, images, HTML, headings, tables, quotations; in text also mentions, references to
 * issues and commits. `own` is HTML that is ours.
 */
export function listLive(markdown: string, own: readonly RegExp[] = []): string[] {
  const visit = (tokens: readonly Token[]): string[] =>
    tokens.flatMap((token): string[] => {
      if (token.children) return visit(token.children);
      if (token.type.startsWith('html')) {
        const rest = own.reduce((text, pattern) => text.replace(pattern, ''), token.content).trim();
        return rest === '' ? [] : [`${token.type}: ${rest}`];
      }
      if (token.type === 'text') return LIVE.test(token.content) ? [`text: ${token.content}`] : [];
      const allowed =
        /^(paragraph|em|strong|bullet_list|ordered_list|list_item)_(open|close)$|^(fence|code_inline|softbreak|hardbreak|inline)$/;
      if (token.type === 'fence' && /suggestion|mermaid|math/.test(token.info)) return [`fence: ${token.info}`];
      return allowed.test(token.type) ? [] : [`${token.type} ${token.attrGet('href') ?? token.attrGet('src') ?? ''}`];
    });
  return visit(judge.parse(markdown, {}));
}
