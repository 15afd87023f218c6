import type { SourceFile } from '../../change/source-file.ts';
import { isComment } from '../../text/is-comment.ts';
import { decideGrammar, decideLanguage, parseSource, type RuleLanguage } from '../languages.ts';

/** What a character stands in. Code: a machine compares it letter by letter. */
export interface Around {
  kind: 'code' | 'comment' | 'text';
  /** The comment, the text or the line, as far as it is near. */
  text: string;
  /** Where in `text` the character stands. */
  at: number;
}

interface Span {
  kind: Around['kind'];
  start: number;
  end: number;
}

const KINDS: Readonly<Record<RuleLanguage, Readonly<Record<string, Around['kind']>>>> = {
  typescript: {
    comment: 'comment',
    string: 'text',
    template_string: 'text',
    regex: 'text',
    template_substitution: 'code',
  },
  python: { comment: 'comment', string: 'text', interpolation: 'code' },
  go: { comment: 'comment', interpreted_string_literal: 'text', raw_string_literal: 'text', rune_literal: 'text' },
};
const WITH_JSX = { ...KINDS.typescript, jsx_text: 'text' } as const;

/** What is looked at on each side of a character: a text may be as long as the file. */
const NEAR = 120;

/** Tells what stands around a place; places are asked in their order. By the grammar, or by quotes and comment signs of the line. */
export function createTextReader(file: SourceFile): (offset: number) => Around {
  const language = decideLanguage(file.kind);
  const spans = language ? listSpans(language, file) : listLineSpans(file);
  const open: Span[] = [];
  let next = 0;
  return (offset) => {
    for (let span = spans[next]; span && span.start <= offset; span = spans[++next]) open.push(span);
    for (let span = open.at(-1); span && span.end <= offset; span = open.at(-1)) open.pop();
    const { kind, start, end } = open.at(-1) ?? { kind: 'code', start: 0, end: file.text.length };
    const quote = kind === 'text' && /['"\x60]/.test(file.text.charAt(end - 1)) ? 1 : 0;
    const from = Math.max(start + quote, offset - NEAR);
    return { kind, text: file.text.slice(from, Math.min(end - quote, offset + NEAR)), at: offset - from };
  };
}

/** In the order of the file; what is inside comes after what is around it. */
function listSpans(language: RuleLanguage, file: SourceFile): Span[] {
  const kinds: Readonly<Record<string, Around['kind']>> =
    language === 'typescript' && decideGrammar(language, file).endsWith('sx') ? WITH_JSX : KINDS[language];
  // A parser takes a NUL at the begin of a text for its end.
  return parseSource(language, { ...file, text: file.text.replace(/(?<=['"`])\0/g, ' ') })
    .findAll({ rule: { any: Object.keys(kinds).map((kind) => ({ kind })) } })
    .map((node) => {
      const { start, end } = node.range();
      return { kind: kinds[String(node.kind())] ?? 'code', start: start.index, end: end.index };
    })
    .sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Of what is no program: a setting, a page. */
const OTHER_COMMENT = /^\s*(?:;|<!--)/;
const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;
/** In these, what stands without quotes is a name or a keyword. */
const CODE = new Set(['sql', 'dockerfile']);

function listLineSpans({ text, kind }: SourceFile): Span[] {
  let start = 0;
  return text.split('\n').flatMap((line): Span[] => {
    const whole = { start, end: start + line.length };
    start = whole.end + 1;
    if (isComment(line) || OTHER_COMMENT.test(line)) return [{ kind: 'comment', ...whole }];
    const quoted = [...line.matchAll(QUOTED)].map(({ 0: found, index }) => ({
      kind: 'text' as const,
      start: whole.start + index,
      end: whole.start + index + found.length,
    }));
    return [{ kind: CODE.has(kind) ? 'code' : 'text', ...whole }, ...quoted];
  });
}
