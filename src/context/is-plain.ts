import type { Declaration } from '../analysis/outline/outline.ts';
import { wordsOf } from '../text/words-of.ts';
import type { Source } from './source.ts';

/** Every backend has these. Their definitions say nothing about a change. */
const TOOLS = new Set(
  'logger log pool db database session engine config settings env prisma redis app base client conn connection metrics'.split(
    ' ',
  ),
);
const MOST_LINES = 4;
const ERROR =
  /\berrors\.New\(|\bnew \w*(?:Error|Exception)\(|\bclass \w+(?: extends |\()[\w.]*(?:Error|Exception|Problem)\b/;

/** Whether a definition says no more than its name does: `logger`, `pool`, an error that only has a name and a status. */
export function isPlain({ lines, path }: Source, { name, kind, startLine, endLine }: Declaration): boolean {
  const code = lines.slice(startLine - 1, endLine).filter((line) => !/^\s*(?:\/\/|\/?\*|#|$)/.test(line));
  if (code.length > MOST_LINES) return false;
  if (kind === 'value' && code.length <= 1 && TOOLS.has(name.toLowerCase())) return true;
  if (kind === 'type' || kind === 'method') return false;
  const isOfErrors = /(?:^|\/)(?:\w+[._-])?(?:errors?|exceptions?)\.\w+$/i.test(path) && /[({=]/.test(code.join(''));
  return ERROR.test(code.join('\n')) || (isOfErrors && !wordsOf(name).includes('status'));
}
