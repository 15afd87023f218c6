import { fence } from '../text/markdown.ts';

/** Words with which lines of code begin, and sentences do not. */
const BEGINS =
  /^(?:\/\/|#|--|\/\*|\*|@|[}\])]|(?:const|let|var|return|if|for|while|else|func|function|def|class|interface|type|import|from|await|async|export|try|except|with|raise|throw|go|defer|package|SELECT|INSERT|UPDATE|ALTER|CREATE|DELETE|DROP|select|insert|update|alter|create|delete|drop)\b)/;
const ENDS = /(?:[;{}[\](),]|=>|\):)$/;
const ASSIGNS = /^[\w.$[\]'", ]+\s:?=\s/;
/** "Read the row", "Refuse every key.": a capital, and a small word after it. */
const SENTENCE = /^[A-Z][a-z]+,? [a-z`]/;

/** Words between spaces that stand in sentences and in no code, and what ends a line of code and no sentence. */
const SAID = /\s(?:the|that|these|those|when|are|both|instead|because|does|should|must|every|its)\s/;
const CLOSED = /(?:[;{}]|=>)$/;
/** "return 409 on conflict": what a `return` hands back is no two words in a row, but for operators. */
const WORD = String.raw`(?!(?:await|new|not|if|else|or|and|in|is|as|from|typeof|instanceof|yield|async|lambda|func|function)\b)[a-z]+`;
const RETURNED = new RegExp(String.raw`^(?:return|raise|throw)\b.*?\s${WORD} ${WORD}(?:\s|$)`);
const QUOTED = /'[^']*'|"[^"]*"|`[^`]*`|(?:\/\/|#).*$/g;

/**
 * A fix that is written as code, in a fence: as prose its comments would read as headings and links. What is said before the code
 * stays as it is.
 */
export function fenceCode(fix: string, path: string): string {
  if (fix.includes('```')) return fix;
  const lines = fix.trimEnd().split('\n');
  const first = lines.findIndex(isCode);
  if (first === -1) return fix;
  const code = lines.slice(first);
  const filled = code.filter((line) => line.trim() !== '');
  // One sentence among many lines of code is a comment that forgot its mark; many are prose.
  if (filled.filter((line) => isCode(line) || /^\s/.test(line)).length * 3 < filled.length * 2) return fix;
  const said = lines.slice(0, first).join('\n').trimEnd();
  const block = fence(code.join('\n'), path.slice(path.lastIndexOf('.') + 1));
  return said === '' ? block : `${said}\n\n${block}`;
}

function isCode(line: string): boolean {
  const text = line.trim();
  if (text === '' || SENTENCE.test(text) || text.startsWith('`')) return false;
  if (/[.!?]$/.test(text) && !/[(){};=<>/#]/.test(text)) return false;
  const bare = text.replaceAll(QUOTED, '_').trim();
  if (!CLOSED.test(bare) && (SAID.test(` ${bare} `) || RETURNED.test(bare)) && !text.startsWith('#')) return false;
  return BEGINS.test(text) || ENDS.test(text) || ASSIGNS.test(text);
}
