import { type Hunk, listChangedLines } from '../diff/patch.ts';
import { isComment } from '../text/is-comment.ts';
import { functionsAround } from './function-around.ts';

/** Words of a comment that explains a choice or says who prescribed it. */
const EXPLAINED =
  /\b(?:not (?:even )?(?:remotely )?(?:cryptographically |crypto )?secure\b|is ?n[o']t (?:pretty|great|ideal)\b|good enough\b|does ?n[o']t (?:need|have) to be (?:secure|secret|random|unguessable)|(?:deliberate|intentional)ly\b|on purpose\b|by design\b|(?:backwards?|for)[- ]compatib|compatib(?:le|ility) with\b)/i;
/** Words of a comment about work to do or about a mistake: that is no choice. */
const REGRETTED =
  /\b(?:TODO|FIXME|XXX|HACK|BUG|vulnerab\w*|exploit\w*|attack\w*|flaw\w*|insecure|CWE|do not use|bad practice)\b/i;
/** Where it is written down how it is done. */
const LAID_DOWN =
  /https?:\/\/(?!(?:[\w-]+\.)*(?:stackoverflow|stackexchange|owasp|wikipedia|w3schools|medium|apache|gnu|opensource|mozilla|python|golang|nodejs|mitre|gnupg|creativecommons)\.|(?:pkg\.go\.dev|go\.dev|docs\.rs|[^\s/]*npmjs))|\bRFC ?\d{3,5}\b|\btype[- ]?\d\b|\b(?:part|required|prescribed|mandated|demanded|defined|specified) (?:of|by|in) (?:the )?[\w.-]{1,40}(?: [\w.-]{1,40}){0,2} (?:spec(?:ification)?|protocol|standard)\b/i;
const WRITTEN = /\b(?:auto-?)?generated\b|\bmanaged by\b/i;
const NOT_BY_HAND = /\b(?:do not|don't|should not be|must not be) (?:edit|modif|change|touch)/i;
const TRAILING = /(?:^|\s)(?:\/\/|#)\s[^\n]*$/;
/** A sentence in the documentation of a function. */
const SENTENCE = /^\s*(?:"""|''')?[A-Z][^()=]*\.?$/;
/** As far as a comment or a function reaches. */
const MOST_LINES = 40;
const MOST_HEAD = 15;

/**
 * The lines of a text, without the comments that a change adds: what its author says of it is no reason to say less. What the team has
 * written before is. Marks of linters are no reasons, whoever wrote them.
 */
export function dropNewComments(text: string, hunks: readonly Hunk[] | null): string[] {
  const added = new Set(listChangedLines(hunks ?? []).added);
  return text.split('\n').map((line, index) => {
    if (!added.has(index + 1)) return line;
    return isComment(line) || SENTENCE.test(line) ? '' : line.replace(TRAILING, '');
  });
}

/** A reason that stands on this line or right above it. */
export function isExplainedBeside(lines: readonly string[], line: number): boolean {
  const said = `${commentAbove(lines, line - 1)}\n${TRAILING.exec(lines[line - 1] ?? '')?.[0] ?? ''}`;
  return EXPLAINED.test(said) && !REGRETTED.test(said);
}

/** A reference in a comment of the function, or at the head of the file: who does it otherwise is not understood any more. */
export function isLaidDownBeside(lines: readonly string[], line: number): boolean {
  const [around] = functionsAround(lines, line - 1, MOST_LINES);
  const at = around?.at ?? line - 1;
  const said = [...lines.slice(at, line), ...commentAbove(lines, at).split('\n')];
  const trailing = TRAILING.exec(lines[line - 1] ?? '')?.[0] ?? '';
  return [trailing, ...said.filter((one) => isComment(one) || SENTENCE.test(one)), ...headOf(lines)].some((one) =>
    LAID_DOWN.test(one),
  );
}

/** The head of the file says that a tool writes it, and that nobody else is to. */
export function isSaidToBeWritten(lines: readonly string[]): boolean {
  const said = headOf(lines).join('\n');
  return WRITTEN.test(said) && NOT_BY_HAND.test(said);
}

/** The comment before the first line that is none. */
function headOf(lines: readonly string[]): string[] {
  const first = lines.findIndex((one) => one.trim() !== '' && !isComment(one));
  return lines.slice(0, first < 0 ? 0 : Math.min(first, MOST_HEAD));
}

/** The lines of a comment that ends right above this line (an index). */
function commentAbove(lines: readonly string[], index: number): string {
  const least = Math.max(0, index - MOST_LINES);
  let from = index;
  while (from > least && isComment(lines[from - 1] ?? '')) from -= 1;
  return lines.slice(from, index).join('\n');
}
