import MarkdownIt from 'markdown-it';
import { cutText } from './cut-text.ts';
import { escapeInvisible } from './invisible.ts';

/** Knows what reads as an address, with and without a scheme. */
const { linkify } = new MarkdownIt();

/** Words that GitHub turns into links without any markup (mentions, addresses, issues, commits), and mathematics. */
const LIVE = [
  /@/,
  /:\/\/|www\.|\b(?:mailto|xmpp):/i,
  /#\d|\bgh-\d/i,
  /(?<!\w)(?=[a-f]*\d)[\da-f]{7,40}(?!\w)/i,
  /\$(?!\d)/,
];

/**
 * Plain text as inline Markdown that shows it and does nothing: a word that GitHub would make a link or a mention of stands in a
 * code span, the only place where none is made; every sign of markup is escaped where it could be one. Prose stays as it is.
 * Not for a table's cell (`escapeMarkdown`).
 *
 * @param atStart it begins a line: nothing in it may open or underline a block
 */
export function escapeText(text: string, atStart: boolean): string {
  const line = escapeInvisible(text).replaceAll('\n', ' ').replace(/\S+/g, escapeWord);
  return atStart ? escapeLineStart(line.trimStart()) : line;
}

function escapeWord(word: string): string {
  if (!isLive(word)) return escapeSigns(word);
  const [, before = '', live = '', after = ''] =
    /^([^\p{L}\p{N}@#/$&\\]*)(.*?)([^\p{L}\p{N}@#/$&\\]*)$/u.exec(word) ?? [];
  return `${beforeCode(escapeSigns(before))}${code(live)}${escapeSigns(after)}`;
}

/**
 * What stands before inline code, so that the two are no address in angle brackets: a backtick may be a part of one, and such an
 * address wins. Source: CommonMark 0.31, section 6.5.
 */
export function beforeCode(text: string): string {
  const at = text.lastIndexOf('<');
  if (at === -1 || !/^[\w.!#$%&'*+/=?^`{|}~-]*$/.test(text.slice(at + 1))) return text;
  let first = at;
  while (text[first - 1] === '\\') first -= 1;
  return (at - first) % 2 === 1 ? text : `${text.slice(0, at)}\\${text.slice(at)}`;
}

export function isLive(word: string): boolean {
  // An escaped sign ends what some readers take for an address, so each part must be harmless too.
  return [word, ...word.split(/[\\`*_[\]<&~]/)].some(
    (part) => LIVE.some((pattern) => pattern.test(part)) || linkify.test(part),
  );
}

/** Escapes by backslash. Source: CommonMark 0.31, sections 2.4 (which may be), 6.2 (flanking), 2.5 (entities); GFM, 6.5 (`~`). */
function escapeSigns(word: string): string {
  return word.replace(/[\\`*_[\]<&~]/g, (char, at: number) => {
    const [before = '', after = ''] = [word[at - 1], word[at + 1]];
    const rest = word.slice(at + 1);
    switch (char) {
      case '\\':
        return after === '' || /[!-/:-@[-`{-~]/.test(after) ? '\\\\' : char;
      case '_':
        return isLetter(before) && isLetter(after) ? char : '\\_';
      case '*':
        return word === '*' ? char : '\\*';
      case '<':
        return /^[A-Za-z/!?]/.test(rest) ? '\\<' : char;
      case '&':
        return /^(#|[A-Za-z][A-Za-z\d]*;)/.test(rest) ? '\\&' : char;
      case '~':
        return before === '' && /\d/.test(after) ? char : '\\~';
      case ']':
        return /^[(:[]/.test(rest) ? '\\]' : char;
      default:
        return `\\${char}`;
    }
  });
}

function isLetter(char: string): boolean {
  return /[A-Za-z\d]/.test(char);
}

/** Heading, quotation, list, rule, underline, row of a table; and `/approve`: other bots read each line of a comment for their commands. */
function escapeLineStart(text: string): string {
  if (/^(#|>|[-+*](\s|$)|[-+=:|\s]+$|\/[a-z])/i.test(text)) return `\\${text}`;
  return text.replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}

/** Inline code that its content cannot close. Source: CommonMark 0.31, section 6.1. */
export function code(text: string): string {
  const line = escapeInvisible(text).replace(/\s+/g, ' ');
  const longest = line.match(/`+/g)?.reduce((most, run) => Math.max(most, run.length), 0) ?? 0;
  const fence = '`'.repeat(longest + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Text on one line, also within a table's cell: no markup, mention, link or HTML of its own takes effect. */
export function escapeMarkdown(text: string): string {
  return escapeInvisible(text)
    .replace(/\s+/g, ' ')
    .replace(/\S+/g, (word) => (isLive(word) ? codeInCell(word) : escapeAll(word)));
}

function escapeAll(text: string): string {
  return text
    .replace(/[&<>]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[char] ?? char)
    .replace(/[\\`*_[\]|~#!]/g, '\\$&');
}

/** What `escapeMarkdown` and `code` made, for a terminal. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/<code>(.*?)<\/code>/g, '`$1`')
    .replace(/&#(\d+);/g, (_, unit) => String.fromCharCode(Number(unit)))
    .replace(/\\([\\`*_[\]|~#!])/g, '$1')
    .replace(/&(amp|lt|gt);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>' })[name] ?? '');
}

/** A pipe ends a cell even inside code. Source: GitHub Flavored Markdown, tables extension. */
export function codeInCell(text: string): string {
  if (!/[|\\]/.test(text)) return code(text);
  const line = escapeInvisible(text).replace(/\s+/g, ' ');
  return `<code>${line.replace(/[!-/:-@[-`{-~]/g, (char) => `&#${char.charCodeAt(0)};`)}</code>`;
}

/** A link whose text and address stay what they are, whatever is in them. The address is one of GitHub's or of our own making. */
export function link(text: string, url: string): string {
  const target = url.replace(/[\s()<>[\]\\`|*!"'{}^]/g, encodeCharacter);
  return `[${escapeAll(escapeInvisible(text).replace(/\s+/g, ' '))}](${target})`;
}

function encodeCharacter(char: string): string {
  return [...new TextEncoder().encode(char)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}

/**
 * Languages that may stand at a fence. GitHub draws diagrams, maps and formulas of some others, and a word with a backtick makes
 * no fence at all: what is taken for a language may be the end of a stranger's file name.
 */
const LANGUAGES = new Set(
  'typescript ts tsx mts cts javascript js jsx mjs cjs python py go sql psql json yaml yml toml ini sh bash shell dockerfile diff http graphql gql proto protobuf xml html css java kotlin ruby php rust c cpp csharp text txt'.split(
    ' ',
  ),
);

/**
 * A fenced block whose fence is longer than any run of backticks inside. Source: CommonMark 0.31, section 4.5.
 *
 * @param language one that is not known is left out
 */
export function fence(text: string, language: string): string {
  return fenceAs(LANGUAGES.has(language.toLowerCase()) ? language.toLowerCase() : '', text);
}

/** What GitHub offers to put in place of the lines that a comment stands on. */
export function suggest(replacement: string): string {
  return fenceAs('suggestion', replacement);
}

function fenceAs(language: string, text: string): string {
  // Not spread into Math.max: of very many runs that is too many arguments.
  const longest = text.match(/`+/g)?.reduce((most, run) => Math.max(most, run.length), 2) ?? 2;
  const mark = '`'.repeat(longest + 1);
  return `${mark}${language}\n${escapeInvisible(text)}\n${mark}`;
}

/**
 * Markdown cut to a length, at a line's end, never inside a character or a fence, with a notice. `tail` (the marker) always
 * stays.
 */
export function fitBody(body: string, tail: string, most: number): string {
  const whole = `${body}\n\n${tail}`;
  if (whole.length <= most) return whole;
  const notice =
    '\n\n*Cut here: GitHub takes no longer text. The check’s details and `backend-dev review` show the rest.*';
  let cut = cutText(body, most - tail.length - notice.length - 40);
  cut = cut.slice(0, Math.max(0, cut.lastIndexOf('\n')));
  return `${cut}${closeBlocks(cut)}${notice}\n\n${tail}`;
}

/** What closes the fence and the folds that are open at the end of a text. A tag inside a fence is quoted code and opens or closes nothing. */
function closeBlocks(text: string): string {
  let fence: string | null = null;
  let folds = 0;
  for (const line of text.split('\n')) {
    const [, mark, after = ''] = /^\s*(`{3,}|~{3,})(.*)/.exec(line) ?? [];
    if (fence === null) {
      if (mark) fence = mark;
      else folds += countOf(line, '<details>') - countOf(line, '</details>');
    } else if (mark?.startsWith(fence) && after.trim() === '') fence = null;
  }
  return `${fence === null ? '' : `\n${fence}`}${'\n</details>'.repeat(Math.min(3, Math.max(0, folds)))}`;
}

function countOf(text: string, part: string): number {
  return text.split(part).length - 1;
}
