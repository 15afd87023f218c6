import MarkdownIt, { type Token } from 'markdown-it';
import { escapeInvisible } from './invisible.ts';
import { beforeCode, code, escapeText, fence } from './markdown.ts';

/** The parser knows only what is allowed. Everything else is plain text: links, images, HTML, headings, tables, quotations, references. */
const parser = new MarkdownIt('zero').enable([
  'fence',
  'hr',
  'list',
  'newline',
  'backticks',
  'emphasis',
  'escape',
  'entity',
  'text_join',
]);

/**
 * Markdown of a stranger (a model's, above all) printed anew from what was parsed: paragraphs, emphasis, code, fenced code and
 * lists. Everything else becomes text that shows what was written and does nothing, on GitHub and within our own comments.
 * `rewrite` changes the words, not the code.
 */
export function printMarkdown(text: string, rewrite: (words: string) => string = (words) => words): string {
  // A variation selector that only says "draw it as an emoji" is not worth an escape.
  const source = text.replace(/(?<=\p{Extended_Pictographic})\uFE0F/gu, '').replace(/\r\n?/g, '\n');
  const tokens = parser.parse(source, {});
  for (const token of tokens.flatMap((one) => one.children ?? []))
    if (token.type === 'text') token.content = rewrite(token.content);
  return printBlocks(tokens).trim();
}

/** The same behind a label of ours; what begins with a list or a fence begins on its own line, where alone it is one. */
export function printUnder(label: string, text: string): string {
  const printed = printMarkdown(text);
  return `${label}${/^(```|- |\d+\. )/.test(printed) ? '\n\n' : ' '}${printed}`;
}

/** One line of plain text: the words of it, without markup. */
export function toPlainText(text: string): string {
  const read = (tokens: readonly Token[]): string =>
    tokens
      .map((token) => (token.children ? read(token.children) : token.type.endsWith('break') ? ' ' : token.content))
      .join('');
  return escapeInvisible(read(parser.parseInline(text, {})).replace(/\s+/g, ' ').trim());
}

function printBlocks(tokens: readonly Token[]): string {
  let out = '';
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token) break;
    const end = token.nesting === 1 ? findClose(tokens, at) : at;
    const inside = tokens.slice(at + 1, end);
    const block = printBlock(token, inside);
    if (block !== '') out += `${out === '' ? '' : isTight(token, tokens, at) ? '\n' : '\n\n'}${block}`;
    at = end;
  }
  return out;
}

function printBlock(token: Token, inside: readonly Token[]): string {
  switch (token.type) {
    case 'paragraph_open':
      return printInline(inside.flatMap((one) => one.children ?? []));
    case 'fence':
      // A blank before what other bots would take for a command: they do not look whether a line is code.
      return fence(token.content.replace(/\n$/, '').replace(/^(?=\/[a-z])/gim, ' '), token.info.trim());
    case 'bullet_list_open':
    case 'ordered_list_open':
      return printList(token, inside);
    default:
      return '';
  }
}

function printList(list: Token, inside: readonly Token[]): string {
  const items: string[] = [];
  let number = Number(list.attrGet('start') ?? 1);
  let loose = false;
  for (let at = 0; at < inside.length; at++) {
    const end = findClose(inside, at);
    const content = inside.slice(at + 1, end);
    loose ||= content.some(
      (token) => token.type === 'paragraph_open' && !token.hidden && token.level === (inside[at]?.level ?? 0) + 1,
    );
    const body = printBlocks(content);
    const mark = list.type === 'bullet_list_open' ? '- ' : `${number++}. `;
    if (body !== '') items.push(`${mark}${body.replace(/\n(?=[^\n])/g, `\n${' '.repeat(mark.length)}`)}`);
    at = end;
  }
  return items.join(loose ? '\n\n' : '\n');
}

/** A list after the paragraph of a tight item. */
function isTight(token: Token, tokens: readonly Token[], at: number): boolean {
  return (
    token.type.endsWith('_list_open') && tokens[at - 1]?.type === 'paragraph_close' && tokens[at - 1]?.hidden === true
  );
}

function findClose(tokens: readonly Token[], open: number): number {
  const level = tokens[open]?.level;
  const end = tokens.findIndex((token, at) => at > open && token.nesting === -1 && token.level === level);
  return end === -1 ? tokens.length : end;
}

function printInline(tokens: readonly Token[]): string {
  let out = '';
  /** What was printed since the last code. */
  let open = '';
  for (const token of tokens) {
    const piece = printPiece(token, open === '' ? out === '' : open.endsWith('\n'));
    const at = piece.indexOf('`');
    if (at === -1) {
      open += piece;
      continue;
    }
    // Two runs of backticks that touch would be one.
    const between = at === 0 && open === '' && out !== '' ? ' ' : '';
    out += between + beforeCode(open + piece.slice(0, at)) + piece.slice(at);
    open = '';
  }
  out += open;
  // Emphasis around nothing but stars would be a rule across the page.
  return out.trim().replace(/^(?=\s*([*_-])(?:\s*\1){2,}\s*$)/gm, '\\');
}

function printPiece(token: Token, atStart: boolean): string {
  switch (token.type) {
    case 'code_inline':
      return code(token.content);
    case 'softbreak':
      return '\n';
    case 'hardbreak':
      return '\\\n';
    case 'em_open':
    case 'em_close':
      return '*';
    case 'strong_open':
    case 'strong_close':
      return '**';
    default:
      return escapeText(token.content, atStart);
  }
}
