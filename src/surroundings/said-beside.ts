import { indentOf } from '../text/indent-of.ts';

/** Whoever wrote the line has been told of it by a linter, has looked, and let it stand. */
const ACCEPTED =
  /(?:#|\/\/|\/\*)\s*(?:nosec\b|nolint:[\w, -]*\bgosec\b|noqa:[^\n]*\bS\d{3}\b|NOSONAR\b|eslint-disable(?:-next)?-line[^\n]*\bsecurity\/)/i;
/** A choice that is explained, or that others have laid down. */
const EXPLAINED =
  /\b(?:not (?:even )?(?:remotely )?(?:cryptographically |crypto )?secure\b|is ?n[o']t (?:pretty|great|ideal)\b|good enough\b|does ?n[o']t (?:need|have) to be (?:secure|secret|random|unguessable)|(?:deliberate|intentional)ly\b|on purpose\b|by design\b|(?:backwards?|for)[- ]compatib|compatib(?:le|ility) with\b)/i;
/** What still has to be done, or is said to be wrong, is no choice. */
const REGRETTED =
  /\b(?:TODO|FIXME|XXX|HACK|BUG|vulnerab\w*|exploit\w*|attack\w*|flaw\w*|insecure|CWE|do not use|bad practice)\b/i;
/** Where it is written down how it is done. */
const LAID_DOWN =
  /https?:\/\/(?!(?:[\w-]+\.)*(?:stackoverflow|stackexchange|owasp|wikipedia|w3schools|medium|apache|gnu|opensource|mozilla|python|golang|nodejs|mitre|gnupg|creativecommons)\.|(?:pkg\.go\.dev|go\.dev|docs\.rs|[^\s/]*npmjs))|\bRFC ?\d{3,5}\b|\btype[- ]?\d\b/i;
const COMMENT = /^\s*(?:\/\/|#(?!include)|\/?\*)/;
const FUNCTION =
  /^\s*(?:export\s+)?(?:default\s+)?(?:async\s+|static\s+|public\s+|private\s+|protected\s+)*(?:def|func|function)\b|=>\s*\{\s*$|^\s*(?:async\s+)?\w+\([^()]*\)[^;=]*\{\s*$/;
/** As far as a comment or a function reaches. */
const MOST_LINES = 40;
const MOST_HEAD = 15;

/** A linter's word that the team has put on this line, or a reason that stands on it or right above. */
export function isAcceptedBeside(lines: readonly string[], line: number): boolean {
  const own = lines[line - 1] ?? '';
  const above = commentAbove(lines, line - 1);
  if (ACCEPTED.test(own) || ACCEPTED.test(lines[line - 2] ?? '')) return true;
  const trailing = /(?:^|\s)(?:\/\/|#)\s[^\n]*$/.exec(own)?.[0] ?? '';
  return isReason(`${above}\n${trailing}`);
}

/** A reference in a comment of the function, or at the head of the file: who does it otherwise is not understood any more. */
export function isLaidDownBeside(lines: readonly string[], line: number): boolean {
  const at = functionAt(lines, line);
  const said = [...lines.slice(at, line), ...commentAbove(lines, at).split('\n')];
  const first = lines.findIndex((one) => one.trim() !== '' && !COMMENT.test(one));
  const head = lines.slice(0, first < 0 ? 0 : Math.min(first, MOST_HEAD));
  return [...said.filter((one) => COMMENT.test(one) || /^\s*(?:"""|''')?[A-Z][^()=]*\.?$/.test(one)), ...head].some(
    (one) => LAID_DOWN.test(one),
  );
}

function isReason(text: string): boolean {
  return EXPLAINED.test(text) && !REGRETTED.test(text);
}

/** The lines of a comment that ends right above this line (an index). */
function commentAbove(lines: readonly string[], index: number): string {
  const least = Math.max(0, index - MOST_LINES);
  let from = index;
  while (from > least && COMMENT.test(lines[from - 1] ?? '')) from -= 1;
  return lines.slice(from, index).join('\n');
}

/** The index of the line that begins the function around a line; the line itself where there is none near. */
function functionAt(lines: readonly string[], line: number): number {
  const depth = indentOf(lines[line - 1] ?? '');
  for (let at = line - 2; at >= Math.max(0, line - 1 - MOST_LINES); at -= 1) {
    const one = lines[at] ?? '';
    if (one.trim() !== '' && indentOf(one) < depth && FUNCTION.test(one)) return at;
  }
  return line - 1;
}
